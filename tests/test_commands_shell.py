"""The shell in which lessons' commands are run: what it keeps, what it lets through, its end."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from command_lessons import site_of, told
from hackweek.commands.blocks import Numbered
from hackweek.commands.fixtures import new_world, write_github
from hackweek.commands.network import Network, least_network
from hackweek.commands.requirements import MissingProgram, require_programs
from hackweek.commands.shell import Shell
from hackweek.commands.splitting import split_commands
from repository import ROOT


@pytest.fixture(scope="module")
def network():
    return least_network()


@pytest.fixture
def shell(tmp_path, network):
    github = tmp_path / "github"
    write_github(github, ["example/practice"])
    with new_world(github, network) as world, Shell(world.environment(), world.home, network) as it:
        yield it


def ran(shell, command, seconds=20):
    done = shell.run(command, seconds)
    return done.status, done.output


def test_a_shell_keeps_its_folder_and_variables(shell):
    assert ran(shell, "mkdir a; cd a; x=1; export y=2") == (0, "")
    assert ran(shell, 'basename "$PWD"; echo $x; sh -c "echo \\$y"') == (0, "a\n1\n2\n")


def test_a_home_is_empty_and_the_environment_is_clean(shell, monkeypatch):
    assert ran(shell, "ls -A ~") == (0, "")
    assert ran(shell, "env | cut -d= -f1 | grep -i -e ^PYTHON -e VIRTUAL -e ^GIT_DIR") == (1, "")
    assert ran(shell, "git config --global --list")[0] == 128


def test_an_end_of_output_without_a_line_feed_is_seen(shell):
    assert ran(shell, "printf one") == (0, "one")
    assert ran(shell, "echo two") == (0, "two\n")


def test_output_comes_in_the_order_in_which_it_was_printed(shell):
    command = "import sys\nfor n in range(3): print(n); print('e', n, file=sys.stderr)"
    assert ran(shell, f'python3 -c "{command}"') == (0, "0\ne 0\n1\ne 1\n2\ne 2\n")


def test_a_name_that_is_no_command_is_told_as_in_a_window(shell):
    assert ran(shell, "no-such-command") == (127, "bash: no-such-command: command not found\n")


READING = {
    "standard input": "cat",
    "a prompt of Python": "python3",
    "an editor": "git init -q; git commit --allow-empty",
    "another shell": "bash",
    "a user name": "printf 'protocol=https\nhost=example.org\n' | git credential fill",
}


@pytest.mark.parametrize("command", READING.values(), ids=READING)
def test_a_program_that_reads_gets_nothing(shell, command):
    assert not shell.run(command, 60).stopped


@pytest.mark.parametrize(
    "command", ["sleep 60", "cat < /dev/tty", "trap '' TERM HUP INT; sleep 3000"]
)
def test_a_command_that_hangs_is_stopped_and_the_next_one_gets_a_new_shell(shell, command):
    done = shell.run(command, 0.5)
    assert (done.status, done.stopped) == (137, "did not end within 0.5 seconds")
    assert ran(shell, "echo on") == (0, "on\n")


def test_a_command_that_prints_without_end_is_stopped(shell):
    assert shell.run("yes", 60).stopped == "printed more than 1,000,000 bytes"


def test_github_is_a_folder_and_stays_an_address_for_readers(tmp_path, event, network):
    github = tmp_path / "github"
    write_github(github, ["example/practice"])
    with new_world(github, network) as world:
        with Shell(world.environment(), world.home, network) as shell:
            command = "git clone https://github.com/example/practice; cd practice; git remote -v"
            came = world.readable(shell.run(command, 20).output, event)
            missing = shell.run("git clone https://github.com/example/other", 20)
        assert came.startswith("Cloning into 'practice'...\nremote: Enumerating objects: ")
        assert came.endswith("origin\thttps://github.com/example/practice (push)\n")
        assert missing.status == 128


def test_the_internet_is_out_of_reach_and_loopback_is_not(shell, network):
    if network is not Network.CUT_OFF:
        assert "http_proxy" in ran(shell, "env")[1]
        return
    connect = "import socket; socket.create_connection(('192.0.2.1', 80), 5)"
    assert "Network is unreachable" in ran(shell, f'python3 -c "{connect}"')[1]
    serve = "import socket as s; a = s.create_server(('127.0.0.1', 0))"
    serve += "; s.create_connection(a.getsockname()).close()"
    assert ran(shell, f'python3 -c "{serve}"') == (0, "")


SPLIT = {
    "one to a line": ("a\nb", ["a", "b"]),
    "comments and empty lines": ("# no\n\na # yes\n  # no\n", ["a # yes"]),
    "a backslash": ("a \\\n  b\nc", ["a \\\n  b", "c"]),
    "two backslashes": ("echo a\\\\\nb", ["echo a\\\\", "b"]),
    "quotes": ("echo 'a\n# b\n\nc'\nd", ["echo 'a\n# b\n\nc'", "d"]),
    "a heredoc": ("cat <<EOF\n\n# a\nEOF\nb", ["cat <<EOF\n\n# a\nEOF", "b"]),
    "a loop": ("for a in b\ndo\n  c\ndone\nd", ["for a in b\ndo\n  c\ndone", "d"]),
    "a pipe": ("a |\n  b", ["a |\n  b"]),
    "a mistake": ("a )\nb", ["a )", "b"]),
    "no end": ("a\necho 'b\nc", ["a", "echo 'b\nc"]),
}


@pytest.mark.parametrize(("text", "commands"), SPLIT.values(), ids=SPLIT)
def test_lines_are_taken_apart_into_commands(text, commands):
    lines = [Numbered(each, number, 1) for number, each in enumerate(text.split("\n"), start=1)]
    assert [command.text for command in split_commands(lines)] == commands


def with_mark(mark):
    """The processes that have this in their environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            found += [entry.name] if mark.encode() in (entry / "environ").read_bytes() else []
        except OSError:
            continue
    return found


