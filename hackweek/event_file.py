"""`events/<slug>.yml` read, checked, and every mistake in it reported at its place."""

import datetime
import json
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from hackweek.diagnostics import Diagnostic
from hackweek.event import NEEDED_UNLESS_ARCHIVED, Event
from hackweek.event_faults import pattern_help, report_fault, report_missing
from hackweek.event_fields import describe, help_to_fill
from hackweek.event_model import MODEL, event_of
from hackweek.review import add_open_values
from hackweek.yaml_source import Source, read_mapping, spoken

FIRST_LINE = "# yaml-language-server: $schema=event.schema.json"
"""Tells an editor which schema to complete from."""


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
        event = event_of(source.values)
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
    describe(MODEL)
    body = MODEL.model_json_schema()
    body["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    body["if"] = {"properties": {"status": {"enum": ["draft", "live"]}}}
    body["then"] = {"required": list(NEEDED_UNLESS_ARCHIVED), "properties": {"lessons_from": False}}
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


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
                refuse(key, f"{key} is empty", help_to_fill((key,), archived=False))


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
