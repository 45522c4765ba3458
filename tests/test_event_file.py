"""An event file is read whole, and every mistake in it is reported at its place."""

import datetime
import re
import shutil
from pathlib import Path

import pytest

from hackweek.diagnostics import Diagnostic, Problems, report
from hackweek.event_file import FIRST_LINE, parse_event
from hackweek.events import event_slugs, load_event
from hackweek.yaml_source import decode, read_mapping

ROOT = Path(__file__).resolve().parents[1]
CASES = sorted((ROOT / "tests" / "cases" / "event").glob("*.yml"))
COMMITTED = sorted((ROOT / "events").glob("*.yml"))
SOUND = (ROOT / "tests" / "cases" / "event" / "nothing-wrong-archived.yml").read_text("utf-8")


def read_case(case: Path) -> str:
    # Not read_text(), which would turn every kind of line end into a line feed.
    return case.read_bytes().decode()


def found_in(slug: str, text: str) -> list[Diagnostic]:
    return parse_event(f"events/{slug}.yml", text)[1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_report_reads_exactly(case):
    found = found_in(case.stem, read_case(case))

    assert f"{report(found)}\n" == case.with_suffix(".txt").read_text("utf-8")


def test_every_golden_text_has_its_case():
    texts = (ROOT / "tests" / "cases" / "event").glob("*.txt")

    assert {text.stem for text in texts} == {case.stem for case in CASES}


# A help that gives one value: write "x", write it as 8, did you mean "x"?
VALUE_TO_TYPE = re.compile(
    r'(?:write(?: it as)?|did you mean) ("[^"]+"|[\d-]+(?: \d\d:\d\d)?|true|false)\??'
)
TYPED = [
    pytest.param(case, each, typed[1], id=f"{case.stem}:{each.line}")
    for case in CASES
    for each in found_in(case.stem, read_case(case))
    if (typed := VALUE_TO_TYPE.fullmatch(each.help))
]


@pytest.mark.parametrize(("case", "mistake", "typed"), TYPED)
def test_what_the_help_says_to_type_is_right(case, mistake, typed):
    lines = read_case(case).splitlines()
    before, after = (
        lines[mistake.line - 1][: mistake.column - 1],
        lines[mistake.line - 1][mistake.column - 1 :],
    )
    is_key = mistake.rule == "unknown-key"
    lines[mistake.line - 1] = before + (
        typed.strip('"') + ":" + after.partition(":")[2] if is_key else typed
    )

    left = found_in(case.stem, "\n".join(lines))

    assert not [each for each in left if (each.line, each.column) == (mistake.line, mistake.column)]


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_a_committed_event_loads(root, path):
    assert load_event(root, path.stem).slug == path.stem


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_a_committed_event_file_names_its_schema(path):
    assert path.read_text("utf-8").splitlines()[0] == FIRST_LINE


def test_a_value_keeps_its_kind(event):
    assert (event.start_date, event.python_version, event.hub_idle_minutes) == (
        datetime.date(2027, 6, 14),
        "3.12",
        90,
    )


def test_a_time_of_the_schedule_is_local_time(event):
    assert event.schedule[0].start == datetime.datetime(2027, 6, 14, 9, 0)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("jupyterhub_url: https://hub.example.org/", "https://hub.example.org"),
        ("jupyterhub_url: https://hub.example.org/?a=/", "https://hub.example.org/?a=/"),
        ('jupyterhub_url: " https://hub.example.org "', "https://hub.example.org"),
        ("contact_email: mailto:a@example.org", "a@example.org"),
        ("hub_logout_stops_server: FALSE", False),
        ("earthdata_required: True", True),
        ('location: "  Seattle "', "Seattle"),
        ("institution: |\n  University of Example", "University of Example"),
    ],
)
def test_a_value_is_tidied(line, read):
    key = line.partition(":")[0]
    kept = [each for each in SOUND.splitlines() if not each.startswith(f"{key}:")]

    event, _ = parse_event("events/nothing-wrong-archived.yml", "\n".join([*kept, line]))

    assert getattr(event, key) == read


