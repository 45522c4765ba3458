"""A lesson's Markdown read line by line, the way Python-Markdown reads it.

Checks look at this, never at the raw text: what stands in code, in comments or in template
tags is not what a reader reads.
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from hackweek.template import Tag, scan


class Kind(Enum):
    """What a line is."""

    TEXT = "text"
    BLANK = "blank"
    CODE = "code"
    """Within a fence, or indented as code."""
    FENCE = "fence"
    """Opens or closes a fence."""
    COMMENT = "comment"
    TAG = "tag"
    """Holds only block tags, and vanishes when the lesson is rendered."""
    HEADER = "header"
    """Front matter."""


class Line(NamedTuple):
    """One line of a lesson's file."""

    number: int
    """1-based, in the file."""
    text: str
    """Without its line feed."""
    kind: Kind
    offset: int
    """Of its first character in the file's text."""
    container: int
    """Columns by which the innermost list item, box or tab around it indents its content."""

    @property
    def indent(self) -> int:
        """Blanks before the text; a tab counts as far as the next fourth column."""
        return _indent(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """Fenced code."""

    line: int
    """1-based, of the opening marks."""
    column: int
    info: str
    """What follows the marks: the language and its options."""
    closed: bool
    body: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A lesson's lines, its fences, and its running text."""

    lines: tuple[Line, ...]
    fences: tuple[Fence, ...]
    prose: str
    """As long as the file's text; blanks for all that is no running text: front matter, code,
    comments, template tags."""
    comments: tuple[tuple[int, str], ...] = ()
    """The line of each HTML comment, and what it says."""
    tags: tuple[Tag, ...] = ()
    """The template tags below the front matter; their offsets are the file's."""
    starts: tuple[int, ...] = field(default=(), repr=False)

    def place(self, offset: int) -> tuple[int, int]:
        """1-based line and column of an offset in the file's text."""
        number = bisect.bisect_right(self.starts, offset)
        return number, offset - self.starts[number - 1] + 1


_FENCE = re.compile(r"(?P<indent>[ \t]*(?:>[ ]?)*)(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+\S")
_BOX = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?|===)[ \t]?\S")
_COMMENT = re.compile(r"<!--(.*?)(-->|\Z)", re.DOTALL)


