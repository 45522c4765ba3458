"""Homes of participants, and the program that tells whether they are ready."""

import os
import subprocess
import sys
from dataclasses import replace
from unittest.mock import patch

from hackweek.checklist.program import program
from hackweek.events import load_event
from hackweek.screenshots.stage import PARTICIPANT
from hackweek.site import Site
from repository import ROOT

SITE = "https://lessons.example.org/example-2027/"
FACTS = f"""\
done   Git knows you as "A Participant", participant@example.org.
done   Everybody can see that {PARTICIPANT} is a member of example-hackweek.
done   The practice repository is in ~/practice.
done   Your Earthdata login is stored, and only you can read it.
done   This is Python {sys.version.split()[0]}.
done   At least 1 GB of disk space is free.
"""
BEGIN = """\
Are you ready for Example Hackweek 2027?
This only looks, and changes nothing.

"""
LOGIN = "machine urs.earthdata.nasa.gov login someone password s3cret-Word\n"


def site_of(**values):
    """The example event's site, with other values."""
    event = load_event(ROOT, "example-2027")
    return Site(ROOT, replace(event, **{"python_version": "3.9", **values}))


def ready_home(home):
    """Makes the home of somebody who is ready."""
    home.mkdir()
    git(home, "config", "--global", "user.name", "A Participant")
    git(home, "config", "--global", "user.email", "participant@example.org")
    clone(home, "practice", "https://github.com/example-hackweek/practice")
    write_netrc(home, LOGIN)
    return home


def git(home, *arguments):
    """Runs git as the home's owner."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *arguments], cwd=home, env=environment, check=True, capture_output=True)


def clone(home, folder, url):
    """What `git clone` leaves, without a network."""
    git(home, "init", "--quiet", folder)
    git(home, "-C", folder, "remote", "add", "origin", url)


def write_netrc(home, text, mode=0o600):
    """Writes the file that holds the Earthdata login."""
    path = home / ".netrc"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    path.chmod(mode)


def environment(home, github, **more):
    """The variables of a terminal on the hub, without those that are None."""
    own = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "JUPYTERHUB_USER": PARTICIPANT,
        "GITHUB_API_URL": github,
    }
    return {name: value for name, value in (own | more).items() if value is not None}


def run(home, github, *arguments, site=None, python=sys.executable, isolated=True, **more):
    """What the program prints for an event, and its status."""
    with patch.dict(os.environ, SITE_URL="https://lessons.example.org"):
        text = program(site or site_of())
    path = home.parent / "ready.py"
    path.write_text(text, "utf-8")
    return subprocess.run(
        [python, *(["-I"] if isolated else []), str(path), *arguments],
        cwd=home.parent,
        env=environment(home, github, **more),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def told(number, expected, counts="5 done, 1 to do"):
    """What is printed when one item of six stands otherwise."""
    facts = FACTS.splitlines(keepends=True)
    facts[number] = expected
    return f"{BEGIN}{''.join(facts)}\n{counts}\n"
