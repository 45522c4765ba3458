"""Which character of which file made which part of a page's Markdown."""

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from hackweek.yaml_source import decode

_ADDRESS_END = re.compile(r"[\s)>\"'\]]|\Z")
"""What ends an address in Markdown or HTML."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Place:
    """A character in a file that somebody wrote."""

    path: str
    """Relative to the repository's root, with forward slashes."""
    line: int
    """1-based, as an editor counts."""
    column: int
    """1-based, in characters."""


@dataclass(frozen=True)
class SourceFile:
    """A file that somebody wrote."""

    path: str
    """As messages show it."""
    text: str
    """All of it; lines end with a line feed."""

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def place(self, offset: int) -> Place:
        """Where a character of the text stands."""
        line = bisect.bisect_right(self._starts, offset)
        return Place(path=self.path, line=line, column=offset - self._starts[line - 1] + 1)

    def offset(self, line: int, column: int) -> int:
        """The character at a 1-based line and column."""
        return self._starts[line - 1] + column - 1


def read_source(path: Path, shown_as: str) -> SourceFile:
    """A file, by the name that messages show; without text where it is not UTF-8."""
    text, _ = decode(shown_as, path.read_bytes())
    return SourceFile(shown_as, text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a value is written: in an event file, in front matter or in `mkdocs.yml`."""

    file: SourceFile
    start: int
    """Offset in the file's text."""
    end: int
    """Of what may still belong to the value."""
    depth: int
    """How many keys and list positions lead to it."""

    def place(self, address: str) -> Place:
        """Where an address stands that the value holds.

        Where the value begins, if it only helped to make the address.
        """
        found = self.file.text.find(address, self.start, self.end)
        return self.file.place(max(found, self.start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A part of a text that a value gave."""

    start: int
    end: int
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a page's Markdown: copied from a file, or made by a template's expression."""

    text: str
    file: SourceFile
    offset: int
    """Of the first character in the file; of the expression that made the text."""
    copied: bool = True
    """Whether the file holds this text character for character."""
    given: tuple[Given, ...] = ()
    """Parts that values gave, if the text was made."""

    def part(self, start: int, end: int) -> "Piece":
        """The piece from one of its characters to before another."""
        given = tuple(
            replace(each, start=each.start - start, end=each.end - start) for each in self.given
        )
        offset = self.offset + start if self.copied else self.offset
        return replace(self, text=self.text[start:end], offset=offset, given=given)


class SourceMap:
    """A page's Markdown as it is converted, with the place that each character comes from."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = [piece for piece in pieces if piece.text]
        self.text = "".join(piece.text for piece in self.pieces)
        self._starts: list[int] = []
        position = 0
        for piece in self.pieces:
            self._starts.append(position)
            position += len(piece.text)

    def part(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces from a character to before another."""
        for index in range(self._index(start), len(self.pieces)):
            first = self._starts[index]
            if first >= end:
                return
            yield self.pieces[index].part(max(start - first, 0), end - first)

    def place(self, offset: int) -> Place:
        """Where a character was written, or the expression that made it."""
        index = self._index(offset)
        piece = self.pieces[index]
        return piece.file.place(
            piece.offset + (offset - self._starts[index] if piece.copied else 0)
        )

    def address_place(self, start: int) -> Place:
        """Where to mend the address that begins at a character.

        That is where it is written, unless an expression made all of it and of a value: then
        where the value is written.
        """
        index = self._index(start)
        piece, first = self.pieces[index], self._starts[index]
        found = _ADDRESS_END.search(self.text, start)
        end = found.start() if found else len(self.text)
        if piece.copied or end > first + len(piece.text):
            return self.place(start)
        behind = [
            each.origin
            for each in piece.given
            if each.start <= end - first and start - first <= each.end
        ]
        if not behind:
            return self.place(start)
        # Of the hub's address and a tutorial's repository, the entry of a list tells more.
        return max(behind, key=lambda origin: origin.depth).place(self.text[start:end])

    def _index(self, offset: int) -> int:
        return max(bisect.bisect_right(self._starts, offset) - 1, 0)
