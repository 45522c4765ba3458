"""What a lesson shows held against what came; "…" stands for whatever differs each time.

A line of "…" alone stands for any lines, also for none. Within a line "…" stands for any text.
Blanks at the end of a line, and empty lines before and after everything, do not count.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WILDCARD = "…"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the two first differ."""

    shown: int | None
    """Index of a shown line that did not come; None where more came than is shown."""
    came: str
    """The line in its place; empty where none came."""


def difference(shown: Sequence[str], came: Sequence[str]) -> Difference | None:
    """None if what came is what is shown."""
    pieces = _pieces(shown)
    alone = len(pieces) == 1
    lines = _trimmed(came, start=alone or bool(pieces[0][1]), end=alone or bool(pieces[-1][1]))
    position = 0
    for number, (start, piece) in enumerate(pieces):
        first, last = number == 0, number == len(pieces) - 1
        starts = range(position, max(len(lines) - len(piece), position) + 1)
        if last and not first:
            starts = starts[-1:]
        elif first:
            starts = range(1)
        fitting = {at: _fitting(piece, lines[at:]) for at in starts}
        at = next((at for at in starts if fitting[at] == len(piece)), None)
        if at is None:
            at = max(fitting, key=lambda at: (fitting[at], -at))
            came_line = lines[at + fitting[at] : at + fitting[at] + 1]
            unplaced = not first and not fitting[at] and not last
            return Difference(start + fitting[at], "" if unplaced else "".join(came_line))
        position = at + len(piece)
    return None if position == len(lines) else Difference(None, lines[position])


def _pieces(shown: Sequence[str]) -> list[tuple[int, list[str]]]:
    """The lines between those of "…" alone, each piece with the index of its first line.

    What comes before the first "…" begins what came, and what comes after the last one ends it.
    """
    pieces: list[tuple[int, list[str]]] = [(0, [])]
    for index, line in enumerate(shown):
        if line.strip() == WILDCARD:
            pieces.append((index + 1, []))
        elif pieces[0][1] or len(pieces) > 1 or line.strip():
            if not pieces[-1][1]:
                pieces[-1] = (index, [])
            pieces[-1][1].append(_bare(line))
    while pieces[-1][1] and not pieces[-1][1][-1]:
        pieces[-1][1].pop()
    return pieces


def _trimmed(came: Sequence[str], *, start: bool, end: bool) -> list[str]:
    """What came without the empty lines at its start and its end."""
    lines = [_bare(line) for line in came]
    while end and lines and not lines[-1]:
        lines.pop()
    while start and lines and not lines[0]:
        lines.pop(0)
    return lines


def _bare(line: str) -> str:
    return line.expandtabs().rstrip()


def _fitting(piece: Sequence[str], lines: Sequence[str]) -> int:
    """How many lines of a piece fit the lines that came, counted from the first one."""
    count = 0
    for shown, line in zip(piece, lines, strict=False):
        if not fits(shown, line):
            break
        count += 1
    return count


def fits(shown: str, line: str) -> bool:
    """Whether a line is what a line shows, its wildcards aside."""
    first, *others = shown.split(WILDCARD)
    if not others:
        return line == shown
    *middle, last = others
    if not line.startswith(first) or not line[len(first) :].endswith(last):
        return False
    position, end = len(first), len(line) - len(last)
    for text in middle:
        found = line.find(text, position, end)
        if found < 0:
            return False
        position = found + len(text)
    return True
