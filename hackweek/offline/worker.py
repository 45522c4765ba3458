"""The script with which a browser keeps an event's lessons, written when a site is finished."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from hackweek.links.inside.addresses import decoded
from hackweek.links.inside.site_files import SiteFiles
from hackweek.offline.addresses import ELSEWHERE
from hackweek.page_templates import TEMPLATES

_KEPT = (
    "assets/*.css",
    "assets/*.js",
    "assets/favicon.svg",
    "assets/javascripts/workers/*.js",
    "search/search_index.json",  # MkDocs
    "search.json",  # Zensical
)
"""Besides the pages and their pictures: what shows them, and what searches them."""

REGISTRATION = (TEMPLATES / "offline.js").read_text("utf-8")
"""What a page's script does for it: see templates/offline.js."""


def write_worker(site: Path, kept: Mapping[str, str | None]) -> None:
    """Writes `worker.js` into a finished site: every later change of a file makes it refuse.

    `kept` are the `kept_files`, each with its `digest` where that is known.
    """
    files = [
        (_address(name), known or digest((site / name).read_bytes()))
        for name, known in kept.items()
    ]
    listed = json.dumps(files, separators=(",", ":"))
    version = digest(listed.encode())
    script = (TEMPLATES / "worker.js").read_text("utf-8")
    lines = [f"const VERSION = {json.dumps(version)};", f"const FILES = new Map({listed});", script]
    (site / "worker.js").write_text("\n".join(lines), "utf-8", newline="\n")


def kept_files(site: Path) -> list[str]:
    """The names of what a reader needs of a site."""
    files = SiteFiles(site)
    pages = {name for name in files.names if f"/{name}".endswith("/index.html")}
    shown = {picture for page in pages for picture in _pictures(page, files)}
    others = {path.relative_to(site).as_posix() for each in _KEPT for path in site.glob(each)}
    return sorted(pages | shown | others)


def _pictures(page: str, files: SiteFiles) -> Iterator[str]:
    """The site's own files of the pictures that a page shows."""
    for picture in LexborHTMLParser(files.read(page)).css("img[src]"):
        path = decoded(str(picture.attributes["src"]).partition("?")[0])
        name = normpath(join(dirname(page), path))
        if not ELSEWHERE.match(path) and name in files.known:
            yield name


def _address(name: str) -> str:
    """A file's address below the site's own; a page's is that of its folder."""
    return quote(name.removesuffix("index.html"))


def digest(content: bytes) -> str:
    """As long as the mark behind the addresses of styles and scripts, and the same."""
    return hashlib.sha256(content).hexdigest()[:8]
