"""Changes to a YAML text that leave every other byte of it alone.

A program that reads YAML and writes it again moves comments, folds lines and changes quotes.
Here values are replaced where they stand.
"""

import re
from collections.abc import Sequence

from hackweek.yaml_source import Location, Source

_LINE_END = re.compile(r"\r?\n|\r|\Z")
_BLOCK_HEADER = re.compile(r"[|>][-+\d]*([ \t]+#[^\r\n]*)?")


class Edits:
    """Changes to the text of a source, whose aliases are taken for their anchors.

    They are made all at once in the end, so that places hold until then.
    """

    def __init__(self, source: Source, text: str) -> None:
        self._source = source
        self._text = text
        self._changes: list[tuple[int, int, str]] = []
        self._newline = "\r\n" if "\r\n" in text else "\n"

    def text(self) -> str:
        """The text with every change made; of two at one place, the earlier stands first."""
        pieces, position = [], 0
        for start, end, new in sorted(self._changes, key=lambda change: change[:2]):
            pieces += [self._text[position:start], new]
            position = end
        return "".join([*pieces, self._text[position:]])

    def written(self, location: Location) -> str:
        """A scalar as it is written, with its quotes, on one line."""
        text = self._text[slice(*self._span(location))]
        return " ".join(self._source.spelled[location].split()) if "\n" in text else text

    def line_of(self, location: Location) -> int:
        """The 1-based line on which a comment may stand behind a scalar."""
        return self._text.count("\n", 0, self._comment_offset(location)) + 1

    def put(self, location: Location, new: str) -> None:
        """Writes another scalar, or none; a comment behind it keeps its column if it can."""
        start, end = self._span(location)
        behind = re.match(r"[ \t]+(?=#)", self._text[end:])
        if start == end:
            new = f" {new}"
        elif header := _BLOCK_HEADER.match(self._text, start, end):
            new += header[1] or ""
        elif behind:
            end += behind.end()
            new = new.ljust(end - start - 2) + "  "
        elif not new and self._line_end(end) == end:
            start = len(self._text[:start].rstrip(" \t"))
        self._changes.append((start, end, new))

    def empty(self, location: Location, comment: str) -> None:
        """Takes a scalar or a list out, and adds a comment."""
        if location in self._source.spelled:
            self.put(location, "")
            self._insert(self._line_end(self._end(location)), f"  # {comment}")
            return
        key_line = self._line_end(self._offset((*location, "@key")))
        self._insert(key_line, f"  # {comment}")
        if key_line < self._source.spans[location][0]:
            self._changes.append((key_line, self._line_end(self._end(location)), ""))
        else:
            self._changes.append((*self._span(location), ""))

    def comment(self, location: Location, comment: str) -> None:
        """Adds a comment behind all else on the line on which a kept scalar ends."""
        self._insert(self._line_end(self._comment_offset(location)), f"  # {comment}")

    def remove(self, start: int, end: int) -> None:
        """Takes out what stands between two offsets."""
        self._changes.append((start, end, ""))

    def leave_out(self, key: str) -> None:
        """Takes out a key of the outermost mapping, with its value."""
        start = self._offset((key, "@key"))
        end = self._line_end(self._end((key,)))
        self._changes.append((start, _LINE_END.match(self._text, end).end(), ""))  # type: ignore[union-attr]

    def insert_after(self, key: str, lines: Sequence[str]) -> None:
        """Adds lines below a key of the outermost mapping and its value."""
        below = "".join(f"{self._newline}{line}" for line in lines)
        self._insert(self._line_end(self._end((key,))), below)

    def insert_before(self, key: str, lines: Sequence[str]) -> None:
        """Adds lines above a key of the outermost mapping."""
        above = "".join(f"{line}{self._newline}" for line in lines)
        self._insert(self._offset((key, "@key")), above)

    def _insert(self, at: int, new: str) -> None:
        self._changes.append((at, at, new))

    def _span(self, location: Location) -> tuple[int, int]:
        """Where a scalar or a list in brackets begins and ends, without the blanks behind it."""
        start, end = self._source.spans[location]
        if start == end and isinstance(location[-1], str):
            # ruamel.yaml places an empty value at the end of a file behind its comment.
            start = end = self._text.index(":", self._offset((*location, "@key"))) + 1
        return start, max(start, len(self._text[:end].rstrip()))

    def _comment_offset(self, location: Location) -> int:
        start, end = self._span(location)
        return start if _BLOCK_HEADER.match(self._text, start, end) else end

    def _end(self, location: Location) -> int:
        """Where the last value of a location ends."""
        ends = [
            self._span(each)[1]
            for each, (start, _) in self._source.spans.items()
            if each[: len(location)] == location
            and (each in self._source.spelled or self._text[start] in "[{")
        ]
        return max(ends, default=self._offset((*location, "@key")))

    def _offset(self, location: Location) -> int:
        line, column = self._source.places[location]
        return sum(map(len, self._text.split("\n")[: line - 1])) + line - 1 + column - 1

    def _line_end(self, offset: int) -> int:
        found = _LINE_END.search(self._text, offset)
        return found.start() if found else len(self._text)
