"""The parts of a page that Python-Markdown passes on as they are: blocks of HTML."""

import re
from functools import lru_cache

from markdown.util import BLOCK_LEVEL_ELEMENTS

from hackweek.checks.page import Page

_START = re.compile(
    rf"^[ ]{{0,3}}<(?P<name>{'|'.join(BLOCK_LEVEL_ELEMENTS)})(?=[\s/>])(?P<attributes>[^<>]*)",
    re.MULTILINE | re.IGNORECASE,
)
_MARKDOWN = re.compile(r"(?<![\w-])markdown(?![\w-])")


@lru_cache(maxsize=4096)
def without_raw_html(page: Page) -> str:
    """The page's running text, as long as the file, with blanks for blocks of raw HTML.

    Markdown is read in a block that says `markdown`.
    https://python-markdown.github.io/extensions/md_in_html/
    """
    prose = page.reading.prose
    kept: list[str] = []
    position = 0
    while found := _START.search(prose, position):
        end = _end(prose, found)
        kept.append(prose[position : found.start()])
        block = prose[found.start() : end]
        kept.append(block if _MARKDOWN.search(found["attributes"]) else _blanked(block))
        position = end
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
