"""The schema that editors complete an event file from."""

import datetime
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from ruamel.yaml import YAML

from hackweek.event_file import schema
from repository import ROOT

COMMITTED = sorted((ROOT / "events").glob("*.yml"))


def as_an_editor_reads(path: Path) -> dict:
    values = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    return json.loads(json.dumps(values, default=datetime.date.isoformat))


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_the_schema_accepts_a_committed_event(path):
    validator = Draft202012Validator(json.loads(schema()))

    assert [each.message for each in validator.iter_errors(as_an_editor_reads(path))] == []


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_an_editor_underlines_nothing_in_a_committed_event(path):
    """Visual Studio Code checks formats, a date-time's against RFC 3339.

    https://github.com/microsoft/vscode-json-languageservice/blob/main/src/parser/jsonParser.ts
    """
    formats = FormatChecker(formats=["date"])
    full = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
    formats.checks("date-time")(lambda value: bool(full.fullmatch(value)))
    validator = Draft202012Validator(json.loads(schema()), format_checker=formats)

    assert [each.message for each in validator.iter_errors(as_an_editor_reads(path))] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("jupyterhub_ulr", "https://hub.example.org"),
        ("hub_logout_stops_server", "no"),
        ("python_version", 3.1),
        ("format", "in-person"),
        ("disk_gb", 0),
        ("help_channel", "help"),
        ("team", [{"name": "Ada", "role": "organizer"}]),
        ("hub_image", {"title": "a", "description": "b", "size": "c"}),
    ],
)
def test_the_schema_refuses(key, value):
    values = as_an_editor_reads(ROOT / "events" / "example-2027.yml") | {key: value}

    assert not Draft202012Validator(json.loads(schema())).is_valid(values)


@pytest.mark.parametrize(
    ("status", "valid"), [("live", False), ("draft", False), ("archived", True)]
)
def test_the_schema_lets_only_an_archived_event_leave_out(status, valid):
    values = as_an_editor_reads(ROOT / "events" / "ohw26.yml") | {"status": status}

    assert Draft202012Validator(json.loads(schema())).is_valid(values) is valid


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(json.loads(schema()))


def test_the_committed_schema_is_current():
    assert (ROOT / "events" / "event.schema.json").read_text("utf-8") == schema()


# Broken files: whatever is in them, every problem stands in the file, and nothing is raised.
