"""Markdown that is published as it stands, because of where it stands."""

import re
from collections.abc import Iterator

from hackweek.checks.page import Folder, Page
from hackweek.checks.raw_html import RawBlock, raw_blocks, without_raw_html
from hackweek.diagnostics import Diagnostic
from hackweek.reading import Kind
from hackweek.rules import Rule

RULES = (
    Rule(
        name="markdown-in-raw-html",
        why="Within a block of HTML, Markdown is not read: readers see its marks as text.",
        bad="<div>\n![The launcher](img/launcher.png)\n</div>",
        good="<div markdown>\n![The launcher](img/launcher.png)\n</div>",
    ),
    Rule(
        name="indented-heading",
        why="A heading begins at the margin; after a blank, readers see its marks as text.",
        bad="  ## Sign in",
        good="## Sign in",
    ),
)

_MARKDOWN = re.compile(
    r"!\[[^\]\n]*\]\([^()\s]+[^()\n]*\)|\[[^\]\n]+\]\((?:https?://|[\w./-]+\.(?:md|html))[^()\n]*\)"
    r"|^[ \t]*(?:!!!|\?\?\?\+?)[ ][a-z]+(?=[ ]\"|$).*|^[ \t]*#{1,6}[ \t]+\w.*|\*\*\w[^*\n]*\*\*",
    re.MULTILINE,
)
_LITERAL = {"pre", "script", "style", "textarea", "svg", "math", "code"}
_PARTS = {"table", "ul", "ol", "dl"}
"""Elements whose parts, not themselves, can hold Markdown."""
_INDENTED = re.compile(r"^[ ]{1,3}(?P<marks>#{1,6})[ \t]+(?P<words>\S.*?)[ \t#]*$")
_LONGEST = 500
"""Characters of a heading, or of what a message shows; longer lines are none."""


def check(page: Page, _folder: Folder) -> Iterator[Diagnostic]:
    """Markdown of a page that does not come out as what it is."""
    for block in raw_blocks(page):
        found = _MARKDOWN.search(page.reading.prose, block.start, block.end)
        if found and block.name not in _LITERAL:
            yield _in_html(page, block, found)
    yield from _indented_headings(page)


def _in_html(page: Page, block: RawBlock, found: re.Match[str]) -> Diagnostic:
    """The first piece of Markdown of a block stands for all of it."""
    shown = found[0].lstrip()
    message = f'"{shown[:60].rstrip()}" stands in <{block.name}>, where Markdown is not read'
    help = "write it in HTML"
    if block.name not in _PARTS:
        help = f'write "<{block.name} markdown>", or {help}'
    return page.at(found.end() - len(shown), "markdown-in-raw-html", message, help)


def _indented_headings(page: Page) -> Iterator[Diagnostic]:
    if not re.search(r"^[ ]{1,3}#", page.reading.prose, re.MULTILINE):
        return
    shown = without_raw_html(page)
    for line in page.reading.lines:
        if line.kind is not Kind.TEXT or line.container or len(line.text) > _LONGEST:
            continue
        found = _INDENTED.match(line.text)
        if found and shown[line.offset + found.start("marks")] == "#":
            message = f'"{found["marks"]} {found["words"]}" has a blank before it and is no heading'
            help = f'begin the line with "{found["marks"]}"'
            yield page.at_line(
                line.number, found.start("marks") + 1, "indented-heading", message, help
            )
