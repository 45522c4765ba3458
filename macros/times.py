"""Times in the event's time zone, which the site's script completes with the reader's own."""

import datetime
from collections.abc import Iterator, Sequence
from html import escape

from hackweek.event import Event, Session
from macros.dates import date, date_range, weekday


def time_zone(event: Event) -> str:
    """The zone of all times in words: "Los Angeles time (America/Los_Angeles, UTC−7)".

    Where clocks change during the event it tells the day and what follows.
    """
    offsets = ", ".join(_offsets(event))
    region, slash, place = event.timezone.rpartition("/")
    if not slash or region == "Etc":
        return f"{event.timezone} ({offsets})"
    return f"{place.replace('_', ' ')} time ({event.timezone}, {offsets})"


def schedule_table(schedule: Sequence[Session], zone: datetime.tzinfo) -> str:
    """The schedule as a Markdown table, one row for each session, sorted by time."""
    rows = ["| Day | Time | What | Where |", "| --- | --- | --- | --- |"]
    for session in sorted(schedule, key=lambda session: (session.start, session.end)):
        links = "".join(f" · [{each.title}]({each.url})" for each in session.resources)
        cells = (
            f"{weekday(session.start)}, {date(session.start)}",
            _when(session, zone),
            session.title + links,
            session.place or "",
        )
        rows.append(f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |")
    return "\n".join(rows)


def now_and_next(event: Event) -> str:
    """The box in which the script says what is on now and next, or when the event is."""
    begin, end = event.extent
    facts = {
        "name": event.name,
        "first": f"{weekday(event.start_date)}, {date(event.start_date)}",
        "dates": date_range(event.start_date, event.end_date),
        "zone": event.timezone,
        "from": begin.isoformat(),
        "to": end.isoformat(),
    }
    attributes = " ".join(f'data-{name}="{_escaped(value)}"' for name, value in facts.items())
    return f'<div class="now" role="status" {attributes}></div>'


def _escaped(value: str) -> str:
    """A value between double quotes, as `hackweek.stamping` expects it."""
    return escape(value, quote=False).replace('"', "&quot;")


def _when(session: Session, zone: datetime.tzinfo) -> str:
    start, end = session.start.replace(tzinfo=zone), session.end.replace(tzinfo=zone)
    day = "" if start.date() == end.date() else f"{weekday(end)} "
    own = '<small class="own"></small>'
    return f'<span class="when">{_time(start)}–{day}{_time(end)} {own}</span>'


def _time(moment: datetime.datetime) -> str:
    return f'<time datetime="{moment.isoformat()}">{moment:%H:%M}</time>'


def _offsets(event: Event) -> Iterator[str]:
    """How far the event's clocks are from UTC, and from which day on by how much else."""
    before = ""
    for number in range((event.end_date - event.start_date).days + 1):
        day = event.start_date + datetime.timedelta(number)
        # At noon: clocks change in the night.
        noon = datetime.datetime.combine(day, datetime.time(12), event.zone)
        offset = _spoken(noon.utcoffset() or datetime.timedelta())
        if offset != before:
            yield f"from {date(day)} {offset}" if before else offset
        before = offset


def _spoken(offset: datetime.timedelta) -> str:
    """A distance from UTC: "UTC−7", "UTC+5:30", "UTC"."""
    minutes = offset // datetime.timedelta(minutes=1)
    sign = "−" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return "UTC" + (f"{sign}{hours}" if minutes else "") + (f":{rest:02}" if rest else "")
