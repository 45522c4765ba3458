"""Every picture that a lesson's source shows, and every picture that fails to come out.

Python-Markdown's own code says where an address ends, so that both read the same:
https://github.com/Python-Markdown/markdown/blob/master/markdown/inlinepatterns.py
"""

import bisect
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from weakref import WeakKeyDictionary

from markdown.extensions.attr_list import get_attrs_and_remainder
from markdown.inlinepatterns import IMAGE_LINK_RE, ImageInlineProcessor

from hackweek.checks.page import Page
from hackweek.reading import Kind, Reading

PICTURE_SUFFIXES = (
    *(".apng", ".avif", ".bmp", ".gif", ".ico", ".jfif", ".jpeg", ".jpg"),
    *(".png", ".svg", ".tif", ".tiff", ".webp"),
)
"""How the names of picture files end, in lower case."""
TEMPLATE = re.compile(r"<<|<%|\{\{|\{%|\$\{|\{#")
"""Begins what a template puts in; text with it cannot be judged before it is rendered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureUse:
    """A picture where a page shows it. Positions are offsets in the file's text."""

    start: int
    end: int
    """After its address; attributes in braces come later."""
    alt: str | None
    """On one line; None where an `<img>` has none at all."""
    src: str
    src_start: int
    """In a reference's definition, where there is one."""
    raw: bool = False
    """Whether it is an `<img>`, whose address MkDocs leaves alone."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Those of the tag, or of the braces behind the picture."""
    link: str = ""
    """The address that a click leads to."""

    @property
    def templated(self) -> bool:
        """Whether its address is made by a template."""
        return bool(TEMPLATE.search(self.src))


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What `[name]: address` says."""

    src: str
    start: int
    """Offset of the address in the file's text."""


_LIKELY = re.compile(r"!\[|<img\b", re.IGNORECASE)
_TAG = re.compile(r"<img(?=\s|/?>)((?:[^>\"'<]|\"[^\"]*\"|'[^']*')*+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_UNREAD = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_FOREIGN_TAG = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}")
_ESCAPE = re.compile(r"\\[\\`*_{}\[\]()>#+\-.!|]")
_DEFINITION = re.compile(
    r"^[ \t]*+(?:>[ \t]*+)*+\[([^\[\]\n]+)\]:[ ]*(?:\n[ ]*)?(\S+)[ ]*"
    r"(?:\n?[ ]*(?:([\"'])[^\n]*\3|\([^\n]*\))[ ]*)?$",
    re.MULTILINE,
)
_REFERENCE = re.compile(r"\s?\[([^\]]*)\]")
_NEW_BLOCK = re.compile(
    r"[ \t]*+(?:>[ \t]*+)*+(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}|\||!!!|\?\?\?|==="
    r"|</?(?:div|p|figure|figcaption|table|tr|td|th|ul|ol|li|section|details|summary|center|h\d)\b)"
)
_BLOCK_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset"
    r"|figcaption|figure|footer|form|h[1-6]|header|li|main|nav|ol|p|pre|section|summary|table"
    r"|tbody|td|tfoot|th|thead|tr|ul)\b(?P<attributes>[^<>]*)>",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"(?:^|\s)markdown(?:\s|=|/|$)", re.IGNORECASE)
_PICTURE_IN_ADDRESS = re.compile(r"\]\([^()]*?!\[")
_ATTRIBUTE_LIST = re.compile(r"\{:?[ ]*([^}\n ][^}\n]*)\}")
_LINK = re.compile(r"\]\(<?([^\s()<>]*)")
_DATA = re.compile(r"\(\s*<?(data:[^\s)>\"']*)[^()]*\)", re.IGNORECASE)
_OPAQUE = "\ue000"
"""Stands for each character that Python-Markdown has put aside when it looks for pictures."""
_FAR = 5_000
"""Characters within which the parentheses of an address close; only `data:` may be longer."""
_WASTE = 400_000
"""Characters that may be read in vain on one page, looking for parentheses that never close."""


