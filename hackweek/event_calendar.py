"""`calendar.ics`: an event's days and sessions, as calendars read them.

iCalendar: https://www.rfc-editor.org/rfc/rfc5545
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import icalendar

from hackweek.event import Event, Session

NAME = "calendar.ics"
"""The file's name, in the folder of the event's site."""
_ENTRY = b"\r\nBEGIN:VEVENT\r\n"
"""How each begins, behind the line before; no folded line begins so."""


def write_calendar(event: Event, folder: Path) -> None:
    """Writes an event's calendar into the folder of its site."""
    (folder / NAME).write_bytes(calendar_of(event))


def calendar_of(event: Event) -> bytes:
    """The calendar of an event; the same bytes for the same event file."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Hackweek lessons//EN")
    calendar.add("name", event.name)
    calendar.add("x-wr-calname", event.name)  # what is read of it where RFC 7986 is not known
    for entry in (_days(event), *_sessions(event)):
        calendar.add_component(entry)
    zones = [
        _zone(name, event.start_date.year, event.end_date.year)
        for name in sorted(calendar.get_missing_tzids())
    ]
    rules = b"\r\n" + b"".join(zones)
    return bytes(calendar.to_ical()).replace(_ENTRY, rules + _ENTRY.lstrip(), 1)


@lru_cache(maxsize=64)
def _zone(name: str, first: int, last: int) -> bytes:
    """A time zone's rules from the year before the first to the one after the last."""
    try:
        begin, end = datetime.date(first - 1, 1, 1), datetime.date(last + 1, 12, 31)
        zone = icalendar.Timezone.from_tzid(name, first_date=begin, last_date=end)
    except ValueError:  # one that icalendar does not know, or years that are none
        return b""
    return bytes(zone.to_ical())


def _days(event: Event) -> icalendar.Event:
    """The event as a whole, which keeps nobody's days from being free."""
    entry = _entry(event, "days", event.name, event.location)
    entry.add("dtstart", event.start_date)
    entry.add("dtend", event.end_date + datetime.timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    return entry


def _sessions(event: Event) -> Iterator[icalendar.Event]:
    for key, session in _keyed(event.schedule):
        entry = _entry(event, key, session.title, session.place or event.location)
        entry.add("dtstart", session.start.replace(tzinfo=event.zone))
        entry.add("dtend", session.end.replace(tzinfo=event.zone))
        if session.resources:
            lines = (f"{each.title}: {each.url}" for each in session.resources)
            entry.add("description", "\n".join(lines))
        yield entry


def _keyed(schedule: Sequence[Session]) -> Iterator[tuple[str, Session]]:
    """Each session by what tells it from the others: its key, or else its start.

    Of those without a key that begin together, the second is "…-2", in the file's order. So a
    session keeps its place in a reader's calendar when its title, end or place is edited.
    """
    begun: Counter[str] = Counter()
    for session in schedule:
        start = f"{session.start:%Y%m%dt%H%M}"
        begun[start] += not session.key
        again = f"-{begun[start]}" if begun[start] > 1 else ""
        yield session.key or f"{start}{again}", session


def _entry(event: Event, key: str, title: str, place: str | None) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"{event.slug}-{key}@hackweek-lessons")
    # Not when the file was made: two builds of one event file must not differ.
    entry.add("dtstamp", datetime.datetime(event.start_date.year - 1, 1, 1, tzinfo=datetime.UTC))
    entry.add("summary", title)
    if place:
        entry.add("location", place)
    if event.website_url:
        entry.add("url", event.website_url)
    return entry
