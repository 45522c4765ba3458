"""A site in a ZIP archive, which opens from the file system: on a stick, without a server."""

import re
import zipfile
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from hackweek.links.inside.addresses import decoded
from hackweek.offline.addresses import ELSEWHERE

_LEFT_OUT = (
    "404.html",
    "assets/images/*",
    "assets/javascripts/**/*",
    "assets/stylesheets/**/*",
    "search/*",
    "search.json",
    "sitemap.xml*",
)
"""What only a server needs, or the search, which browsers do not let work without one."""
_MARKED = re.compile(r"(?<=assets/lessons\.)(css|js)\?\w+")
_SEARCH = ".md-search, .search-button, label[for='__search']"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.4.6"""


def write_archive(folder: Path, target: Path) -> None:
    """Writes the archive of a built site; of equal sites the archives are equal, byte by byte."""
    left_out = {target} | {path for pattern in _LEFT_OUT for path in folder.glob(pattern)}
    files = [path for path in folder.rglob("*") if path.is_file() and path not in left_out]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            name = f"{target.stem}/{path.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on Windows as well
            entry.external_attr = 0o100644 << 16
            content = _without_server(path) if path.suffix == ".html" else path.read_bytes()
            archive.writestr(entry, content)


def _without_server(path: Path) -> bytes:
    """A page whose links name files, and which has no search."""
    page = LexborHTMLParser(path.read_text("utf-8"))
    for part in page.css(_SEARCH):
        part.decompose()
    for link in page.css("[href]"):
        link.attrs["href"] = _named(str(link.attributes["href"] or ""), path.parent)
    return _MARKED.sub(r"\1", f"<!doctype html>\n{page.html}").encode()


def _named(address: str, folder: Path) -> str:
    """An address with the file's name where a server would have found the file in a folder."""
    path, mark, fragment = address.partition("#")
    if ELSEWHERE.match(path) or not path or not (folder / decoded(path)).is_dir():
        return address
    return f"{path.rstrip('/')}/index.html{mark}{fragment}"
