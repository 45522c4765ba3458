"""Event files whose values are of the right kind and still wrong; and rules that are silenced."""

import datetime

import pytest

from hackweek.check import Findings, check_repository
from hackweek.events import event_slugs
from repository import ROOT, append, copy_repository, replace_in

TODAY = datetime.date(2026, 11, 23)
EVENT = "events/ohw26.yml"


@pytest.fixture
def repository(tmp_path):
    return copy_repository(tmp_path / "repository")


def found(root, *slugs, today=TODAY, select=()):
    findings = check_repository(root, slugs or ["ohw26"], today)
    return [
        f"{each.line}:{each.column}: {each.rule}: {each.message}"
        for each in findings.settled(select, ())
    ]


def line_of(root, text, path=EVENT):
    lines = (root / path).read_text("utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if text in line)


def test_the_repository_is_clean():
    findings = check_repository(ROOT, event_slugs(ROOT), TODAY)
    assert findings.settled((), ()) == []


@pytest.mark.parametrize(
    ("key", "value", "column", "message"),
    [
        ("location", "INSERT_VENUE", 11, 'placeholder: "INSERT_VENUE" is still to be filled in'),
        ("location", "TBD", 11, 'placeholder: "TBD" is still to be filled in'),
        ("location", "Bamfield ??", 11, 'placeholder: "??" is still to be filled in'),
        ("location", '"<the venue>"', 11, 'placeholder: "<the venue>" is still to be filled in'),
        (
            "slack_url",
            "https://chat.example.org",
            12,
            'example-host: "https://chat.example.org" is not a real address',
        ),
    ],
)
def test_a_value_still_to_be_filled_in_is_found(repository, key, value, column, message):
    line = line_of(repository, f"{key}:")
    lines = (repository / EVENT).read_text("utf-8").splitlines()
    lines[line - 1] = f"{key}: {value}"
    (repository / EVENT).write_text("\n".join(lines) + "\n", "utf-8")
    assert found(repository) == [f"{line}:{column}: {message}"]


@pytest.mark.parametrize(
    "secret",
    [
        "calendar_url: https://zoom.us/j/123?pwd=abcdef",
        "# the Wi-Fi password is correct-horse",
        "# token ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "# hooks.slack.com/services/T000/B000/XXXX",
    ],
)
def test_a_secret_is_found_even_in_a_comment(repository, secret):
    append(repository / EVENT, f"{secret}\n")
    assert [each.split(": ")[1] for each in found(repository) if "secret" in each] == ["secret"]


@pytest.mark.parametrize(
    "harmless",
    ["# never write a password into this file", "# the password is sent by mail", "# a token ring"],
)
def test_a_word_about_secrets_is_none(repository, harmless):
    append(repository / EVENT, f"{harmless}\n")
    assert found(repository) == []


def test_an_event_that_is_over_must_not_be_live(repository):
    replace_in(repository / "events/ohw26.yml", "status: archived", "status: live")
    line = line_of(repository, "status:")
    message = "past-event-live: the event ended on 2026-08-28, and its status is live"
    assert f"{line}:9: {message}" in found(repository)


def test_an_event_to_come_must_not_be_archived(repository):
    line = line_of(repository, "status:")
    message = "coming-event-archived: the event begins on 2026-08-24, and its status is archived"
    assert found(repository, today=datetime.date(2026, 8, 1)) == [f"{line}:9: {message}"]


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        (
            [
                ("2026-08-24 09:00", "2026-08-24 10:00", "A"),
                ("2026-08-24 09:30", "2026-08-24 11:00", "A"),
            ],
            ["sessions-overlap"],
        ),
        (
            [
                ("2026-08-24 09:00", "2026-08-24 10:00", "A"),
                ("2026-08-24 10:00", "2026-08-24 11:00", "A"),
            ],
            [],
        ),
        (
            [
                ("2026-08-24 09:00", "2026-08-24 10:00", "A"),
                ("2026-08-24 09:30", "2026-08-24 11:00", "B"),
            ],
            [],
        ),
        ([("2026-08-29 09:00", "2026-08-29 10:00", "A")], ["session-outside-event"]),
    ],
)
def test_sessions_have_room_and_time(repository, sessions, expected):
    entries = "".join(
        f"  - {{start: {start}, end: {end}, title: T, place: {place}}}\n"
        for start, end, place in sessions
    )
    append(repository / EVENT, f"schedule:\n{entries}")
    assert [each.split(": ")[1] for each in found(repository)] == expected


def test_a_key_that_no_lesson_shows_is_found(repository):
    replace_in(repository / "docs/preliminary/jupyterhub.md", "hub_memory_gb", "disk_gb")
    line = line_of(repository, "hub_memory_gb", "events/example-2027.yml")
    message = f'{line}:1: unused-key: no lesson uses "hub_memory_gb"'
    assert message in found(repository, "example-2027")


def test_a_rule_is_silenced_by_a_comment_with_a_reason(repository):
    append(
        repository / "docs/help.md",
        "\n<!-- hackweek-ignore hand-written-value: history -->\nCryoCloud\n",
    )
    assert found(repository) == []


def test_a_comment_behind_the_text_silences_its_own_line(repository):
    append(
        repository / "docs/help.md",
        "\nCryoCloud <!-- hackweek-ignore hand-written-value: it is -->\n",
    )
    assert found(repository) == []


def test_a_silence_without_a_reason_is_reported(repository):
    append(
        repository / "docs/help.md", "\n<!-- hackweek-ignore hand-written-value -->\nCryoCloud\n"
    )
    [only] = found(repository)
    assert 'silence-without-reason: no reason is given to ignore "hand-written-value"' in only


def test_a_silence_that_silences_nothing_is_reported(repository):
    append(
        repository / "docs/help.md", "\n<!-- hackweek-ignore hand-written-value: x -->\nNothing\n"
    )
    [only] = found(repository)
    assert 'useless-silence: "hand-written-value" finds nothing there' in only


def test_a_silence_of_no_rule_is_reported(repository):
    append(
        repository / "docs/help.md", "\n<!-- hackweek-ignore hand-writen-value: x -->\nCryoCloud\n"
    )
    assert [each.split(": ")[1] for each in found(repository)] == [
        "useless-silence",
        "hand-written-value",
    ]


def test_a_rule_is_silenced_in_an_event_file(repository):
    replace_in(
        repository / EVENT,
        "slack_url: https://oceanhackweek.slack.com",
        "slack_url: https://example.org  # hackweek-ignore example-host: they moved there",
    )
    assert found(repository) == []


def test_only_what_is_selected_is_reported():
    findings = Findings()
    assert findings.settled(["placeholder"], ()) == []
