"""A lesson's Markdown read line by line, the way Python-Markdown reads it.

Checks look at this, never at the raw text: what stands in code, in comments or in template
tags is not what a reader reads.
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from hackweek.template import scan


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
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
        expanded = self.text.expandtabs(4)
        return len(expanded) - len(expanded.lstrip(" "))


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
    tags = scan(text[body_offset:]).tags
    spans = [(0, body_offset)]
    """Of all that is no running text."""
    spans += [(body_offset + tag.start, body_offset + tag.end) for tag in tags]
    blocks = [(body_offset + tag.start, body_offset + tag.end) for tag in tags if tag.block]
    lines, fences = _lines(text, starts, body_offset, _blanked(text, blocks))
    hidden = (Kind.CODE, Kind.FENCE)
    spans += [(line.offset, line.offset + len(line.text)) for line in lines if line.kind in hidden]
    prose = _blanked(text, spans)
    comments = []
    for found in _COMMENT.finditer(prose):
        comments.append((bisect.bisect_right(starts, found.start()), found[1]))
        spans.append(found.span())
    spans += _code_spans(_blanked(text, spans) if comments else prose)
    return Reading(tuple(lines), tuple(fences), _blanked(text, spans), tuple(comments), starts)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with blanks for these spans; its lines stay as long as they are."""
    pieces = []
    position = 0
    for start, end in sorted(spans):
        if end > position:
            start = max(start, position)
            pieces += [text[position:start], _NOT_LINE_FEED.sub(" ", text[start:end])]
            position = end
    return "".join([*pieces, text[position:]])


_NOT_LINE_FEED = re.compile(r"[^\n]")


def _lines(
    text: str, starts: tuple[int, ...], body_offset: int, untagged: str
) -> tuple[list[Line], list[Fence]]:
    lines: list[Line] = []
    fences: list[Fence] = []
    containers: list[int] = []
    comment = False
    fence: tuple[str, Line, int] | None = None
    """The marks, the line and the indentation of the open fence."""
    body: list[Line] = []
    after_blank = True

    def close_fence(*, closed: bool) -> None:
        nonlocal fence, body
        if fence:
            _, opening, indent = fence
            info = _FENCE.match(opening.text)
            fences.append(
                Fence(
                    line=opening.number,
                    column=indent + 1,
                    info=info["info"].strip() if info else "",
                    closed=closed,
                    body=tuple(body),
                )
            )
        fence, body = None, []

    for number, start in enumerate(starts, start=1):
        end = starts[number] - 1 if number < len(starts) else len(text)
        raw = text[start:end]

        def made(kind: Kind, raw: str = raw, number: int = number, start: int = start) -> Line:
            container = containers[-1] if containers else 0
            return Line(number=number, text=raw, kind=kind, offset=start, container=container)

        if start < body_offset:
            lines.append(made(Kind.HEADER))
            continue
        if raw.strip() and not untagged[start:end].strip():
            lines.append(made(Kind.TAG))
            continue
        if (
            fence
            and (found := _FENCE.match(raw))
            and not found["info"].strip()
            and (found["marks"].startswith(fence[0]) and len(found["indent"]) == fence[2])
        ):
            lines.append(made(Kind.FENCE))
            close_fence(closed=True)
            after_blank = False
            continue
        if fence and raw.strip() and made(Kind.CODE).indent < fence[1].indent:
            close_fence(closed=False)
        if fence:
            line = made(Kind.CODE)
            lines.append(line)
            body.append(line)
            continue
        if not raw.strip():
            lines.append(made(Kind.BLANK))
            after_blank = True
            continue
        if comment or "<!--" in raw:
            last_open, last_close = raw.rfind("<!--"), raw.rfind("-->")
            was, comment = comment, last_open > last_close or (comment and last_close < 0)
            if was or raw.lstrip().startswith("<!--"):
                lines.append(made(Kind.COMMENT))
                continue
        line = made(Kind.TEXT)
        item, box = _ITEM.match(raw), _BOX.match(raw)
        if after_blank or item or box:
            while containers and line.indent < containers[-1]:
                containers.pop()
        line = made(Kind.TEXT)
        if after_blank and line.indent >= line.container + 4:
            lines.append(made(Kind.CODE))
            continue
        after_blank = False
        found = _FENCE.match(raw)
        if found:
            line = made(Kind.FENCE)
            fence = (found["marks"], line, len(found["indent"]))
        lines.append(line)
        if (item or box) and not found:
            containers.append(line.indent + 4)
    close_fence(closed=False)
    return lines, fences


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
