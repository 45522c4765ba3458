"""Items of a checklist that nobody could tick."""

import re
from collections.abc import Iterator

from hackweek.checks.page import Folder, Page
from hackweek.diagnostics import Diagnostic
from hackweek.reading import Kind
from hackweek.rules import Rule

RULES = (
    Rule(
        name="item-without-id",
        why="A reader's ticks are kept by the items' ids. A box whose item has none, beside others"
        " that have one, cannot be ticked.",
        bad="- [ ] **You can sign in.**{ #signed-in }\n- [ ] You can open a terminal.",
        good="- [ ] **You can sign in.**{ #signed-in }\n"
        "- [ ] **You can open a terminal.**{ #terminal-open }",
    ),
)

_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s+(?P<box>\[[ xX]\])\s+(?P<words>.*)")
_NAMED = re.compile(r"(\*\*|__)(?!\s).+?\1\{:?[^{}]*#[\w-]")


def check(page: Page, folder: Folder) -> Iterator[Diagnostic]:
    """Each item without an id on a page where others have one; only our lessons make a list."""
    if not folder.ours:
        return
    lines = [line for line in page.reading.lines if line.kind is Kind.TEXT]
    items = [(line, item) for line in lines if (item := _ITEM.match(line.text))]
    unnamed = [(line, item) for line, item in items if not _NAMED.match(item["words"])]
    if len(unnamed) < len(items):
        for line, item in unnamed:
            message = f'"{item["words"][:60].rstrip()}" has no id, so its box cannot be ticked'
            help = 'write "- [ ] **The words.**{ #an-id }"'
            yield page.at_line(line.number, item.start("box") + 1, RULES[0].name, message, help)
