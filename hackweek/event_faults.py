"""What is wrong with an event file's values, in our words and at their places."""

import datetime
import re
from typing import Any

from dateutil import parser as dateparser
from pydantic_core import ErrorDetails

from hackweek.diagnostics import did_you_mean, nearest
from hackweek.event_fields import help_to_fill, keys_of
from hackweek.yaml_source import Location, Source, spoken

_TRUE = {"yes", "on", "y", "true", "1"}
_FALSE = {"no", "off", "n", "false", "0"}
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


def report_fault(source: Source, details: ErrorDetails) -> None:
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
            report_missing(source, location)
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
            source.report(place, "invalid-value", message, pattern_help(location))
        case "greater_than_equal":
            shown = _shown(source, location, value)
            message = f"{name} is less than {details['ctx']['ge']}: {shown}"
            source.report(place, "invalid-value", message)
        case kind:
            _report_type(source, location, kind, value)


def report_missing(source: Source, location: Location, why: str = "") -> None:
    """A key that is not there; `why` it would have to be follows the message."""
    place = source.place(location[:-1]) if len(location) > 1 else (source.first_line, 1)
    key = str(location[-1])
    owner = "" if len(location) == 1 else f" in {spoken(location[:-1])}"
    source.report(place, "missing-key", f'"{key}" is missing{owner}{why}', f"add: {key}: …")


def _report_type(source: Source, location: Location, kind: str, value: Any) -> None:
    wanted = _KINDS.get(kind, "what it should be")
    shown = _shown(source, location, value)
    text = source.spelled.get(location, "")
    if value is None:
        message = f"{spoken(location)} is empty"
        help = help_to_fill(location, archived=source.values.get("status") == "archived")
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


def pattern_help(location: Location) -> str:
    """How a value of a certain form is written."""
    return {
        "hub_home": 'begin it with "/"',
        "help_channel": 'write it in quotes, with its "#": "#help"',
        "python_version": 'write it in quotes: "3.12"',
        "env_name": "use letters, digits, dots, hyphens and underscores",
    }.get(str(location[-1]), "")
