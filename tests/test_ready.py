"""The program that a participant runs on the hub: real homes, real git, GitHub on loopback."""

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hackweek.events import event_slugs, load_event
from hackweek.screenshots.github import github_stand_in
from hackweek.screenshots.stage import PARTICIPANT, stage_of
from hackweek.site import Site
from participant_home import (
    BEGIN,
    FACTS,
    LOGIN,
    SITE,
    clone,
    environment,
    git,
    ready_home,
    run,
    site_of,
    told,
    write_netrc,
)
from repository import ROOT


@pytest.fixture(scope="module")
def github():
    with github_stand_in(stage_of(site_of().event)) as address:
        yield f"{address}/api/v3"


@pytest.fixture
def home(tmp_path):
    return ready_home(tmp_path / "home")


# Everything done


def test_somebody_who_is_ready_is_told_so(home, github):
    done = run(home, github)
    assert done.stdout == f"{BEGIN}{FACTS}\n6 done\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_is_changed(home, github):
    def state():
        return {
            path: (
                path.stat().st_mtime_ns,
                path.stat().st_mode,
                path.is_file() and path.read_bytes(),
            )
            for path in [home, *home.rglob("*")]
        }

    before = state()
    run(home, github)
    assert state() == before


def pythons():
    """Every Python here that the program is written for."""
    names = [f"python3.{minor}" for minor in range(9, 16)]
    found = [shutil.which(name) for name in names]
    found += sorted(map(str, Path.home().glob(".pyenv/versions/3.*/bin/python3")))
    return [each for each in dict.fromkeys(filter(None, found)) if version(each) >= (3, 9)]


def version(python):
    done = subprocess.run([python, "--version"], capture_output=True, text=True)
    found = re.match(r"Python (\d+)\.(\d+)", done.stdout)
    return tuple(map(int, found.groups())) if found else ()


