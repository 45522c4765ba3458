"""Programs without which no lesson's commands can be run."""

import re
import subprocess
import sys

GIT = (2, 39)
"""The oldest git whose answers the lessons show."""
_HAS_VENV = "import importlib.util as i, sys; sys.exit(i.find_spec('ensurepip') is None)"
"""Debian's package of Python's venv is the one that has this."""


class MissingProgram(Exception):  # noqa: N818 - it names what is missing
    """A program is not there, or too old; the text says which, and how to get it."""


def require_programs() -> None:
    """Raises `MissingProgram` unless bash, git and Python's venv are there."""
    if sys.platform == "win32":
        raise MissingProgram("the lessons' commands are run on Linux or macOS; on Windows, use WSL")
    if _answer("bash", "--version") is None:
        raise MissingProgram("bash is needed, and there is none")
    wanted = ".".join(map(str, GIT))
    version = _answer("git", "--version")
    if version is None:
        raise MissingProgram(f"git {wanted} or newer is needed, and there is none")
    numbers = re.search(r"(\d+)\.(\d+)[\w.]*", version)
    if not numbers or (int(numbers[1]), int(numbers[2])) < GIT:
        found = numbers[0] if numbers else version.strip()
        raise MissingProgram(f"git {wanted} or newer is needed, and this is {found}")
    if _answer("python3", "-I", "-S", "-c", _HAS_VENV) is None:
        raise MissingProgram(
            "python3 with venv is needed; on Debian or Ubuntu: sudo apt install python3-venv"
        )


def _answer(*command: str) -> str | None:
    """What a program prints; None if it is not there or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout
