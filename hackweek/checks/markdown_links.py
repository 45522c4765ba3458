"""The links of a page, as they are written."""

import re
from dataclasses import dataclass
from functools import lru_cache

from hackweek.checks.page import Page
from hackweek.checks.raw_html import without_raw_html

_TOKEN = re.compile(r"\\.|[\[\]()]|\n[ \t]*(?=\n)")
_DEFINITION = re.compile(r"^[ \t>]*\[([^\[\]\n^]+)\]:[ \t]*(?:\n[ \t]+)?(\S+)", re.MULTILINE)
_TITLE = re.compile(r"\s(?:\"[^\"]*\"|'[^']*')$")
_LONGEST = 2000
"""Characters of a link's text or target; without a bound, nested brackets take forever."""
_TEMPLATE = re.compile(r"<<[ \t]|<%|\{\{|\{%")
_TAG = re.compile(r"<(?!https?:)[a-zA-Z][^<>]*>", re.IGNORECASE)
_HTML = re.compile(r"\b(?:href|src)[ ]*=[ ]*[\"']([^\"'<>\n]*)[\"']")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link, or a picture, in a page's Markdown."""

    start: int
    """Offset of its first bracket, in the file."""
    text: str
    """What is shown, as written."""
    target: str
    """As written, without angle brackets and title; a label for a reference."""
    target_start: int
    """Offset of the target."""
    after: str
    """The character that follows."""
    before: str
    reference: bool = False
    """Whether the target is a label in brackets: `[text][label]`."""
    picture: bool = False

    @property
    def templated(self) -> bool:
        """Whether the target is only known when the page is rendered."""
        return bool(_TEMPLATE.search(self.target))


@dataclass(frozen=True, slots=True)
class Links:
    """Everything on a page that leads somewhere."""

    inline: tuple[Link, ...]
    """`[text](target)` and `[text][label]`."""
    definitions: dict[str, tuple[str, int]]
    """The target of each label, and its offset in the file."""
    addresses: tuple[tuple[str, int], ...]
    """Targets in HTML but for pictures, with their offsets."""
    swapped: tuple[tuple[int, str, str], ...]
    """`(text)[target]`: where, the text and the target."""
    rest: str
    """The running text with blanks for all of these, and for HTML tags."""


@lru_cache(maxsize=4096)
def links(page: Page) -> Links:
    """A page's links, read in one pass."""
    shown = without_raw_html(page)
    text = page.text
    round_ends, squares = _brackets(shown)
    inline = [link for pair in squares if (link := _link(text, shown, *pair, round_ends))]
    swapped = tuple(_swapped(text, shown, round_ends, dict(squares)))
    definitions: dict[str, tuple[str, int]] = {}
    hidden = [(link.start, link.target_start + len(link.target) + 1) for link in inline]
    for found in _DEFINITION.finditer(shown):
        target = (text[found.start(2) : found.end(2)], found.start(2))
        definitions.setdefault(label(found[1]), target)
        hidden.append((found.start(), _line_end(text, found.end())))
    prose = page.reading.prose
    tags = list(_TAG.finditer(prose))
    addresses = [
        (address[1], tag.start() + address.start(1))
        for tag in tags
        if not tag[0].lower().startswith("<img")
        for address in _HTML.finditer(tag[0])
    ]
    hidden += [tag.span() for tag in tags]
    hidden += [(at, at + len(shown_as) + len(target) + 4) for at, shown_as, target in swapped]
    return Links(tuple(inline), definitions, tuple(addresses), swapped, _blanked(shown, hidden))


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def label(text: str) -> str:
    """A reference's label, as labels are compared."""
    return " ".join(text.lower().split())


def _brackets(text: str) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """Where each round bracket ends, and the pairs of square ones, by their ends."""
    round_ends: dict[int, int] = {}
    squares: list[tuple[int, int]] = []
    open_rounds: list[int] = []
    open_squares: list[int] = []
    for token in _TOKEN.finditer(text):
        mark, at = token[0], token.start()
        if mark == "[":
            open_squares.append(at)
        elif mark == "(":
            open_rounds.append(at)
        elif mark == "]" and open_squares:
            squares.append((open_squares.pop(), at))
        elif mark == ")" and open_rounds:
            round_ends[open_rounds.pop()] = at
        elif mark[0] == "\n":
            open_rounds, open_squares = [], []
    return round_ends, squares


def _link(text: str, shown: str, start: int, end: int, round_ends: dict[int, int]) -> Link | None:
    follows = shown[end + 1 : end + 2]
    if end - start > _LONGEST or (start and shown[start - 1] == "]"):
        return None  # an index of an index, in code or formulas: a[i][j](k)
    picture = start > 0 and shown[start - 1] == "!"
    if follows == "(" and end + 1 in round_ends:
        close = round_ends[end + 1]
        if close - end > _LONGEST:
            return None
        inside = text[end + 2 : close]
        target = _TITLE.sub("", inside.rstrip()).strip()
        at = end + 2 + len(inside) - len(inside.lstrip())
    elif follows == "[":
        close = shown.find("]", end + 2, end + 200)
        if close < 0 or "[" in shown[end + 2 : close]:
            return None
        target, at = text[end + 2 : close], end + 2
    else:
        return None
    if target.startswith("<") and target.endswith(">") and not target.startswith("<<"):
        target, at = target[1:-1], at + 1
    return Link(
        start=start,
        text=text[start + 1 : end],
        target=target,
        target_start=at,
        after=text[close + 1 : close + 20],
        before=text[start - 1 : start] if start else "",
        reference=follows == "[",
        picture=picture,
    )


def _swapped(
    text: str, shown: str, round_ends: dict[int, int], squares: dict[int, int]
) -> list[tuple[int, str, str]]:
    return [
        (start, text[start + 1 : end], text[end + 2 : squares[end + 1]])
        for start, end in round_ends.items()
        if end - start < _LONGEST
        and squares.get(end + 1, end + _LONGEST) - end < _LONGEST
        and shown[end + 1] == "["
        and (not start or shown[start - 1] not in "]!")
    ]


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    kept: list[str] = []
    position = 0
    for start, end in sorted(spans):
        if end > position:
            start = max(start, position)
            kept.append(text[position:start])
            kept.append(" " * (end - start))
            position = end
    return "".join(kept) + text[position:]
