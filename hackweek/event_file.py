"""`events/<slug>.yml` read, checked, and every mistake in it reported at its place."""

import datetime
import json
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from hackweek.diagnostics import Diagnostic, Problems, nearest, relative
from hackweek.event import NEEDED_UNLESS_ARCHIVED, Event
from hackweek.event_faults import pattern_help, report_fault, report_missing
from hackweek.event_fields import describe
from hackweek.review import add_open_values
from hackweek.yaml_source import Source, decode, read_mapping, spoken

DEFAULT_EVENT = "example-2027"
"""The event that a new one is copied from; built when none is named."""
FIRST_LINE = "# yaml-language-server: $schema=event.schema.json"
"""Tells an editor which schema to complete from."""


def event_slugs(root: Path) -> list[str]:
    """The slugs of all event files, sorted."""
    return sorted(path.stem for path in (root / "events").glob("*.yml"))


def published_slugs(root: Path) -> list[str]:
    """The slugs of all events but drafts, sorted; of the drafts where there is nothing else."""
    slugs = event_slugs(root)
    return [slug for slug in slugs if not _is_draft(root, slug)] or slugs


def _is_draft(root: Path, slug: str) -> bool:
    path = f"events/{slug}.yml"
    text, _ = decode(path, (root / path).read_bytes())
    event, _ = _parsed(path, text)
    status = event.status if event else read_mapping(path, text).values.get("status")
    return bool(status == "draft")


def load_event(root: Path, slug: str) -> Event:
    """The event of `events/<slug>.yml`.

    Raises `Problems` with everything that is wrong with the file, or with the names of
    the events that there are when the file is not there.
    """
    event, problems = _parsed(f"events/{slug}.yml", event_text(root, slug))
    if event is None or not all(each.warning for each in problems):
        raise Problems(problems)
    return event


@lru_cache(maxsize=1024)
def _parsed(path: str, text: str) -> tuple[Event | None, tuple[Diagnostic, ...]]:
    event, problems = parse_event(path, text)
    return event, tuple(problems)


def event_text(root: Path, slug: str) -> str:
    """The text of `events/<slug>.yml`.

    Raises `Problems` if it is not UTF-8, or with the events that there are if it is not there.
    """
    known = event_slugs(root)
    path = root / "events" / f"{slug}.yml"
    shown = relative(path, root)
    if slug not in known:
        raise Problems([_no_such_event(shown, slug, known)])
    text, undecodable = decode(shown, path.read_bytes())
    if undecodable:
        raise Problems(undecodable)
    return text


def parse_event(path: str, text: str) -> tuple[Event | None, list[Diagnostic]]:
    """The event that a text describes, or None, and everything that is wrong with it."""
    event, source = read_event(path, text)
    return event, source.problems


def read_event(path: str, text: str) -> tuple[Event | None, Source]:
    """The same with the places of its values."""
    source = read_mapping(path, text)
    if not source.values:
        return None, source
    event = None
    wrong: set[str] = set()
    try:
        event = Event.model_validate(source.values)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            wrong.add(str(details["loc"][0]))
            if details["loc"] not in source.unreadable:
                report_fault(source, details)
    _cross_check(source, {k: v for k, v in source.values.items() if k not in wrong})
    add_open_values(source, text)
    return event, source


def schema() -> str:
    """The JSON Schema of an event file, as it stands in `events/event.schema.json`."""
    describe(Event)
    body = Event.model_json_schema()
    body["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    body["if"] = {"properties": {"status": {"enum": ["draft", "live"]}}}
    body["then"] = {"required": list(NEEDED_UNLESS_ARCHIVED), "properties": {"lessons_from": False}}
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def _no_such_event(path: str, slug: str, known: list[str]) -> Diagnostic:
    near = nearest(slug, known)
    help = f'did you mean "{near}"? ' if near else ""
    return Diagnostic(
        path=path,
        line=1,
        column=1,
        rule="no-such-event",
        message=f'there is no event "{slug}"',
        help=f"{help}the events are: {', '.join(known) or 'none yet'}",
    )


def _cross_check(source: Source, values: dict[str, Any]) -> None:
    """What two keys, or a key and the file's name, must agree on."""

    def refuse(key: str, message: str, help: str = "") -> None:
        source.report(source.place((key,)), "invalid-value", message, help)

    slug = source.path.rpartition("/")[2].removesuffix(".yml")
    if values.get("slug", slug) != slug:
        refuse("slug", f'slug is "{values["slug"]}", but the file is {slug}.yml', f'write "{slug}"')
    start, end = _day(values.get("start_date")), _day(values.get("end_date"))
    if start and end and end < start:
        refuse("end_date", f"end_date {end} is before start_date {start}")
    access = _day(values.get("hub_access_ends"))
    if end and access and access < end:
        refuse("hub_access_ends", f"hub_access_ends {access} is before end_date {end}")
    _check_schedule(source)
    _check_clocks(source, values)
    if "help_channel" in values and values["help_channel"] is None:
        refuse("help_channel", "help_channel is empty", pattern_help(("help_channel",)))
    if values.get("status") in ("draft", "live"):
        for key in NEEDED_UNLESS_ARCHIVED:
            if key not in source.values:
                report_missing(source, (key,), " (only an archived event may leave it out)")
            elif source.values[key] is None:
                refuse(key, f"{key} is empty", "write a value")


def _check_schedule(source: Source) -> None:
    """Sessions that end before they begin, and two that have one key."""
    keys: dict[str, int] = {}
    schedule = source.values.get("schedule")
    for index, session in enumerate(schedule if isinstance(schedule, list) else []):
        if isinstance(session, dict):
            start, end = _time(session.get("start")), _time(session.get("end"))
            if start and end and end < start:
                location = ("schedule", index, "end")
                message = f"{spoken(location)} {end} is before its start {start}"
                source.report(source.place(location), "invalid-value", message)
            key = session.get("key")
            if isinstance(key, str) and keys.setdefault(key, index) != index:
                location = ("schedule", index, "key")
                message = f'{spoken(location)} is that of another session: "{key}"'
                source.report(source.place(location), "invalid-value", message)


def _check_clocks(source: Source, values: dict[str, Any]) -> None:
    """Times that no clock shows, because clocks are set forward in that night."""
    try:
        zone = ZoneInfo(values["timezone"])
    except (KeyError, TypeError, ValueError, OSError):
        return
    schedule = values.get("schedule")
    for index, session in enumerate(schedule if isinstance(schedule, list) else []):
        for key in ("start", "end"):
            if (time := _time(session[key])) and not _is_shown(time, zone):
                location = ("schedule", index, key)
                message = f'{spoken(location)} "{time}" does not exist in {zone.key}'
                message += ": clocks are set forward then"
                source.report(source.place(location), "invalid-value", message)


def _is_shown(time: str, zone: ZoneInfo) -> bool:
    """Whether clocks in a zone show a local time, once or twice."""
    local = datetime.datetime.fromisoformat(time)
    moment = local.replace(tzinfo=zone).astimezone(datetime.UTC)
    return moment.astimezone(zone).replace(tzinfo=None) == local


def _time(value: Any) -> str | None:
    """A local time as text that sorts by time; None for what is none."""
    text = str(value).replace("T", " ")
    try:
        return f"{datetime.datetime.strptime(text, '%Y-%m-%d %H:%M'):%Y-%m-%d %H:%M}"
    except ValueError:
        return None


def _day(value: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        return None
