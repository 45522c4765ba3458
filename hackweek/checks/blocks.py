"""Boxes (`!!!`, `???`) and tabs (`===`) that do not come out as they were meant."""

import re
from collections.abc import Iterator

from hackweek.checks.block_bodies import body_findings
from hackweek.checks.block_mistakes import OTHERS, Around, callout_mistake, written
from hackweek.checks.block_probe import Outcome, outcomes, token
from hackweek.checks.block_rules import RULES
from hackweek.checks.block_starts import Start, dequoted, find_callout, find_start, indent_of
from hackweek.checks.block_types import BoxTypes
from hackweek.checks.page import Folder, Page
from hackweek.diagnostics import Diagnostic, counted
from hackweek.reading import Kind, Line

__all__ = ["RULES", "check"]

_ANY_START = re.compile(
    r"^[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+(?:!|\?|==|:::|\[!|\.\. |///|\{% hint)",
    re.MULTILINE,
)
_MACRO_TAG = re.compile(r"[ \t]*\{(?:%(?! hint ).*%|#.*#)\}[ \t]*$")
"""mkdocs-macros' own block tags, which vanish with their line."""
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)]|:)[ \t]+\S|\[\^[^\]]+\]:")
_FENCE_TYPE = re.compile(r"\{\.?(?:callout-)?([a-z]+)\}(.*)$")
_FARTHEST = 200
"""Lines above a start that are searched for what it stands in."""


def check(page: Page, folder: Folder) -> Iterator[Diagnostic]:
    """Everything that is wrong with the boxes and tabs of a page."""
    types = BoxTypes(page, folder)
    if not types.has_callouts:
        yield from _fenced_callouts(page, types)
    if _ANY_START.search(page.text):
        yield from _Blocks(page, types).problems()


def _fenced_callouts(page: Page, types: BoxTypes) -> Iterator[Diagnostic]:
    for fence in page.reading.fences:
        found = _FENCE_TYPE.match(fence.info)
        if found and found[1] in types.known | OTHERS:
            shown = f"```{fence.info[: found.end(1) + 1]}"
            mistake = callout_mistake(shown, found[1], found[2], types.known)
            yield page.at_line(fence.line, fence.column, *mistake)


def _vanishes(line: Line) -> bool:
    return (line.kind is Kind.TAG and "<%" in line.text) or bool(_MACRO_TAG.match(line.text))


