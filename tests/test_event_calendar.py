"""The calendar file of an event, read back by two readers."""

import datetime
import io
from dataclasses import replace
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.tz import tzical

from hackweek.event import Resource, Session
from hackweek.event_calendar import calendar_of
from hackweek.events import event_slugs, load_event
from repository import ROOT

BERLIN = ZoneInfo("Europe/Berlin")


def session(start, end, title="Talk", **values):
    start, end = map(datetime.datetime.fromisoformat, (start, end))
    return Session(start=start, end=end, title=title, **values)


@pytest.fixture
def autumn(event):
    """An event during which summer time ends: on 25 October 2026 at 03:00."""
    return replace(
        event,
        start_date=datetime.date(2026, 10, 23),
        end_date=datetime.date(2026, 10, 27),
        timezone="Europe/Berlin",
        schedule=[
            session("2026-10-23 09:00", "2026-10-23 10:30", "Welcome", place="Hall; left, up"),
            session("2026-10-24 22:00", "2026-10-25 04:00", 'A night of "data", \\n'),
            session(
                "2026-10-26 09:00",
                "2026-10-26 10:30",
                "Maps – größer 🌍 " + "and longer " * 12,
                resources=[Resource(title="Slides", url="https://example.org/slides")],
            ),
        ],
    )


def entries(event):
    return icalendar.Calendar.from_ical(calendar_of(event)).walk("VEVENT")


def uids(event):
    return [str(each["UID"]) for each in entries(event)]


def with_sessions(event, *sessions):
    return replace(event, schedule=list(sessions))


def test_the_days_and_the_sessions_come_back_as_they_were(autumn):
    days, *sessions = entries(autumn)
    assert (str(days["SUMMARY"]), days.start, days.end) == (
        "Example Hackweek 2027",
        datetime.date(2026, 10, 23),
        datetime.date(2026, 10, 28),  # an end is the first day on which it is over
    )
    assert [(str(each["SUMMARY"]), each.start, each.end) for each in sessions] == [
        (each.title, each.start.replace(tzinfo=BERLIN), each.end.replace(tzinfo=BERLIN))
        for each in autumn.schedule
    ]
    assert [str(each["LOCATION"]) for each in sessions] == [
        "Hall; left, up",
        "the University of Example",
        "the University of Example",
    ]
    assert str(sessions[2]["DESCRIPTION"]) == "Slides: https://example.org/slides"


def test_a_night_in_which_clocks_go_back_is_an_hour_longer(autumn):
    night = entries(autumn)[2]
    utc = datetime.UTC
    assert night.end.astimezone(utc) - night.start.astimezone(utc) == datetime.timedelta(hours=7)


def test_a_reader_that_knows_no_zones_learns_from_the_file_when_clocks_change(autumn):
    zone = tzical(io.StringIO(calendar_of(autumn).decode())).get("Europe/Berlin")
    offsets = [datetime.datetime(2026, 10, day, 9, tzinfo=zone).utcoffset() for day in (23, 24, 26)]
    assert offsets == [datetime.timedelta(hours=hours) for hours in (2, 2, 1)]


def test_a_zone_in_which_clocks_never_change_is_told_as_well(autumn):
    event = replace(autumn, timezone="Asia/Kolkata")
    zone = tzical(io.StringIO(calendar_of(event).decode())).get("Asia/Kolkata")
    offset = datetime.datetime(2026, 10, 23, 9, tzinfo=zone).utcoffset()
    assert offset == datetime.timedelta(hours=5, minutes=30)


@pytest.mark.parametrize("slug", event_slugs(ROOT))
def test_every_event_has_a_calendar_and_two_builds_have_the_same(slug):
    event = load_event(ROOT, slug)
    assert len(entries(event)) == 1 + len(event.schedule)
    assert calendar_of(event) == calendar_of(load_event(ROOT, slug))


def test_every_line_is_short_and_ends_as_it_should(autumn):
    """https://www.rfc-editor.org/rfc/rfc5545#section-3.1"""
    lines = calendar_of(autumn).split(b"\r\n")
    assert lines.pop() == b""
    assert not [line for line in lines if len(line) > 75 or b"\n" in line]


def test_a_session_stays_the_same_entry_when_anything_but_its_start_is_edited(autumn):
    before = session("2026-10-23 09:00", "2026-10-23 10:30", "Welcome")
    after = session("2026-10-23 09:00", "2026-10-23 11:00", "Hello", place="Hall")
    assert uids(with_sessions(autumn, before)) == uids(with_sessions(autumn, after))


def test_a_session_with_a_key_stays_the_same_entry_when_it_is_moved(autumn):
    before = session("2026-10-23 09:00", "2026-10-23 10:30", key="welcome")
    after = session("2026-10-24 14:00", "2026-10-24 15:00", key="welcome")
    assert uids(with_sessions(autumn, before)) == uids(with_sessions(autumn, after))


def test_sessions_that_begin_together_are_entries_of_their_own(autumn):
    one, other = (
        session("2026-10-23 09:00", "2026-10-23 10:30", title) for title in ("One", "Other")
    )
    keyed = session("2026-10-23 09:00", "2026-10-23 10:30", key="third")
    assert uids(with_sessions(autumn, one, keyed, other)) == [
        "example-2027-days@hackweek-lessons",
        "example-2027-20261023t0900@hackweek-lessons",
        "example-2027-third@hackweek-lessons",
        "example-2027-20261023t0900-2@hackweek-lessons",
    ]