@pytest.mark.parametrize(
    ("prefix", "newline"),
    [(b"\xef\xbb\xbf", b"\n"), (b"", b"\r\n"), (b"\xef\xbb\xbf", b"\r\n")],
    ids=["byte-order-mark", "windows-line-ends", "both"],
)
def test_a_file_from_a_windows_editor_loads(tmp_path, event, prefix, newline):
    path = tmp_path / "events" / "example-2027.yml"
    path.parent.mkdir()
    committed = (ROOT / "events" / "example-2027.yml").read_text("utf-8").encode()
    path.write_bytes(prefix + committed.replace(b"\n", newline))

    assert load_event(tmp_path, "example-2027") == event


def test_a_byte_order_mark_is_no_text():
    assert decode("docs/help.md", b"\xef\xbb\xbf# Help") == ("# Help", [])


def test_a_byte_order_mark_is_no_column(tmp_path):
    path = tmp_path / "events" / "other.yml"
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.encode())

    with pytest.raises(Problems, match=r"^events/other\.yml:1:7: invalid-value: slug is "):
        load_event(tmp_path, "other")


def test_a_value_can_stand_in_two_places():
    assert (
        found_in("nothing-wrong-archived", f"{SOUND}lessons: &a [git]\nconduct_contacts: *a\n")
        == []
    )


def test_windows_line_ends_leave_places_alone():
    case = ROOT / "tests" / "cases" / "event" / "many-mistakes.yml"

    found = found_in(case.stem, read_case(case).replace("\n", "\r\n"))

    assert f"{report(found)}\n" == case.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xff", "1:1: not-utf-8: byte 0xff"),
        (b"slug: latin\nname: Hackweek Z\xfcrich\n", "2:17: not-utf-8: byte 0xfc"),
        ("slug: ö\nname: Zürich ".encode() + b"\xe9\n", "2:14: not-utf-8: byte 0xe9"),
        (b"slug: latin\r\nname: \x80\r\n", "2:7: not-utf-8: byte 0x80"),
        ("slug: latin\n".encode("utf-16"), "1:1: not-utf-8: byte 0xff"),
        (b"slug: cut off \xf0\x9f\x8c", "1:15: not-utf-8: byte 0xf0"),
    ],
)
def test_a_file_that_is_not_utf_8_is_reported_at_the_byte(tmp_path, data, place):
    path = tmp_path / "events" / "latin.yml"
    path.parent.mkdir()
    path.write_bytes(data)

    with pytest.raises(Problems) as raised:
        load_event(tmp_path, "latin")

    assert str(raised.value) == (
        f"events/latin.yml:{place} is not UTF-8\n  help: save the file with the encoding UTF-8"
    )


@pytest.mark.parametrize("stem", ["unknown-key-near", "end-before-start", "many-mistakes"])
def test_a_file_with_mistakes_is_refused(tmp_path, stem):
    case = ROOT / "tests" / "cases" / "event" / f"{stem}.yml"
    (tmp_path / "events").mkdir()
    shutil.copy(case, tmp_path / "events")

    with pytest.raises(Problems) as raised:
        load_event(tmp_path, stem)

    *problems, _count = case.with_suffix(".txt").read_text("utf-8").splitlines()
    assert str(raised.value).splitlines() == problems


@pytest.fixture
def two_events(tmp_path: Path) -> Path:
    """A root with the events ohw26 and example-2027."""
    (tmp_path / "events").mkdir()
    for slug in ("ohw26", "example-2027"):
        shutil.copy(ROOT / "events" / f"{slug}.yml", tmp_path / "events")
    return tmp_path


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        (
            "example-2072",
            'events/example-2072.yml:1:1: no-such-event: there is no event "example-2072"\n'
            '  help: did you mean "example-2027"? the events are: example-2027, ohw26',
        ),
        (
            "summer",
            'events/summer.yml:1:1: no-such-event: there is no event "summer"\n'
            "  help: the events are: example-2027, ohw26",
        ),
    ],
)
def test_a_missing_event_names_those_that_there_are(two_events, slug, said):
    with pytest.raises(Problems) as raised:
        load_event(two_events, slug)

    assert str(raised.value) == said


