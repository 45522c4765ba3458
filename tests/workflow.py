"""A GitHub workflow played on this machine: its `run:` steps, in a clean clone.

It proves that every command is there, works in a fresh checkout and hands its results on. It
cannot prove permissions, caches, or what the actions themselves do: `ACTIONS` stands in for them.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import yaml

ACTIONS = {
    "actions/checkout", "actions/upload-pages-artifact", "actions/deploy-pages",
    "actions/upload-artifact", "actions/download-artifact",
}  # fmt: skip
"""What a workflow may use; a new action fails the play until somebody has thought about it."""
_GITHUB = {
    "github.server_url": "https://github.test",
    "github.repository": "example-hackweek/lessons",
    "github.repository_owner": "example-hackweek",
    "github.event.repository.name": "lessons",
    "github.run_id": "1",
    "github.token": "token",
}


@dataclass
class Play:
    """What happened when a workflow was played."""

    finished: list[str] = field(default_factory=list)
    """Jobs that came to their end."""
    failed_step: str = ""
    output: str = ""
    """What the failed step said."""
    summary: str = ""


def play(workflow: Path, clone: Path, tools: Path, *, known=(), skip=(), **github: str) -> Play:
    """Plays the jobs of a workflow in a clone, in the order of the file.

    `tools` is a folder before all others on PATH; `known` gives values such as `vars.X`, and
    `skip` names commands that are not to be run.
    """
    played = Play()
    values = {**_GITHUB, **{f"github.{key}": value for key, value in github.items()}, **dict(known)}
    for name, job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].items():
        needed = job.get("needs", [])
        needed = [needed] if isinstance(needed, str) else needed
        if set(needed) <= set(played.finished) and _holds(job.get("if"), values):
            if not _play_job(job, clone, tools, values, skip, played):
                return played
            for key, value in job.get("outputs", {}).items():
                values[f"needs.{name}.outputs.{key}"] = _filled(value, values)
            played.finished.append(name)
    return played


def _play_job(job, clone, tools, values, skip, played) -> bool:
    output, summary = tools / "output", tools / "summary"
    environment = {
        "PATH": f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tools),
        "CI": "true",
        "GITHUB_STEP_SUMMARY": str(summary),
        **{key: _filled(value, values) for key, value in job.get("env", {}).items()},
    }
    for step in job["steps"]:
        if "uses" in step:
            assert step["uses"].split("@")[0] in ACTIONS
        if "uses" in step or step["run"] in skip or not _holds(step.get("if"), values):
            continue
        output.write_text("")
        own = {key: _filled(value, values) for key, value in step.get("env", {}).items()}
        done = subprocess.run(
            [
                "bash",
                "--noprofile",
                "--norc",
                "-eo",
                "pipefail",
                "-c",
                _filled(step["run"], values),
            ],
            cwd=clone,
            env={**environment, **own, "GITHUB_OUTPUT": str(output)},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            played.failed_step, played.output = step["name"], done.stdout + done.stderr
            return False
        for line in output.read_text().splitlines():
            key, _, value = line.partition("=")
            values[f"steps.{step['id']}.outputs.{key}"] = value
        played.summary = summary.read_text() if summary.exists() else ""
    return True


def _filled(text, values) -> str:
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: _value(found[1].strip(), values), str(text))


def _value(expression: str, values) -> str:
    """The few kinds of expression that our workflows use."""
    first, _, second = expression.partition("||")
    if second:
        return values.get(first.strip(), "") or _value(second.strip(), values)
    if found := re.fullmatch(r"format\('([^']*)', (.*)\)", expression):
        return found[1].format(*(values[name.strip()] for name in found[2].split(",")))
    return values[expression]


def _holds(condition, values) -> bool:
    if condition is None:
        return True
    code = condition.replace("&&", " and ").replace("||", " or ")
    code = re.sub(
        r"\b(?:github|steps|needs|vars)\.[\w.-]+", lambda name: repr(values.get(name[0], "")), code
    )
    assert re.fullmatch(r"[\w\s'=!/().-]*", code), f"condition too rich to be played: {condition}"
    return bool(eval(code, {"__builtins__": {}}))
