"""Files that list a site's pages and pictures for programs.

Sitemaps, feeds, robots.txt, web app manifests, and the index of Material's search.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from posixpath import basename
from typing import Any

from hackweek.links.inside.elements import Use
from hackweek.links.inside.html_page import Written

_XML_LISTS = re.compile(r"<(?:\w+:)?(urlset|sitemapindex|rss|feed|RDF)\b")
_XML_ADDRESS = re.compile(
    r"<!--.*?-->"
    r"|<(?:image:|video:)?(?P<element>loc|link|content_loc|thumbnail_loc)\s*>\s*"
    r"(?:<!\[CDATA\[)?(?P<text>[^<\]]*)"
    r"|<(?:\w+:)?(?P<tag>link|enclosure)\b[^>]*?\s(?P<attribute>href|url)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')",
    re.DOTALL,
)
_NAMES = ("robots.txt", "manifest.json", "search.json", "search_index.json")
_ROBOTS = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


def listed(file: str, data: bytes) -> Iterator[Written]:
    """The addresses in a file of the site; none if it is no such list."""
    counts: Counter[str] = Counter()
    for element, attribute, url in _addresses(file, data):
        use = Use.FILE if element == "icons" else Use.ABOUT
        yield Written(url, use, element, attribute, counts[url], False)
        counts[url] += 1


def is_list(file: str) -> bool:
    """Whether a file may be a list, by its name."""
    return basename(file) in _NAMES or file.endswith((".xml", ".webmanifest"))


def site_of(file: str) -> str:
    """What a list's addresses are relative to: itself, or for a search's index its site."""
    return file.removesuffix("search/search_index.json")


def _addresses(file: str, data: bytes) -> Iterator[tuple[str, str, str]]:
    text = data.decode("utf-8", errors="replace")
    if file.endswith(".xml"):
        if _XML_LISTS.search(text[:2000]):
            yield from _xml(text)
    elif file.endswith("robots.txt"):
        yield from (("sitemap", "", url) for url in _ROBOTS.findall(text))
    else:
        try:
            yield from _json(json.loads(text))
        except (ValueError, RecursionError):
            return  # not JSON, so not a list


def _xml(text: str) -> Iterator[tuple[str, str, str]]:
    for found in _XML_ADDRESS.finditer(text):
        url = html.unescape(found["text"] or found["double"] or found["single"] or "").strip()
        if url:
            yield found["element"] or found["tag"], found["attribute"] or "", url


def _json(content: Any) -> Iterator[tuple[str, str, str]]:
    """Addresses in a manifest (https://www.w3.org/TR/appmanifest/) or a search index."""
    if not isinstance(content, dict):
        return
    if isinstance(start := content.get("start_url"), str):
        yield "start_url", "", start
    for owner in (content, *_objects(content.get("shortcuts"))):
        if isinstance(url := owner.get("url"), str):
            yield "shortcuts", "url", url
        for kind in ("icons", "screenshots"):
            for each in _objects(owner.get(kind)):
                if isinstance(src := each.get("src"), str):
                    yield "icons", "src", src
    for kind in ("docs", "items"):
        for each in _objects(content.get(kind)):
            if isinstance(location := each.get("location"), str) and location:
                yield kind, "location", location


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