def test_without_events_there_are_none_to_name(tmp_path):
    with pytest.raises(Problems, match=r"help: the events are: none yet$"):
        load_event(tmp_path, "summer")


def test_the_events_are_sorted(two_events):
    assert event_slugs(two_events) == ["example-2027", "ohw26"]


@pytest.mark.parametrize(
    "slug",
    [
        "../events/example-2027",
        "../../etc/passwd",
        "events/example-2027",
        "./example-2027",
        "..",
        ".",
        "",
        "\\example-2027",
        "example-2027\x00",
        "example-2027.yml",
        "EXAMPLE-2027",
        pytest.param("x" * 300, id="longer than a file's name can be"),
    ],
    ids=ascii,
)
def test_a_slug_is_no_path(two_events, slug):
    with pytest.raises(Problems, match="no-such-event"):
        load_event(two_events, slug)


def test_a_slug_is_no_absolute_path(two_events, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    with pytest.raises(Problems, match="no-such-event"):
        load_event(elsewhere, str(two_events / "events" / "example-2027"))


def test_an_event_outside_the_repository_is_not_loaded(two_events, tmp_path_factory):
    here = tmp_path_factory.mktemp("here")
    shutil.copytree(two_events / "events", here / "events")

    with pytest.raises(Problems, match="no-such-event"):
        load_event(here, str(two_events / "events" / "example-2027"))


@pytest.mark.parametrize(
    "line",
    [
        '"a key\\n::error::made up": 1',
        'disk_gb: "eight\\n::error::made up"',
        'lessons: ["git\\n::error::made up"]',
        'contact_email: "a\\r::error::made up"',
        "disk_gb: |\n  eight\n  ::error::made up",
    ],
)
def test_a_message_stays_on_its_line(line):
    """A line that begins with "::" would command GitHub's runner."""
    found = found_in("nothing-wrong-archived", f"{SOUND}{line}\n")

    assert all(len(str(each).splitlines()) == (2 if each.help else 1) for each in found)


@pytest.mark.parametrize("newline", ["\\n", "\\r"])
def test_a_text_has_one_line(newline):
    (found,) = found_in("nothing-wrong-archived", f'{SOUND}location: "a{newline}b"\n')

    assert found.message == "location has more than one line"


def test_half_a_character_is_a_problem_and_no_traceback():
    """YAML's escapes can name a surrogate, which no UTF-8 file can hold."""
    assert found_in("nothing-wrong-archived", SOUND.replace("Example Hub", '"\\ud83c"')) != []


def test_a_file_with_an_empty_mapping_is_empty():
    assert [str(each) for each in found_in("empty", "{}")] == [
        "events/empty.yml:1:1: empty-file: the file holds no keys"
    ]


def test_aliases_of_aliases_stay_small():
    """https://en.wikipedia.org/wiki/Billion_laughs_attack."""
    text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for before, name in ["ab", "bc", "cd"]:
        text += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"

    source = read_mapping("events/aliases.yml", text)

    assert len(source.places) < 1_000


def test_deep_nesting_is_a_problem_and_no_traceback():
    assert [str(each) for each in found_in("deep", f"slug: {'[' * 500}")] == [
        "events/deep.yml:1:1: not-yaml: values are nested too deeply"
    ]


@pytest.mark.parametrize("separator", ["\u2028", "\u0085"])
def test_a_line_is_what_ends_with_a_line_feed(separator):
    text = SOUND.replace("name: Example Hub", f'name: "Example{separator}Hub"')

    found = found_in("nothing-wrong-archived", f"{text}github_public_membership_required: much\n")

    assert (15, 36) in [(each.line, each.column) for each in found]


# The schema that editors complete from.