class PictureSource:
    """A page's text, prepared for looking at its pictures."""

    def __init__(self, text: str, reading: Reading) -> None:
        self.text = text
        self.reading = reading
        self._waste = _WASTE

    @cached_property
    def data(self) -> str:
        """As long as the text; code, comments, template tags and escapes are opaque."""
        pairs = zip(self.reading.prose.split("\n"), self.text.split("\n"), strict=True)
        prose = "\n".join(line if line == was else _opaque(line, was) for line, was in pairs)
        for pattern in (_UNREAD, _FOREIGN_TAG):
            prose = pattern.sub(lambda found: _OPAQUE * len(found[0]), prose)
        return _ESCAPE.sub(_OPAQUE * 2, prose)

    @cached_property
    def pictures(self) -> tuple[PictureUse, ...]:
        """The pictures that come out, in the order of the text."""
        if not _LIKELY.search(self.reading.prose):
            return ()
        found = [*self._markdown_pictures(), *self._tags()]
        return tuple(sorted(found, key=lambda picture: picture.start))

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """The references that the page defines, by name in lower case."""
        return {
            found[1].strip().lower(): Definition(
                src=found[2].lstrip("<").rstrip(">"),
                start=found.start(2) + found[2].startswith("<"),
            )
            for found in _DEFINITION.finditer(self.data)
        }

    @cached_property
    def closing(self) -> dict[int, int]:
        """Where each `[` is closed: offsets of brackets in one block."""
        pairs: dict[int, int] = {}
        open_brackets: list[int] = []
        end = -1
        for found in re.finditer(r"[\[\]]", self.data):
            if found.start() >= end:
                open_brackets.clear()
                end = self.block_end(found.start())
            if found[0] == "[":
                open_brackets.append(found.start())
            elif open_brackets:
                pairs[open_brackets.pop()] = found.start()
        return pairs

    @cached_property
    def _breaks(self) -> list[int]:
        offsets = []
        for line in self.reading.lines:
            first = _NEW_BLOCK.match(line.text)
            if first or line.kind not in (Kind.TEXT, Kind.TAG):
                offsets.append(line.offset)
            if first and first[0].lstrip(" \t>").startswith(("#", "|")):
                offsets.append(line.offset + len(line.text))
        return [*offsets, len(self.text)]

    def block_end(self, offset: int) -> int:
        """Where the paragraph, list item, heading or table row around an offset ends."""
        return self._breaks[bisect.bisect_right(self._breaks, offset, hi=len(self._breaks) - 1)]

    def address(self, opening: int) -> tuple[int, int, int] | None:
        """Start and end of the address in the parentheses at an offset, and the end of these."""
        end = self.block_end(opening)
        if self._waste < 0 or self.data[opening : opening + 1] != "(":
            return None
        if inline := _DATA.match(self.data, opening, end):
            return inline.start(1), inline.end(1), inline.end()
        block = self.data[opening : min(end, opening + _FAR)]
        href, _, length, handled = _ADDRESSES.getLink(block, 0)
        if not handled:
            self._waste -= len(block)
            return None
        start = opening + block.find(href, 1) if href else opening + 1
        return start, start + len(href), opening + length

    def attribute_list(self, end: int) -> re.Match[str] | None:
        """The braces directly behind a picture."""
        return _ATTRIBUTE_LIST.match(self.data, end)

    @cached_property
    def html_blocks(self) -> list[tuple[int, int]]:
        """Where HTML begins at a line and ends, in which Markdown is left as it is.

        https://python-markdown.github.io/extensions/md_in_html/
        """
        found: list[tuple[int, int]] = []
        start = 0
        open_tags: list[str] = []
        for tag in _BLOCK_TAG.finditer(self.data):
            name = tag["name"].lower()
            if tag["close"]:
                if name in open_tags:
                    while open_tags.pop() != name:
                        pass
                    if not open_tags:
                        found.append((start, tag.end()))
            elif open_tags:
                open_tags.append(name)
            elif self._begins_line(tag.start()) and not _MARKDOWN.search(tag["attributes"]):
                start, open_tags = tag.start(), [name]
        return [*found, (start, len(self.data))] if open_tags else found

    def _begins_line(self, offset: int) -> bool:
        before = self.text[self.text.rfind("\n", 0, offset) + 1 : offset]
        return before in ("", " ", "  ", "   ")

    def in_html(self, offset: int) -> bool:
        """Whether Markdown is left as it is at an offset."""
        block = bisect.bisect_right(self.html_blocks, (offset, len(self.data))) - 1
        return block >= 0 and self.html_blocks[block][1] > offset

    @cached_property
    def link_addresses(self) -> list[tuple[int, int]]:
        """The addresses of links that have the marks of a picture in them."""
        openings = {close: start for start, close in self.closing.items()}
        found = []
        for each in _PICTURE_IN_ADDRESS.finditer(self.data):
            start = openings.get(each.start(), -1)
            place = self.address(each.start() + 1) if start >= 0 else None
            if place and self.data[start - 1 : start] != "!":
                found.append((each.start(), place[2]))
        return found

    def in_link_address(self, offset: int) -> bool:
        """Whether an offset is in the address of a link, which is no place for a picture."""
        place = bisect.bisect_right(self.link_addresses, (offset, len(self.data))) - 1
        return place >= 0 and self.link_addresses[place][1] > offset

    def written(self, start: int, end: int) -> str:
        """What stands between two offsets, on one line and without backslashes that escape."""
        text = re.sub(r"\s+", " ", self.text[start:end]).strip()
        return _ESCAPE.sub(lambda found: found[0][1], text)

    def _markdown_pictures(self) -> Iterator[PictureUse]:
        end = 0
        for found in re.finditer(r"!\[", self.data):
            close = self.closing.get(found.start() + 1)
            if close is None or found.start() < end or self.in_html(found.start()):
                continue
            if self.in_link_address(found.start()):
                continue
            if place := self.address(close + 1):
                end = place[2]
                yield self._picture(found.start(), close, *place)
            elif reference := self.reference(found.start() + 2, close):
                definition, end = reference
                src_end = definition.start + len(definition.src)
                yield self._picture(found.start(), close, definition.start, src_end, end)

    def reference(self, start: int, close: int) -> tuple[Definition, int] | None:
        """What `![text][name]` or `![name]` refers to, and where it ends."""
        found = _REFERENCE.match(self.data, close + 1, self.block_end(close))
        text = self.data[start:close]
        ways = [(found[1] or text, found.end())] if found else []
        for name, end in [*ways, (text, close + 1)]:
            if definition := self.definitions.get(re.sub(r"\s+", " ", name.lower())):
                return definition, end
        return None

    def _picture(
        self, start: int, close: int, src_start: int, src_end: int, end: int
    ) -> PictureUse:
        link = _LINK.match(self.data, end) if self.data[start - 1 : start] == "[" else None
        braces = self.attribute_list(end)
        pairs = get_attrs_and_remainder(braces[1])[0] if braces else ()
        attributes = {name.lower(): value or "" for name, value in pairs}
        alt = self.written(start + 2, close).replace("`", "")
        return PictureUse(
            start=start,
            end=end,
            alt=attributes.get("alt", alt),
            src=self.written(src_start, src_end),
            src_start=src_start,
            attributes=attributes,
            link=link[1] if link else "",
        )

    def _tags(self) -> Iterator[PictureUse]:
        for tag in _TAG.finditer(self.data):
            attributes: dict[str, str] = {}
            src_start = tag.start()
            for found in _ATTRIBUTE.finditer(self.data, tag.start(1), tag.end(1)):
                name = found[1].lower()
                start, end = found.span(2) if found[2] else (found.end(), found.end())
                quoted = self.text[start : start + 1] in ("'", '"') and end > start
                value = self.text[start + quoted : end - quoted]
                if name == "src" and "src" not in attributes:
                    src_start = start + quoted
                attributes.setdefault(name, html.unescape(value).strip())
            alt = attributes.get("alt")
            yield PictureUse(
                start=tag.start(),
                end=tag.end(),
                alt=None if alt is None else " ".join(alt.split()),
                src=attributes.get("src", ""),
                src_start=src_start,
                raw=True,
                attributes=attributes,
            )


def _opaque(line: str, was: str) -> str:
    """A line in which what has been blanked is opaque."""
    if line.isspace():
        return _OPAQUE * len(line)
    return "".join(now if now == old else _OPAQUE for now, old in zip(line, was, strict=True))


_SOURCES: WeakKeyDictionary[Page, PictureSource] = WeakKeyDictionary()


def picture_source(page: Page) -> PictureSource:
    """A page's pictures; they are looked for only once."""
    if page not in _SOURCES:
        _SOURCES[page] = PictureSource(page.text, page.reading)
    return _SOURCES[page]


class _Addresses(ImageInlineProcessor):
    """Reads addresses where nothing has been put aside."""

    def unescape(self, text: str) -> str:
        return text


_ADDRESSES = _Addresses(IMAGE_LINK_RE)