def read(text: str, *, body_offset: int = 0) -> Reading:
    """Reads a file's text; the body begins at `body_offset`, after the front matter.

    The time that this takes grows in proportion to the text.
    """
    starts = (0, *(found.end() for found in re.finditer("\n", text)))
    tags = scan(" " * body_offset + text[body_offset:]).tags
    spans = [(0, body_offset)]
    """Of all that is no running text."""
    spans += [(tag.start, tag.end) for tag in tags]
    blocks = [(tag.start, tag.end) for tag in tags if tag.block]
    reader = _LineReader(text, body_offset, _blanked(text, blocks))
    reader.read(starts)
    lines, fences = reader.lines, reader.fences
    hidden = (Kind.CODE, Kind.FENCE)
    spans += [(line.offset, line.offset + len(line.text)) for line in lines if line.kind in hidden]
    prose = _blanked(text, spans)
    comments = []
    for found in _COMMENT.finditer(prose):
        comments.append((bisect.bisect_right(starts, found.start()), found[1]))
        spans.append(found.span())
    spans += _code_spans(_blanked(text, spans) if comments else prose)
    prose = _blanked(text, spans)
    return Reading(tuple(lines), tuple(fences), prose, tuple(comments), tags, starts)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with blanks for these spans; its lines stay as long as they are."""
    pieces = []
    position = 0
    for start, end in sorted(spans):
        if end > position:
            start = max(start, position)
            blanks = "\n".join(" " * len(line) for line in text[start:end].split("\n"))
            pieces += [text[position:start], blanks]
            position = end
    return "".join([*pieces, text[position:]])


class _LineReader:
    """Tells what each line is, from the first to the last."""

    def __init__(self, text: str, body_offset: int, untagged: str) -> None:
        self.lines: list[Line] = []
        self.fences: list[Fence] = []
        self._text = text
        self._body_offset = body_offset
        self._untagged = untagged
        """The text with its block tags blanked."""
        self._containers: list[int] = []
        """Columns of content of the list items, boxes and tabs that are open."""
        self._fence: tuple[str, Line, int] | None = None
        """The marks, the line and the indentation of the open fence."""
        self._body: list[Line] = []
        self._after_blank = True
        self._in_comment = False

    def read(self, starts: tuple[int, ...]) -> None:
        """Fills `lines` and `fences`."""
        ends = [*(start - 1 for start in starts[1:]), len(self._text)]
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
            raw = self._text[start:end]
            kind = self._kind(start, raw, raw.strip())
            self._add(number, start, raw, kind)
        self._close_fence(closed=False)

    def _add(self, number: int, start: int, raw: str, kind: Kind) -> None:
        container = self._containers[-1] if self._containers else 0
        line = Line(number=number, text=raw, kind=kind, offset=start, container=container)
        self.lines.append(line)
        if kind is Kind.CODE and self._fence:
            self._body.append(line)
        elif kind is Kind.FENCE:
            self._open_or_close(line)
        elif kind is Kind.TEXT and (_ITEM.match(raw) or _BOX.match(raw)):
            self._containers.append(line.indent + 4)

    def _kind(self, start: int, raw: str, bare: str) -> Kind:
        if start < self._body_offset:
            return Kind.HEADER
        if bare and not self._untagged[start : start + len(raw)].strip():
            return Kind.TAG
        if self._fence:
            if self._closes(raw):
                return Kind.FENCE
            if not bare or _indent(raw) >= self._fence[1].indent:
                return Kind.CODE
            self._close_fence(closed=False)
        if not bare:
            self._after_blank = True
            return Kind.BLANK
        return Kind.COMMENT if self._is_comment(raw, bare) else self._kind_of_text(raw, bare)

    def _kind_of_text(self, raw: str, bare: str) -> Kind:
        indent = _indent(raw)
        if self._containers and (self._after_blank or _ITEM.match(raw) or _BOX.match(raw)):
            while self._containers and indent < self._containers[-1]:
                self._containers.pop()
        container = self._containers[-1] if self._containers else 0
        if self._after_blank and indent >= container + 4:
            return Kind.CODE
        self._after_blank = False
        return Kind.FENCE if ("```" in bare or "~~~" in bare) and _FENCE.match(raw) else Kind.TEXT

    def _is_comment(self, raw: str, bare: str) -> bool:
        if not self._in_comment and "<!--" not in raw:
            return False
        opened, closed = raw.rfind("<!--"), raw.rfind("-->")
        before = self._in_comment
        self._in_comment = opened > closed or (before and closed < 0)
        return before or bare.startswith("<!--")

    def _closes(self, raw: str) -> bool:
        """Whether a line closes the open fence."""
        found = _FENCE.match(raw) if "```" in raw or "~~~" in raw else None
        if not found or not self._fence or found["info"].strip():
            return False
        marks, _, indent = self._fence
        return found["marks"].startswith(marks) and len(found["indent"]) == indent

    def _open_or_close(self, line: Line) -> None:
        if self._fence:
            self._after_blank = False
            self._close_fence(closed=True)
        elif found := _FENCE.match(line.text):
            self._fence = (found["marks"], line, len(found["indent"]))

    def _close_fence(self, *, closed: bool) -> None:
        if self._fence:
            _, opening, indent = self._fence
            found = _FENCE.match(opening.text)
            info = found["info"].strip() if found else ""
            self.fences.append(
                Fence(
                    line=opening.number,
                    column=indent + 1,
                    info=info,
                    closed=closed,
                    body=tuple(self._body),
                )
            )
        self._fence, self._body = None, []


def _indent(raw: str) -> int:
    """Blanks before a line's text; a tab counts as far as the next fourth column."""
    raw = raw.expandtabs(4) if "\t" in raw else raw
    return len(raw) - len(raw.lstrip(" "))


def _code_spans(prose: str) -> Iterator[tuple[int, int]]:
    """Where code within text begins and ends: runs of as many backticks, in one paragraph."""
    runs = [(found.start(), found.end()) for found in re.finditer(r"(?<!\\)`+", prose)]
    paragraphs = [found.start() for found in re.finditer(r"\n[ \t]*\n", prose)]
    by_length: dict[int, list[int]] = {}
    for start, end in runs:
        by_length.setdefault(end - start, []).append(start)
    position = 0
    for start, end in runs:
        if start < position:
            continue
        same = by_length[end - start]
        following = bisect.bisect_right(same, start)
        if following < len(same):
            closing = same[following]
            break_at = bisect.bisect_left(paragraphs, start)
            if break_at == len(paragraphs) or closing < paragraphs[break_at]:
                position = closing + end - start
                yield start, position
