"""Marks for review, empty values and other years, in files that come close and in real ones."""

import datetime

import pytest

from hackweek.check import check_repository
from hackweek.event_file import parse_event, read_event
from hackweek.review import comments
from repository import ROOT, copy_repository, replace_in

LIVE = (ROOT / "tests/cases/event/nothing-wrong-live.yml").read_text("utf-8")
PATH = "events/nothing-wrong-live.yml"


def open_in(text, path=PATH):
    """The line, the rule and the message of each value that is open."""
    found = parse_event(path, text)[1]
    return [(each.line, each.rule, each.message) for each in sorted(found)]


def test_the_file_that_the_others_are_made_of_is_right():
    assert open_in(LIVE) == []


@pytest.mark.parametrize(
    "line",
    [
        "location: Seattle  # review",
        "location: Seattle # Review",
        "location: Seattle  #review",
        "location: Seattle  # REVIEW: ",
        "location: 'Seattle'  # the town  # review",
        'location: "Seattle"  # review  # was Fairbanks',
        "location: Seattle  # was Fairbanks  # review",
        "location: Seattle  ## review",
    ],
)
def test_a_mark_is_found_however_it_is_written(line):
    last = LIVE.count("\n") + 1
    assert open_in(f"{LIVE}{line}\n") == [
        (last, "to-review", 'location is not confirmed: "Seattle"')
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("location: A  # review: ask Ada", 'location is not confirmed (ask Ada): "A"'),
        ("location: A  # review (no room)", 'location is not confirmed (no room): "A"'),
        ("location: A  # review?", 'location is not confirmed: "A"'),
        ("location: >-  # review\n  A\n  B", 'location is not confirmed: "A B"'),
        ("location: |  # review\n  A", 'location is not confirmed: "A"'),
        ("location: A\n  B  # review", 'location is not confirmed: "A B"'),
        (
            "conduct_contacts:\n  - Ada\n  - Bo  # review",
            'conduct_contacts 2 is not confirmed: "Bo"',
        ),
        (
            "conduct_contacts: [Ada, Bo]  # review",
            "conduct_contacts 1, conduct_contacts 2 are not confirmed",
        ),
        ("conduct_contacts:  # review\n  - Ada", "a line is not confirmed"),
        ("# review", "a line is not confirmed"),
        (
            "team:\n  - name: Ada  # review\n    role: A\n    affiliation: B",
            'name of team 1 is not confirmed: "Ada"',
        ),
    ],
)
def test_a_mark_names_the_value_that_it_stands_behind(line, message):
    assert [each[1:] for each in open_in(f"{LIVE}{line}\n")] == [("to-review", message)]


@pytest.mark.parametrize(
    "line",
    [
        'help_channel: "#review"',
        "location: Seattle#review",
        'location: "Seattle # review"',
        "location: 'Seattle # review'",
        "location: |\n  Seattle # review",
        "location: >-\n  Seattle\n  # review",
        "location: Seattle  # reviewed",
        "location: Seattle  # review panel meets here",
        "location: Seattle  # preview",
        "location: Seattle  # the review is over",
        "# review of last year's pages",
    ],
)
def test_what_only_looks_like_a_mark_is_none(line):
    assert open_in(f"{LIVE}{line}\n") == []


def test_windows_line_ends_do_not_hide_a_mark():
    text = f"{LIVE}location: Seattle  # review\n".replace("\n", "\r\n")
    assert len(open_in(text)) == 1


def test_a_comment_has_its_place():
    text = "a: 'x # y'   # one\n# two\nb: |  # three\n  # four\nc: d#e\n"
    _, source = read_event("events/a.yml", text)
    found = [(each.line, each.column, each.text) for each in comments(source, text)]
    assert found == [(1, 14, "# one"), (2, 1, "# two"), (3, 7, "# three")]
    assert all(text[each.offset] == "#" for each in comments(source, text))


@pytest.mark.parametrize(
    ("line", "message", "help"),
    [
        (
            "calendar_url:  # was https://example.com",
            'calendar_url is empty; it was "https://example.com"',
            "write a value (the event's calendar), or leave the key out",
        ),
        (
            'help_channel:   # was "#ohw26"',
            'help_channel is empty; it was "#ohw26"',
            "write a value (the chat's channel for questions, with its \"#\", in quotes),"
            " or leave the key out",
        ),
        ("location:", "location is empty", "write a value (venue and town), or leave the key out"),
        ("project_prefix: #ohw", "project_prefix is empty",
         "write a value (how the names of project repositories begin), or leave the key out"),
        ("schedule:  # was 2 sessions", 'schedule is empty; it was "2 sessions"',
         "write a value, or leave the key out"),
        ("team:\n  -", "team 1 is empty", "write a value"),
    ],
)  # fmt: skip
def test_an_empty_value_is_reported_once(line, message, help):
    found = parse_event(PATH, f"{LIVE}{line}\n")[1]
    told = [(each.message, each.help, each.warning) for each in found]
    assert told == [(message, help, False)]


