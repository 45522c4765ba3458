"""The files of a built site, and which of them a server sends for a path."""

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

PAGES = (".html", ".htm", ".xhtml")
"""Endings of files that are pages."""
_INDEXES = ("index.html", "index.htm")


class SiteFiles:
    """A built site's files, by their paths below its folder, with forward slashes."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.names = sorted(_files(site, "", frozenset()))
        self.known = frozenset(self.names)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Every folder that holds a file at some depth; the site's own is ""."""
        found = {""}
        for name in self.names:
            while (name := name.rpartition("/")[0]) not in found:
                found.add(name)
        return frozenset(found)

    def read(self, name: str) -> bytes:
        """A file's content."""
        return (self.site / name).read_bytes()

    def served(self, path: str) -> str | None:
        """The file that GitHub Pages sends for a decoded path below the site's address.

        `help` is sent from help.html or, after a redirect, from help/index.html.
        https://github.com/slorber/trailing-slash-guide
        """
        if path in self.known:
            return path
        if f"{path}.html" in self.known and not path.endswith("/"):
            return f"{path}.html"
        folder = f"{path.removesuffix('/')}/" if path else ""
        return next((folder + name for name in _INDEXES if folder + name in self.known), None)

    def lacks_slash(self, path: str) -> bool:
        """Whether a path leads to a folder's page only by a redirect."""
        return (
            bool(path)
            and not path.endswith("/")
            and path in self.folders
            and path not in self.known
            and f"{path}.html" not in self.known
        )


def address(name: str) -> str:
    """A file's path as links write it: `help/` for help/index.html."""
    folder, _, last = name.rpartition("/")
    if last not in _INDEXES:
        return name
    return f"{folder}/" if folder else ""


def _files(folder: Path, prefix: str, above: frozenset[str]) -> Iterator[str]:
    """Paths of files; a folder that links to one that it is in is not entered again."""
    real = os.path.realpath(folder)
    if real in above:
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(Path(entry), f"{prefix}{entry.name}/", above | {real})
            elif entry.is_file():
                yield prefix + entry.name
