"""Looks at what "Are you ready?" asks for, on the hub, and says what is left to do.

It reads, and changes nothing. One question leaves this machine: GitHub is asked whether a
membership is public. A password is never printed and never sent.

Run it with: python3 -I ready.py
Exit status: 0 when nothing is left to do, 1 when something is, 2 when it was called wrongly.
It needs Python 3.9 or newer, and git.
"""

from __future__ import annotations

import argparse
import http.client
import io
import netrc
import os
import re
import shutil
import stat
import subprocess
import sys
import textwrap
import threading
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

# What the site fills in, the last being the items that apply, each with its lesson's address.
EVENT: dict[str, Any] = {}

DONE, TO_DO, OPEN = "done", "to do", "open"
COLOURS = {DONE: "\033[32m", TO_DO: "\033[1;33m", OPEN: "\033[36m"}
COLUMNS = 80
SECONDS = 10
"""How long GitHub is waited for."""
FREE_GB = 1
"""What notebooks and their results need, in gigabytes; the event's libraries are there already."""
EARTHDATA = "urs.earthdata.nasa.gov"


class Answer(NamedTuple):
    """How an item stands, and what is said of it."""

    state: str
    text: str


def identity(_name: str) -> Answer:
    """Whether git knows who writes."""
    name, email = (_git("config", "--global", "--get", f"user.{key}") for key in ("name", "email"))
    missing = [word for word, value in (("name", name), ("e-mail address", email)) if not value]
    if missing:
        return Answer(TO_DO, f"Git does not know your {' and your '.join(missing)}.")
    if name == "Your Name" or "your-github-name" in email or "@" not in email:
        return Answer(TO_DO, f'Git knows you as "{name}", {email}. Put your own values there.')
    return Answer(DONE, f'Git knows you as "{name}", {email}.')


def membership(name: str) -> Answer:
    """Whether everybody can see that the participant belongs to the organization."""
    organization = EVENT["organization"]
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", name):
        again = "python3 -I ready.py YOUR-GITHUB-NAME"
        return Answer(OPEN, f"Your GitHub name is not known. Type: {again}")
    status = _ask_github(f"orgs/{organization}/public_members/{name}")
    if status == "HTTP 204":
        return Answer(DONE, f"Everybody can see that {name} is a member of {organization}.")
    if status == "HTTP 404":
        return Answer(
            TO_DO,
            f"GitHub does not show {name} among the public members of {organization}. Accept the "
            "invitation, and make your membership public.",
        )
    return Answer(
        OPEN,
        f"GitHub did not say whether your membership of {organization} is public ({status}). "
        f"Look yourself: https://github.com/orgs/{organization}/people",
    )


def repository(_name: str) -> Answer:
    """Whether a clone of the practice repository is in the home directory, or one folder below."""
    name = EVENT["repository"]
    folders = [Path.home() / name, *sorted(Path.home().glob(f"*/{name}"))]
    for folder in folders:
        urls = _git("config", "--file", str(folder / ".git/config"), "--get-regexp", r"\.url$")
        if any(_repository_of(line) == name.lower() for line in urls.splitlines()):
            return Answer(DONE, f"The practice repository is in {_short(folder)}.")
    if folders[0].exists():
        return Answer(TO_DO, f"{_short(folders[0])} is there, but is no clone of {name}.")
    return Answer(TO_DO, "The practice repository is not here. Clone it.")


def python(_name: str) -> Answer:
    """Whether this Python is the event's, or a newer one."""
    here = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= tuple(map(int, EVENT["python"].split("."))):
        return Answer(DONE, f"This is Python {here}.")
    return Answer(
        TO_DO, f"This is Python {here}, and the event uses {EVENT['python']}. Ask which to choose."
    )


def earthdata(_name: str) -> Answer:
    """Whether an Earthdata login is stored, and only its owner can read it."""
    path = Path.home() / ".netrc"
    try:
        login = netrc.netrc(str(path)).hosts.get(EARTHDATA)
        mode = path.stat().st_mode
    except FileNotFoundError:
        return Answer(TO_DO, "There is no Earthdata login here: ~/.netrc is missing.")
    except (netrc.NetrcParseError, UnicodeDecodeError):  # its words may hold the password
        return Answer(TO_DO, "~/.netrc cannot be understood. Write its line anew.")
    if not login or not login[0] or not login[2]:
        return Answer(TO_DO, f"~/.netrc has no login and password for {EARTHDATA}.")
    if login[0] == "your-earthdata-name" or login[2] == "your-password":
        return Answer(TO_DO, "~/.netrc has the lesson's example. Put your own login there.")
    if stat.S_IMODE(mode) & 0o077:
        return Answer(TO_DO, "Others can read your Earthdata login. Type: chmod 600 ~/.netrc")
    return Answer(DONE, "Your Earthdata login is stored, and only you can read it.")


