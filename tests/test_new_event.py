"""A new event's file: what it holds, and what the command says."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackweek.diagnostics import Problems
from hackweek.event_file import read_event
from hackweek.new_event import from_event, from_model
from hackweek.review import empty_values, marks
from hackweek.yaml_source import leaves
from new_events import NEW, filled_in, rolled_over, run
from repository import ROOT, copy_repository

CASES = Path(__file__).parent / "cases" / "new_event"


@pytest.fixture
def repository(tmp_path):
    return copy_repository(tmp_path / "repository")


# What the new file holds.


@pytest.mark.parametrize("name", ["ohw26", "icesat2-2024", "example-2027"])
def test_a_new_file_from_an_event_reads_exactly(name):
    golden = (CASES / f"from-{name}.yml").read_text("utf-8")
    assert rolled_over(name, "icesat2-2027") == golden


def test_a_new_file_from_one_that_is_written_awkwardly_reads_exactly():
    old = (CASES / "awkward.yml").read_text("utf-8")
    golden = (CASES / "from-awkward.yml").read_text("utf-8")
    assert from_event("events/geo24.yml", old, "geo27") == golden


def test_a_new_file_from_the_model_reads_exactly():
    golden = (CASES / "from-model.yml").read_text("utf-8")
    assert from_model("icesat2-2027") == golden


def test_the_models_file_has_the_headings_and_the_order_of_the_example():
    def outline(text):
        return re.findall(r"^(?:# )?([a-z_]+):|^# ([A-Z].*)$", text, re.MULTILINE)

    example = (ROOT / "events/example-2027.yml").read_text("utf-8")
    made = outline(from_model("example-2027"))
    there = [each for each in outline(example.partition("\n\n")[2]) if each in made]
    assert [each for each in made if each in there] == there
    assert [heading for _, heading in made if heading] == [
        heading for _, heading in there if heading
    ]


@pytest.mark.parametrize("slug", ["2027", "2027-06-14", "null", "true", "1e5"])
def test_a_slug_that_looks_like_a_number_or_a_date_is_read_back_as_it_is(slug):
    for text in (from_model(slug), rolled_over("ohw26", slug)):
        _, source = read_event(f"events/{slug}.yml", text)
        assert source.values["slug"] == slug


def test_windows_line_ends_stay():
    old = (CASES / "awkward.yml").read_bytes().replace(b"\n", b"\r\n").decode()
    golden = (CASES / "from-awkward.yml").read_bytes().replace(b"\n", b"\r\n").decode()
    assert from_event("events/geo24.yml", old, "geo27") == golden


def test_marks_of_the_earlier_event_are_not_carried_along():
    text = filled_in(rolled_over("icesat2-2024", "icesat2-2027"))
    text = text.replace("timezone: America/Los_Angeles", "timezone: America/Los_Angeles  # review")
    text = text.replace("2027-08-16", "2027-08-16  # was 2024-08-19")
    again = from_event(NEW, text, "icesat2-2030")
    assert "timezone: America/Los_Angeles  # review\n" in again
    assert "start_date:  # was 2027-08-16\n" in again


def test_a_value_with_an_anchor_is_not_carried_over():
    old = (ROOT / "events/ohw26.yml").read_text("utf-8")
    old = old.replace("slack_url: ", "slack_url: &chat ") + "calendar_url: *chat\n"
    with pytest.raises(Problems) as raised:
        from_event("events/ohw26.yml", old, "ohw27")
    assert str(raised.value) == (
        "events/ohw26.yml:1:1: not-yaml: the file is written in a way that cannot be carried over\n"
        "  help: write each key on a line of its own, and no anchors such as &this"
    )


def test_an_event_with_mistakes_is_not_carried_over():
    old = (ROOT / "events/ohw26.yml").read_text("utf-8").replace("2026-08-24", "August 24")
    with pytest.raises(Problems, match="invalid-value: start_date is not a date"):
        from_event("events/ohw26.yml", old, "ohw27")


COMMENTS = st.sampled_from(["", "  # why", " # it's #1", "   ", "  # review: x", "  # was y"])
EVENTS = sorted(path.stem for path in (ROOT / "events").glob("*.yml"))


@st.composite
def decorated(draw):
    """A committed event with comments behind its values and lines between them."""
    slug = draw(st.sampled_from(EVENTS))
    lines = []
    for line in (ROOT / f"events/{slug}.yml").read_text("utf-8").splitlines():
        plain = re.fullmatch(r" *(?:- )?\w+: [\w./:@-]+", line)
        lines.append(line + draw(COMMENTS) if plain else line)
        if plain and not draw(st.integers(0, 9)):
            lines.append(draw(st.sampled_from(["", "# alone", "    # indented"])))
    return slug, draw(st.sampled_from(["\n", "\r\n"])).join([*lines, ""])


@settings(max_examples=30, derandomize="CI" in os.environ, database=None)
@given(decorated())
def test_each_value_is_marked_or_emptied_and_every_other_byte_stays(event):
    slug, old = event
    new = from_event(f"events/{slug}.yml", old, "new-2030")

    _, source = read_event("events/new-2030.yml", new)
    marked = {location for mark in marks(source, new) for location in mark.locations}
    empty = {location for location, _ in empty_values(source, new)}
    values = {location for location, _ in leaves(source.values)}
    assert marked.isdisjoint(empty)
    assert values - marked - empty == {("slug",), ("status",)}

    gone = {"slug", "status", *(str(location[-1]) for location in empty)}
    confirmed = iter(re.sub(r"  # review.*", "", line) for line in new.split("\n"))
    for line in old.partition("schedule:")[0].split("\n"):
        if line.partition(":")[0].strip(" -") not in gone:
            kept = re.sub(r" *# (?:review|was).*", "", line.removesuffix("\r"))
            assert any(each.removesuffix("\r") == kept for each in confirmed), line


# The command.


def test_new_says_what_is_to_be_done_next(repository):
    done = run("new", "icesat2-2027", "--from", "icesat2-2024", cwd=repository)
    assert done.stdout == (
        "wrote events/icesat2-2027.yml; next:\n"
        "  1. fill in what is empty (13 values)\n"
        '  2. delete "# review" behind what is right (17 values)\n'
        "  3. run: python -m hackweek check icesat2-2027\n"
        "  4. run: python -m hackweek serve icesat2-2027\n"
        '  5. when all is right, write "status: live"\n'
    )
    assert (done.returncode, done.stderr) == (0, "")
    written = (repository / NEW).read_text("utf-8")
    assert written == rolled_over("icesat2-2024", "icesat2-2027")


def test_new_without_an_earlier_event_takes_the_model(repository):
    done = run("new", "snow", cwd=repository)
    assert done.stdout.splitlines()[:2] == [
        "wrote events/snow.yml; next:",
        "  1. fill in what is empty (26 values)",
    ]
    assert (repository / "events/snow.yml").read_text("utf-8") == from_model("snow")


def test_new_never_writes_over_a_file(repository):
    before = (repository / "events/ohw26.yml").read_bytes()
    done = run("new", "ohw26", "--from", "icesat2-2024", cwd=repository)
    assert done.stderr == "hackweek: events/ohw26.yml is there already; nothing was written\n"
    assert (done.returncode, done.stdout) == (2, "")
    assert (repository / "events/ohw26.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("slug", "help"),
    [
        ("ICESat2_2027", 'write "icesat2-2027"'),
        ("Glaciers à Zürich", 'write "glaciers-a-zurich"'),
        ("events/ohw27.yml", 'write "ohw27"'),
        ("ohw27-", 'write "ohw27"'),
        ("../ohw27", 'write "ohw27"'),
        ("?", "use lower-case letters, digits and hyphens"),
        ("", "use lower-case letters, digits and hyphens"),
    ],
)
def test_new_refuses_what_is_no_slug_and_names_the_nearest(repository, slug, help):
    done = run("new", slug, cwd=repository)
    assert done.stderr.splitlines()[-1] == (
        f'python -m hackweek new: error: argument SLUG: "{slug}" is not a slug; {help}'
    )
    assert done.returncode == 2


def test_new_names_the_events_when_there_is_none_to_begin_from(repository):
    done = run("new", "ohw27", "--from", "ohw-26", cwd=repository)
    assert done.stdout == (
        'events/ohw-26.yml:1:1: no-such-event: there is no event "ohw-26"\n'
        '  help: did you mean "ohw26"? the events are: example-2027, icesat2-2020,'
        " icesat2-2024, ohw26\n"
        "1 problem in 1 file\n"
    )
    assert done.returncode == 1
    assert not (repository / "events/ohw27.yml").exists()


def test_ask_needs_a_terminal(repository):
    done = run("new", "ohw27", "--ask", cwd=repository, stdin=subprocess.DEVNULL)
    assert done.stderr == "hackweek: --ask needs a terminal; nothing was written\n"
    assert done.returncode == 2
    assert not (repository / "events/ohw27.yml").exists()
