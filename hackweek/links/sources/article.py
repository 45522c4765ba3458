"""The addresses of one page's article, in the order of the built page, with their places."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hackweek.links.sources.converter import MARK_OF, Converter
from hackweek.links.sources.marks import TEXT_MARK, TEXT_PLANE, Marks, unmarkable
from hackweek.links.sources.source_map import Place, SourceMap

_ADDRESSED = re.compile(
    r"""
    \]\([ \t]*\n?[ \t]*<?                                                   # [text](address)
    | ^[ \t>]*\[(?!\^)[^\[\]]+\]:[ \t]*(?:\n[ \t]*(?=\S+[ \t]*$))?<?        # [label]: address
    | (?<=[\s"'{])(?:href|src|srcset|poster|data|action)[ \t]*=[ \t]*["']?  # <a href="address">
    | <(?=[^<>\s!@/]+@[^<>\s@]+>)                                           # <name@host>
    | (?P<host>(?:https?|ftp)://[-\w.]*)                                    # <https://host/path>
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
"""Everything that an address may follow, also where it is code or text and no link is made."""
_HEADED = re.compile(
    r"^[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+)?(?P<marks>\#{1,6})[ \t]*(?=\S)"
    r"|^(?=[^\W\d_][^\n]*\n(?:=+|-+)[ \t]*$)",
    re.MULTILINE,
)
"""What the text of a heading may follow."""
_FOOTNOTE = re.compile(r"#fn(?P<back>ref\d*)?:(?P<label>.+)")
_ATTRIBUTES = ("href", "src", "srcset", "poster", "data", "action")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class Article:
    """What one page's Markdown refers to."""

    source: SourceMap
    places: defaultdict[str, list[Place | None]] = field(default_factory=lambda: defaultdict(list))
    """By target, the place of each reference in the order of the page; None if it has none."""
    anchors: dict[str, Place] = field(default_factory=dict)
    """Where each heading is, and each line of code with a link of its own, by its id."""


Target = Callable[[str, bool], str]
"""Where an address leads, in a form that can be compared; False: it stands in raw HTML."""


def article(converter: Converter, page: str, source: SourceMap, target: Target) -> Article:
    """Converts a page and reads where its addresses are from."""
    marks: Marks[Place] = Marks(TEXT_PLANE)
    tree = LexborHTMLParser(converter.html(page, _marked(source, marks)))
    found = Article(source)
    nodes = [node for node in tree.root.traverse() if node.tag] if tree.root else []
    for node in nodes:
        anchor = node.attributes.get("id")
        mark = TEXT_MARK.search(node.text()) if node.tag in _HEADINGS else None
        if anchor and mark:
            found.anchors[anchor] = marks.meaning(mark[0])
    found.anchors.update(_code_lines(tree, source))
    made = _MadeLinks(source, found.anchors)
    for node in nodes:
        for url, mark_of, written in _addresses(node):
            place = marks.meaning(mark_of) if mark_of else made.place(url, node)
            found.places[target(url, written)].append(place)
    return found


def _marked(source: SourceMap, marks: Marks[Place]) -> str:
    """The page's Markdown with a mark in each address and heading."""
    made: list[tuple[int, str]] = []
    text = unmarkable(source.text)
    for each in _ADDRESSED.finditer(text):
        start = each.start() if each["host"] else each.end()
        if start < len(text):
            made.append((each.end(), marks.new(source.address_place(start))))
    for each in _HEADED.finditer(text):
        start = each.start("marks") if each["marks"] else each.start()
        made.append((each.end(), marks.new(source.place(start))))
    pieces, position = [], 0
    for at, mark in sorted(made, key=lambda each: each[0]):
        pieces += [text[position:at], mark]
        position = at
    return "".join([*pieces, text[position:]])


def _addresses(node: LexborNode) -> Iterator[tuple[str, str, bool]]:
    """Each address in an element, its mark, and whether it is from Markdown."""
    attributes = node.attributes
    for attribute in _ATTRIBUTES:
        value = attributes.get(attribute)
        if value is None:
            continue
        mark = attributes.get(f"{MARK_OF}{attribute}") or ""
        if not mark and node.tag == "a" and (image := node.css_first(f"img[{MARK_OF}src]")):
            # The link that shows a picture's file is made from the picture.
            mark = image.attributes.get(f"{MARK_OF}src") or ""
        raw = TEXT_MARK.search(value)
        url = TEXT_MARK.sub("", value)
        urls = [part.split()[0] for part in url.split(",") if part.split()]
        for each in urls if attribute == "srcset" else [url]:
            yield each, raw[0] if raw else mark, not raw


def _code_lines(tree: LexborHTMLParser, source: SourceMap) -> Iterator[tuple[str, Place]]:
    """The id of each line of code that has one, with where the line is written."""
    position = 0
    for block in tree.css("pre"):
        lines = TEXT_MARK.sub("", block.text()).split("\n")
        for line, anchor in zip(lines, block.css("a[id]"), strict=False):
            whole = re.compile(rf"^[ \t>]*{re.escape(line.strip())}[ \t]*$", re.MULTILINE)
            if found := whole.search(source.text, position):
                position = found.end()
                yield anchor.attributes["id"] or "", source.place(found.start())


class _MadeLinks:
    """The links that extensions make without an address of the author's."""

    def __init__(self, source: SourceMap, anchors: Mapping[str, Place]) -> None:
        self._source = source
        self._anchors = anchors
        self._seen: Counter[str] = Counter()

    def place(self, url: str, node: LexborNode) -> Place | None:
        """Where the author wrote what such a link is made of."""
        if footnote := _FOOTNOTE.fullmatch(url):
            return self._footnote(footnote["label"], back=footnote["back"] is not None)
        if url.startswith("#"):
            return self._anchors.get(url.removeprefix("#"))
        return self._abbreviated(url, node)

    def _footnote(self, label: str, *, back: bool) -> Place | None:
        note = rf"\[\^{re.escape(label)}\]"
        wanted = rf"^[ ]{{0,3}}{note}:" if back else rf"{note}(?!:)"
        found = re.search(wanted, self._source.text, re.MULTILINE)
        return self._source.place(found.start()) if found else None

    def _abbreviated(self, url: str, node: LexborNode) -> Place | None:
        """What became a link without an address: an issue's number, a person, an emoji."""
        shown = node.text().strip() or node.attributes.get("title") or ""
        if not shown:
            return None
        pattern = rf"(?<!\w){re.escape(shown)}(?!\w)"
        if last := url.rpartition("/")[2]:
            pattern += rf"|[#!?@]{re.escape(last)}\b"
        written = re.compile(pattern)
        found = [each.start() for each in written.finditer(self._source.text)]
        nth = self._seen[url]
        self._seen[url] += 1
        return self._source.place(found[min(nth, len(found) - 1)]) if found else None
