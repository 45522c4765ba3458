"""What is said of an address that is wrong, and what to type instead."""

import re
from dataclasses import dataclass

from hackweek.links.inside import redirects
from hackweek.links.inside.addresses import Address, encoded, from_page, same_fragment
from hackweek.links.inside.built_site import BuiltSite, Place
from hackweek.links.inside.elements import Use
from hackweek.links.inside.site_files import address
from hackweek.links.inside.suggestions import Suggestions

_DOWNLOAD = re.compile(r"\.(?!html?$|xhtml$|md$)[A-Za-z]\w{0,5}$")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|io|dev|eu|ai)(?=/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with an address, and what to type instead."""

    rule: str
    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """An address, and all that is known of it."""

    url: str
    there: Address
    use: Use
    place: Place


class Findings:
    """Finds words for what is wrong on a site."""

    def __init__(self, site: BuiltSite) -> None:
        self._site = site
        self._suggestions = Suggestions(site.files, site.pages)

    def relative_on_404(self, asked: Asked) -> Finding:
        """Of a relative address on the page that is shown at any address."""
        exists = self._site.target(asked.there, asked.place)
        help = write(encoded(asked.there.path)) if exists else ""
        message = f'"{asked.url}" is relative to whatever is missing'
        return Finding("relative-on-404", message, help)

    def outside_site(self, asked: Asked) -> Finding:
        """Of an address that goes up from the site's folder."""
        parts = asked.there.path.split("/")[1:]
        tails = ["/".join(parts[start:]) for start in range(len(parts)) if any(parts[start:])]
        file = next((file for tail in tails if (file := self._site.files.served(tail))), None)
        help = _did_you_mean(self.written(file, asked)) if file else ""
        return Finding("outside-site", f'"{asked.url}" leads out of the site\'s folder', help)

    def missing_base_path(self, asked: Asked) -> Finding | None:
        """Of an address elsewhere on the host, if the site has such a file."""
        parts = asked.there.path.split("/")[1:]
        base = self._site.home.path.split("/")[1:-1]
        for start in range(len(base), 0, -1):
            known = base[start:]
            rest = "/".join(parts[len(known) :])
            if parts[: len(known)] != known or (asked.there.form == "hosted" and not rest):
                continue  # a host's own front page is another site
            if file := self._site.files.served(rest):
                message = f'"{asked.url}" lacks the site\'s own path "{self._site.home.path}"'
                return Finding("missing-base-path", message, write(self.written(file, asked)))
        return None

    def missing(self, asked: Asked, inside: str) -> Finding:
        """Of an address that leads to no file; `inside` is its path below the site's."""
        variant = self._suggestions.variant(inside)
        if variant and inside.casefold() in _names(variant):
            message = f'"{asked.url}" has the wrong letter case'
            return Finding("wrong-letter-case", message, write(self.written(variant, asked)))
        is_file = asked.use in (Use.FILE, Use.DRAWING) or _DOWNLOAD.search(inside)
        is_folder = inside.removesuffix("/") in self._site.files.folders
        what = "is a folder without a page" if is_folder else "is not on the site"
        rule = "missing-file" if is_file else "missing-page"
        return Finding(rule, f'"{asked.url}" {what}', self._near(asked, inside))

    def missing_anchor(self, asked: Asked, file: str) -> Finding:
        """Of an address whose fragment leads nowhere in a file."""
        page = redirects.end(file, self._site.redirects) or file
        here = asked.url[0] in "#?" and not asked.place.rebased
        help = ""
        if found := self._suggestions.near_anchor(asked.there.fragment, page):
            home, anchor = found
            same = f"{asked.url.partition('#')[0]}#{_fragment(anchor)}"
            help = _did_you_mean(same if home == page else self.written(home, asked))
        message = f'"{asked.url}" names no element of {"this page" if here else page}'
        return Finding("missing-anchor", message, help)

    def missing_slash(self, asked: Asked, file: str) -> Finding:
        """Of an address that leads to a folder by a redirect."""
        message = f'"{asked.url}" is a folder, and has no slash'
        return Finding("missing-slash", message, write(self.written(file, asked)))

    def own_host(self, asked: Asked, file: str) -> Finding:
        """Of an address of the site that is written with its host."""
        message = f'"{asked.url}" leads to this very site'
        return Finding("own-host", message, write(self.written(file, asked)))

    def written(self, file: str, asked: Asked) -> str:
        """A file's address in the form in which another is written, with its fragment."""
        home, there = self._site.home, asked.there
        path = home.path + address(file)
        if there.path.endswith("/index.html") and path.endswith("/"):
            path += "index.html"
        if there.form == "rooted":
            found = encoded(path)
        elif there.form == "hosted" and asked.use is Use.ABOUT:
            found = f"{home.scheme}://{home.host}{encoded(path)}"
        else:
            found = from_page(path, asked.place.document)
        kept = there.fragment and same_fragment(there.fragment, self._site.anchors(file))
        return f"{found}#{there.fragment}" if kept else found

    def _near(self, asked: Asked, inside: str) -> str:
        near = self._suggestions.near_file(inside)
        if near and (near != asked.place.file or asked.use is Use.ABOUT):
            return _did_you_mean(self.written(near, asked))
        if asked.there.form == "relative" and _HOST.match(asked.url):
            return _did_you_mean(f"https://{asked.url}")
        return ""


def write(text: str) -> str:
    """The help for what is certain; empty where nothing is."""
    return f'write "{text}"' if text else ""


def _did_you_mean(text: str) -> str:
    return f'did you mean "{text}"?'


def _names(file: str) -> set[str]:
    """The paths that a file is served for, in small letters."""
    path = address(file).casefold()
    return {path, path.rstrip("/"), path.removesuffix(".html"), file.casefold()}


def _fragment(anchor: str) -> str:
    return anchor.replace("%", "%25").replace(" ", "%20")
