"""All pages of an event on one, for paper: made of the articles of the built pages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hackweek.offline.addresses import ELSEWHERE
from hackweek.offline.printable import classes, open_details, open_tabs, show_pictures, tick_boxes
from hackweek.page_templates import template
from hackweek.site import Site, published_at

_HEADING = re.compile(r"(?<=<)(/?)h([1-5])(?=[\s>])")
_ADDRESSES = ("href", "src", "poster", "data")


@dataclass(frozen=True, slots=True)
class Part:
    """A page as a part of the one."""

    key: str
    """The id of its article, and the beginning of every id in it."""
    title: str
    sections: Sequence[tuple[str, str]]
    """Ids and titles of the headings below its own."""
    body: str
    """HTML, with headings one level lower than on the page."""


def write_print_page(site: Site, folder: Path) -> None:
    """Writes `print/index.html` into a built site."""
    pages = [page for page in site.reading_order if (site.docs / page).is_file()]
    addresses = [_address(page) for page in pages]
    keys = {address: _key(address) for address in addresses}
    page = template("print.html").render(
        name=site.event.name,
        dates=site.theme_values["dates"],
        url=site.url(published_at()),
        parts=[_part(folder, address, keys) for address in addresses],
    )
    target = folder / "print"
    target.mkdir()
    (target / "index.html").write_text(page, "utf-8", newline="\n")


def _address(page: str) -> str:
    """A page's address below its site's."""
    path = page.removesuffix(".md").removesuffix("index")
    return f"{path}/" if path and not path.endswith("/") else path


def _key(address: str) -> str:
    return address.strip("/").replace("/", "-") or "start"


def _part(folder: Path, address: str, keys: Mapping[str, str]) -> Part:
    page = LexborHTMLParser((folder / address / "index.html").read_text("utf-8"))
    article = page.css("article")[0]  # the theme's, whatever a lesson has within
    for mark in article.css(".headerlink, .trail, .page-foot, script, style, #__skip"):
        mark.decompose()
    for change in (open_tabs, open_details, show_pictures, tick_boxes):
        change(article)
    key = keys[address]
    for element in article.css("*"):
        _make_unique(element, key)
        _lead(element, address, keys)
    [title, *_] = [_text(heading) for heading in article.css("h1")] or [key]
    sections = [(str(each.attributes["id"]), _text(each)) for each in article.css("h2[id]")]
    return Part(key, title, sections, _lowered(str(article.inner_html).strip()))


def _make_unique(element: LexborNode, key: str) -> None:
    """Puts the page's key before an element's id, and before the ids that it refers to."""
    attributes = element.attributes  # made anew each time that it is asked for
    for name in ("id", "name", "for", "aria-labelledby", "aria-describedby"):
        if value := attributes.get(name):
            element.attrs[name] = " ".join(f"{key}--{each}" for each in value.split())


def _lead(element: LexborNode, address: str, keys: Mapping[str, str]) -> None:
    """Makes addresses right from where the one page is; those of its parts are in itself."""
    attributes = element.attributes
    for name in _ADDRESSES:
        written = attributes.get(name)
        if written and not ELSEWHERE.match(written):
            element.attrs[name] = _led(written, name, address, keys)
        elif written and written.startswith("http") and element.text().strip() != written:
            element.attrs["class"] = " ".join([*classes(element), "spelled"])


def _led(written: str, name: str, address: str, keys: Mapping[str, str]) -> str:
    there = urlsplit(urljoin(f"/{address}", written))
    path = there.path.removeprefix("/").removesuffix("index.html")
    if name == "href" and path in keys:
        return f"#{keys[path]}{there.fragment and f'--{there.fragment}'}"
    return f"../{path}{there.fragment and f'#{there.fragment}'}"


def _lowered(body: str) -> str:
    """A body whose headings stand below the one page's own."""
    return _HEADING.sub(lambda mark: f"{mark[1]}h{int(mark[2]) + 1}", body)


def _text(element: LexborNode) -> str:
    return " ".join(element.text().split())
