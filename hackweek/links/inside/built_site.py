"""A built site in memory: its files, its pages, and the address that it is published at."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from hackweek.links.inside import redirects
from hackweek.links.inside.addresses import Address, Home, resolve, same_fragment
from hackweek.links.inside.elements import Use
from hackweek.links.inside.html_page import read_page
from hackweek.links.inside.listings import site_of
from hackweek.links.inside.site_files import PAGES, SiteFiles

NOT_FOUND = "404.html"
"""What GitHub Pages shows at addresses that are missing."""
_SVG_ID = re.compile(r"""\sid\s*=\s*(?:"([^"]+)"|'([^']+)')""")
_ROUTE = re.compile(r"[/!]|.*=")
"""Fragments that scripts read: #/route, #!/route, #q=words."""
_PLAIN = re.compile(r"(?=[\w.])((?:\.\./)*)((?:\w[\w.-]*/)*(?:\w[\w.-]*)?(?:#[\w-]+)?)", re.ASCII)


_read_page = lru_cache(maxsize=256)(read_page)
"""A site is judged before it has its offline forms, and again with them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands, as far as it matters for where it leads."""

    file: str
    document: str
    """The path on the host that addresses are relative to, decoded."""
    on_site: bool = True
    """Whether that is on the site's host; a page can say otherwise with `<base>`."""
    rebased: bool = False
    """Whether a page says with `<base>` what its addresses are relative to."""
    above: tuple[str, ...] = ()
    """The document's folder, the one that holds it, and so on up to the root; empty where that
    does not tell where an address leads."""
    anchors: Collection[str] = frozenset()
    """What an address that is only a fragment can lead to."""

    def plain_path(self, url: str) -> str:
        """Where a relative address of letters and digits leads, with its fragment.

        Empty where that takes a closer look. Most addresses of a site are written so, the same
        ones on each page, and `resolve` costs ten times as much.
        """
        found = _PLAIN.fullmatch(url)
        if not found:
            return ""
        ups = len(found[1]) // 3
        return self.above[ups] + found[2] if ups < len(self.above) else ""


class BuiltSite:
    """Every page of a folder that is published at an address, read once.

    Raises OSError where a file cannot be read.
    """

    def __init__(self, folder: Path, base_url: str) -> None:
        self.home = Home(base_url)
        self.files = SiteFiles(folder)
        self.pages = {
            name: _read_page(name, self.files.read(name))
            for name in self.files.names
            if name.endswith(PAGES)
        }
        self._drawings: dict[str, frozenset[str]] = {}

    def place(self, file: str) -> Place:
        """The place of a file's addresses."""
        document = self.home.path + site_of(file)
        page = self.pages.get(file)
        if page and page.base:
            there = resolve(page.base, document)
            return Place(file, there.path, self.home.holds(there), rebased=True)
        plain = Place(file, document, anchors=self.anchors(file))
        return plain if file == NOT_FOUND else replace(plain, above=_folders(document))

    def target(self, there: Address, place: Place) -> str | None:
        """The file that an address leads to; `None` if that is none of the site's."""
        if not place.on_site or not there.on_web or not self.home.holds(there):
            return None
        inside = self.home.inside(there.path)
        return None if inside is None else self.files.served(inside)

    @cached_property
    def redirects(self) -> dict[str, str | None]:
        """The file that each page leads on to that only does that; `None` for one elsewhere."""
        found = {}
        for page in self.pages.values():
            if page.redirect:
                place = self.place(page.file)
                found[page.file] = self.target(resolve(page.redirect, place.document), place)
        return found

    def has_anchor(self, file: str, fragment: str, use: Use) -> bool:
        """Whether a fragment leads somewhere in a file, or where that sends its readers.

        It is believed to where only a script can tell, or a program for files of that kind.
        """
        page = redirects.end(file, self.redirects)
        if page is None or not page.endswith((*PAGES, ".svg") if use is Use.DRAWING else PAGES):
            return True
        return same_fragment(fragment, self.anchors(page)) or bool(_ROUTE.match(fragment))

    def anchors(self, file: str) -> Collection[str]:
        """What fragments can lead to in a page or a drawing."""
        if page := self.pages.get(file):
            return page.anchors
        if not file.endswith(".svg"):
            return ()
        if file not in self._drawings:
            text = self.files.read(file).decode("utf-8", errors="replace")
            self._drawings[file] = frozenset(a or b for a, b in _SVG_ID.findall(text))
        return self._drawings[file]


def _folders(document: str) -> tuple[str, ...]:
    """The folder of a document, the one that holds it, and so on up to the root."""
    steps = document.split("/")[:-1]
    return tuple("/".join(steps[:end]) + "/" for end in range(len(steps), 0, -1))
