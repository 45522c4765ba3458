"""What both engines' Python-Markdown does for our pages: pictures, links, glossary words, names.

https://python-markdown.github.io/extensions/api/
"""

import re
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from hackweek.assistive import make_tables_reachable, name_boxes, name_terms
from hackweek.checklist.items import make_items
from hackweek.glossary import WordMarker
from hackweek.past.hub_links import HubLinks, switched_off_host
from hackweek.pictures import Picture, find_picture
from hackweek.site import Site, current_site

_BEFORE_HTML = 95
"""After code within text (190), before tags within text (90)."""
_AFTER_HTML = 5
"""After raw HTML is put back (30) and what was kept from Markdown (10)."""
_BEFORE_LINKS = 5
"""After Markdown within text is read (20), before MkDocs resolves links (0)."""


class LessonExtension(Extension):
    """Our part of a page's Markdown.

    MkDocs hands over the site; Zensical knows extensions by name only, and gets that of EVENT.
    """

    def __init__(self, *, site: Site | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.site = site

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Registers what follows."""
        md.inlinePatterns.register(_ShellMarks(r"<<+", md), "hackweek-shell-marks", _BEFORE_HTML)
        site = self.site or _site_of_process()
        md.treeprocessors.register(_Finish(md, site), "hackweek-finish", _BEFORE_LINKS)
        # With tokens nothing is known of the hub: see `hackweek.stamping.press`.
        if not site.has_tokens and (host := switched_off_host(site.event)):
            md.postprocessors.register(HubLinks(md, host), "hackweek-hub-links", _AFTER_HTML)


def makeExtension(**kwargs: Any) -> LessonExtension:  # noqa: N802 - Python-Markdown's name
    """The extension, by the name of this module."""
    return LessonExtension(**kwargs)


@lru_cache(maxsize=1)
def _site_of_process() -> Site:
    return current_site(Path.cwd())


def _page(md: Markdown) -> PurePosixPath:
    """The page that is being converted, relative to docs/."""
    if "relpath" in md.treeprocessors:  # MkDocs
        return PurePosixPath(md.treeprocessors["relpath"].file.src_uri)  # type: ignore[attr-defined]
    return PurePosixPath(md.preprocessors["rendering_context"].page.path)  # type: ignore[attr-defined]


class _ShellMarks(InlineProcessor):
    """Keeps the "<EOF >" of `cat <<EOF >> file` in running text from being read as a tag."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        return m[0], m.start(), m.end()


class _Finish(Treeprocessor):
    def __init__(self, md: Markdown, site: Site) -> None:
        super().__init__(md)
        self.site = site

    def run(self, root: Element) -> None:
        page = _page(self.md)
        name_boxes(self.md, root)
        minutes = {each.page: each.minutes for each in self.site.lessons.values()}
        make_items(root, minutes, page.as_posix(), partial(_target, page))
        make_tables_reachable(root)
        if page.stem == "glossary":
            name_terms(root)
        else:
            WordMarker(self.site.glossary).mark(root)
        parents = {child: parent for parent in root.iter() for child in parent}
        for image in list(root.iter("img")):
            src = image.get("src", "")
            if picture := find_picture(self.site.docs, page, src, self.site.event.slug):
                _size(image, picture)
                if _stands_alone(image, parents[image]):
                    _make_figure(image, picture, parents[image])
        for link in list(root.iter("a")):
            if _target(page, link) in self.site.excluded_pages:
                link.tag = "span"
                link.attrib.clear()


def _target(page: PurePosixPath, link: Element) -> str:
    """The page that a link leads to, relative to docs/; empty where it leads elsewhere."""
    try:
        parts = urlsplit(link.get("href", ""))
    except ValueError:  # half an IPv6 address
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    return normpath((page.parent / unquote(parts.path)).as_posix())


def _size(image: Element, picture: Picture) -> None:
    """Lets the browser keep the picture's place before it has loaded it."""
    image.attrib |= {
        "src": picture.src,
        "width": str(picture.width),
        "height": str(picture.height),
        "loading": "lazy",
        "decoding": "async",
    }


def _stands_alone(image: Element, parent: Element) -> bool:
    words = f"{parent.text or ''}{image.tail or ''}"
    return parent.tag == "p" and len(parent) == 1 and not words.strip()


def _make_figure(image: Element, picture: Picture, paragraph: Element) -> None:
    """A picture with its dark variant and caption; a click shows the file itself."""
    caption = image.attrib.pop("title", "")
    alone = dict(image.attrib)
    paragraph.clear()
    paragraph.tag = "figure"
    paragraph.set("class", "picture")
    themes = {"only-light": picture.src, "only-dark": picture.dark_src}
    for theme, src in themes.items() if picture.dark_src else [("", picture.src)]:
        link = SubElement(paragraph, "a", {"class": f"picture-link {theme}".strip(), "href": src})
        SubElement(link, "img", {**alone, "src": src})
    if caption:
        SubElement(paragraph, "figcaption").text = caption
