"""Which of the text that a lesson's tags print comes through Markdown as it is, and where.

Everything else counts as a part of the lesson: to doubt a value costs a build, to trust a wrong
one would publish a wrong page. A *run* is a stretch of printed text that no rule of
Python-Markdown or of our extensions looks into at its place, so that any other run of the same
kind comes out in the same place of the HTML.
"""

import html
import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from hackweek.stamping.code import lexed_alike
from hackweek.stamping.tokens import MARKER, attribute, is_slug_of_its_own


class Kind(Enum):
    """Where a run stands; a token for it is spelled accordingly."""

    WORDS = "words"
    ADDRESS = "address"
    CODE = "code"
    ATTRIBUTE = "attribute"
    """Of an element that is written as HTML; what stands there is escaped."""

    def written(self, value: str) -> str:
        """A value as Markdown has it at such a place."""
        return attribute(value) if self is Kind.ATTRIBUTE else value

    def read(self, written: str) -> str:
        """The value of what is written at such a place."""
        return html.unescape(written) if self is Kind.ATTRIBUTE else written


class Run(NamedTuple):
    """Printed text that comes through Markdown as it is."""

    start: int
    """Offset in the block's text, without the marks."""
    end: int
    kind: Kind
    heading: bool = False
    """Whether an anchor is made of it."""


_WORD = r"[^\W_]+(?:_+[^\W_]+)*"
_STOP = "[.,:!?]?"
_BLANK = rf"{_STOP}[)'\"’”»]?{_STOP} [('\"‘“„«]?"
_BETWEEN = rf"(?:{_BLANK}|[-–—−+.,:'’/@]| [-–—&/+] )"
_END = "(?:[.?]?[)'\"’”»]{0,2}[.?]?(?!_))?"  # behind it, "_" may begin an emphasis
_WORDS = re.compile(rf"{_WORD}(?:{_BETWEEN}{_WORD})*{_END}")
_ADDRESS = re.compile(r"[A-Za-z0-9](?:[\w./:@?=%+~#,-]*[A-Za-z0-9])?", re.ASCII)
_LINE = re.compile(r"[^\s`~<>](?:[^\s`~<>]| (?! ))*(?<! )")
"""Where no language colours it."""
_CODE = re.compile(r"[^\s`\\&<>|](?:[^\s`\\&<>|]| (?! ))*(?<! )")
_RAW = re.compile(r"<(?:div|p|section)(?: [a-z-]+=\"[^\"<>\n]*\")+>")
"""How a block of raw HTML may begin, which Python-Markdown leaves as it is."""
_RAW_VALUE = re.compile(r" data-[a-z-]+=\"(?P<value>[^\"]+)\"")
_TAG = re.compile(r"</?(?:a|small|span|time)(?: [a-z-]+=\"[\w./:+ -]*\")*>", re.ASCII)
"""Raw HTML within text, without anything that Markdown reads before it reads tags."""
TAG_BEGIN = re.compile(r"<[A-Za-z/!?]")
_TAG_OPENED = re.compile(r"<[/!?]?\Z")
_TAG_VALUE = re.compile(r"(?<= datetime=\")[^\"]+(?=\")")
_NAMED = re.compile(r"\{:? ?[#.][\w-]+ ?\}")
"""An id or a class of what it stands behind."""
_MARKS = re.compile(r"[<\\{`]|!\[")
"""Of raw HTML, escapes, attributes and pictures; a code span without an end."""
_LINES = re.compile(r"^[ \t>]*(?:\*?\[[^\]]*\]:|!!!|\?\?\?|===|(?:=+|-+)[ \t]*$)", re.MULTILINE)
"""Definitions, boxes and tabs, and what underlines a heading."""
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_LINE_START = re.compile(r"[\s>]*(?:(?:[*+-]|\d+[.)])[ \t]+)*(?:\[[ xX]\][ \t]+)?(?::[ \t]+)?")
_NUMBER_OF_LIST = re.compile(r"\d+[.)]")
_HEADING = re.compile(r"[\s>]*#")
_SPECIAL = re.compile(
    r"(?P<code>\0+)|(?P<tag>\1+)|\]\((?P<address>[^()\0\1\n]*)\)|(?P<opened>\]\()"
)
_SCHEME = re.compile(r"(?:https?://|mailto:)(?=[\w./:@?=&%+~#,-]+\Z)", re.ASCII)
_PATTERNS = {
    Kind.WORDS: _WORDS,
    Kind.ADDRESS: _ADDRESS,
    Kind.CODE: _CODE,
    Kind.ATTRIBUTE: _TAG_VALUE,
}
_FENCE_INFO = re.compile(r"[ \t]*(?:`{3,}|~{3,})[ \t]*(?P<language>[\w+-]*)[ \t]*")
_BRACKET = re.compile(r"[\[\]]")
_CASE_CHANGERS = frozenset("\u0131\u0130\u017f\u212a")
"""They match ASCII letters where case is ignored."""


