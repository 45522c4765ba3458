"""The parts of a page that Python-Markdown passes on as they are: blocks of HTML."""

import re
from dataclasses import dataclass
from functools import lru_cache

from markdown.util import BLOCK_LEVEL_ELEMENTS

from hackweek.checks.page import Page

_START = re.compile(
    rf"^[ ]{{0,3}}<(?P<name>{'|'.join(BLOCK_LEVEL_ELEMENTS)})(?=[\s/>])(?P<attributes>[^<>]*)",
    re.MULTILINE | re.IGNORECASE,
)
_MARKDOWN = re.compile(r"(?<![\w-])markdown(?![\w-])")


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A block of HTML in which Markdown is not read."""

    name: str
    """Its element's, in lower case."""
    start: int
    """Offset of its first character in the file's text."""
    end: int


@lru_cache(maxsize=4096)
def raw_blocks(page: Page) -> tuple[RawBlock, ...]:
    """The page's blocks of raw HTML, from the first to the last.

    Markdown is read in a block that says `markdown`.
    https://python-markdown.github.io/extensions/md_in_html/
    """
    prose = page.reading.prose
    blocks = []
    position = 0
    while found := _START.search(prose, position):
        position = _end(prose, found)
        if not _MARKDOWN.search(found["attributes"]):
            blocks.append(RawBlock(found["name"].lower(), found.start(), position))
    return tuple(blocks)


@lru_cache(maxsize=4096)
def without_raw_html(page: Page) -> str:
    """The page's running text, as long as the file, with blanks for blocks of raw HTML."""
    prose = page.reading.prose
    kept: list[str] = []
    position = 0
    for block in raw_blocks(page):
        kept += [prose[position : block.start], _blanked(prose[block.start : block.end])]
        position = block.end
    return "".join(kept) + prose[position:]


def _blanked(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _end(text: str, start: re.Match[str]) -> int:
    """Where an element ends; without an end tag, it is the end of the text."""
    name = start["name"]
    if name.lower() == "hr" or start["attributes"].endswith("/"):
        return start.end()
    depth = 1
    for tag in re.compile(rf"<(/?){name}(?=[\s/>])[^<>]*", re.IGNORECASE).finditer(
        text, start.end()
    ):
        if tag[1]:
            depth -= 1
        elif not tag[0].endswith("/"):
            depth += 1
        if not depth:
            return min(tag.end() + 1, len(text))
    return len(text)
