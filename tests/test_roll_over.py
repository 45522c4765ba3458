"""From last year's event to next year's site: no value in it can be forgotten."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackweek.build import Request, build
from hackweek.check import check_repository
from hackweek.diagnostics import Problems
from hackweek.event_file import read_event
from hackweek.events import load_event
from hackweek.review import marks
from new_events import NEW, SPRING, filled_in, open_lines, rolled_over, run
from repository import copy_repository, replace_in

CASES = Path(__file__).parent / "cases" / "new_event"


@pytest.fixture
def repository(tmp_path):
    return copy_repository(tmp_path / "repository")


@pytest.fixture(scope="module")
def events_only(tmp_path_factory):
    """A repository of which only the events matter, because nothing of it is ever built."""
    return copy_repository(tmp_path_factory.mktemp("events") / "repository")


def test_a_roll_over_points_out_every_value_and_then_builds(repository):
    run("new", "icesat2-2027", "--from", "icesat2-2024", cwd=repository)
    done = run("check", "icesat2-2027", cwd=repository)
    assert done.stdout == (CASES / "icesat2-2027.txt").read_text("utf-8")
    assert done.returncode == 1

    path = repository / NEW
    path.write_text(filled_in(path.read_text("utf-8")), "utf-8")
    assert check_repository(repository, ["icesat2-2027"], SPRING).settled((), ()) == []
    assert run("build", "icesat2-2027", cwd=repository).returncode == 0
    page = (repository / "site/icesat2-2027/index.html").read_text("utf-8")
    assert "ICESat-2 Hackweek 2027" in page
    assert "2024" not in path.read_text("utf-8")


def refused(root, text):
    (root / NEW).write_text(text, "utf-8")
    request = Request(root, ["icesat2-2027"], root / "site", "mkdocs")
    with pytest.raises(Problems) as raised:
        build(request, lambda step: None)
    assert not (root / "site").exists()
    return raised.value.diagnostics


def sources():
    return {each: rolled_over(each, "icesat2-2027") for each in ("icesat2-2024", "example-2027")}


ROLLED_OVER = sources()
FORGOTTEN = [
    pytest.param(text, number, id=f"{slug}:{number + 1}")
    for slug, text in ROLLED_OVER.items()
    for number in open_lines(text)
]


@pytest.mark.parametrize(("text", "number"), FORGOTTEN)
def test_one_forgotten_value_keeps_a_live_event_from_being_built(events_only, text, number):
    found = refused(events_only, filled_in(text, but={number}))
    assert number + 1 in [each.line for each in found if not each.warning]


@settings(max_examples=40, derandomize="CI" in os.environ, database=None)
@given(st.data())
def test_whatever_is_forgotten_is_reported_and_nothing_is_built(events_only, data):
    text = ROLLED_OVER["icesat2-2024"]
    forgotten = data.draw(st.sets(st.sampled_from(open_lines(text)), min_size=1))
    found = refused(events_only, filled_in(text, but=forgotten))
    assert {each.line - 1 for each in found} == forgotten


def test_a_draft_can_be_built_before_everything_is_confirmed(events_only):
    text = ROLLED_OVER["icesat2-2024"]
    _, source = read_event(NEW, text)
    marked = {mark.line - 1 for mark in marks(source, text)}
    (events_only / NEW).write_text(filled_in(text, but=marked).replace("live", "draft"), "utf-8")
    assert load_event(events_only, "icesat2-2027").status == "draft"
    found = check_repository(events_only, ["icesat2-2027"], SPRING).settled((), ())
    assert {each.line - 1 for each in found} == marked
    assert all(each.warning for each in found)


def test_check_ends_with_0_when_there_is_nothing_but_warnings(repository):
    text = filled_in(ROLLED_OVER["icesat2-2024"]).replace("status: live", "status: draft")
    text = text.replace("hub_name: CryoCloud", "hub_name: CryoCloud  # review")
    (repository / NEW).write_text(text, "utf-8")
    done = run("check", "icesat2-2027", cwd=repository)
    assert done.stdout == (
        'events/icesat2-2027.yml:29:22: to-review: hub_name is not confirmed: "CryoCloud"\n'
        '  help: delete "# review" once it is right for this event\n'
        "no problems and 1 warning in 1 file (14 checked)\n"
    )
    assert done.returncode == 0


def test_all_events_are_built_but_drafts(repository):
    replace_in(repository / "events/icesat2-2020.yml", "status: archived", "status: draft")
    for slug in ("example-2027", "icesat2-2024"):
        (repository / f"events/{slug}.yml").unlink()
    run("new", "snow", cwd=repository)
    done = run("build", "--all", cwd=repository)
    assert done.returncode == 0, done.stdout
    assert [path.name for path in (repository / "site").glob("*/")] == ["ohw26"]


def test_where_there_are_only_drafts_all_are_built_and_each_page_says_what_they_are(repository):
    for slug in ("icesat2-2020", "icesat2-2024", "ohw26"):
        (repository / f"events/{slug}.yml").unlink()
    replace_in(repository / "events/example-2027.yml", "status: live", "status: draft")
    assert run("build", "--all", cwd=repository).returncode == 0
    assert 'href="example-2027/"' in (repository / "site/index.html").read_text("utf-8")
    said = "These lessons are a draft.</strong> Dates, addresses and steps may still change."
    for page in ("", "preliminary/git/"):
        path = repository / "site/example-2027" / page / "index.html"
        assert said in path.read_text("utf-8")


def test_a_draft_that_was_built_by_name_is_not_on_the_page_that_leads_to_the_events(repository):
    replace_in(repository / "events/example-2027.yml", "status: live", "status: draft")
    for slug in ("icesat2-2020", "example-2027"):
        assert run("build", slug, cwd=repository).returncode == 0
    front_page = (repository / "site/index.html").read_text("utf-8")
    assert re.findall(r'<a href="([^"]+)">', front_page) == ["icesat2-2020/"]