class _Blocks:
    """The starts of a page, what became of them, and the lines between them."""

    def __init__(self, page: Page, types: BoxTypes) -> None:
        self.page = page
        self.types = types
        self.lines = [line for line in page.reading.lines if not _vanishes(line)]
        self.fenced = {line.number for fence in page.reading.fences for line in fence.body}
        self.starts = dict(self._starts())

    def _starts(self) -> Iterator[tuple[int, Start]]:
        """Every start by its index in the lines, well formed or not."""
        for index, line in enumerate(self.lines):
            may_be = line.kind in (Kind.TEXT, Kind.CODE) and line.number not in self.fenced
            if may_be and _ANY_START.match(line.text):
                around = self._around(index)
                start = find_start(line.number, line.text, around)
                if not start and not self.types.has_callouts:
                    start = find_callout(line.number, line.text, around)
                if start and not self._in_code_span(line, start):
                    yield index, start

    def _in_code_span(self, line: Line, start: Start) -> bool:
        prose = self.page.reading.prose[line.offset + start.column - 1]
        return line.kind is Kind.TEXT and prose == " "

    def _around(self, index: int) -> Around:
        return Around(
            after_blank=index == 0 or self.lines[index - 1].kind in (Kind.BLANK, Kind.HEADER),
            followed=self._followed(index),
            known=self.types.known,
        )

    def _followed(self, index: int) -> bool:
        following = (line for line in self.lines[index + 1 : index + 4] if line.text.strip())
        line = next(following, None)
        if not line:
            return False
        text = self.lines[index].text
        quotes = text[: len(text) - len(text.lstrip(" \t>"))].count(">")
        return indent_of(line.text, quotes) > indent_of(text, quotes)

    def problems(self) -> Iterator[Diagnostic]:
        """What is wrong with each start and with what belongs to it."""
        tagged = {start.number: _tagged(start) for start in self.starts.values()}
        came_out = outcomes(self.lines, tagged)
        for index, start in self.starts.items():
            outcome = came_out.get(start.number, Outcome.LOST)
            if outcome is Outcome.TEXT and start.mistake:
                yield self._at(start, *start.mistake)
            elif outcome is Outcome.TEXT:
                yield self._as_text(index, start)
            elif outcome is Outcome.BOX:
                yield from self._of_box(index, start, came_out)

    def _of_box(
        self, index: int, start: Start, came_out: dict[int, Outcome]
    ) -> Iterator[Diagnostic]:
        """What is wrong with a box or tab that comes out, once for each line."""
        words = list(self._words(start))
        yield from words
        yield from self._style(start)
        reported = {each.line for each in words}
        for line, *finding in body_findings(self.lines, index, start):
            if came_out.get(line.number) is not Outcome.TEXT and line.number not in reported:
                column = len(line.text) - len(line.text.lstrip()) + 1
                yield self.page.at_line(line.number, column, *finding)

    def _at(self, start: Start, rule: str, message: str, help: str = "") -> Diagnostic:
        return self.page.at_line(start.number, start.column, rule, message, help)

    def _words(self, start: Start) -> Iterator[Diagnostic]:
        """What is wrong with the type, with the title, and with words that were meant as one."""
        if start.mistake:
            yield self._at(start, *start.mistake)
            return
        if not start.words:
            return
        type, *words = start.words
        known = self.types.is_known(type)
        near = type if known else self.types.nearest(type)
        title = [word for word in words if not self.types.is_class(word)]
        if start.title is None and title:
            yield self._unquoted(start, near, words[words.index(title[0]) :])
        elif not any(map(self.types.is_known, start.words)) and (near or self.types.are_all_known):
            help = written(start.marks, [near, *words], start.title) if near else _ANY_TYPE
            yield self._at(start, "unknown-box-type", f'no type of box: "{type}"', help)

    def _unquoted(self, start: Start, near: str | None, title: list[str]) -> Diagnostic:
        """Classes that were meant as a title, of a box with its type or without."""
        classes = list(start.words[1 : len(start.words) - len(title)])
        before = [near, *classes] if near else ["note"] if start.marks == "!!!" else []
        shown = " ".join(title if near else start.words)
        help = written(start.marks, before, shown)
        return self._at(start, "unquoted-title", f'the title "{shown}" has no quotes', help)

    def _style(self, start: Start) -> Iterator[Diagnostic]:
        if start.tight and not start.mistake:
            help = written(start.marks, start.words, start.title)
            yield self._at(start, "no-blank-after-marks", f'no blank after "{start.marks}"', help)

    def _as_text(self, index: int, start: Start) -> Diagnostic:
        """Why a start that is well formed comes out as text."""
        around = self._opener(index, start)
        marks = start.marks[:3]
        found = counted(start.indent, "blank")
        if around is None and start.indent:
            message = f'{found} before "{marks}", so the {start.noun} comes out as text'
            return self._at(start, "blanks-before-box", message, f'begin the line with "{marks}"')
        if around is not None and start.indent != around:
            message = f'{found} before "{marks}" in a list or box, and it takes {around}'
            help = f'put {around} blanks before "{marks}", and 4 more before what belongs to it'
            return self._at(start, "box-at-wrong-depth", message, help)
        message = f"the {start.noun} comes out as text"
        close = index and self.lines[index - 1].text.strip()
        return self._at(
            start, "box-as-text", message, "put an empty line before it" if close else ""
        )

    def _opener(self, index: int, start: Start) -> int | None:
        """Blanks that the list item, box or tab around a start asks for, if there is one."""
        bound = start.indent
        for at in range(index - 1, max(-1, index - _FARTHEST), -1):
            text = dequoted(self.lines[at].text, start.quotes)
            indent = len(text) - len(text.lstrip(" "))
            if not text.strip() or indent >= bound:
                continue
            other = self.starts.get(at)
            if (other and other.marks) or _ITEM.match(text, indent):
                return (indent // 4 + 1) * 4
            if indent == 0:
                return None
            bound = indent
        return None


_ANY_TYPE = "write one of: note, info, tip, success, question, warning, danger, example, quote"


def _tagged(start: Start) -> str:
    """The start's line with its token, as plain text where it is malformed."""
    word = token(start.number)
    if not start.well_formed:
        return start.prefix + word
    if start.noun == "tab":
        return f'{start.prefix}=== "{word}"'
    return f"{start.prefix}{start.marks} {word}"
