"""New events as an organizer makes them: begun, filled in, and what is still open in them."""

import datetime
import os
import re
import subprocess
import sys

from hackweek.event_file import read_event
from hackweek.new_event import from_event
from repository import ROOT

SPRING = datetime.date(2027, 5, 1)
NEW = "events/icesat2-2027.yml"
ANSWERS = {
    "name": "ICESat-2 Hackweek 2027",
    "start_date": "2027-08-16",
    "end_date": "2027-08-20",
    "admin_contact": "the organizers",
    "github_invite_method": "form",
    "github_public_membership_required": "true",
    "practice_repo": "ICESAT-2HackWeek/website-2027",
    "title": "Hackweek image",
    "description": "Python and JupyterLab",
    "hub_startup_minutes": "5",
    "slack_url": "https://2027-uw-hackweek.slack.com",
    "env_name": "icesat2",
    "disk_gb": "8",
}
"""What an organizer writes for each value that the new event's file leaves empty."""


def run(*arguments, cwd, **options):
    return subprocess.run(
        [sys.executable, "-m", "hackweek", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(cwd)},
        capture_output=True,
        text=True,
        **options,
    )


def rolled_over(slug, new):
    path = ROOT / "events" / f"{slug}.yml"
    return from_event(f"events/{slug}.yml", path.read_text("utf-8"), new)


def filled_in(text, *, but=()):
    """The text as an organizer leaves it who forgets the values of some lines (0-based)."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if number not in but:
            key = line.partition(":")[0].strip()
            empty = re.fullmatch(rf"( *{key}:)(?: *#.*)?", line)
            if empty and key in ANSWERS:
                lines[number] = f"{empty[1]} {ANSWERS[key]}"
            lines[number] = re.sub(r"  # review.*", "", lines[number])
    return "\n".join(lines).replace("status: draft", "status: live") + "\n"


def open_lines(text):
    """The 0-based numbers of lines with a value that is to be filled in or to be reviewed."""
    _, source = read_event(NEW, text)
    return sorted({each.line - 1 for each in source.problems})
