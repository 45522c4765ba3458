"""A site in a ZIP archive, which opens from the file system: on a stick, without a server."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath

from selectolax.lexbor import LexborHTMLParser

from hackweek.links.inside.addresses import decoded
from hackweek.links.inside.site_files import SiteFiles
from hackweek.offline.addresses import ELSEWHERE
from hackweek.offline.zip_file import write_zip

_LEFT_OUT = (
    "404.html",
    "assets/images/favicon.png",
    "assets/javascripts/",
    "assets/stylesheets/",
    "search/",
    "search.json",
    "sitemap.xml",
)
"""How the names begin of what the theme brings and no page uses, of what only a server needs,
and of the search, which browsers do not let work without one."""
_COMPRESSED = (".webp", ".png")
"""Files that no compression makes smaller."""
_MARKED = re.compile(r"(assets/lessons\.(?:css|js))\?\w+")
_SEARCH = ".md-search, .search-button, label[for='__search']"


def files_to_archive(folder: Path, first_page: str = "") -> dict[str, bytes]:
    """The files of a built site by name, sorted, as they stand in an archive.

    `first_page` is the text of `index.html`, where that is another one there.
    """
    site = SiteFiles(folder)
    files = {}
    for name in site.names:
        if name.startswith(_LEFT_OUT):
            continue
        data = first_page.encode() if first_page and name == "index.html" else site.read(name)
        is_page = name.endswith(".html")
        files[name] = (
            _without_server(data.decode(), dirname(name), site.folders) if is_page else data
        )
    return files


def write_archive(target: Path, files: Mapping[str, bytes]) -> None:
    """Writes the archive of `files_to_archive`; of equal ones the archives are equal bytes."""
    write_zip(
        target,
        (
            (f"{target.stem}/{name}", content, not name.endswith(_COMPRESSED))
            for name, content in files.items()
        ),
    )


def _without_server(text: str, folder: str, folders: Collection[str]) -> bytes:
    """A page of a folder whose links name files, and which has no search."""
    page = LexborHTMLParser(text)
    for part in page.css(_SEARCH):
        part.decompose()
    for link in page.css("[href]"):
        address = link.attributes["href"] or ""
        if address != (named := _named(address, folder, folders)):
            link.attrs["href"] = named
    return _MARKED.sub(r"\1", f"<!doctype html>\n{page.html}").encode()


def _named(address: str, folder: str, folders: Collection[str]) -> str:
    """An address with the file's name where a server would have found the file in a folder."""
    path, mark, fragment = address.partition("#")
    if ELSEWHERE.match(path) or path[:1] in ("", "/"):
        return address
    there = normpath(join("/", folder, decoded(path))).removeprefix("/")
    return f"{path.rstrip('/')}/index.html{mark}{fragment}" if there in folders else address