@pytest.mark.parametrize("python", [sys.executable, *pythons()])
def test_it_runs_with_every_python_from_3_9_on(home, github, python):
    done = run(home, github, python=python)
    assert (
        re.sub(r"Python 3\.\S+", "Python", done.stdout)
        == BEGIN + re.sub(r"Python 3\.\S+", "Python", FACTS) + "\n6 done\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


# One thing to do


def without(key):
    return lambda home: git(home, "config", "--global", "--unset", f"user.{key}")


def name_as(key, value):
    return lambda home: git(home, "config", "--global", f"user.{key}", value)


def without_git_settings(home):
    (home / ".gitconfig").unlink()


def without_clone(home):
    shutil.rmtree(home / "practice")


def with_a_mere_folder(home):
    shutil.rmtree(home / "practice/.git")


def with_a_clone_of_something_else(home):
    git(home, "-C", "practice", "remote", "set-url", "origin", "https://github.com/x/practice-2")


def netrc(text, mode=0o600):
    return lambda home: write_netrc(home, text, mode)


def without_netrc(home):
    (home / ".netrc").unlink()


GIT = f"       {SITE}preliminary/git/#tell-git-who-you-are\n"
CLONE = f"       {SITE}preliminary/jupyterhub/#practise-clone-a-repository\n"
EARTHDATA = f"       {SITE}preliminary/earthdata/#let-your-code-sign-in\n"
ADDRESS = f"1+{PARTICIPANT}@users.noreply.github.com"
NO_LOGIN = f"to do  ~/.netrc has no login and password for urs.earthdata.nasa.gov.\n{EARTHDATA}"
NOT_READ = f"to do  ~/.netrc cannot be understood. Write its line anew.\n{EARTHDATA}"
READ_BY_OTHERS = (
    f"to do  Others can read your Earthdata login. Type: chmod 600 ~/.netrc\n{EARTHDATA}"
)
TO_DO = {
    "no name": (0, without("name"), f"to do  Git does not know your name.\n{GIT}"),
    "no address": (0, without("email"), f"to do  Git does not know your e-mail address.\n{GIT}"),
    "neither": (
        0,
        without_git_settings,
        f"to do  Git does not know your name and your e-mail address.\n{GIT}",
    ),
    "the lesson's name": (
        0,
        name_as("name", "Your Name"),
        'to do  Git knows you as "Your Name", participant@example.org. Put your own\n'
        f"       values there.\n{GIT}",
    ),
    "the lesson's address": (
        0,
        name_as("email", ADDRESS),
        f'to do  Git knows you as "A Participant",\n       {ADDRESS}. Put your own values there.\n'
        f"{GIT}",
    ),
    "no address at all": (
        0,
        name_as("email", "nobody"),
        f'to do  Git knows you as "A Participant", nobody. Put your own values there.\n{GIT}',
    ),
    "no clone": (
        2,
        without_clone,
        f"to do  The practice repository is not here. Clone it.\n{CLONE}",
    ),
    "a folder": (
        2,
        with_a_mere_folder,
        f"to do  ~/practice is there, but is no clone of practice.\n{CLONE}",
    ),
    "another clone": (
        2,
        with_a_clone_of_something_else,
        f"to do  ~/practice is there, but is no clone of practice.\n{CLONE}",
    ),
    "no netrc": (
        3,
        without_netrc,
        f"to do  There is no Earthdata login here: ~/.netrc is missing.\n{EARTHDATA}",
    ),
    "empty netrc": (3, netrc(""), NO_LOGIN),
    "netrc of another host": (3, netrc(LOGIN.replace("urs.", "not.")), NO_LOGIN),
    "netrc with a default": (3, netrc("default login a password s3cret-Word\n"), NO_LOGIN),
    "netrc without login": (3, netrc(LOGIN.replace("login someone", 'login ""')), NO_LOGIN),
    "netrc without password": (3, netrc(LOGIN.partition(" password")[0]), NO_LOGIN),
    "netrc that is broken": (3, netrc("machine x y s3cret-Word"), NOT_READ),
    "netrc of bytes": (3, netrc(LOGIN + "# \udcff", 0o600), NOT_READ),
    "the lesson's netrc": (
        3,
        netrc("machine urs.earthdata.nasa.gov login your-earthdata-name password your-password"),
        "to do  ~/.netrc has the lesson's example. Put your own login there.\n" + EARTHDATA,
    ),
    "netrc read by the group": (3, netrc(LOGIN, 0o640), READ_BY_OTHERS),
    "netrc read by all": (3, netrc(LOGIN, 0o604), READ_BY_OTHERS),
}


@pytest.mark.parametrize(("number", "act", "expected"), TO_DO.values(), ids=TO_DO)
def test_what_is_left_is_told_with_its_lesson(home, github, number, act, expected):
    act(home)
    done = run(home, github)
    assert done.stdout == told(number, expected)
    assert (done.returncode, done.stderr) == (1, "")
    assert "s3cret" not in done.stdout


def test_a_python_that_is_too_old_is_told(home, github):
    done = run(home, github, site=site_of(python_version="4.0"))
    here = sys.version.split()[0]
    assert done.stdout == told(
        4,
        f"to do  This is Python {here}, and the event uses 4.0. Ask which to choose.\n"
        f"       {SITE}help/\n",
    )


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a file system without room")
def test_a_disk_without_room_is_told(home, github):
    done = run(home, github, HOME="/proc")
    assert (
        "to do  Only 0.00 GB of disk space is free, and you need 1 GB. Delete what you no\n"
        f"       longer need.\n       {SITE}help/\n"
    ) in done.stdout
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(
    ("folder", "url"),
    [
        ("practice", "git@github.com:your-github-name/practice.git"),
        ("practice", "https://github.com/your-github-name/Practice/"),
        ("work/practice", "https://github.com/example-hackweek/practice.git"),
    ],
)
def test_a_fork_in_a_folder_of_ones_own_is_a_clone_too(home, github, folder, url):
    shutil.rmtree(home / "practice")
    (home / "work").mkdir()
    clone(home, folder, url)
    expected = f"done   The practice repository is in ~/{folder}.\n"
    assert run(home, github).stdout == told(2, expected, "6 done")


def test_what_a_machine_does_not_have_is_no_failure(home, github):
    done = run(home, github, PATH=str(home))
    assert done.stdout.startswith(
        f"{BEGIN}open   git could not be used: No such file or directory.\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


# What applies to an event


def test_an_event_is_asked_only_what_applies_to_it(home, github):
    site = site_of(
        earthdata_required=False, github_public_membership_required=False, python_version=None
    )
    facts = FACTS.splitlines(keepends=True)
    done = run(home, github, site=site)
    assert done.stdout == f"{BEGIN}{facts[0]}{facts[2]}{facts[5]}\n3 done\n"


def test_a_lesson_that_is_left_out_is_not_asked_for(home, github):
    facts = FACTS.splitlines(keepends=True)
    done = run(home, github, site=site_of(lessons=["jupyterhub", "checklist"]))
    assert done.stdout == f"{BEGIN}{facts[2]}{facts[4]}{facts[5]}\n3 done\n"


def test_a_value_is_never_read_as_code(home, github):
    name = "Hack\"week's \\ \\N{SNOWMAN} {0} ''' \"\"\" %s"
    done = run(home, github, site=site_of(name=name))
    assert done.stdout.startswith(f"Are you ready for {name}?\n")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("slug", event_slugs(ROOT))
def test_every_event_has_a_program_that_runs(home, github, slug):
    done = run(home, github, site=Site(ROOT, load_event(ROOT, slug)))
    assert done.stdout.startswith(f"Are you ready for {load_event(ROOT, slug).name}?\n")
    assert done.returncode in (0, 1)
    assert done.stderr == ""


# Terminals


def test_what_a_terminal_cannot_show_is_replaced(home, github):
    git(home, "config", "--global", "user.name", "Zoë \x1b[31mred")
    done = run(home, github, PYTHONIOENCODING="ascii", PYTHONUTF8="0", isolated=False)
    assert done.stdout == told(
        0, 'done   Git knows you as "Zo? ?[31mred", participant@example.org.\n', "6 done"
    )


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({"TERM": "xterm"}, "\x1b[32mdone\x1b[0m   "),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "done   "),
        ({"TERM": "dumb"}, "done   "),
    ],
    ids=["colours", "not wanted", "not known"],
)
def test_only_a_terminal_that_wants_colours_gets_them(home, github, more, state):
    run(home, github)
    outer, inner = pty.openpty()
    subprocess.run(
        [sys.executable, "-I", str(home.parent / "ready.py")],
        env=environment(home, github, **more),
        stdout=inner,
        check=True,
    )
    os.close(inner)
    printed = os.read(outer, 65536).decode().replace("\r\n", "\n")
    os.close(outer)
    assert printed == f"{BEGIN}{FACTS.replace('done   ', state)}\n6 done\n"


def test_no_line_of_words_is_wider_than_80_columns(home, github):
    without_git_settings(home)
    without_clone(home)
    without_netrc(home)
    done = run(home, github, JUPYTERHUB_USER="somebody-else", site=site_of(python_version="4.0"))
    words = [line for line in done.stdout.splitlines() if "://" not in line]
    assert max(map(len, words)) <= 80
    assert done.stdout.endswith("\n1 done, 5 to do\n")


def test_who_calls_it_wrongly_is_told_how(home, github):
    done = run(home, github, "one", "two")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("ready.py: error: unrecognized arguments: two\n")
