"""The essential way of a reader in Firefox, where one is installed: read, search, tick, offline."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from browser import served
from published import BASE, LIVE, SITES

WAY = Path(__file__).parent / "firefox/way.mjs"
MODULES = Path(sys.prefix, "share/hackweek-firefox")
FIREFOX = shutil.which("firefox") or shutil.which("firefox-esr")
TITLE = f"Ready? - {SITES[LIVE].event.name}"


def seen(way, address, profile):
    """What a reader sees who opens a page with a profile of their own."""
    command = [Path(sys.prefix, "bin/node"), WAY, MODULES, FIREFOX, profile, address, way]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(FIREFOX is None, reason="no firefox on PATH")
def test_the_lessons_are_read_searched_ticked_and_there_without_a_network(built, tmp_path):
    profile = tmp_path / "profile"
    profile.mkdir()
    with served(built, BASE) as base:
        checklist = f"{base}{LIVE}/preliminary/checklist/"
        online = seen("online", checklist, profile)
    assert (online["title"], online["found"]) == (TITLE, "Git on the hub")
    assert online["status"].startswith("1 of ")

    offline = seen("offline", checklist, profile)
    assert (offline["title"], offline["status"]) == (TITLE, online["status"])
    assert (
        offline["note"].split("this is a copy")[0].split() == "The network does not answer:".split()
    )
