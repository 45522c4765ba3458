"""Values of events that stand in lessons by hand."""

import pytest

from hackweek.checks.page import Page
from hackweek.checks.values import Values
from hackweek.events import event_slugs, load_event
from hackweek.lesson import Lesson
from repository import ROOT

EVENTS = [load_event(ROOT, slug) for slug in event_slugs(ROOT)]
VALUES = Values(EVENTS)


def found(text, *, checked="ohw26", glossary=()):
    page = Page(Lesson("docs/lesson.md", "lesson.md", text))
    return [
        (each.line, each.column, each.rule, each.message.split('"')[1], each.help)
        for each in VALUES.check(page, checked=[checked], glossary=glossary)
    ]


@pytest.mark.parametrize(
    ("written", "write"),
    [
        ("https://hub.cryointhecloud.com", "<< jupyterhub_url >>"),
        ("hub.cryointhecloud.com", "<< jupyterhub_url >>"),
        ("CryoCloud", "<< hub_name >>"),
        ("https://github.com/ICESAT-2HackWeek", "<< github_org_url >>"),
        ("icesat-2HackWeek", "<< github_org >>"),
        ("https://github.com/ICESAT-2HackWeek/website-2024", "<< practice_repo_url >>"),
        ("ICESAT-2HackWeek/website-2024", "<< practice_repo >>"),
        ("2024-uw-hackweek.slack.com", "<< slack_url >>"),
        ("escience-hackweeks@uw.edu", "<< contact() >>"),
        ("https://bit.ly/uwhackweekfeedback", "<< anonymous_report_url >>"),
        ("ICESat-2 Hackweek 2024", "<< name >>"),
        ("ICESat-2 Hackweek", "<< short_name >>"),
        ("University of Washington", "<< institution >>"),
        ("19 August 2024", "<< date(start_date) >>"),
        ("August 19, 2024", "<< date(start_date) >>"),
        ("Aug 19", "<< date(start_date) >>"),
        ("August 19-23", "<< date(start_date) >>"),
        ("23rd August 2024", "<< date(end_date) >>"),
        ("2024-08-23", "<< date(end_date) >>"),
        ("Python 3.11", "Python << python_version >>"),
        ("#ohw26_helpdesk", "<< help_channel >>"),
        ("ohw26-participants", "<< participants_team >>"),
        ("/home/jovyan", "<< hub_home >>"),
    ],
)
@pytest.mark.parametrize("around", ["Go to {} now.", "`{}`", "[x]({})", "```bash\nopen {}\n```"])
def test_a_value_is_found_wherever_it_stands(written, write, around):
    [(_, _, _, shown, help)] = found(around.format(written))
    assert (shown, help) == (written, f'write "{write}"')


@pytest.mark.parametrize(
    "text",
    [
        "Open << jupyterhub_url >> and ask << contact() >>.",
        "https://cryointhecloud.com.example.org and nothub.cryointhecloud.com.au",
        "ICESat-2 data, a hackweek, the cloud, Pangeo, the hub.",
        "19 August 2021, August 19, 2021, 19 May, 2024-08-24, August 2024",
        "Python 3.111 and Python 3.1",
        "github.com/ICESAT-2HackWeek-old and bit.ly/other",
        "practice makes perfect",
    ],
)
def test_what_only_looks_like_a_value_is_left_alone(text):
    assert found(text) == []


def test_a_value_of_this_event_and_one_of_another_are_two_rules():
    text = "# Hub\n\nAsk in #ohw26_helpdesk, or escience-hackweeks@uw.edu.\n"
    assert [(line, column, rule) for line, column, rule, _, _ in found(text)] == [
        (3, 8, "hand-written-value"),
        (3, 28, "value-of-another-event"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Working with CryoCloud\n\nCryoCloud is a hub.",
        "[CryoCloud](https://cryointhecloud.com) is a hub. CryoCloud is free.",
    ],
)
def test_a_name_that_the_page_is_about_is_left_alone(text):
    assert found(text) == []


def test_a_name_that_the_glossary_explains_is_left_alone():
    assert found("CryoCloud is a hub.", glossary=["CryoCloud"]) == []


def test_front_matter_counts_in_the_line():
    text = "---\ntitle: ICESat-2 Hackweek 2024\n---\n\n# Hub\n"
    assert [(line, column) for line, column, *_ in found(text)] == [(2, 8)]


def test_the_repositorys_own_lessons_hold_no_value_by_hand():
    from hackweek.lesson import read_lessons

    for lesson in read_lessons(ROOT / "docs"):
        page = Page(lesson)
        assert list(VALUES.check(page, checked=event_slugs(ROOT), glossary=())) == []
