"""Pictures taken on a real hub, with a real browser: what fails, how, and what is left."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from repository import copy_repository, replace_in

COMMAND = [sys.executable, "-m", "hackweek", "shots"]
BROKEN = """\
title: Look for what is not there
start: signed-out
window: [700, 400]
steps:
  - goto: << jupyterhub_url >>
  - {step}
    seconds: 1
"""
FAILURES = {
    "click": (
        'click: "text=Sign in with GitLab"',
        'nothing visible matches "text=Sign in with GitLab" within 1 s',
    ),
    "wait": ('wait: "#launcher"', 'nothing visible matches "#launcher" within 1 s'),
    "gone": (
        'wait: "text=Sign in with GitHub"\n    gone: true',
        '"text=Sign in with GitHub" is still there after 1 s',
    ),
    "expect": (
        "expect: Welcome",
        'page does not show "Welcome" within 1 s but "Sign in with GitHub"',
    ),
    "server": (
        "expect: running\n    in: server",
        'server does not show "running" within 1 s but "stopped"',
    ),
    "goto": (
        "goto: https://example.org/elsewhere",
        '"https://example.org/elsewhere" is neither on the hub nor on GitHub',
    ),
    "run": ("run: ls", "there is no terminal in front, or it shows no prompt"),
    "ring": (
        "shot: ring\n    alt: x\n    clip: [.navbar]\n    margin: 0\n"
        '    highlight: ["text=Sign in with GitHub"]',
        'the ring around "text=Sign in with GitHub" is not wholly on the picture',
    ),
}
"""For each journey its last step, and what is said of it."""


@pytest.fixture
def copy(tmp_path) -> Path:
    return copy_repository(tmp_path / "copy")


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], cwd=root, capture_output=True, text=True)


def pictures(root: Path) -> dict[str, bytes]:
    files = (path for path in (root / "docs/img").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def test_pictures_taken_again_are_as_they_were(copy):
    """Of the hub, of JupyterLab and of a terminal; all of them are taken every week."""
    names = [part for name in ("sign-in", "jupyterlab", "clone") for part in ("--only", name)]
    done = run(copy, "--check", "example-2027", *names)

    assert re.sub(r" in \d+ s", "", done.stdout) == (
        "captured 18 pictures, 0 changed: .cache/shots/report.html\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_step_that_fails_is_reported_at_its_line_with_what_the_browser_showed(copy):
    shutil.rmtree(copy / "journeys")
    (copy / "journeys").mkdir()
    for name, (step, _) in FAILURES.items():
        (copy / f"journeys/{name}.yml").write_text(BROKEN.format(step=step), "utf-8")

    done = run(copy, "example-2027")

    folder = copy / ".cache/shots/example-2027"
    expected = "".join(
        f"journeys/{name}.yml:6:5: journey-failed: {message}\n"
        f"  help: look at what the browser showed: {folder}/{name}.failed.png\n"
        for name, (_, message) in sorted(FAILURES.items())
    )
    assert re.sub(r" in \d+ s:?", "", done.stdout.partition("8 problems")[0]) == expected
    assert sorted(path.name for path in folder.glob("*.png")) == sorted(
        f"{name}.failed.png" for name in FAILURES
    )
    assert done.returncode == 1


def test_a_picture_that_changed_is_reported_and_shown_beside_the_old_one(copy):
    replace_in(copy / "events/example-2027.yml", "title: Hackweek image", "title: Another image")
    before = pictures(copy)

    done = run(copy, "--check", "example-2027", "--only", "hub-server-options")

    told = re.sub(
        r"[\d,]+ of [\d,]+ pixels differ, between \S+ and [\d,]+", "DIFFERENCE", done.stdout
    )
    assert (
        re.sub(r" in \d+ s", "", told)
        == "".join(
            f'docs/img/{name}:1:1: changed-picture: "{name}" for example-2027: DIFFERENCE\n'
            "  help: if it is right, run: python -m hackweek shots --update\n"
            for name in ("hub-server-options.dark.webp", "hub-server-options.webp")
        )
        + "2 problems in 2 files\ncaptured 2 pictures, 2 changed: .cache/shots/report.html\n"
    )
    report = (copy / ".cache/shots/report.html").read_text("utf-8")
    shown = re.findall(r'<img src="([^"]+)"', report)
    assert [name.removeprefix("example-2027/hub-server-options.") for name in shown] == [
        "old.webp", "webp", "difference.webp", "dark.old.webp", "dark.webp", "dark.difference.webp",
    ]  # fmt: skip
    assert all((copy / ".cache/shots" / name).is_file() for name in shown)
    assert pictures(copy) == before
    assert done.returncode == 1


def test_a_changed_picture_can_be_accepted(copy):
    replace_in(copy / "events/ohw26.yml", "github_org: oceanhackweek", "github_org: oceanhack")
    before = pictures(copy)

    done = run(copy, "--update", "ohw26", "--only", "github-authorize")

    after = pictures(copy)
    assert done.stdout == (
        "docs/img/ohw26/github-authorize.dark.webp\n"
        "docs/img/ohw26/github-authorize.webp\n"
        "accepted 2 changed pictures\n"
    )
    assert sorted(name for name in after if after[name] != before[name]) == [
        "docs/img/ohw26/github-authorize.dark.webp",
        "docs/img/ohw26/github-authorize.webp",
    ]


@pytest.mark.parametrize(
    ("number", "status", "said"),
    [
        (signal.SIGKILL, -signal.SIGKILL, ""),
        (
            signal.SIGINT,
            2,
            "\nhackweek: stopped; what was published stays as it was\n",
        ),
        (signal.SIGTERM, -signal.SIGTERM, ""),
    ],
    ids=["killed", "interrupted", "terminated"],
)
def test_however_it_ends_no_process_and_no_half_a_picture_is_left(copy, number, status, said):
    before = pictures(copy)
    temporary = copy.parent / "temporary"
    temporary.mkdir()
    command = subprocess.Popen(
        [*COMMAND, "--update", "example-2027", "--only", "sign-in"],
        cwd=copy,
        env={**os.environ, "TMPDIR": str(temporary)},
        stderr=subprocess.PIPE,
        text=True,
    )
    own = psutil.Process(command.pid)
    taken = copy / ".cache/shots/example-2027/hub-sign-in.webp"
    deadline = time.monotonic() + 120
    while not taken.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    below = own.children(recursive=True)
    names = " ".join(each.name() for each in below)

    command.send_signal(number)
    _, stderr = command.communicate(timeout=30)
    _, left = psutil.wait_procs(below, timeout=30)

    assert "chrom" in names
    assert "node" in names
    assert left == []
    assert list(temporary.glob("shots-*")) == []
    assert (command.returncode, stderr) == (status, said)
    assert pictures(copy) == before
    for path in taken.parent.glob("*.webp"):
        assert path.read_bytes()[:4] == b"RIFF"


def test_a_name_that_there_is_not_is_answered_with_the_nearest(copy):
    done = run(copy, "--only", "hub-sign-on")

    assert done.stdout == (
        'journeys:1:1: no-such-journey: there is no journey and no picture "hub-sign-on"\n'
        '  help: did you mean "hub-sign-in"?\n'
        "no problems (0 files checked)\n"
    ).replace("no problems (0 files checked)", "1 problem in 1 file")
    assert done.returncode == 1


def test_what_is_not_installed_is_named(root):
    code = """if True:
        import sys
        sys.modules["PIL"] = None
        from hackweek.cli import main
        sys.exit(main(["shots"]))
    """

    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)

    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        "hackweek: PIL is not installed\n  help: run: make shots\n",
    )
