"""A site in a ZIP archive, which opens from the file system: on a stick, without a server."""

import re
from collections.abc import Iterator, Mapping
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


def archived_pages(folder: Path) -> dict[str, str]:
    """The pages of a built site by name, as they stand in an archive."""
    pages = [path for path in _archived(folder) if path.suffix == ".html"]
    return {path.relative_to(folder).as_posix(): _without_server(path) for path in pages}


def write_archive(folder: Path, target: Path, pages: Mapping[str, str] | None = None) -> None:
    """Writes the archive of a built site; of equal sites the archives are equal, byte by byte.

    `pages` are those of `archived_pages`, where they are known.
    """
    known = archived_pages(folder) if pages is None else pages
    write_zip(target, _contents(folder, target, known))


def _contents(
    folder: Path, target: Path, pages: Mapping[str, str]
) -> Iterator[tuple[str, bytes, bool]]:
    for path in _archived(folder):
        name = path.relative_to(folder).as_posix()
        if path != target:
            content = pages[name].encode() if name in pages else path.read_bytes()
            yield f"{target.stem}/{name}", content, path.suffix not in _COMPRESSED


def _archived(folder: Path) -> list[Path]:
    """The files of a built site that belong into its archive, sorted."""
    left_out = {path for pattern in _LEFT_OUT for path in folder.glob(pattern)}
    files = (path for path in folder.rglob("*") if path.is_file() and path not in left_out)
    return sorted(files)


def _without_server(path: Path) -> str:
    """A page whose links name files, and which has no search."""
    page = LexborHTMLParser(path.read_text("utf-8"))
    for part in page.css(_SEARCH):
        part.decompose()
    for link in page.css("[href]"):
        link.attrs["href"] = _named(str(link.attributes["href"] or ""), path.parent)
    return _MARKED.sub(r"\1", f"<!doctype html>\n{page.html}")


def _named(address: str, folder: Path) -> str:
    """An address with the file's name where a server would have found the file in a folder."""
    path, mark, fragment = address.partition("#")
    if ELSEWHERE.match(path) or not path or not (folder / decoded(path)).is_dir():
        return address
    return f"{path.rstrip('/')}/index.html{mark}{fragment}"
