"""Whatever is in an event file, every problem stands in the file, and nothing is raised."""

import json
import os
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hackweek.diagnostics import Diagnostic
from hackweek.event_file import parse_event
from hackweek.yaml_source import decode
from repository import ROOT

COMMITTED = sorted((ROOT / "events").glob("*.yml"))

FUZZ = settings(derandomize="CI" in os.environ, database=None)
TEXTS = [path.read_text("utf-8") for path in COMMITTED]
CHARACTERS = "\"':#-[]{},&*!|>%@`?~\t\n\r \0\x07\x1b\x7f\x85\u2028\ufeff\ufffeéß字🎉٣"
PIECES = (
    "- ¦: ¦ #¦\r\n¦&a ¦*a¦!x ¦!!binary ¦!!python/name:os.system ¦<<: ¦? ¦|\n¦>-\n¦---\n¦...\n"
    '¦%YAML 1.1\n¦%TAG ! a:\n¦"\\n"¦"\\ud83c"¦0x¦1e999¦.nan¦2027-02-30¦2027-06-14T09:00:00Z'
)
LONG = ("0" * 20, "9" * 5_000, "[" * 20)
SNIPPETS = st.sampled_from([*CHARACTERS, *PIECES.split("¦"), *LONG])


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A committed event file with one to five slips of the hand."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        to = min(len(text), at + draw(st.integers(0, 12)))
        lines = text.splitlines(keepends=True) or [""]
        line = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 7)):
            case 0:
                text = text[:at] + text[to:]
            case 1:
                text = text[:at] + draw(SNIPPETS) + text[at:]
            case 2:
                text = text[:at] + draw(SNIPPETS) + text[to:]
            case 3:
                text = text[:to] + text[at:]
            case 4:
                text = text[:at] + text[at:to][::-1] + text[to:]
            case 5:
                lines[line] = draw(st.sampled_from([" ", "  ", "\t", "    "])) + lines[line]
                text = "".join(lines)
            case 6:
                lines.insert(draw(st.integers(0, len(lines))), lines[line])
                text = "".join(lines)
            case 7:
                lines[line] = lines[line].lstrip()
                text = "".join(lines[: draw(st.integers(line, len(lines)))])
    return text


SCALARS = st.one_of(
    st.sampled_from("no yes on off ~ null true 3.10 .inf -.nan 0o8 0x_ 08 1_000 =  * & !".split()),
    st.sampled_from("2027-06-14 2027-02-30 0000-00-00 20270614 2027-06-14T25:61".split()),
    st.sampled_from(["June 3", "3 o'clock", "https://[", "https://a:b@c.d", "a@b", "a/b/c", "{x}"]),
    st.integers().map(str),
    st.floats().map(str),
    st.text(max_size=30).map(json.dumps),
    st.text(max_size=30),
    SNIPPETS,
)
FLOW = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda each: f"[{', '.join(each)}]"),
        st.lists(st.tuples(inner, inner), max_size=4).map(
            lambda each: "{" + ", ".join(f"{key}: {value}" for key, value in each) + "}"
        ),
    ),
    max_leaves=8,
)


@st.composite
def revalued(draw: st.DrawFn) -> str:
    """A committed event file with other values behind one to three of its colons."""
    lines = draw(st.sampled_from(TEXTS)).splitlines()
    keyed = [number for number, line in enumerate(lines) if re.match(r"[ -]*\w+:", line)]
    for number in draw(st.lists(st.sampled_from(keyed), min_size=1, max_size=3)):
        lines[number] = lines[number].partition(":")[0] + ": " + draw(FLOW)
    return "\n".join(lines)


KEYS = [line for text in TEXTS for line in re.findall(r"^[ -]*\w+: ?", text, re.MULTILINE)]
YAMLISH = st.lists(
    st.one_of(
        st.sampled_from(KEYS), FLOW, SNIPPETS, st.just("\n"), st.just("\n  "), st.just("\n- ")
    ),
    max_size=30,
).map("".join)


def assert_in_the_file(text: str, event: object, found: list[Diagnostic]) -> None:
    """Every problem has a place in the text, and no event comes out of a text without one."""
    lines = text.removesuffix("\n").split("\n")
    assert event is not None or found
    for each in found:
        assert 1 <= each.line <= len(lines), each
        assert 1 <= each.column <= len(lines[each.line - 1]) + 1, each


@settings(FUZZ, max_examples=400)
@given(text=mutated())
def test_a_mangled_file_is_reported_within_itself(text):
    assert_in_the_file(text, *parse_event("events/example-2027.yml", text))


@settings(FUZZ, max_examples=400)
@given(text=revalued())
def test_strange_values_are_reported_within_the_file(text):
    assert_in_the_file(text, *parse_event("events/example-2027.yml", text))


@settings(FUZZ, max_examples=300)
@given(text=YAMLISH)
@example(text="\rslug: ")
def test_what_looks_like_yaml_is_reported_within_itself(text):
    assert_in_the_file(text, *parse_event("events/example-2027.yml", text))


@settings(FUZZ, max_examples=300)
@given(data=st.one_of(st.binary(max_size=200), mutated().map(lambda text: text.encode("utf-16"))))
def test_bytes_are_reported_within_the_file(data):
    text, undecodable = decode("events/example-2027.yml", data)
    shown = data.decode("utf-8", "replace")

    if undecodable:
        assert_in_the_file(shown, None, undecodable)
    else:
        assert_in_the_file(text, *parse_event("events/example-2027.yml", text))
