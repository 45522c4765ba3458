"""What the organizers' page asks them to type: each command is one that there is."""

import re
import shlex
import subprocess

import pytest
import yaml

from hackweek.cli import parser
from repository import ROOT

PAGE = (ROOT / "ORGANIZERS.md").read_text("utf-8")
BLOCKS = [
    line
    for block in re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]
CELLS = re.findall(r"^\|[^|]*\| `([^`]+)` \|", PAGE.split("## Each year", 1)[1], re.MULTILINE)
TYPED = list(dict.fromkeys([*BLOCKS, *CELLS, *re.findall(r"`(make [a-z]+)`", PAGE)]))
ELSEWHERE = {
    "make --version",
    "python3 --version",
    "python3 -m venv ~/copier",
    '~/copier/bin/pip install "copier>=9.19.1"',
    "~/copier/bin/copier copy https://github.com/OWNER/LESSONS my-hackweek",
    "~/copier/bin/copier update --defaults",
    "cd my-hackweek",
}
"""What is no command of ours, and needs a network or has a test in `test_copier.py`."""
GIT = [line for line in BLOCKS if line.startswith("git ")]


def starting(words):
    return [line for line in TYPED if line.startswith(words) and line not in ELSEWHERE]


@pytest.mark.parametrize("line", starting(".venv/bin/python -m hackweek"))
def test_a_command_of_ours_is_understood(line):
    assert parser().parse_args(shlex.split(line.replace("SLUG", "ice-2028"))[3:]).run


@pytest.mark.parametrize("line", starting("make "))
def test_what_make_is_asked_for_is_in_the_makefile(line):
    _, target, *variables = line.split()
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert all(f"$({each.partition('=')[0]})" in makefile for each in variables)


def test_the_site_is_looked_at_as_the_build_says():
    [line] = starting(".venv/bin/python -m http.server")
    said = (ROOT / "hackweek/subcommands/build.py").read_text("utf-8")
    assert line.removeprefix(".venv/bin/python").replace("site", "{options.output}") in said


def test_every_other_command_has_been_thought_about():
    known = {*starting(".venv/bin/python "), *starting("make "), *GIT, *ELSEWHERE}
    assert [line for line in TYPED if line not in known] == []


def test_the_git_commands_bring_the_site_to_github(tmp_path):
    site, home = tmp_path / "my-hackweek", tmp_path / "home"
    for folder in (site, home):
        folder.mkdir()
    subprocess.run(["git", "init", "--quiet", "--bare", tmp_path / "OWNER/NAME.git"], check=True)
    (home / ".gitconfig").write_text(
        f'[user]\nname = Ada\nemail = ada@example.org\n[url "{tmp_path}/"]\n'
        "insteadOf = https://github.com/\n"
    )
    (site / "README.md").write_text("# Lessons\n")
    said = ""
    for line in GIT:
        if line == 'git commit --all --message "Confirmed"':
            (site / "README.md").write_text("# Confirmed\n")
        done = subprocess.run(
            shlex.split(line), cwd=site, env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}: {done.stderr}"
        said = done.stdout if line == "git status" else said
    assert said.endswith("nothing to commit, working tree clean\n")
    log = ["git", "-C", tmp_path / "OWNER/NAME.git", "log", "--format=%s", "main"]
    assert subprocess.run(log, capture_output=True, text=True).stdout == (
        "Confirmed\nThe lessons of our hackweek\n"
    )


def test_as_many_questions_are_asked_as_the_page_says():
    settings = yaml.safe_load((ROOT / "copier.yml").read_text("utf-8"))
    questions = [key for key, each in settings.items() if not key.startswith("_")]
    asked = [key for key in questions if settings[key].get("when", True)]
    assert len(asked) == 10
    assert "asks ten questions" in PAGE
    assert settings["_message_before_copy"].startswith("Ten questions, ")
    assert f'copier>={settings["_min_copier_version"]}"' in PAGE