def disk(_name: str) -> Answer:
    """Whether there is room for notebooks and data."""
    free = shutil.disk_usage(Path.home()).free
    if free >= FREE_GB * 10**9:
        return Answer(DONE, f"At least {FREE_GB} GB of disk space is free.")
    return Answer(
        TO_DO,
        f"Only {free / 10**9:.2f} GB of disk space is free, and you need {FREE_GB} GB. Delete "
        "what you no longer need.",
    )


ITEMS: dict[str, Callable[[str], Answer]] = {
    each.__name__: each for each in (identity, membership, repository, python, earthdata, disk)
}


def _git(*arguments: str) -> str:
    """What git prints; empty where it has nothing to say."""
    done = subprocess.run(
        ["git", *arguments],  # noqa: S607 - whichever git the participant uses
        capture_output=True,
        check=False,
    )
    return done.stdout.decode("utf-8", "replace").strip()


def _repository_of(line: str) -> str:
    """The last part of the address in `remote.origin.url https://github.com/owner/name.git`."""
    last = re.split(r"[/:]", line.strip().rstrip("/"))[-1].lower()
    return last[:-4] if last.endswith(".git") else last


def _short(path: Path) -> str:
    return f"~/{path.relative_to(Path.home())}"


def _ask_github(path: str) -> str:
    """The status of GitHub's answer, or why there is none within `SECONDS`.

    https://docs.github.com/en/rest/orgs/members#check-public-organization-membership-for-a-user
    """
    base = os.environ.get("GITHUB_API_URL", "https://api.github.com")
    answers = ["no answer"]

    def ask() -> None:
        try:
            url = f"{base}/{path}"
            with urllib.request.urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 - ours
                answers.append(f"HTTP {answer.status}")
        except urllib.error.HTTPError as error:
            answers.append(f"HTTP {error.code}")
        except (OSError, ValueError, http.client.HTTPException):
            answers.append("no connection")

    # A name server that does not answer knows no timeout; a thread that waits for it does no harm.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(SECONDS)
    return answers[-1]


def _looked_at(item: str, name: str) -> Answer:
    try:
        return ITEMS[item](name)
    except OSError as error:
        return Answer(OPEN, f"{error.filename or item} could not be used: {error.strerror}.")


def _told(answer: Answer, address: str, *, coloured: bool) -> str:
    """An answer in lines of 80 columns, with the lesson's address unless all is well."""
    shown = "".join(each if each.isprintable() else "?" for each in answer.text)
    lines = textwrap.wrap(
        shown,
        COLUMNS,
        initial_indent=f"{answer.state:<7}",
        subsequent_indent=" " * 7,
        break_long_words=False,
        break_on_hyphens=False,
    )
    if answer.state != DONE:
        lines.append(" " * 7 + address)
    if coloured:
        lines[0] = lines[0].replace(
            answer.state, f"{COLOURS[answer.state]}{answer.state}\033[0m", 1
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Looks at every item, tells how each stands, and returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="ready.py",
        description=f"Says what is left to do before {EVENT['name']}. It changes nothing.",
    )
    hub_name = os.environ.get("JUPYTERHUB_USER", "")
    parser.add_argument("name", nargs="?", default=hub_name, help="your name on GitHub")
    name = parser.parse_args(arguments).name
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    print(f"Are you ready for {EVENT['name']}?\nThis only looks, and changes nothing.\n")
    if not hub_name:
        print("This does not look like the hub. What follows is about this computer.\n")
    states: Counter[str] = Counter()
    for item, address in EVENT["items"].items():
        answer = _looked_at(item, name)
        states[answer.state] += 1
        print(_told(answer, address, coloured=sys.stdout.isatty() and not plain), flush=True)
    print("\n" + ", ".join(f"{states[each]} {each}" for each in COLOURS if states[each]))
    return 1 if states[TO_DO] else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
