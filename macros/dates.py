"""Dates as people read them."""

import datetime
from collections.abc import Sequence

from hackweek.event import Session

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def date(day: datetime.date) -> str:
    """A day: "23 August 2024"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def date_range(start: datetime.date, end: datetime.date) -> str:
    """Days from the first to the last: "19–23 August 2024", "30 August – 3 September 2026"."""
    if start == end:
        return date(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{date(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} – {date(end)}"
    return f"{date(start)} – {date(end)}"


def schedule_table(schedule: Sequence[Session]) -> str:
    """The schedule as a Markdown table, one row for each session, sorted by time."""
    rows = ["| Day | Time | What | Where |", "| --- | --- | --- | --- |"]
    for session in sorted(schedule, key=lambda session: (session.start, session.end)):
        links = "".join(f" · [{each.title}]({each.url})" for each in session.resources)
        cells = (
            f"{_DAYS[session.start.weekday()]}, {date(session.start)}",
            f"{session.start:%H:%M}–{session.end:%H:%M}",
            session.title + links,
            session.place or "",
        )
        rows.append(f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |")
    return "\n".join(rows)
