"""What an event's site holds besides its pages: a calendar, and the program for the hub."""

from pathlib import Path

from hackweek.checklist.program import PROGRAM, has_program, write_program
from hackweek.event_calendar import NAME as CALENDAR
from hackweek.event_calendar import write_calendar
from hackweek.site import Site

EVENT_FILES = (CALENDAR, PROGRAM)
"""Their places within the site."""


def write_event_files(site: Site, folder: Path) -> None:
    """Writes them into the folder that holds an event's site; empty where tokens are for values."""
    if site.has_tokens:
        for name in EVENT_FILES if has_program(site) else (CALENDAR,):
            (folder / name).touch()
        return
    write_calendar(site.event, folder)
    write_program(site, folder)
