"""What is wrong with an event file although each of its values is of the right kind."""

import datetime
import re
from collections.abc import Collection, Iterator, Set
from itertools import pairwise
from urllib.parse import urlsplit

from hackweek.checks import other_years
from hackweek.checks.placeholders import in_event_file
from hackweek.diagnostics import Diagnostic
from hackweek.event import NEEDED_UNLESS_ARCHIVED, OPTIONAL, Event, Session
from hackweek.rules import Rule
from hackweek.yaml_source import Location, Source, leaves

FILE_RULES = (
    Rule(
        name="no-such-event",
        why="There is no event file of this name.",
        bad="python -m hackweek check ohw-26",
        good="python -m hackweek check ohw26",
    ),
    Rule(
        name="not-utf-8",
        why="Files are read as UTF-8; other encodings lose letters such as é.",
        bad="a file saved as Latin-1",
        good="the same file saved as UTF-8",
    ),
    Rule(
        name="not-yaml",
        why="The text cannot be read as YAML, so none of it can be used.",
        bad='name: "Ocean',
        good='name: "Ocean"',
    ),
    Rule(
        name="empty-file",
        why="There is nothing in the file.",
        bad="a file with comments only",
        good="slug: ohw26",
    ),
    Rule(
        name="not-a-mapping",
        why="An event is keys with values, not a list or a single value.",
        bad="- slug: ohw26",
        good="slug: ohw26",
    ),
    Rule(
        name="duplicate-key",
        why="Of two values for one key, one would be lost without a word.",
        bad="slug: ohw26 … slug: ohw27",
        good="slug: ohw27",
    ),
    Rule(
        name="unknown-key",
        why="Nothing reads this key: usually a spelling mistake in one that something reads.",
        bad="jupyterhub_ulr: https://hub.example.org",
        good="jupyterhub_url: https://hub.example.org",
    ),
    Rule(
        name="missing-key",
        why="The lessons cannot do without this value.",
        bad="an event file without jupyterhub_url",
        good="jupyterhub_url: https://hub.example.org",
    ),
    Rule(
        name="invalid-value",
        why="The value is not of the kind that its key needs, or contradicts another one.",
        bad="python_version: 3.10    # the number 3.1",
        good='python_version: "3.10"',
    ),
    Rule(
        name="empty-value",
        why="Nothing stands behind the key: its value was forgotten, or the key is not needed."
        " In a draft it is only worth knowing, if an event can be made without it.",
        bad="calendar_url:    # was https://calendar.google.com/calendar/embed?src=ohw26",
        good="calendar_url: https://calendar.google.com/calendar/embed?src=ohw27",
    ),
    Rule(
        name="to-review",
        why="The value was kept from an earlier event, and nobody said that it is right for this"
        " one. It is only worth knowing in a draft, and keeps any other event from being built.",
        bad="hub_idle_minutes: 90  # review",
        good="hub_idle_minutes: 90",
    ),
    Rule(
        name="unknown-lesson",
        why="The event names a lesson that there is not.",
        bad="lessons: [github, jupiterhub]",
        good="lessons: [github, jupyterhub]",
    ),
    Rule(
        name="taken-address",
        why="The build puts something of its own at some addresses: one of the two would be lost.",
        bad="a file docs/print.md",
        good="a file docs/posters.md",
    ),
    Rule(
        name="unknown-commit",
        why="The event is to be built from the lessons of a tag or commit, and the history of this"
        " clone does not have it.",
        bad="lessons_from: icesat-2020    # and the tag is icesat2-2020",
        good="lessons_from: icesat2-2020",
    ),
    Rule(
        name="unusable-commit",
        why="No pages can be made of what the commit holds: there are no lessons in it, its"
        " navigation names a page that is not there, or a symbolic link leads who knows where.",
        bad="lessons_from: v1    # a commit from before there was an mkdocs.yml",
        good="lessons_from: v2",
    ),
    Rule(
        name="unknown-template",
        why="A page asks in its front matter for a template that the theme does not have, or"
        " that it had when a past event was taught.",
        bad="template: check-list.html",
        good="template: checklist.html",
    ),
    Rule(
        name="stale-schema",
        why="Editors complete event files from a schema that is no longer the model's.",
        bad="a change in hackweek/event.py alone",
        good="python -m hackweek schema",
    ),
)
"""What `hackweek.event_file` and the commands find."""