STAYS = """\
```bash
sleep 300 &
setsid sleep 300 &
nohup sleep 300 > /dev/null 2>&1 &
```
"""
HANGS = STAYS + "\n```bash\ntouch ~/reached; sleep 300\n```\n"


def test_nothing_stays_behind_of_what_a_lesson_starts(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    told(site_of(tmp_path / "site", STAYS))
    assert with_mark(str(tmp_path)) == []
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_nothing_stays_behind_when_the_run_is_ended(number, tmp_path):
    site_of(tmp_path / "site", HANGS)
    (tmp_path / "tmp").mkdir()
    program = (
        "from pathlib import Path; from hackweek.commands.run import run_commands;"
        " from hackweek.events import load_event; from hackweek.site import Site;"
        f" root = Path({str(tmp_path / 'site')!r});"
        " run_commands([Site(root, load_event(root, 'example-2027'))])"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )
    while not list((tmp_path / "tmp").glob("*/home/reached")):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(number)
    process.wait(30)
    if number != signal.SIGKILL:
        assert with_mark(str(tmp_path / "tmp")) == []
        assert list((tmp_path / "tmp").iterdir()) == []
    else:  # nobody is left to look for what has left its terminal
        time.sleep(0.5)
        here = [Path(f"/proc/{each}/cmdline").read_bytes() for each in with_mark(str(tmp_path))]
        assert all(each.startswith(b"sleep") for each in here)
        for each in with_mark(str(tmp_path / "tmp")):
            os.kill(int(each), signal.SIGKILL)


MISSING = {
    "bash": ({}, "bash is needed, and there is none"),
    "git": ({"bash": ""}, "git 2.39 or newer is needed, and there is none"),
    "old git": (
        {"bash": "", "git": "echo git version 2.20.1"},
        "git 2.39 or newer is needed, and this is 2.20.1",
    ),
    "venv": (
        {"bash": "", "git": "echo git version 3.0.0", "python3": "exit 1"},
        "python3 with venv is needed; on Debian or Ubuntu: sudo apt install python3-venv",
    ),
}


@pytest.mark.parametrize(("programs", "message"), MISSING.values(), ids=MISSING)
def test_a_program_that_is_missing_is_named(programs, message, tmp_path, monkeypatch):
    for name, text in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram, match="^" + message.replace(".", r"\.") + "$"):
        require_programs()
