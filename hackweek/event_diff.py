"""Two events side by side, value by value."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap
from typing import Any

from hackweek.diagnostics import Problems
from hackweek.event_fields import keys_of
from hackweek.event_file import read_event
from hackweek.events import event_text
from hackweek.review import OPEN, empty_values, marks
from hackweek.yaml_source import Location, Source, spoken

STATES = {"same": 2, "changed": 33, "to review": 35, "empty": 31, "missing": 31}
"""What can be said of two values, with its colour on a terminal (ECMA-48, SGR)."""
_NARROWEST = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A value of two events."""

    name: str
    state: str
    """same, changed, or what either side is: to review, empty or missing."""
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Side:
    """An event file that may still be a draft with open values."""

    source: Source
    marked: frozenset[Location]
    """The values that are marked for review."""


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of one side; without a side where the event has none."""

    value: Any = None
    at: Location = ()
    side: Side | None = None

    def part(self, key: str | int | None) -> "_Value":
        """A part of a mapping or a list."""
        is_there = isinstance(key, int) or (self.value is not None and key in self.value)
        if self.side is None or key is None or not is_there:
            return _Value()
        return _Value(self.value[key], (*self.at, key), self.side)

    @property
    def shown(self) -> str:
        """As it is written, on one line."""
        if self.side is None:
            return "-"
        return " ".join(self.side.source.spelled.get(self.at, "[]").split())

    @property
    def is_marked(self) -> bool:
        return self.side is not None and self.at in self.side.marked

    @property
    def is_empty(self) -> bool:
        return self.side is not None and self.value is None


def read_side(root: Path, slug: str) -> Side:
    """An event to be compared; raises `Problems` if more is wrong with it than open values."""
    text = event_text(root, slug)
    _, source = read_event(f"events/{slug}.yml", text)
    empty = {source.place(location) for location, _ in empty_values(source, text)}
    for each in source.problems:
        is_open = each.rule in ("missing-key", *OPEN) or (each.line, each.column) in empty
        if not is_open:
            raise Problems(source.problems)
    marked = (location for mark in marks(source, text) for location in mark.locations)
    return Side(source, frozenset(marked))


def rows(left: Side, right: Side) -> list[Row]:
    """A row for each value that either event has, in the order of the model."""
    one, other = (_Value(side.source.values, (), side) for side in (left, right))
    return list(_rows(one, other))


def _rows(one: _Value, other: _Value) -> Iterator[Row]:
    kinds = {type(each.value) for each in (one, other) if each.side}
    if dict in kinds:
        at = other.at if other.side else one.at
        for key in keys_of(at):
            parts = one.part(key), other.part(key)
            if any(part.side for part in parts):
                yield from _rows(*parts)
    elif list in kinds and (one.value or other.value):
        for index, beyond in _pairs(one.value or [], other.value or []):
            yield from _rows(one.part(index), other.part(beyond))
    else:
        name = spoken(other.at if other.side else one.at)
        yield Row(name, _state(one, other), one.shown, other.shown)


def _state(one: _Value, other: _Value) -> str:
    if one.is_empty or other.is_empty:
        return "empty"
    if one.side is None or other.side is None:
        return "missing"
    if one.is_marked or other.is_marked:
        return "to review"
    return "same" if one.value == other.value else "changed"


def _pairs(one: Sequence[Any], other: Sequence[Any]) -> Iterator[tuple[int | None, int | None]]:
    """The positions of entries that belong together: of one name, or between such in order."""
    names, others = [_name(entry) for entry in one], [_name(entry) for entry in other]
    matcher = SequenceMatcher(None, names, others, autojunk=False)
    for _, start, end, begin, stop in matcher.get_opcodes():
        yield from zip_longest(range(start, end), range(begin, stop))


def _name(entry: Any) -> str:
    """What people call an entry of a list."""
    if isinstance(entry, dict):
        return str(entry.get("title") or entry.get("name") or "")
    return str(entry)


def table(found: Sequence[Row], slugs: tuple[str, str], *, width: int, coloured: bool) -> str:
    """The rows below the events' slugs, at most `width` columns wide, and a line that counts.

    What does not fit into its column goes on below.
    """
    first = max(map(len, STATES))
    second = min(max(len(row.name) for row in found), max(_NARROWEST, width // 3))
    side = max(_NARROWEST, (width - first - second - 6) // 2)
    widths = (first, second, side, side)
    lines = [*_lines(("", "", *slugs), widths), "  ".join("-" * each for each in widths)]
    for row in found:
        first_line, *more = _lines((row.state, row.name, row.left, row.right), widths)
        if coloured:
            first_line = f"\033[{STATES[row.state]}m{first_line[:first]}\033[0m{first_line[first:]}"
        lines += [first_line, *more]
    counted = Counter(row.state for row in found)
    summary = ", ".join(f"{counted[state]} {state}" for state in STATES if counted[state])
    return "\n".join([*lines, summary]) + "\n"


def _lines(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """A row of a table as the lines that it takes."""
    columns = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    return [
        "  ".join(
            part + " " * (width - _width(part)) for part, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in zip_longest(*columns, fillvalue="")
    ]


def _wrapped(text: str, width: int) -> list[str]:
    """A text in lines of so many columns; letters that take two columns are never cut off."""
    room = width if _width(text) == len(text) else width // 2
    return wrap(text, room, break_on_hyphens=False) or [""]


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: https://www.unicode.org/reports/tr11/"""
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    return len(text) + wide - sum(unicodedata.combining(each) > 0 for each in text)
