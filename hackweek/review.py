"""What of an event file nobody has filled in or confirmed since it was copied.

A comment at the end of a line marks a value that was kept; whoever deletes it says that the
value is right for this event. A value that surely changes is emptied:

    timezone: America/Los_Angeles  # review
    start_date:  # was 2024-08-19

In a draft both are only worth knowing, as long as an event can be made of the file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hackweek.diagnostics import Diagnostic
from hackweek.event_fields import help_to_fill
from hackweek.yaml_source import Location, Source, leaves, spoken

OPEN = ("empty-value", "to-review")
"""The rules of values that are still to be filled in or confirmed."""

# "# review", "# REVIEW: ask Ada", "#review?", and not "# review panel" or "# reviewed".
_MARK = re.compile(
    r"(?:^|(?<=\s))#+\s*review(?:\s*[:;.,?!(]\s*(?P<why>.*?))?(?=\s*$|\s+#\s*was )", re.IGNORECASE
)
_WAS = re.compile(r"(?:^|(?<=\s))#\s*was (?P<was>.+?)(?=\s*$|\s+#+\s*review)")
_BLOCK = re.compile(r"(?:[&!]\S+\s+)*[|>][-+\d]*")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a YAML text."""

    line: int
    """1-based."""
    column: int
    """1-based, of its "#"."""
    offset: int
    """0-based, of its "#" in the text."""
    text: str
    """From its "#" to the end of the line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark for review."""

    line: int
    column: int
    why: str
    """What stands behind "review:"; mostly empty."""
    span: tuple[int, int]
    """From the blanks before it to its end, as 0-based offsets."""
    locations: tuple[Location, ...]
    """The values that end on its line."""


def marks(source: Source, text: str) -> Iterator[Mark]:
    """Every mark for review, from the first line to the last."""
    marked = [
        (comment, found)
        for comment in comments(source, text)
        if (found := _MARK.search(comment.text))
    ]
    ends = _values_by_line(source, text) if marked else {}
    for comment, found in marked:
        yield Mark(
            comment.line,
            comment.column + found.start(),
            (found["why"] or "").rstrip(")"),
            _with_blanks(text, comment.offset + found.start(), comment.offset + found.end()),
            tuple(ends.get(comment.line, ())),
        )


def empty_values(source: Source, text: str) -> Iterator[tuple[Location, str]]:
    """Every value that is empty, and what it was, if a comment says so."""
    empty = [
        location
        for location, value in leaves(source.values)
        if value is None and source.spelled.get(location) == ""
    ]
    by_line = {each.line: each.text for each in comments(source, text)} if empty else {}
    for location in empty:
        line, _ = source.place(location)
        was = _WAS.search(by_line.get(line, ""))
        yield location, was["was"] if was else ""


def spans_of_was(source: Source, text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """The lines of comments that say what a value was, and the offsets that the words span."""
    for comment in comments(source, text):
        if found := _WAS.search(comment.text):
            start, end = comment.offset + found.start(), comment.offset + found.end()
            yield comment.line, _with_blanks(text, start, end)


def comments(source: Source, text: str) -> Iterator[Comment]:
    """Every comment; a "#" within a value is none."""
    if "#" not in text:
        return
    offset = 0
    for number, line in enumerate(_without_values(source, text).split("\n"), start=1):
        if found := re.search(r"(?:^|(?<=\s))#[^\r]*", line):
            start, end = offset + found.start(), offset + found.end()
            yield Comment(number, found.start() + 1, start, text[start:end])
        offset += len(line) + 1


def _with_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    return len(text[:start].rstrip(" \t")), end


def add_open_values(source: Source, text: str) -> None:
    """Adds what is still to be filled in or confirmed to the problems of an event file."""
    draft = source.values.get("status") == "draft"
    for location, was in empty_values(source, text):
        told = [
            each
            for each in source.problems
            if (each.line, each.column) == source.place(location) and each.rule == "invalid-value"
        ]
        if was or not told:
            source.problems = [each for each in source.problems if each not in told]
            source.problems.append(_empty(source, location, was, warning=draft and not told))
    source.problems += [_to_review(source, mark, warning=draft) for mark in marks(source, text)]


def _empty(source: Source, location: Location, was: str, *, warning: bool) -> Diagnostic:
    line, column = source.place(location)
    earlier = f'; it was "{_short(unquoted(was))}"' if was else ""
    return Diagnostic(
        path=source.path,
        line=line,
        column=column,
        rule="empty-value",
        message=f"{spoken(location)} is empty{earlier}",
        help=help_to_fill(location, archived=source.values.get("status") == "archived"),
        warning=warning,
    )


def _to_review(source: Source, mark: Mark, *, warning: bool) -> Diagnostic:
    why = f" ({mark.why})" if mark.why else ""
    match mark.locations:
        case [location]:
            shown = _short(source.spelled[location])
            message = f'{spoken(location)} is not confirmed{why}: "{shown}"'
        case []:
            message = f"a line is not confirmed{why}"
        case several:
            message = f"{', '.join(map(spoken, several))} are not confirmed{why}"
    return Diagnostic(
        path=source.path,
        line=mark.line,
        column=mark.column,
        rule="to-review",
        message=message,
        help='delete "# review" once it is right for this event',
        warning=warning,
    )


def _values_by_line(source: Source, text: str) -> Mapping[int, list[Location]]:
    """The scalars by the line on which a comment may stand behind them."""
    by_line: dict[int, list[Location]] = {}
    for location in source.spelled:
        start, end = source.spans[location]
        offset = start if _BLOCK.match(text, start) else end
        if source.spelled[location] or start != end:
            by_line.setdefault(text.count("\n", 0, offset) + 1, []).append(location)
    return by_line


def _without_values(source: Source, text: str) -> str:
    """The text with every scalar crossed out; lines and columns stay."""
    pieces, position = [], 0
    for start, end in sorted({source.spans[location] for location in source.spelled}):
        if header := _BLOCK.match(text, start):
            start = header.end() + len(text[header.end() : end].partition("\n")[0])
        if start >= position:
            pieces += [text[position:start], re.sub(r"[^\r\n]", "x", text[start:end])]
            position = end
    return "".join([*pieces, text[position:]])


def unquoted(text: str) -> str:
    """A text without the quotes around it."""
    found = re.fullmatch(r"([\"'])(.*)\1", text)
    return found[2] if found else text


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "..."