class Inertness:
    """Finds the runs of blocks, and remembers what it found."""

    def __init__(self, terms: Iterable[str], host: str) -> None:
        """`terms` are those of the glossary; `host` is where the sites are published."""
        self._terms = sorted(terms, key=len, reverse=True)
        self._host = host.casefold()

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """As `hackweek.glossary.WordMarker` looks for the terms."""
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, self._terms))})s?(?!\w)", re.I)

    @cached_property
    def _term_words(self) -> frozenset[str]:
        words = {word.casefold() for term in self._terms for word in re.findall(r"\w+", term)}
        return frozenset(words | {f"{word}s" for word in words})

    def runs_in_fence(self, text: str, printed: list[tuple[int, int]]) -> list[Run]:
        """The runs of a fenced block of code, its fences included."""
        first, _, _ = text.partition("\n")
        last = text.rstrip().rfind("\n")
        info = _FENCE_INFO.fullmatch(first)
        if not info or any(start < len(first) or end > last for start, end in printed):
            return []
        language = info["language"]
        pattern = _LINE if language in ("", "text") else _ADDRESS
        runs = [
            Run(found.start(), found.end(), Kind.CODE)
            for start, end in printed
            for found in pattern.finditer(text, start, end)
        ]
        if not _lexed_alike(text, runs, language):
            runs = [run for run in runs if _lexed_alike(text, [run], language)]
        return runs if _lexed_alike(text, runs, language) else []

    def runs_in_text(self, text: str, printed: list[tuple[int, int]]) -> list[Run]:
        """The runs of lines between two blank ones."""
        if raw := _RAW.match(text):
            return [run for run in _in_attributes(raw, printed) if self._is_inert(run, text, text)]
        visible = _TAG.sub(lambda found: "\1" * len(found[0]), text) if "<" in text else text
        if TAG_BEGIN.search(visible):  # even within code: Python-Markdown looks for tags first
            return []
        if "`" in text:
            visible = _CODE_SPAN.sub(lambda found: "\0" * len(found[0]), visible)
        if "{" in text:
            visible = _NAMED.sub(lambda found: "\2" * len(found[0]), visible)
        if _MARKS.search(visible) or _LINES.search(visible):
            return []
        return [
            run
            for start, end in printed
            for run in self._candidates(visible, text, start, end)
            if self._is_inert(run, visible, text)
        ]

    def _candidates(self, visible: str, text: str, start: int, end: int) -> Iterator[Run]:
        position = start
        while position < end:
            line_start = text.rfind("\n", 0, position) + 1
            line_end = text.find("\n", position)
            line_end = len(text) if line_end < 0 else line_end
            heading = bool(_HEADING.match(text, line_start))
            for kind, part_start, part_end in _parts(visible, line_start, line_end):
                first, last = max(start, part_start), min(end, part_end)
                for found in _PATTERNS[kind].finditer(text, first, last):
                    yield Run(found.start(), found.end(), kind, heading)
            position = line_end + 1

    def _is_inert(self, run: Run, visible: str, text: str) -> bool:
        value = text[run.start : run.end]
        if self._host in value.casefold() or MARKER in value.casefold():
            return False
        if run.heading and not is_slug_of_its_own(value):
            return False
        if run.kind is Kind.ATTRIBUTE:
            return True
        if run.kind is Kind.CODE:
            return not _TAG_OPENED.search(text, 0, run.start)
        before, after = text[max(run.start - 2, 0) : run.start], text[run.end : run.end + 1]
        is_entity = before.endswith("&") or before == "&#"
        if (is_entity and after == ";") or (before.endswith("[") and len(value) == 1):
            return False
        if run.kind is Kind.ADDRESS:
            return True
        line_start = text.rfind("\n", 0, run.start) + 1
        begins_line = _LINE_START.fullmatch(text, line_start, run.start)
        if begins_line and _NUMBER_OF_LIST.match(text, run.start):
            return False
        return not _may_be_reference(visible, run.end) and not self._holds_term(run, text)

    def _holds_term(self, run: Run, text: str) -> bool:
        """Whether the glossary explains a word that is in the run, at least in part."""
        start, end = run.start, run.end
        while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        while end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        reached = text[start:end]
        if _CASE_CHANGERS.intersection(reached):
            return True
        if self._term_words.isdisjoint(re.findall(r"[^\W_]+", reached.casefold())):
            return False
        if "_" in reached:  # which may mark an emphasis, and go
            return True
        line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        found = self._pattern.finditer(text, line_start, line_end)
        return any(each.start() < end and each.end() > start for each in found)


def _in_attributes(raw: re.Match[str], printed: list[tuple[int, int]]) -> Iterator[Run]:
    """The values of attributes in a tag that are printed as a whole, and escaped."""
    for found in _RAW_VALUE.finditer(raw[0]):
        start, end = found.span("value")
        is_printed = any(first <= start and end <= last for first, last in printed)
        if is_printed and attribute(html.unescape(found["value"])) == found["value"]:
            yield Run(start, end, Kind.ATTRIBUTE)


def _lexed_alike(block: str, runs: list[Run], language: str) -> bool:
    return lexed_alike(block, [(run.start, run.end) for run in runs], language)


def _parts(visible: str, start: int, end: int) -> Iterator[tuple[Kind, int, int]]:
    """The parts of a line in which runs can be."""
    position = start
    for found in _SPECIAL.finditer(visible, start, end):
        yield Kind.WORDS, position, found.start()
        position = found.end()
        if found["code"]:
            yield Kind.CODE, *found.span()
        elif found["tag"]:
            yield Kind.ATTRIBUTE, *found.span()
        elif found["opened"]:  # an address that is not as simple as ours
            return
        elif (scheme := _SCHEME.match(found["address"])) and _is_link(
            visible, start, found.start()
        ):
            yield Kind.ADDRESS, found.start("address") + scheme.end(), found.end("address")
    yield Kind.WORDS, position, end


def _is_link(visible: str, start: int, end: int) -> bool:
    """Whether the text of a link, which ends at `end`, begins in the same line."""
    return visible.rfind("[", start, end) > visible.rfind("]", start, end)


def _may_be_reference(visible: str, end: int) -> bool:
    """Whether what ends here is the text of a link whose address is defined elsewhere."""
    found = _BRACKET.search(visible, end)
    return found is not None and found[0] == "]" and not visible.startswith("(", found.end())
