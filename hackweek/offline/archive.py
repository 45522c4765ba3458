"""A site in a ZIP archive, which opens from the file system: on a stick, without a server."""

import re
from collections.abc import Mapping
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from hackweek.links.inside.addresses import decoded
from hackweek.offline.addresses import ELSEWHERE
from hackweek.offline.zip_file import write_zip

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
_COMPRESSED = (".webp", ".png")
"""Files that no compression makes smaller."""
_MARKED = re.compile(r"(?<=assets/lessons\.)(css|js)\?\w+")
_SEARCH = ".md-search, .search-button, label[for='__search']"


def files_to_archive(folder: Path, first_page: str = "") -> dict[str, bytes]:
    """The files of a built site by name, sorted, as they stand in an archive.

    `first_page` is the text of `index.html`, where that is another one there.
    """
    files = {}
    for path in _archived(folder):
        name = path.relative_to(folder).as_posix()
        data = first_page.encode() if first_page and name == "index.html" else path.read_bytes()
        is_page = path.suffix == ".html"
        files[name] = _without_server(data.decode(), path.parent) if is_page else data
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


def _archived(folder: Path) -> list[Path]:
    """The files of a built site that belong into its archive, sorted."""
    left_out = {path for pattern in _LEFT_OUT for path in folder.glob(pattern)}
    files = (path for path in folder.rglob("*") if path.is_file() and path not in left_out)
    return sorted(files)


def _without_server(text: str, folder: Path) -> bytes:
    """A page of a folder whose links name files, and which has no search."""
    page = LexborHTMLParser(text)
    for part in page.css(_SEARCH):
        part.decompose()
    for link in page.css("[href]"):
        link.attrs["href"] = _named(str(link.attributes["href"] or ""), folder)
    return _MARKED.sub(r"\1", f"<!doctype html>\n{page.html}").encode()


def _named(address: str, folder: Path) -> str:
    """An address with the file's name where a server would have found the file in a folder."""
    path, mark, fragment = address.partition("#")
    if ELSEWHERE.match(path) or not path or not (folder / decoded(path)).is_dir():
        return address
    return f"{path.rstrip('/')}/index.html{mark}{fragment}"
