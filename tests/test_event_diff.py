"""Two events side by side, as a person reads them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hackweek.event_diff import STATES, Row, read_side, rows, table
from hackweek.new_event import from_event
from repository import ROOT, copy_repository, replace_in

CASES = Path(__file__).parent / "cases" / "event_diff"
SOUND = (ROOT / "tests/cases/event/nothing-wrong-archived.yml").read_text("utf-8")


def run(*arguments, cwd, **environment):
    clean = {name: value for name, value in os.environ.items() if name not in ("COLUMNS",)}
    return subprocess.run(
        [sys.executable, "-m", "hackweek", *arguments],
        cwd=cwd,
        env={**clean, "PYTHONPATH": str(cwd), **environment},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def repository(tmp_path):
    """A repository with the icesat2-2027 that follows icesat2-2024."""
    root = copy_repository(tmp_path / "repository")
    old = (root / "events/icesat2-2024.yml").read_text("utf-8")
    new = from_event("events/icesat2-2024.yml", old, "icesat2-2027")
    (root / "events/icesat2-2027.yml").write_text(new, "utf-8")
    return root


def compared(root, one, other):
    """The rows in which two variants of one small event differ."""
    (root / "events").mkdir(exist_ok=True)
    for slug, more in (("one", one), ("other", other)):
        text = SOUND.replace("slug: nothing-wrong-archived", f"slug: {slug}")
        (root / f"events/{slug}.yml").write_text(text + more, "utf-8")
    found = rows(read_side(root, "one"), read_side(root, "other"))
    return [
        (row.state, row.name, row.left, row.right)
        for row in found
        if row.state != "same" and row.name != "slug"
    ]


def test_a_roll_over_reads_exactly(repository):
    done = run("diff", "icesat2-2024", "icesat2-2027", cwd=repository)
    assert done.stdout == (CASES / "roll-over.txt").read_text("utf-8")
    assert (done.returncode, done.stderr) == (0, "")


def test_two_events_read_exactly_on_a_narrow_terminal(repository):
    done = run("diff", "ohw26", "example-2027", cwd=repository, COLUMNS="72")
    assert done.stdout == (CASES / "narrow.txt").read_text("utf-8")
    assert max(map(len, done.stdout.splitlines())) <= 72


def test_a_file_is_the_same_as_itself(repository):
    done = run("diff", "ohw26", "ohw26", cwd=repository)
    assert done.stdout.splitlines()[-1] == "25 same"


def test_an_event_that_is_not_there_is_named(repository):
    done = run("diff", "ohw26", "ohw-27", cwd=repository)
    assert done.stdout.startswith(
        'events/ohw-27.yml:1:1: no-such-event: there is no event "ohw-27"'
    )
    assert done.returncode == 1


def test_a_file_with_mistakes_is_not_compared(repository):
    replace_in(repository / "events/ohw26.yml", "2026-08-24", "August 24")
    done = run("diff", "ohw26", "icesat2-2024", cwd=repository)
    assert done.stdout == (
        'events/ohw26.yml:7:13: invalid-value: start_date is not a date: "August 24"\n'
        "  help: write it as year-month-day: 2027-06-14\n"
        "1 problem in 1 file\n"
    )
    assert done.returncode == 1


def test_an_entry_that_was_put_first_does_not_change_the_others(tmp_path):
    old = "conduct_contacts: [Ada, Bo, Cy]\n"
    new = "conduct_contacts: [Di, Ada, Cy]\n"
    assert compared(tmp_path, old, new) == [
        ("missing", "conduct_contacts 1", "-", "Di"),
        ("missing", "conduct_contacts 2", "Bo", "-"),
    ]


def test_entries_of_one_name_are_compared_key_by_key(tmp_path):
    ada = "  - {{name: Ada, role: {}, affiliation: ETH}}\n"
    bo = "  - {name: Bo, role: helper, affiliation: UW}\n"
    old, new = ada.format("helper"), ada.format("organizer")
    assert compared(tmp_path, f"team:\n{old}", f"team:\n{bo}{new}") == [
        ("missing", "name of team 1", "-", "Bo"),
        ("missing", "role of team 1", "-", "helper"),
        ("missing", "affiliation of team 1", "-", "UW"),
        ("changed", "role of team 2", "helper", "organizer"),
    ]


def test_an_empty_group_of_keys_and_an_empty_list_are_compared(tmp_path):
    image = "hub_image:\n  title: A\n  description: B\n"
    tutorials = "conduct_contacts: [Ada]\n"
    assert compared(tmp_path, image + tutorials, "hub_image:\nconduct_contacts: []\n") == [
        ("missing", "conduct_contacts 1", "Ada", "-"),
        ("missing", "title of hub_image", "A", "-"),
        ("missing", "description of hub_image", "B", "-"),
    ]


def test_a_value_that_is_spelled_otherwise_is_the_same(tmp_path):
    assert compared(tmp_path, "location: Seattle\n", 'location: "Seattle"\n') == []


def test_a_mark_on_either_side_is_told(tmp_path):
    assert compared(tmp_path, "location: A  # review\n", "location: A\n") == [
        ("to review", "location", "A", "A")
    ]


def test_letters_of_two_columns_keep_the_columns_straight(tmp_path):
    (tmp_path / "events").mkdir()
    for slug, place in (("one", "東京大学地震研究所" * 3), ("other", "Tokyo")):
        text = SOUND.replace("slug: nothing-wrong-archived", f"slug: {slug}")
        (tmp_path / f"events/{slug}.yml").write_text(f"{text}location: {place}\n", "utf-8")
    found = rows(read_side(tmp_path, "one"), read_side(tmp_path, "other"))
    shown = table(found, ("one", "other"), width=80, coloured=False)
    place = [line for line in shown.splitlines() if "東" in line or "研" in line]
    assert place[0].endswith("  Tokyo")
    assert "".join(re.findall(r"[^\n -~]", shown)) == "東京大学地震研究所" * 3


def test_a_state_has_its_colour_on_a_terminal():
    found = [Row("location", state, "A", "B") for state in STATES]
    lines = table(found, ("one", "other"), width=60, coloured=True).splitlines()[2:-1]
    assert lines == [
        "\033[2msame     \033[0m  location  A                   B",
        "\033[33mchanged  \033[0m  location  A                   B",
        "\033[35mto review\033[0m  location  A                   B",
        "\033[31mempty    \033[0m  location  A                   B",
        "\033[31mmissing  \033[0m  location  A                   B",
    ]


def test_without_a_terminal_there_are_no_colours(repository):
    done = run("diff", "ohw26", "icesat2-2027", cwd=repository)
    assert "\033" not in done.stdout
