"""The workflows: safe, well formed, and played from a clean clone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from browser import served
from repository import ROOT, append, replace_in
from workflow import play

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SITE, LINKS = ROOT / ".github/workflows/site.yml", ROOT / ".github/workflows/links.yml"
PULL_REQUEST = {"event_name": "pull_request", "ref": "refs/pull/7/merge"}
MAIN = {"event_name": "push", "ref": "refs/heads/main"}
WHOLE_SUITE = ("bash .ci/run",)
"""What the run that this test is part of does itself."""
PUBLISHED = next(
    step["run"]
    for step in yaml.safe_load(SITE.read_text("utf-8"))["jobs"]["build"]["steps"]
    if "--published" in step.get("run", "")
)
"""What asks the published site, which has another address in each test."""


def tool(name, *arguments, **options):
    program = Path(sys.executable).parent / name
    return subprocess.run([program, *arguments], capture_output=True, text=True, **options)


@pytest.fixture
def clone(tmp_path):
    """A clone of the last commit with the installed packages, and an empty folder for tools."""
    clone, tools = tmp_path / "clone", tmp_path / "tools"
    subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
    (clone / ".venv").symlink_to(sys.prefix)
    os.utime(clone / "requirements.txt", (0, 0))
    tools.mkdir()
    return clone, tools


def keep_two_events(root):
    """Leaves a live event and one that is over: with all four it takes twice as long."""
    for slug in ("icesat2-2020", "icesat2-2024"):
        (root / f"events/{slug}.yml").unlink()


def gh(tools, issue=""):
    """A stand-in for GitHub's program that knows one open issue, or none, and notes its calls."""
    program = tools / "gh"
    program.write_text(
        f'#!/bin/sh\necho "$1 $2 $3" >> {tools}/calls\n'
        f'[ "$1 $2" = "issue list" ] && echo "{issue}"\nexit 0\n'
    )
    program.chmod(0o755)


def test_the_workflows_are_what_github_accepts():
    done = tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)
    assert done.returncode == 0, done.stdout
    done = tool(
        "check-jsonschema", "--builtin-schema", "vendor.dependabot", ROOT / ".github/dependabot.yml"
    )
    assert done.returncode == 0, done.stdout


def test_nothing_in_the_workflows_is_unsafe():
    done = tool("zizmor", "--offline", "--persona", "pedantic", ROOT / ".github")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_every_step_is_clean_shell(workflow):
    steps = [
        step["run"]
        for job in yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values()
        for step in job["steps"]
        if "run" in step
    ]
    assert steps
    for script in steps:
        done = tool("shellcheck", "--shell=bash", "-", input=script)
        assert done.returncode == 0, done.stdout


def test_a_pull_request_is_built_and_not_published(clone, tmp_path):
    keep_two_events(clone[0])
    with served(tmp_path) as nothing_published_yet:
        known = {"vars.SITE_URL": nothing_published_yet}
        played = play(SITE, *clone, skip=WHOLE_SUITE, known=known, **PULL_REQUEST)
    assert (played.finished, played.failed_step) == (["build", "test"], "")
    assert "https://github.test/example-hackweek/lessons/actions/runs/1#artifacts" in played.summary


def test_main_is_published_at_its_own_address(clone):
    keep_two_events(clone[0])
    played = play(
        SITE,
        *clone,
        skip=(*WHOLE_SUITE, PUBLISHED),
        known={"steps.pages.outputs.page_url": ""},
        **MAIN,
    )
    assert played.finished == ["build", "test", "publish"]
    sitemap = (clone[0] / "site/example-2027/sitemap.xml").read_text("utf-8")
    assert "https://example-hackweek.github.io/lessons/example-2027/" in sitemap


def test_a_published_page_that_would_be_lost_stops_the_publication(clone, tmp_path):
    site = tmp_path / "published"
    (site / "ohw26").mkdir(parents=True)
    with served(site) as address:
        location = "<url><loc>{0}ohw26/</loc></url><url><loc>{0}ohw26/lost/</loc></url>"
        (site / "sitemap.xml").write_text(f"<urlset>{location.format(address)}</urlset>")
        known = {"vars.SITE_URL": address}
        played = play(SITE, *clone, skip=WHOLE_SUITE, known=known, **PULL_REQUEST)
    assert played.finished == []
    assert played.failed_step == "Check that every published address will still answer"
    assert 'unanswered-address::"ohw26/lost/" was published' in played.output


@pytest.mark.parametrize(
    ("path", "old", "new", "step", "said"),
    [
        (
            "docs/help.md", "", "\n[the lesson](lost.md)\n", "Check events and lessons",
            "title=broken-link::",
        ),
        (
            "events/ohw26.yml", "start_date: 2026-08-24", "start_date: soon",
            "Check events and lessons",
            'title=invalid-value::start_date is not a date: "soon"',
        ),
        (
            "overrides/404.html", "{% block content %}", '{% block content %}<a href="lost/">x</a>',
            "Build every event, and judge the links inside",
            'relative-on-404: "lost/"',
        ),
    ],
    ids=["broken-link", "bad-event", "broken-link-in-a-template"],
)  # fmt: skip
def test_a_mistake_stops_the_publication_in_its_step(clone, path, old, new, step, said):
    file = clone[0] / path
    replace_in(file, old, new) if old else append(file, new)
    played = play(SITE, *clone, skip=(*WHOLE_SUITE, PUBLISHED), **MAIN)
    assert (played.finished, played.failed_step) == ([], step)
    assert said in played.output


@pytest.mark.parametrize(
    ("broken", "issue", "calls"),
    [
        ("true", "", ["label create", "issue list", "issue create"]),
        ("true", "12", ["label create", "issue list", "issue edit"]),
        ("false", "12", ["label create", "issue list", "issue close"]),
        ("false", "", ["label create", "issue list"]),
    ],
)
def test_one_issue_is_opened_updated_or_closed(tmp_path, broken, issue, calls):
    tools = tmp_path / "tools"
    tools.mkdir()
    gh(tools, issue)
    only_report = yaml.safe_load(LINKS.read_text("utf-8"))
    del only_report["jobs"]["check"], only_report["jobs"]["report"]["needs"]
    workflow = tmp_path / "links.yml"
    workflow.write_text(yaml.safe_dump(only_report))
    known = {"needs.check.outputs.broken": broken}
    played = play(workflow, tmp_path, tools, known=known, **MAIN)
    assert played.finished == ["report"]
    made = [" ".join(line.split()[:2]) for line in (tools / "calls").read_text().splitlines()]
    assert made == calls
