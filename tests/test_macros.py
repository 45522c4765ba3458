"""What a lesson can call says what people expect, whatever an event's values hold."""

import datetime
import os
import re
import string
from html import unescape
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackweek.event import Event, Resource, Session
from hackweek.lesson import Lesson
from hackweek.site import Site
from macros.dates import date, date_range
from macros.lessons import key_points, lesson_header, lesson_list, total_minutes
from macros.links import contact, hub_link, launch_link
from macros.times import schedule_table
from macros.variables import DERIVED, event_variables

UNHURRIED = settings(derandomize="CI" in os.environ, database=None)
DAYS = st.dates(min_value=datetime.date(1900, 1, 1))
SHOWN = re.compile(r"(?:(\d+)(?: (\w+)(?: (\d+))?)?(?:–| – ))?(\d+) (\w+) (\d+)")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def session(start: str, end: str, title: str = "Talk", **rest: object) -> Session:
    times = {"start": datetime.datetime.fromisoformat(start)}
    return Session(**times, end=datetime.datetime.fromisoformat(end), title=title, **rest)


def but(event: Event, **values: object) -> Event:
    return event.model_copy(update=values)


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
    return re.sub(r"<[^>]+>", "", schedule_table(sessions, ZoneInfo("America/Los_Angeles")))


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


# Links

PARTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="/ &#%?+=()[]é字🎉"),
    min_size=1,
)


def target(link: str) -> str:
    return link[link.rindex("](") + 2 : -1]


def test_a_launch_link_reads_exactly(event):
    (tutorial,) = event_variables(event)["tutorials"]

    assert launch_link(event, tutorial) == (
        "[A first look at the data](https://hub.example.org/hub/user-redirect/git-pull"
        "?repo=https%3A%2F%2Fgithub.com%2Fexample-hackweek%2Ffirst-look&branch=main"
        "&urlpath=lab%2Ftree%2Ffirst-look%2Ffirst-look.ipynb)"
    )


def test_a_launch_link_can_have_a_text_of_its_own(event):
    (tutorial,) = event_variables(event)["tutorials"]

    assert launch_link(event, tutorial, "Open it").startswith("[Open it](https://hub.")


@pytest.mark.parametrize(
    ("branch", "urlpath"),
    [
        ("feature/new look & feel", "lab/tree/a"),
        ("main", "lab/tree/100% done #1.ipynb"),
        ("größe+1", "lab/tree/字/日本.ipynb?reset&x=1"),
    ],
)
def test_a_launch_link_carries_what_the_event_says(event, branch, urlpath):
    tutorial = {"title": "T", "repo": "a/b", "branch": branch, "urlpath": urlpath}

    query = parse_qs(urlsplit(target(launch_link(event, tutorial))).query, strict_parsing=True)

    assert query == {
        "repo": ["https://github.com/a/b"],
        "branch": [branch],
        "urlpath": [urlpath],
    }


@UNHURRIED
@given(branch=PARTS, urlpath=PARTS)
def test_a_launch_link_can_be_read_back(branch, urlpath):
    event = Event.model_construct(status="live", jupyterhub_url="https://hub.example.org/b")
    tutorial = {"title": "T", "repo": "a/b", "branch": branch, "urlpath": urlpath}

    link = launch_link(event, tutorial)

    parts = urlsplit(target(link))
    assert re.fullmatch(r"\[T\]\([\w:/.?&=%~-]+\)", link, re.ASCII)
    assert parts.path == "/b/hub/user-redirect/git-pull"
    assert (parse_qs(parts.query)["branch"], parse_qs(parts.query)["urlpath"]) == (
        [branch],
        [urlpath],
    )


@pytest.mark.parametrize(
    ("text", "shown"), [("", "A first look at the data"), ("Open it", "Open it")]
)
def test_when_the_hub_is_off_a_launch_link_is_text(event, text, shown):
    (tutorial,) = event_variables(event)["tutorials"]

    assert launch_link(but(event, status="archived"), tutorial, text) == shown


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("live", "[https://hub.example.org](https://hub.example.org)"),
        ("draft", "[https://hub.example.org](https://hub.example.org)"),
        ("archived", "`https://hub.example.org`"),
    ],
)
def test_the_hub_is_linked_until_it_is_off(event, status, shown):
    assert hub_link(but(event, status=status)) == shown


