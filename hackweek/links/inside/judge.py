"""Whether an address on a site is wrong, and how."""

from typing import Literal

from hackweek.links.inside.addresses import resolve, trimmed
from hackweek.links.inside.built_site import NOT_FOUND, BuiltSite, Place
from hackweek.links.inside.elements import Use
from hackweek.links.inside.findings import Asked, Finding, Findings, write
from hackweek.links.inside.html_page import Written
from hackweek.links.inside.spelling import on_own_computer, slip

ELSEWHERE: Literal["elsewhere"] = "elsewhere"
"""The verdict on an address that is not the site's."""
Verdict = Finding | Literal["elsewhere"] | None
"""`None` where all is well."""
_EMPTY = Finding("empty-address", '"" leads nowhere')
_NEEDED = frozenset({"href", "src", "xlink:href"})


class Judge:
    """Judges a site's addresses, and remembers what it said of each."""

    def __init__(self, site: BuiltSite) -> None:
        self._site = site
        self._findings = Findings(site)
        self._said: dict[tuple[str, str, Use], Verdict] = {}
        self._fine: set[tuple[str, Use]] = set()
        """Paths with their fragments to which a relative address may lead."""

    def verdict(self, written: Written, place: Place) -> Verdict:
        """What is wrong with an address; `ELSEWHERE` where the site does not decide that."""
        url, use = written.url, written.use
        if url[:1] == "#" and url[1:] in place.anchors:
            return None
        path = place.plain_path(url)
        if path and (path, use) in self._fine:
            return None
        said = self._looked_up(trimmed(url), written, place)
        if path and said is None:
            self._fine.add((path, use))
        return said

    def onward(self, file: str, url: str, place: Place) -> str:
        """What to write for an address to lead to a file."""
        asked = Asked(url, resolve(url, place.document), Use.ABOUT, place)
        return write(self._findings.written(file, asked))

    def _looked_up(self, url: str, written: Written, place: Place) -> Verdict:
        """The verdict on an address that takes a closer look, the first time."""
        if not url:
            return None if _may_be_empty(written, place) else _EMPTY
        by_page = url[0] in "#?" or place.file == NOT_FOUND
        document = place.document if by_page else place.document.rpartition("/")[0]
        key = (document, url, written.use)
        if key not in self._said:
            there = resolve(url, place.document)
            self._said[key] = self._judged(Asked(url, there, written.use, place))
        return self._said[key]

    def _judged(self, asked: Asked) -> Verdict:
        there, place, home = asked.there, asked.place, self._site.home
        file = self._site.target(there, place)
        if found := slip(asked.url, there, exists=file is not None):
            return Finding(found.rule, f'"{asked.url}" {found.fact}', write(found.instead))
        if not there.on_web:
            return None
        if not home.holds(there) or not place.on_site:
            if on_own_computer(there):
                return Finding("local-address", f'"{asked.url}" is there on one computer only')
            return ELSEWHERE
        anywhere = place.file == NOT_FOUND and not place.rebased
        if anywhere and there.form == "relative" and asked.url[0] not in "#?":
            return self._findings.relative_on_404(asked)
        inside = home.inside(there.path)
        if there.climbs or (inside is None and there.form == "relative"):
            return self._findings.outside_site(asked)
        if inside is None:
            return self._findings.missing_base_path(asked) or ELSEWHERE
        if file is None:
            return self._findings.missing(asked, inside)
        return self._arrived(asked, inside, file)

    def _arrived(self, asked: Asked, inside: str, file: str) -> Finding | None:
        """What is wrong with an address that leads to a file."""
        fragment, by_program = asked.there.fragment, asked.use is Use.ABOUT
        if fragment and not self._site.has_anchor(file, fragment, asked.use):
            return self._findings.missing_anchor(asked, file)
        lacks_slash = f"{asked.there.path}/" == self._site.home.path and not by_program
        if lacks_slash or self._site.files.lacks_slash(inside):
            return self._findings.missing_slash(asked, file)
        hosted = asked.there.form == "hosted" and not by_program
        # On a page that is shown at any address, the host is as good as the path alone.
        if hosted and not asked.place.file.endswith(NOT_FOUND):
            return self._findings.own_host(asked, file)
        return None


def _may_be_empty(written: Written, place: Place) -> bool:
    """Whether an address may say nothing; Zensical's navigation does so from home to home."""
    if written.attribute not in _NEEDED or written.element == "iframe":
        return True
    return place.file == "index.html" and written.element == "a" and not written.in_article