RULES = (
    Rule(
        name="example-host",
        why="Hosts such as example.org are made up; a real event's participants cannot reach them.",
        bad="jupyterhub_url: https://hub.example.org",
        good="jupyterhub_url: https://hub.cryointhecloud.com",
    ),
    Rule(
        name="past-event-live",
        why="The event is over, and its pages still tell people to get ready for it.",
        bad="status: live        # and end_date is in the past",
        good="status: archived",
    ),
    Rule(
        name="coming-event-archived",
        why="The event is still to come, and its pages say that it is over.",
        bad="status: archived    # and start_date is in the future",
        good="status: live",
    ),
    Rule(
        name="session-outside-event",
        why="A session on a day that is not one of the event's is a mistake in one of the dates.",
        bad="start: 2026-06-14 09:00    # of an event in 2027",
        good="start: 2027-06-14 09:00",
    ),
    Rule(
        name="sessions-overlap",
        why="Two sessions cannot be in one place at one time.",
        bad="two sessions at 09:00 with place: Auditorium",
        good="place: Room 5    # for one of them",
    ),
    Rule(
        name="secret",
        why="The file is public: a password or token in it can be used by anybody.",
        bad="calendar_url: https://zoom.us/j/123?pwd=abc",
        good="calendar_url: https://zoom.us/j/123",
    ),
    Rule(
        name="unused-key",
        why="No lesson shows this value: whoever fills it in expects something that will not be.",
        bad="meeting_platform: Zoom    # and no lesson has << meeting_platform >>",
        good="leave the key out, or use it in a lesson",
    ),
    *other_years.RULES,
)

_EXAMPLE_HOST = re.compile(r"(?:^|\.|@|//)example\.(?:org|com|net)\b|\.(?:example|invalid|test)\b")
_SECRET = re.compile(
    r"[?&](?:pwd|passcode|password|token|key|secret)=[^&\s#]+"
    r"|\b(?:gh[opsu]_\w{20,}|github_pat_\w{20,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{12,})"
    r"|hooks\.slack\.com/services/\S+"
    r"|\b(?:password|passwort|passcode|passphrase|wi-?fi key|pin)\b\s*"
    r"(?:[=:]\s*(?!/)\S{3,}|is\s+(?=\S*(?:[^\w\s]|[\d_])\S)\S{4,})",
    re.IGNORECASE,
)


def check(
    source: Source,
    text: str,
    event: Event | None,
    *,
    used: Set[str],
    today: datetime.date,
    slugs: Collection[str] = (),
) -> Iterator[Diagnostic]:
    """Everything in an event file; `event` is None where the file does not make one.

    `used` are the keys that lessons, macros and the theme show. Keys that every event must
    have are never unused. `slugs` are those of all events.
    """
    yield from _secrets(source.path, text)
    yield from in_event_file(source)
    if event is None:
        return
    if event.status != "draft" and not event.slug.startswith("example"):
        yield from _example_hosts(source)
        yield from _out_of_date(source, event, today)
    yield from _schedule(source, event)
    yield from other_years.check(source, event, slugs)
    for key in source.values:
        if key in OPTIONAL - used - set(NEEDED_UNLESS_ARCHIVED):
            message = f'no lesson uses "{key}"'
            yield _found(source, source.key_place((key,)), "unused-key", message)


def _found(
    source: Source, place: tuple[int, int], rule: str, message: str, help: str = ""
) -> Diagnostic:
    line, column = place
    return Diagnostic(
        path=source.path, line=line, column=column, rule=rule, message=message, help=help
    )


def _secrets(path: str, text: str) -> Iterator[Diagnostic]:
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _SECRET.search(line):
            shown = re.split(r"[=:]|_|-|\s", found[0].lstrip("?&"))[0]
            message = f'this line holds a secret ("{shown}")'
            help = "take it out, replace it where it is used, and send it in a message"
            yield Diagnostic(
                path=path, line=number, column=found.start() + 1, rule="secret",
                message=message, help=help,
            )  # fmt: skip


def _texts(source: Source) -> Iterator[tuple[Location, str]]:
    for location, value in leaves(source.values):
        if isinstance(value, str):
            yield location, value


def _example_hosts(source: Source) -> Iterator[Diagnostic]:
    for location, value in _texts(source):
        host = urlsplit(value).hostname if value.startswith("https://") else value
        if _EXAMPLE_HOST.search(host or ""):
            message = f'"{value}" is not a real address'
            yield _found(source, source.place(location), "example-host", message)


def _out_of_date(source: Source, event: Event, today: datetime.date) -> Iterator[Diagnostic]:
    place = source.place(("status",))
    if event.status == "live" and event.end_date < today:
        message = f"the event ended on {event.end_date}, and its status is live"
        yield _found(source, place, "past-event-live", message, "write archived")
    if event.archived and event.start_date > today:
        message = f"the event begins on {event.start_date}, and its status is archived"
        yield _found(source, place, "coming-event-archived", message, "write live")


def _schedule(source: Source, event: Event) -> Iterator[Diagnostic]:
    places: dict[str, list[tuple[Session, int]]] = {}
    for index, session in enumerate(event.schedule):
        if not event.start_date <= session.start.date() <= event.end_date:
            message = f"{session.start:%Y-%m-%d %H:%M} is not within the event"
            help = f"it lasts from {event.start_date} to {event.end_date}"
            place = source.place(("schedule", index, "start"))
            yield _found(source, place, "session-outside-event", message, help)
        if session.place:
            places.setdefault(session.place, []).append((session, index))
    for sessions in places.values():
        ordered = sorted(sessions, key=lambda each: (each[0].start, each[1]))
        for (earlier, _), (later, index) in pairwise(ordered):
            if later.start < earlier.end:
                message = f'"{later.title}" overlaps "{earlier.title}" in {later.place}'
                place = source.place(("schedule", index, "start"))
                yield _found(source, place, "sessions-overlap", message)
