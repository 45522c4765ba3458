"""What is wrong with one address on a site, if anything is."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from hackweek.links import redirects
from hackweek.links.addresses import (
    Address,
    Home,
    encoded,
    from_page,
    resolve,
    same_fragment,
    trimmed,
)
from hackweek.links.elements import Use
from hackweek.links.html_page import HtmlPage, Written
from hackweek.links.listings import site_of
from hackweek.links.site_files import PAGES, SiteFiles, address
from hackweek.links.spelling import on_own_computer, slip
from hackweek.links.suggestions import Suggestions

ELSEWHERE: Literal["elsewhere"] = "elsewhere"
"""The verdict on an address that is not the site's."""
_NOT_FOUND = "404.html"
"""What GitHub Pages shows at addresses that are missing."""
_NEEDED = frozenset({"href", "src", "xlink:href"})
_SVG_ID = re.compile(r"""\sid\s*=\s*(?:"([^"]+)"|'([^']+)')""")
_ROUTE = re.compile(r"[/!]|.*=")
"""Fragments that scripts read: #/route, #!/route, #q=words."""
_ANCHORED = {False: PAGES, True: (*PAGES, ".svg")}
"""Endings of files whose elements fragments name, for links and for drawings."""
_FILE = re.compile(r"\.(?!html?$|xhtml$|md$)[A-Za-z]\w{0,5}$")
_PLAIN = re.compile(r"(?=[\w.])((?:\.\./)*)((?:\w[\w.-]*/)*(?:\w[\w.-]*)?(?:#[\w-]+)?)", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|dev|eu|ai)(?=/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with an address, and what to type instead."""

    rule: str
    message: str
    help: str = ""


_EMPTY = Finding("empty-address", '"" leads nowhere')
Verdict = Finding | Literal["elsewhere"] | None


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


class Judge:
    """Knows a site's files, pages and address; remembers what it said of an address."""

    def __init__(self, files: SiteFiles, pages: Mapping[str, HtmlPage], home: Home) -> None:
        self._files = files
        self._pages = pages
        self._home = home
        self._suggestions = Suggestions(files, pages)
        self._said: dict[tuple[str, str, Use], Verdict] = {}
        self._fine: set[tuple[str, Use]] = set()
        self._drawings: dict[str, frozenset[str]] = {}

    def place(self, file: str, base: str = "") -> Place:
        """The place of a file's addresses; `base` is what its `<base>` says."""
        document = self._home.path + file
        if not base:
            above = () if file == _NOT_FOUND else _folders(document)
            return Place(file, document, anchors=self._anchors(file), above=above)
        there = resolve(base, document)
        return Place(file, there.path, self._home.holds(there), rebased=True)

    def target(self, url: str, place: Place) -> str | None:
        """The file that an address leads to; `None` if that is none of the site's."""
        there = resolve(url, place.document)
        if not place.on_site or not there.on_web or not self._home.holds(there):
            return None
        inside = self._home.inside(there.path)
        return None if inside is None else self._files.served(inside)

    def way(self, url: str, place: Place) -> tuple[str, str]:
        """The host, or "" for the site's, and the path that an address leads to."""
        there = resolve(url, place.document)
        return "" if self._home.holds(there) else there.host, there.path

    def onward(self, file: str, url: str, place: Place) -> str:
        """What to write for an address to lead to a file."""
        return _write(self._written(file, resolve(url, place.document), Use.ABOUT, place))

    def list_place(self, file: str) -> Place:
        """The place of the addresses in a list; those of a search's index are its site's."""
        return replace(self.place(file), document=self._home.path + site_of(file), above=())

    @cached_property
    def redirects(self) -> dict[str, str | None]:
        """The file that each page leads on to that only does that; `None` for one elsewhere."""
        return {
            page.file: self.target(page.redirect, self.place(page.file, page.base))
            for page in self._pages.values()
            if page.redirect
        }

    def verdict(self, written: Written, place: Place) -> Verdict:
        """What is wrong with an address, `ELSEWHERE`, or `None` where all is well."""
        url, use = written.url, written.use
        if url[:1] == "#" and url[1:] in place.anchors:
            return None
        path = _plain_path(url, place.above)
        if path and (path, use) in self._fine:
            return None
        said = self._looked_up(trimmed(url), written, place)
        if path and said is None:
            self._fine.add((path, use))
        return said

    def _looked_up(self, url: str, written: Written, place: Place) -> Verdict:
        """The verdict on an address that takes a closer look, the first time."""
        if not url:
            return None if _may_be_empty(written, place) else _EMPTY
        if place.file == _NOT_FOUND and not place.rebased and url[0] not in "#?":
            if found := self._relative(url, place):
                return found
        document = place.document if url[0] in "#?" else place.document.rpartition("/")[0]
        key = (document, url, written.use)
        if key not in self._said:
            self._said[key] = self._judged(url, written.use, place)
        return self._said[key]

    def _relative(self, url: str, place: Place) -> Finding | None:
        """What is wrong with a relative address on the page for every address that is missing."""
        there = resolve(url, place.document)
        if there.form != "relative" or not there.on_web:
            return None
        exists = self.target(url, place)
        help = f'write "{encoded(there.path)}"' if exists else ""
        return Finding("relative-on-404", f'"{url}" is relative to whatever is missing', help)

    def _judged(self, url: str, use: Use, place: Place) -> Verdict:
        there = resolve(url, place.document)
        file = self.target(url, place)
        if found := slip(url, there, exists=file is not None):
            return Finding(found.rule, f'"{url}" {found.fact}', _write(found.instead))
        if not there.on_web:
            return None
        if not self._home.holds(there) or not place.on_site:
            if on_own_computer(there):
                return Finding("local-address", f'"{url}" is there on one computer only')
            return ELSEWHERE
        inside = self._home.inside(there.path)
        if inside is None or there.climbs:
            return self._off_base(url, there, use, place)
        if file is None:
            return self._missing(url, there, inside, use, place)
        return self._arrived(url, there, inside, file, use, place)

    def _off_base(self, url: str, there: Address, use: Use, place: Place) -> Verdict:
        """What is wrong with an address on the site's host, but not below the site's own."""
        parts = there.path.split("/")[1:]
        base = self._home.path.split("/")[1:-1]
        if there.form == "relative" or there.climbs:
            tails = ["/".join(parts[start:]) for start in range(len(parts)) if any(parts[start:])]
            file = next((file for tail in tails if (file := self._files.served(tail))), None)
            help = _did_you_mean(self._written(file, there, use, place)) if file else ""
            return Finding("outside-site", f'"{url}" leads out of the site\'s folder', help)
        for start in range(len(base), 0, -1):
            known = base[start:]
            rest = "/".join(parts[len(known) :])
            if parts[: len(known)] != known or (there.form == "hosted" and not rest):
                continue  # a host's own front page is another site
            if file := self._files.served(rest):
                message = f'"{url}" lacks the site\'s own path "{self._home.path}"'
                return Finding(
                    "missing-base-path", message, _write(self._written(file, there, use, place))
                )
        return ELSEWHERE

    def _missing(self, url: str, there: Address, inside: str, use: Use, place: Place) -> Finding:
        """What is said of an address that leads to no file."""
        variant = self._suggestions.variant(inside)
        if variant and inside.casefold() in _names(variant):
            help = _write(self._written(variant, there, use, place))
            return Finding("wrong-letter-case", f'"{url}" has the wrong letter case', help)
        near = self._suggestions.near_file(inside)
        help = ""
        if near and (near != place.file or use is Use.ABOUT):
            help = _did_you_mean(self._written(near, there, use, place))
        elif there.form == "relative" and _HOST.match(url):
            help = _did_you_mean(f"https://{url}")
        is_page = use not in (Use.FILE, Use.DRAWING) and not _FILE.search(inside)
        rule = "missing-page" if is_page else "missing-file"
        if inside.rstrip("/") in self._files.folders:
            return Finding(rule, f'"{url}" is a folder without a page', help)
        return Finding(rule, f'"{url}" is not on the site', help)

    def _arrived(
        self, url: str, there: Address, inside: str, file: str, use: Use, place: Place
    ) -> Finding | None:
        """What is wrong with an address that leads to a file."""
        if there.fragment and not self._has_anchor(file, there.fragment, use):
            return self._no_anchor(url, there, file, use, place)
        if self._files.lacks_slash(inside):
            help = _write(self._written(file, there, use, place))
            return Finding("missing-slash", f'"{url}" is a folder, and has no slash', help)
        if there.form == "hosted" and use is not Use.ABOUT and not place.file.endswith(_NOT_FOUND):
            help = _write(self._written(file, there, use, place))
            return Finding("own-host", f'"{url}" leads to this very site', help)
        return None

    def _has_anchor(self, file: str, fragment: str, use: Use) -> bool:
        """Whether a fragment leads somewhere, as far as a file says so."""
        page = redirects.end(file, self.redirects)
        if use is Use.FILE or page is None or not page.endswith(_ANCHORED[use is Use.DRAWING]):
            return True
        return same_fragment(fragment, self._anchors(page)) or bool(_ROUTE.match(fragment))

    def _no_anchor(self, url: str, there: Address, file: str, use: Use, place: Place) -> Finding:
        page = redirects.end(file, self.redirects) or file
        where = "this page" if page == place.file else page
        help = ""
        if found := self._suggestions.near_anchor(there.fragment, page):
            home, anchor = found
            if home == page:
                help = _did_you_mean(f"{url.partition('#')[0]}#{_fragment(anchor)}")
            else:
                help = _did_you_mean(self._written(home, there, use, place))
        return Finding("missing-anchor", f'"{url}" names no element of {where}', help)

    def _anchors(self, file: str) -> Collection[str]:
        """What fragments can lead to in a page or a drawing."""
        if page := self._pages.get(file):
            return page.anchors
        if file not in self._drawings:
            text = (
                self._files.read(file).decode("utf-8", errors="replace")
                if file.endswith(".svg")
                else ""
            )
            self._drawings[file] = frozenset(a or b for a, b in _SVG_ID.findall(text))
        return self._drawings[file]

    def _written(self, file: str, there: Address, use: Use, place: Place) -> str:
        """A file's address in the form in which another one is written, with its fragment."""
        path = self._home.path + address(file)
        if there.path.endswith("/index.html") and path.endswith("/"):
            path += "index.html"
        if there.form == "rooted":
            found = encoded(path)
        elif there.form == "hosted" and use is Use.ABOUT:
            found = f"{self._home.scheme}://{self._home.host}{encoded(path)}"
        else:
            found = from_page(path, place.document)
        kept = there.fragment and same_fragment(there.fragment, self._anchors(file))
        return f"{found}#{there.fragment}" if kept else found


def _may_be_empty(written: Written, place: Place) -> bool:
    """Whether an address may say nothing; Zensical's navigation does so from home to home."""
    if written.attribute not in _NEEDED or written.element == "iframe":
        return True
    return place.file == "index.html" and written.element == "a" and not written.in_article


def _folders(document: str) -> tuple[str, ...]:
    """The folder of a document, the one that holds it, and so on up to the root."""
    steps = document.split("/")[:-1]
    return tuple("/".join(steps[:end]) + "/" for end in range(len(steps), 0, -1))


def _plain_path(url: str, above: tuple[str, ...]) -> str:
    """Where a relative address of letters and digits leads, with its fragment.

    Empty where that takes a closer look. Most addresses of a site are written so, the same ones
    on each page, and `resolve` costs ten times as much.
    """
    found = _PLAIN.fullmatch(url)
    if not found:
        return ""
    ups = len(found[1]) // 3
    return above[ups] + found[2] if ups < len(above) else ""


def _names(file: str) -> set[str]:
    """The paths that a file is served for, in small letters."""
    path = address(file).casefold()
    return {path, path.rstrip("/"), path.removesuffix(".html"), file.casefold()}


def _fragment(anchor: str) -> str:
    return anchor.replace("%", "%25").replace(" ", "%20")


def _write(text: str) -> str:
    return f'write "{text}"' if text else ""


def _did_you_mean(text: str) -> str:
    return f'did you mean "{text}"?'
