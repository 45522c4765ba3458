"""Days and schedules read as people write them."""

import datetime
import os
import re
import string
from html import unescape
from zoneinfo import ZoneInfo

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackweek.event import Resource, Session
from macros.dates import date, date_range
from macros.times import schedule_table

UNHURRIED = settings(derandomize="CI" in os.environ, database=None)

DAYS = st.dates(min_value=datetime.date(1900, 1, 1))
SHOWN = re.compile(r"(?:(\d+)(?: (\w+)(?: (\d+))?)?(?:–| – ))?(\d+) (\w+) (\d+)")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def session(start: str, end: str, title: str = "Talk", **rest: object) -> Session:
    times = {"start": datetime.datetime.fromisoformat(start)}
    return Session(**times, end=datetime.datetime.fromisoformat(end), title=title, **rest)


# Dates


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2027-06-14", "2027-06-14", "14 June 2027"),
        ("2024-08-19", "2024-08-23", "19–23 August 2024"),
        ("2026-08-30", "2026-09-03", "30 August – 3 September 2026"),
        ("2026-12-30", "2027-01-02", "30 December 2026 – 2 January 2027"),
        ("2026-08-30", "2027-08-31", "30 August 2026 – 31 August 2027"),
    ],
)
def test_a_range_of_days_says_each_part_once(start, end, shown):
    assert date_range(day(start), day(end)) == shown


@UNHURRIED
@given(st.tuples(DAYS, DAYS).map(sorted))
def test_both_ends_of_a_range_can_be_read_from_it(days):
    start, end = days

    found = SHOWN.fullmatch(date_range(start, end))

    assert found
    last = found[4], found[5], found[6]
    first = [own or of_last for own, of_last in zip(found.group(1, 2, 3), last, strict=True)]
    assert [
        datetime.datetime.strptime(" ".join(each), "%d %B %Y").date() for each in (first, last)
    ] == days


@UNHURRIED
@given(DAYS)
def test_a_day_can_be_read_back(day):
    assert datetime.datetime.strptime(date(day), "%d %B %Y").date() == day


def table_of(*sessions: Session) -> str:
    """The schedule's table without the marks around its times, which test_times.py reads."""
    return re.sub(
        r" <small.*?</small>|<[^>]+>", "", schedule_table(sessions, ZoneInfo("America/Los_Angeles"))
    )


def test_the_schedule_is_sorted_and_names_each_day():
    table = table_of(
        session("2027-06-15 09:00", "2027-06-15 10:00", "Third"),
        session("2027-06-14 11:00", "2027-06-14 12:30", "Second", place="Room 5"),
        session("2027-06-14 09:00", "2027-06-14 10:30", "First", place="Auditorium"),
    )

    assert table == (
        "| Day | Time | What | Where |\n"
        "| --- | --- | --- | --- |\n"
        "| Monday, 14 June 2027 | 09:00–10:30 | First | Auditorium |\n"
        "| Monday, 14 June 2027 | 11:00–12:30 | Second | Room 5 |\n"
        "| Tuesday, 15 June 2027 | 09:00–10:00 | Third |  |"
    )


def test_of_sessions_that_begin_together_the_shorter_comes_first():
    long = session("2027-06-14 09:00", "2027-06-14 12:00", "Long")
    short = session("2027-06-14 09:00", "2027-06-14 10:00", "Short")

    assert [row.split(" | ")[2] for row in table_of(long, short).splitlines()[2:]] == [
        "Short",
        "Long",
    ]


def test_a_session_links_its_resources():
    slides = Resource(title="Slides", url="https://example.org/slides")
    notes = Resource(title="Notes", url="https://example.org/notes")

    table = table_of(session("2027-06-14 09:00", "2027-06-14 10:00", resources=[slides, notes]))

    assert table.splitlines()[2] == (
        "| Monday, 14 June 2027 | 09:00–10:00 | Talk · [Slides](https://example.org/slides)"
        " · [Notes](https://example.org/notes) |  |"
    )


def test_a_schedule_without_sessions_is_a_head():
    assert table_of().splitlines() == [
        "| Day | Time | What | Where |",
        "| --- | --- | --- | --- |",
    ]


@UNHURRIED
@given(
    st.lists(
        st.text(string.ascii_letters + "| ", min_size=1).filter(str.strip), min_size=1, max_size=4
    )
)
def test_a_pipe_is_text_and_begins_no_cell(titles):
    sessions = [
        session("2027-06-14 09:00", "2027-06-14 10:00", title.strip(), place=title.strip())
        for title in titles
    ]

    html = markdown.markdown(table_of(*sessions), extensions=["tables"])

    cells = [unescape(cell) for cell in re.findall(r"<td>(.*)</td>", html)]
    assert len(cells) == 4 * len(titles)
    assert [cells[2::4], cells[3::4]] == [[title.strip() for title in titles]] * 2
