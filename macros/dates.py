"""Dates as people read them."""

import datetime

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


def weekday(day: datetime.date) -> str:
    """A day's name: "Monday"."""
    return _DAYS[day.weekday()]