@pytest.mark.parametrize(
    ("who", "address", "shown"),
    [
        ("the team", "a@example.org", "[the team](mailto:a@example.org)"),
        (None, "a@example.org", "[a@example.org](mailto:a@example.org)"),
        ("the team", None, "the team"),
        (None, None, "the organizers"),
    ],
)
def test_whom_to_ask_is_as_far_as_the_event_tells(event, who, address, shown):
    assert contact(but(event, admin_contact=who, contact_email=address)) == shown


# Lessons

META = {
    "minutes": 20,
    "questions": ["What is git?", "Why?"],
    "objectives": ["Clone"],
    "keypoints": ["Commit often", "Pull first"],
}


def lesson(page: str, front_matter: str) -> Lesson:
    return Lesson(f"docs/{page}", page, f"---\n{front_matter}---\nText.\n")


def test_a_lesson_header_reads_exactly():
    assert lesson_header(META) == (
        '!!! abstract lesson-box "This lesson takes about 20 minutes"\n'
        "\n"
        "    It answers:\n"
        "\n"
        "    - What is git?\n"
        "    - Why?\n"
        "\n"
        "    At the end you can:\n"
        "\n"
        "    - Clone"
    )


def test_one_minute_is_one_minute():
    assert lesson_header({**META, "minutes": 1}).splitlines()[0] == (
        '!!! abstract lesson-box "This lesson takes about 1 minute"'
    )


def test_key_points_read_exactly():
    assert key_points(META) == (
        '!!! success lesson-box "Key points"\n\n    - Commit often\n    - Pull first'
    )


def test_lessons_are_listed_in_the_given_order():
    git = lesson("preliminary/git.md", "title: Git\nminutes: 1\ndescription: Keep versions.\n")
    hub = lesson("preliminary/hub.md", "title: The hub\nminutes: 30\ndescription: Sign in.\n")

    assert lesson_list([hub, git]) == (
        "1. [The hub](preliminary/hub.md) (30 minutes): Sign in.\n"
        "2. [Git](preliminary/git.md) (1 minute): Keep versions."
    )


def test_no_lessons_make_an_empty_list():
    assert lesson_list([]) == ""


def test_the_minutes_of_all_lessons_are_added():
    lessons = [lesson(f"{n}.md", f"minutes: {n}\n") for n in (1, 20, 300)]

    assert total_minutes(lessons) == 321


# Variables


def test_an_event_gives_lessons_its_keys_and_what_is_derived(root, event):
    variables = Site(root, event).context().variables

    assert set(variables) == {*Event.model_fields, *DERIVED}


def test_a_key_that_is_left_out_is_none(event):
    assert event_variables(but(event, slack_url=None))["slack_url"] is None


def test_each_key_has_the_event_s_value(event):
    variables = event_variables(event)

    assert {key: variables[key] for key in Event.model_fields} == event.model_dump()


def test_what_is_derived_is_right(event):
    variables = event_variables(event)

    of_the_site = ("lessons", "site_url", "total_minutes")
    assert {key: variables[key] for key in DERIVED if key not in of_the_site} == {
        "dates": "14–18 June 2027",
        "days": 5,
        "year": 2027,
        "archived": False,
        "github_org_url": "https://github.com/example-hackweek",
        "practice_repo_url": "https://github.com/example-hackweek/practice",
        "practice_repo_name": "practice",
    }


def test_a_one_day_event_lasts_one_day(event):
    assert event_variables(but(event, end_date=event.start_date))["days"] == 1


def test_an_archived_event_says_so(event):
    assert event_variables(but(event, status="archived"))["archived"] is True


def test_the_lessons_of_an_event_are_named_and_added(root, event):
    site = Site(root, but(event, lessons=["github", "git"]))

    variables = site.context().variables

    assert (variables["lessons"], variables["total_minutes"]) == (
        ["github", "git"],
        site.all_lessons["github"].minutes + site.all_lessons["git"].minutes,
    )
