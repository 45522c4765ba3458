"""`events/<slug>.yml` read, checked, and every mistake in it reported at its place."""

import datetime
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dateutil import parser as dateparser
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hackweek.diagnostics import Diagnostic, Problems, did_you_mean, nearest, relative
from hackweek.event import NEEDED_UNLESS_ARCHIVED, Event
from hackweek.event_fields import describe, keys_of
from hackweek.review import add_open_values
from hackweek.yaml_source import Location, Source, decode, read_mapping, spoken

DEFAULT_EVENT = "example-2027"
"""The event that a new one is copied from; built when none is named."""
FIRST_LINE = "# yaml-language-server: $schema=event.schema.json"
"""Tells an editor which schema to complete from."""

_TRUE = {"yes", "on", "y", "true", "1"}
_FALSE = {"no", "off", "n", "false", "0"}


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
                _report(source, details)
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
        refuse("help_channel", "help_channel is empty", _pattern_help(("help_channel",)))
    if values.get("status") in ("draft", "live"):
        for key in NEEDED_UNLESS_ARCHIVED:
            if key not in source.values:
                _report_missing(source, (key,), " (only an archived event may leave it out)")
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


def _report(source: Source, details: ErrorDetails) -> None:
    """One of pydantic's findings in our words, at its place in the file."""
    location: Location = details["loc"]
    name = spoken(location)
    place = source.place(location)
    value = details["input"]
    match details["type"]:
        case "extra_forbidden":
            key = str(location[-1])
            known = keys_of(location[:-1])
            owner = "an event" if len(location) == 1 else spoken(location[:-1])
            message = f'"{key}" is not a key of {owner}'
            help = did_you_mean(key, known)
            source.report(source.key_place(location), "unknown-key", message, help)
        case "missing":
            _report_missing(source, location)
        case "refused":
            context = details["ctx"]
            source.report(place, "invalid-value", f"{name} {context['message']}", context["help"])
        case "literal_error" if value is not None:
            choices = re.findall(r"'([^']+)'", details["ctx"]["expected"])
            near = nearest(str(value), choices)
            help = f'write "{near}"' if near else f"write one of: {', '.join(choices)}"
            message = f"{name} is none of {_listed(choices)}: {_shown(source, location, value)}"
            source.report(place, "invalid-value", message, help)
        case "string_pattern_mismatch":
            message = f"{name} is not written as it should be: {_shown(source, location, value)}"
            source.report(place, "invalid-value", message, _pattern_help(location))
        case "greater_than_equal":
            shown = _shown(source, location, value)
            message = f"{name} is less than {details['ctx']['ge']}: {shown}"
            source.report(place, "invalid-value", message)
        case kind:
            _report_type(source, location, kind, value)


def _report_missing(source: Source, location: Location, why: str = "") -> None:
    place = source.place(location[:-1]) if len(location) > 1 else (source.first_line, 1)
    key = str(location[-1])
    owner = "" if len(location) == 1 else f" in {spoken(location[:-1])}"
    source.report(place, "missing-key", f'"{key}" is missing{owner}{why}', f"add: {key}: …")


_KINDS = {
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "list_type": "a list",
    "date_type": "a date",
    "date_from_datetime_parsing": "a date",
    "datetime_type": "a time",
    "model_type": "a group of keys",
    "model_attributes_type": "a group of keys",
}


def _report_type(source: Source, location: Location, kind: str, value: Any) -> None:
    wanted = _KINDS.get(kind, "what it should be")
    shown = _shown(source, location, value)
    text = source.spelled.get(location, "")
    if value is None:
        optional = len(location) == 1 and not Event.model_fields[str(location[0])].is_required()
        message = f"{spoken(location)} is empty"
        help = "write a value, or leave the key out" if optional else "write a value"
    elif wanted == "text" and not isinstance(value, (dict, list)):
        kinds = {bool: "true or false", datetime.date: "a date"}
        seen = kinds.get(type(value), "a number")
        same = str(value) in (text, text.capitalize())
        because = f"is {seen}" if same or seen != "a number" else f"is the number {value}"
        message = f"{spoken(location)} is not text: {text} without quotes {because}"
        help = f'write it as "{text}"'
    else:
        message = f"{spoken(location)} is not {wanted}: {shown}"
        help = _type_help(wanted, text, source.path)
    source.report(source.place(location), "invalid-value", message, help)


def _type_help(wanted: str, text: str, path: str) -> str:
    match wanted:
        case "true or false":
            word = text.lower()
            return (
                f"write it as {'true' if word in _TRUE else 'false'}"
                if (word in _TRUE | _FALSE)
                else "write true or false, without quotes"
            )
        case "a whole number":
            digits = re.fullmatch(r"0*([1-9]\d*)\s*[A-Za-z]*", text)
            return f"write it as {digits[1]}" if digits else ""
        case "a date":
            return f"write it as {_date_meant(text, path) or 'year-month-day: 2027-06-14'}"
        case "a time":
            return "write it as year-month-day hour:minute: 2027-06-14 09:00"
        case "a list":
            return "begin each entry with a hyphen on a line of its own"
        case "a group of keys":
            return "write its keys below it, each indented by two spaces"
    return ""


def _date_meant(text: str, path: str) -> str | None:
    """The date that a person meant by "June 3", in the year that the file's name has."""
    year = re.search(r"(?:19|20)\d\d", path)
    if not year or not re.search(r"[A-Za-z]{3}", text):
        return None
    defaults = [datetime.datetime(int(year[0]), 1, 1), datetime.datetime(int(year[0]), 2, 2)]
    try:
        # What the text leaves open comes from the default: two that differ show it.
        one, two = (dateparser.parse(text, default=each).date() for each in defaults)
    except (ValueError, OverflowError, TypeError):
        return None
    told = str(one.year) in (year[0], *re.findall(r"\d{4}", text))
    return one.isoformat() if one == two and told else None


def _shown(source: Source, location: Location, value: Any) -> str:
    """A value as the author wrote it, in double quotes."""
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    text = source.spelled.get(location, str(value))
    return f'"{text if len(text) <= 60 else text[:57] + "..."}"'


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _pattern_help(location: Location) -> str:
    return {
        "hub_home": 'begin it with "/"',
        "help_channel": 'write it in quotes, with its "#": "#help"',
        "python_version": 'write it in quotes: "3.12"',
        "env_name": "use letters, digits, dots, hyphens and underscores",
    }.get(str(location[-1]), "")
