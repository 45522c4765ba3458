"""A page's headings and anchors, as Python-Markdown makes them."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown import Markdown
from markdown.extensions.toc import slugify

from hackweek.checks.conditions import conditions
from hackweek.checks.page import Folder, Page
from hackweek.checks.raw_html import without_raw_html
from hackweek.reading import Kind, Line

_UNDERLINE = re.compile(r"(=+|-+)[ ]*")
_BEFORE = re.compile(r"(?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*")
"""What stands before a heading in a list, a box or a quotation."""
_ATTRIBUTES = re.compile(r"(?:^|[ \t])\{(?P<list>[^{}\n]*)\}$")
_ID = re.compile(r"(?:^:?|[ \t])(?:#|id=[\"']?)([^\s\"'}]+)")
_TEMPLATE = re.compile(r"<<[ \t]|<%|\{\{|\{%")
_PLAIN = re.compile(r"(?:[\w\s.,;:?!'\"()/+=@$%#|-]|&(?![\w#]))*")
"""Text that Markdown leaves as it is."""
_LONGEST = 500
"""Characters of a heading; no heading is longer, and Markdown's time grows with the square."""

_ATTRIBUTE_LIST = re.compile(r"\{([^{}\n]*)\}")
_HTML_ID = re.compile(r"<[a-zA-Z][^<>]*?[\s\"'](?:id|name)[ ]*=[ ]*[\"']?([^\s\"'<>]+)")
_INSERTED = re.compile(r"--8<--|^[ \t]*::: \w+\.[\w.]+[ \t]*$|\{\{|\{%|\{!", re.MULTILINE)
"""Marks of text that only a plugin knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a page."""

    line: int
    """1-based, in the file."""
    column: int
    level: int
    text: str
    """As written, without marks and attributes."""
    anchor: str | None
    """None where template tags decide it."""
    nested: bool
    """Whether it stands in a list, a box, a tab or a quotation."""
    conditions: frozenset[str]
    """What must be true for it to be shown."""


@lru_cache(maxsize=4096)
def headings(page: Page) -> tuple[Heading, ...]:
    """The headings that a page's Markdown makes; none of those in raw HTML."""
    shown = without_raw_html(page)
    found: list[Heading] = []
    paragraph: list[Line] = []
    """The lines of text since the last blank line or heading."""
    for line in page.reading.lines:
        if line.kind in (Kind.TAG, Kind.COMMENT):
            continue
        end = line.offset + len(line.text)
        if line.kind is not Kind.TEXT or not shown[line.offset : end].strip():
            paragraph = []
            continue
        heading = _atx(page, line, shown) or _setext(page, line, paragraph)
        paragraph = [] if heading else [*paragraph[:1], line]
        if heading:
            found.append(heading)
    return tuple(found)


def _atx(page: Page, line: Line, shown: str) -> Heading | None:
    start = 0 if line.text.startswith("#") else _start(line.text)
    if shown[line.offset + start : line.offset + start + 1] != "#":
        return None
    if line.text[:start].isspace() and not line.container:
        return None  # Python-Markdown takes an indented "#" for text
    level = 1
    while level < 6 and line.text.startswith("#", start + level):
        level += 1
    return _heading(page, line, start, level, line.text[start + level :], nested=start > 0)


def _start(text: str) -> int:
    found = _BEFORE.match(text)
    return found.end() if found else 0


def _setext(page: Page, line: Line, paragraph: list[Line]) -> Heading | None:
    if len(paragraph) != 1 or not _UNDERLINE.fullmatch(line.text):
        return None
    level = 1 if line.text.startswith("=") else 2
    return _heading(page, paragraph[0], 0, level, paragraph[0].text, nested=False)


def _heading(page: Page, line: Line, start: int, level: int, text: str, *, nested: bool) -> Heading:
    words, anchor = text.rstrip("#").strip(), None
    attributes = _ATTRIBUTES.search(words) if words.endswith("}") else None
    if attributes and (found := _ID.search(attributes["list"])):
        anchor = found[1]
    if attributes:
        words = words[: attributes.start()].rstrip()
    if anchor is None and not _TEMPLATE.search(words):
        anchor = _slug(words)
    return Heading(
        line=line.number,
        column=start + 1,
        level=level,
        text=words,
        anchor=anchor,
        nested=nested,
        conditions=conditions(page).at(line.offset),
    )


@lru_cache(maxsize=4096)
def _slug(text: str) -> str | None:
    """The anchor of a heading's words; an empty heading's is "_1"."""
    if len(text) > _LONGEST:
        return None
    if _PLAIN.fullmatch(text) and "_" not in text:
        return slugify(text, "-") or "_1"
    converter = Markdown(extensions=["toc"])
    converter.convert(f"# {text}")
    tokens: list[dict[str, Any]] = getattr(converter, "toc_tokens", [])
    return str(tokens[0]["id"]) if tokens else None


@lru_cache(maxsize=4096)
def anchors(page: Page) -> frozenset[str] | None:
    """Every anchor of a page, or None where it cannot be known."""
    if _INSERTED.search(page.reading.prose):
        return None
    used: dict[str, int] = {}
    ids: set[str] = set()
    for heading in headings(page):
        if heading.anchor is None:
            return None
        before = used.get(heading.anchor, 0)
        used[heading.anchor] = before + 1
        ids.add(f"{heading.anchor}_{before}" if before else heading.anchor)
    for attributes in _ATTRIBUTE_LIST.findall(page.text):
        ids.update(_ID.findall(attributes))
    ids.update(_HTML_ID.findall(page.text))
    return frozenset(ids)


def extension_options(folder: Folder, name: str) -> dict[str, Any]:
    """What `mkdocs.yml` sets for a Markdown extension."""
    extensions = folder.config.get("markdown_extensions") or ()
    entries = [extensions] if isinstance(extensions, dict) else extensions
    for entry in entries if isinstance(entries, list | tuple) else ():
        if isinstance(entry, dict) and isinstance(entry.get(name), dict):
            return dict(entry[name])
    return {}


def plugins(folder: Folder) -> frozenset[str]:
    """The names of the plugins in `mkdocs.yml`."""
    named = folder.config.get("plugins") or ()
    names: set[str] = set()
    for entry in named if isinstance(named, list | tuple | dict) else ():
        names.update(map(str, entry) if isinstance(entry, dict) else [str(entry)])
    return frozenset(name.rpartition("/")[2] for name in names)
