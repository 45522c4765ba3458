"""What Python-Markdown makes of the starts of boxes and tabs: the judge of every finding.

A copy of the page in which each start carries a token is read by the extensions of
`mkdocs.yml`; where the token comes out tells what became of the start.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from xml.etree.ElementTree import Element

from markdown import Markdown

from hackweek.reading import Kind, Line

_EXTENSIONS = """
    admonition attr_list def_list footnotes md_in_html tables
    pymdownx.details pymdownx.highlight pymdownx.superfences pymdownx.tabbed
""".split()
_TOKEN = re.compile(r"hackweekstart(\d{1,9})x")
_PARAGRAPH = re.compile(r"(?!\d+[.)]\s)[\w#]")
_TEMPLATE_TAG = re.compile(r"<<[ \t][^<>\n]*[ \t]>>|<%[ \t][^%\n]*[ \t]%>")
_RAW = re.compile(r"[ \t>]*(?:<|\[\^)")
_MARGIN = re.compile(r"[!?=:.]")
_MARKS = re.compile(r"!!!|\?\?\?|===")
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})")
_LONGEST_LINE = 400
"""Characters; what follows them does not decide what a line is."""
_LARGEST_PIECE = 50_000
"""Characters; Python-Markdown's time grows with the square of a paragraph's size."""


class Outcome(Enum):
    """What became of a start."""

    BOX = "box"
    """A box, or a tab."""
    TEXT = "text"
    CODE = "code"
    LOST = "lost"
    """In raw HTML or in code that is kept aside: not Markdown's to read."""


def token(number: int) -> str:
    """The word that stands for the start on this line."""
    return f"hackweekstart{number}x"


def outcomes(lines: Sequence[Line], tagged: Mapping[int, str]) -> dict[int, Outcome]:
    """What became of each start; `tagged` has the text with the token by the line's number."""
    found: dict[int, Outcome] = {}
    for piece in _pieces(lines):
        here = [line for line in piece if line.number in tagged]
        sure = _at_margin(here, tagged) if here and not any(map(_RAW.match, _texts(piece))) else {}
        if len(sure) < len(here):
            found |= dict.fromkeys((line.number for line in here), Outcome.LOST)
            source = "\n".join(tagged.get(each.number) or _plain(each) for each in piece)
            if len(source) <= _LARGEST_PIECE:
                found |= read_tokens(source)
        found |= sure
    return found


def _texts(lines: Sequence[Line]) -> list[str]:
    return [line.text for line in lines]


def _at_margin(lines: Sequence[Line], tagged: Mapping[int, str]) -> dict[int, Outcome]:
    """What becomes of starts at the margin, which is certain where there is no raw HTML."""
    return {
        line.number: Outcome.BOX if _MARKS.match(tagged[line.number]) else Outcome.TEXT
        for line in lines
        if line.kind is Kind.TEXT and _MARGIN.match(line.text)
    }


def _pieces(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines cut where a paragraph at the margin ends whatever was open before it."""
    piece: list[Line] = []
    after_blank = False
    for line in lines:
        if after_blank and line.kind is Kind.TEXT and _PARAGRAPH.match(line.text):
            yield piece
            piece = []
        after_blank = line.kind is Kind.BLANK
        if line.kind is not Kind.HEADER:
            piece.append(line)
    yield piece


def _plain(line: Line) -> str:
    """A line's text without what is slow to read or could look like HTML: no word of it counts."""
    if line.kind is Kind.FENCE and (marks := _FENCE.match(line.text)):
        return marks[0]
    return _TEMPLATE_TAG.sub(lambda tag: "x" * len(tag[0]), line.text[:_LONGEST_LINE])


@lru_cache(maxsize=1)
def _markdown() -> Markdown:
    configs = {
        "pymdownx.highlight": {"use_pygments": False},
        "pymdownx.tabbed": {"alternate_style": True},
    }
    return Markdown(extensions=_EXTENSIONS, extension_configs=configs)


def read_tokens(source: str) -> dict[int, Outcome]:
    """Where the tokens in a text come out; what is in none of the places is left out."""
    markdown = _markdown()
    markdown.reset()
    lines = source.split("\n")
    try:
        for preprocessor in markdown.preprocessors:
            lines = preprocessor.run(lines)
        root = markdown.parser.parseDocument(lines).getroot()
    except Exception:  # noqa: BLE001 - Python-Markdown fails in many ways; the build tells of it
        _markdown.cache_clear()
        return {}
    return _outcomes(root) if root is not None else {}


def _outcomes(root: Element) -> dict[int, Outcome]:
    found: dict[int, Outcome] = {}
    waiting = [(root, False)]
    while waiting:
        element, within_code = waiting.pop()
        in_code = within_code or element.tag in ("code", "pre")
        label = element.text if element.tag == "label" else ""
        _note(found, f"{element.get('class', '')} {label or ''}", Outcome.BOX)
        _note(found, element.text, Outcome.CODE if in_code else Outcome.TEXT)
        _note(found, element.tail, Outcome.CODE if within_code else Outcome.TEXT)
        waiting += [(child, in_code) for child in element]
    return found


def _note(found: dict[int, Outcome], text: str | None, outcome: Outcome) -> None:
    """Remembers the tokens of a text; a box is named by its title and text as well."""
    for token in _TOKEN.finditer(text or ""):
        found.setdefault(int(token[1]), outcome)