def test_a_needed_value_that_was_emptied_is_told_with_what_it_was():
    text = LIVE.replace("start_date: 2027-06-14", "start_date:  # was 2026-06-15")
    [found] = parse_event(PATH, text)[1]
    assert str(found) == (
        f'{PATH}:4:12: empty-value: start_date is empty; it was "2026-06-15"\n'
        "  help: write a value (first day, as 2027-06-14)"
    )


def test_a_value_that_is_said_to_be_none_is_not_forgotten():
    assert open_in(f"{LIVE}location: null\n") == []


def test_in_a_draft_what_an_event_can_do_without_is_only_worth_knowing():
    draft = LIVE.replace("status: live", "status: draft").replace("disk_gb: 8", "disk_gb:")
    found = parse_event(PATH, f"{draft}location:\nslack_url: https://a.slack.com  # review\n")[1]
    told = {each.message.partition(" ")[0]: each.warning for each in found}
    assert told == {"disk_gb": False, "location": True, "slack_url": True}


# Other years.

TODAY = datetime.date(2027, 5, 1)


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    return copy_repository(tmp_path_factory.mktemp("years") / "repository")


def years_in(root, key, value, *, status="live"):
    """What is said of another year when an event of 2027 has this value."""
    text = (ROOT / "events/example-2027.yml").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(f"{key}:")]
    lines.append(f'{key}: "{value}"')
    text = "\n".join(lines).replace("status: live", f"status: {status}") + "\n"
    (root / "events/example-2027.yml").write_text(text, "utf-8")
    found = check_repository(root, ["example-2027"], TODAY).settled((), ("stale-picture",))
    assert {each.rule for each in found} <= {"other-year"}, found
    return [(each.message, each.warning) for each in found]


@pytest.mark.parametrize(
    ("key", "value", "year"),
    [
        ("name", "ICESat-2 Hackweek 2024", 2024),
        ("short_name", "GeoHackweek2019", 2019),
        ("slack_url", "https://2024-uw-hackweek.slack.com", 2024),
        ("website_url", "https://hackweek2026.example.org", 2026),
        ("practice_repo", "ICESAT-2HackWeek/website-2024", 2024),
        ("participants_team", "ohw26-participants", 2026),
        ("help_channel", "#ohw26_helpdesk", 2026),
        ("help_channel", "#help_2026", 2026),
        ("project_prefix", "OHW25-proj-", 2025),
        ("env_name", "hackweek-2028", 2028),
        ("description", "What to prepare before the SnowEx Hackweek 2024.", 2024),
        ("location", "the 2026 Example Hackweek house", 2026),
    ],
)
def test_a_value_of_another_year_is_reported(repository, key, value, year):
    message = f'{key} names {year}, and the event begins on 2027-06-14: "{value}"'
    assert years_in(repository, key, value) == [(message, False)]
    assert years_in(repository, key, value, status="draft") == [(message, True)]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "ICESat-2 Hackweek 2027"),
        ("name", "SnowEx 2017 Hackweek 2027"),
        ("name", "Vision 2050 Hackweek"),
        ("dataset", "Landsat 2000 to 2024"),
        ("data_archive", "NSIDC 2024"),
        ("description", "Sea ice from 2010 to 2024, in five days."),
        ("location", "Building 2020, Seattle"),
        ("institution", "Alliance of 2011"),
        ("environment_url", "https://example.org/2024.11.11/environment.yml"),
        ("jupyterhub_url", "https://hub.example.org/2024.1"),
        ("website_url", "https://example.org/d/1FAIpQ2024xYz"),
        ("slack_url", "https://example.org/j/82024123456"),
        ("practice_repo", "example/sentinel-2"),
        ("project_prefix", "project-v2-"),
        ("env_name", "py312"),
        ("hub_region", "us-west-2"),
    ],
)
def test_a_year_of_something_else_is_not_reported(repository, key, value):
    assert years_in(repository, key, value) == []


def test_an_archived_event_may_name_any_year(repository):
    replace_in(repository / "events/icesat2-2024.yml", "website-2024", "website-2020")
    assert (
        check_repository(repository, ["icesat2-2024"], TODAY).settled((), ("stale-picture",)) == []
    )


def test_another_year_is_silenced_with_a_reason(repository):
    assert years_in(repository, "practice_repo", "org/tutorials-2019") != []
    path = repository / "events/example-2027.yml"
    silence = "  # hackweek-ignore other-year: every year uses them"
    replace_in(path, 'tutorials-2019"', f'tutorials-2019"{silence}')
    assert (
        check_repository(repository, ["example-2027"], TODAY).settled((), ("stale-picture",)) == []
    )
