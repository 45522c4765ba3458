"""Shown output and what came, compared with wildcards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackweek.commands.matching import Difference, difference, fits
from hackweek.commands.screen import as_shown

LINES = st.lists(st.text("ab …", max_size=5), max_size=6)


@given(LINES)
def test_a_text_is_what_it_is(lines):
    assert (
        difference(
            [each.replace("…", "x") for each in lines], [each.replace("…", "x") for each in lines]
        )
        is None
    )


@given(LINES, st.integers(0, 6), st.integers(0, 6))
def test_any_lines_can_stand_behind_a_wildcard(lines, start, end):
    came = [each.replace("…", "x") for each in lines]
    assert difference([*came[:start], "…", *came[max(start, end) :]], came) is None


@given(st.text("ab", max_size=8), st.integers(0, 8), st.integers(0, 8))
def test_any_text_can_stand_behind_a_wildcard_in_a_line(line, start, end):
    assert fits(line[:start] + "…" + line[max(start, end) :], line)


@given(LINES, st.integers(0, 5))
def test_a_line_that_changes_is_found(lines, index):
    came = [f"{n} {each}".replace("…", "x") for n, each in enumerate(lines)]
    if index < len(came):
        shown = [*came[:index], "changed", *came[index + 1 :]]
        assert difference(shown, came) == Difference(index, came[index].rstrip())


DIFFERENT = {
    "less came": ("a\nb", "a", Difference(1, "")),
    "more came": ("a", "a\nb", Difference(None, "b")),
    "nothing came": ("a", "", Difference(0, "")),
    "more before the end": ("…\na", "a\nb", Difference(1, "b")),
    "the middle is not there": ("…\nx\n…", "a\nb", Difference(1, "")),
    "the middle begins well": ("…\na\nx\n…", "c\na\nb", Difference(2, "b")),
    "one line cannot be two": ("a\n…\na", "a", Difference(2, "")),
    "a wildcard keeps its ends": ("a…b", "ab c", Difference(0, "ab c")),
    "ends do not overlap": ("ab…ba", "aba", Difference(0, "aba")),
    "order counts within a line": ("…b…a…", "ab", Difference(0, "ab")),
    "blanks before a line count": (" a", "a", Difference(0, "a")),
    "three points are no wildcard": ("a...", "ab", Difference(0, "ab")),
}


@pytest.mark.parametrize(("shown", "came", "found"), DIFFERENT.values(), ids=DIFFERENT)
def test_a_difference_is_placed(shown, came, found):
    assert difference(shown.split("\n"), came.splitlines()) == found


SAME = {
    "blanks at the end": ("a", "a  "),
    "empty lines around": ("\na\n", "\n\na\n\n"),
    "a tab and its blanks": ("        a", "\ta"),
    "two wildcards": ("a…c…", "abcd"),
    "lines between": ("a\n…\nc\n…", "a\nb\nc\nd"),
    "the first place that fits": ("…\na\nb\n…\nc", "a\na\nb\nc"),
}


@pytest.mark.parametrize(("shown", "came"), SAME.values(), ids=SAME)
def test_what_nobody_sees_is_no_difference(shown, came):
    assert difference(shown.split("\n"), came.split("\n")) is None


SHOWN = {
    "colours": (b"\x1b[1;31mred\x1b[0m", "red"),
    "progress": (b" 10%\r 50%\r100%, done.\r\nnext", "100%, done.\nnext"),
    "a shorter text over a longer one": (b"abcdef\rxy", "xycdef"),
    "a backspace": (b"abc\b\bd", "adc"),
    "more backspaces than text": (b"a\b\b\bb", "b"),
    "a title": (b"\x1b]0;title\x07text", "text"),
    "a bell": (b"a\x07b", "ab"),
    "no text": (b"\xff", "\N{REPLACEMENT CHARACTER}"),
}


@pytest.mark.parametrize(("printed", "shown"), SHOWN.values(), ids=SHOWN)
def test_a_terminal_shows_what_is_left(printed, shown):
    assert as_shown(printed) == shown
