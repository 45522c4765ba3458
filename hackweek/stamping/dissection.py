"""A rendered page, taken apart into what it has in common with other events' and its values."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hackweek.commands.instructions import unpublished
from hackweek.render import PRINTED, unmarked
from hackweek.stamping.inert import TAG_BEGIN, Inertness, Kind, Run

_FENCE = re.compile(
    r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[^`\n]*\n"
    r"(?:.*?\n)??(?P<end>[ \t>]*)(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_FENCE_LINE = re.compile(r"^[ \t>]*(?:`{3}|~{3})", re.MULTILINE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")

Spans = tuple[tuple[int, int], ...]
"""Starts and ends of printed text, as offsets of the text without marks."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's Markdown: pieces with a value between each and the next."""

    pieces: tuple[str, ...]
    kinds: tuple[Kind, ...]
    values: tuple[str, ...]

    def with_texts(self, texts: Sequence[str]) -> str:
        """The Markdown with other texts in place of the values."""
        written = [kind.written(text) for kind, text in zip(self.kinds, texts, strict=True)]
        return "".join(
            piece + text for piece, text in zip(self.pieces, (*written, ""), strict=True)
        )


class Dissector:
    """Takes pages apart; what several pages or events have in common is looked at once."""

    def __init__(self, inertness: Inertness) -> None:
        self._fence = _remembered(inertness.runs_in_fence)
        self._text = _remembered(inertness.runs_in_text)
        self.page = lru_cache(maxsize=1024)(self._page)

    def _page(self, marked: str, rendered: str) -> Page:
        """A page from its text with the marks of `hackweek.render.PRINTED` and without."""
        published = unpublished(marked)
        if unmarked(published) != rendered:
            return Page((rendered,), (), ())
        pieces: list[str] = []
        values: list[str] = []
        kinds: list[Kind] = []
        position = 0
        for run in self._runs(rendered, _printed(published)):
            pieces.append(rendered[position : run.start])
            values.append(run.kind.read(rendered[run.start : run.end]))
            kinds.append(run.kind)
            position = run.end
        return Page((*pieces, rendered[position:]), tuple(kinds), tuple(values))

    def _runs(self, text: str, printed: list[tuple[int, int]]) -> Iterator[Run]:
        blocks = _Blocks(text)
        if blocks.ambiguous:
            return
        position = index = 0
        while index < len(printed):
            if printed[index][1] <= position:
                index += 1
                continue
            start, end, is_fence = blocks.around(max(position, printed[index][0]))
            inside = []
            for first, last in printed[index:]:
                if first >= end:
                    break
                inside.append((max(first, start) - start, min(last, end) - start))
            find_runs = self._fence if is_fence else self._text
            for run in find_runs(text[start:end], tuple(inside)):
                yield Run(run.start + start, run.end + start, run.kind)
            position = end + 2 if text.startswith("\n\n", end) else end


class _Blocks:
    """A page's fenced blocks of code, and what stands between blank lines."""

    def __init__(self, text: str) -> None:
        self._text = text
        fences = list(_FENCE.finditer(text))
        self._starts = [each.start() for each in fences]
        self._ends = [each.end() for each in fences]
        between = zip([0, *self._ends], [*self._starts, len(text)], strict=True)
        self.ambiguous = any(_is_open(text[start:end]) for start, end in between) or any(
            _may_end_early(each[0], each["indent"], each["end"]) for each in fences
        )
        """Whether some line may begin or end another block of code than it seems."""

    def around(self, position: int) -> tuple[int, int, bool]:
        """Start and end of the block at a position, and whether it is fenced."""
        before = bisect_right(self._starts, position) - 1
        low = self._ends[before] if before >= 0 else 0
        if position < low:
            return self._starts[before], low, True
        high = self._starts[before + 1] if before + 1 < len(self._starts) else len(self._text)
        start, end = (
            self._text.rfind("\n\n", low, position),
            self._text.find("\n\n", position, high),
        )
        return start + 2 if start >= 0 else low, end if end >= 0 else high, False


def _is_open(text: str) -> bool:
    """Whether a fence or a tag begins between fenced blocks, and ends who knows where."""
    if _FENCE_LINE.search(text):
        return True
    return "<" in text and TAG_BEGIN.search(_TAG.sub("", text)) is not None


@lru_cache(maxsize=4096)
def _may_end_early(block: str, indent: str, end: str) -> bool:
    """Whether a line of a fenced block is indented less than the block, and so may end it."""
    if indent != end:
        return True
    lines = block.split("\n") if indent else ()
    return not all(line.startswith(indent) or line == indent.rstrip() for line in lines)


_Finder = Callable[[str, Spans], list[Run]]


def _remembered(find_runs: Callable[[str, list[tuple[int, int]]], list[Run]]) -> _Finder:
    @lru_cache(maxsize=8192)
    def finder(text: str, printed: Spans) -> list[Run]:
        return find_runs(text, list(printed)) if printed else []

    return finder


def _printed(marked: str) -> list[tuple[int, int]]:
    """Where printed text begins and ends, as offsets of the text without marks."""
    first, *others = marked.split(PRINTED[0])
    spans, position = [], len(first)
    for each in others:
        inside, _, after = each.partition(PRINTED[1])
        if inside:
            spans.append((position, position + len(inside)))
        position += len(inside) + len(after)
    return spans
