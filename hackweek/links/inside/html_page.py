"""A built page: its anchors, and the addresses on it.

What a browser neither shows nor loads is not there: comments, the text of scripts, the content
of `<template>`. That of `<noscript>` is there.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hackweek.links.inside.css import css_addresses
from hackweek.links.inside.elements import HOLDERS, Use, element_addresses, redirect_target
from hackweek.links.references import Reference

_TWICE_ON_PURPOSE = ("svg", "noscript")
"""A drawing that is shown twice has its ids twice, and what stands in for a script the script's."""


class Written(NamedTuple):
    """An address on a page; a `Reference` in the making, and ten times as fast to make."""

    url: str
    use: Use
    element: str
    attribute: str
    nth: int
    in_article: bool

    def reference(self, file: str) -> Reference:
        """The same, with the file that it stands in."""
        return Reference(
            file=file,
            url=self.url,
            element=self.element,
            attribute=self.attribute,
            nth=self.nth,
            in_article=self.in_article,
        )


@dataclass(slots=True)
class HtmlPage:
    """What a page says about itself and others."""

    file: str
    anchors: set[str] = field(default_factory=set)
    """What a fragment can lead to."""
    base: str = ""
    """What its addresses are relative to, by `<base>`."""
    addresses: list[Written] = field(default_factory=list)
    """In the order of the page."""
    repeated_ids: list[tuple[Reference, int]] = field(default_factory=list)
    """The second element of each id that several have, and how many have it."""
    redirect: str = ""
    """Where it sends its readers at once."""


def read_page(file: str, data: bytes) -> HtmlPage:
    """A page's anchors and addresses; `data` is read as browsers do, whatever it is."""
    document = LexborHTMLParser(data, encoding=True)
    reader = _Reader(file)
    text = next((name for name in ("article", "main") if document.css_first(name)), "body")
    text_ends = 0
    for position, node in enumerate(document.css("*")):
        tag = node.tag or ""
        if tag == text:
            text_ends = max(text_ends, position + len(node.css("*")))
        if attributes := node.attributes:
            reader.read_attributes(node, tag, attributes, position < text_ends)
        if tag == "style":
            reader.read_style(node.text(), position < text_ends)
    return reader.finished()


class _Reader:
    """Collects what a page's elements hold."""

    def __init__(self, file: str) -> None:
        self.page = HtmlPage(file)
        self._owners: dict[str, list[tuple[LexborNode, bool]]] = defaultdict(list)
        self._everywhere: dict[str, int] = defaultdict(int)
        self._in_articles: dict[str, int] = defaultdict(int)

    def read_attributes(
        self, node: LexborNode, tag: str, attributes: Mapping[str, str | None], in_article: bool
    ) -> None:
        """The id, the name and the addresses of one element."""
        if id := attributes.get("id"):
            self._owners[id].append((node, in_article))
        if tag in ("a", "map") and (name := attributes.get("name")):
            self.page.anchors.add(name)
        if HOLDERS.isdisjoint(attributes):
            return
        if tag == "base":
            self.page.base = self.page.base or attributes.get("href") or ""
        elif tag == "meta":
            self.page.redirect = self.page.redirect or redirect_target(attributes)
        for attribute, url, use in element_addresses(tag, attributes):
            self._add(url, use, tag, attribute, in_article)
        if style := attributes.get("style"):
            self.read_style(style, in_article)

    def read_style(self, style: str, in_article: bool) -> None:
        """Addresses in a style sheet or a style attribute."""
        for url in css_addresses(style):
            self._add(url, Use.FILE, "css", "", in_article)

    def finished(self) -> HtmlPage:
        """The page, once every element has been read."""
        self.page.anchors.update(self._owners)
        for id, owners in self._owners.items():
            if len(owners) > 1:
                self.page.repeated_ids.extend(_repeated(self.page.file, id, owners))
        return self.page

    def _add(self, url: str, use: Use, element: str, attribute: str, in_article: bool) -> None:
        nth = (self._in_articles if in_article else self._everywhere)[url]
        self._everywhere[url] += 1
        if in_article:
            self._in_articles[url] += 1
        self.page.addresses.append(Written(url, use, element, attribute, nth, in_article))


def _repeated(
    file: str, id: str, owners: list[tuple[LexborNode, bool]]
) -> Iterator[tuple[Reference, int]]:
    """The second of an id's elements, if it has several that are not repeated on purpose."""
    all_of_them = {node.mem_id for node, _ in owners}
    counted = [
        (node, inside)
        for node, inside in owners
        if not _on_purpose(node) and not _wrapped(node, all_of_them)
    ]
    if len(counted) > 1:
        node, in_article = counted[1]
        nth = sum(inside for _, inside in owners[: owners.index(counted[1])]) if in_article else 1
        yield (
            Reference(
                file=file,
                url=id,
                element=node.tag or "",
                attribute="id",
                nth=nth,
                in_article=in_article,
            ),
            len(counted),
        )


def _wrapped(node: LexborNode, owners: set[int]) -> bool:
    """Whether an element is the content of one with the same id, as Sphinx's tables are."""
    return node.parent is not None and node.parent.mem_id in owners


def _on_purpose(node: LexborNode | None) -> bool:
    while node is not None:
        if node.tag in _TWICE_ON_PURPOSE:
            return True
        node = node.parent
    return False
