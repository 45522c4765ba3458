"""What a lesson can call says what people expect, whatever an event's values hold."""

import os
import re
from dataclasses import asdict, replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackweek.event import Event
from hackweek.lesson import Lesson
from hackweek.site import Site
from macros.lessons import key_points, lesson_header, lesson_list, total_minutes
from macros.links import contact, hub_link, launch_link
from macros.variables import DERIVED, event_variables

UNHURRIED = settings(derandomize="CI" in os.environ, database=None)


def but(event: Event, **values: object) -> Event:
    return replace(event, **values)


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
def test_a_launch_link_can_be_read_back(event, branch, urlpath):
    event = but(event, jupyterhub_url="https://hub.example.org/b")
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

    assert set(variables) == {*asdict(event), *DERIVED}


def test_a_key_that_is_left_out_is_none(event):
    assert event_variables(but(event, slack_url=None))["slack_url"] is None


def test_each_key_has_the_event_s_value(event):
    variables = event_variables(event)

    assert {key: variables[key] for key in asdict(event)} == asdict(event)


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
