"""The pictures that a lesson shows: which file, how large, and its dark variant."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from urllib.parse import quote, unquote, urlsplit

import imagesize

from hackweek.screenshots.lock import DENSITY, captured_pictures


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file of ours, as a page refers to it."""

    src: str
    """Relative to the page's source file."""
    dark_src: str
    """The same for dark pages; empty where one picture serves both."""
    width: int
    """CSS pixels."""
    height: int


def find_picture(docs: Path, page: PurePosixPath, src: str, slug: str) -> Picture | None:
    """The picture that `src`, written on a page, means for an event; None where it is not ours.

    An event's own picture, `img/<slug>/name`, comes before `img/name`. The dark variant of
    `name.webp` is `name.dark.webp` beside it. A captured picture is shown at half its pixels.
    """
    path = _path(page, src)
    if path.parent == PurePosixPath("img") and _is_file(docs / "img" / slug / path.name):
        path = path.parent / slug / path.name
    if not path.name or not _is_file(docs / path):
        return None
    dark = path.with_suffix(f".dark{path.suffix}")
    width, height = _size(docs / path)
    if path.as_posix().removeprefix("img/") in captured_pictures(docs.parent):
        width, height = round(width / DENSITY), round(height / DENSITY)
    if width <= 0 or height <= 0:
        return None
    dark_src = _relative_url(dark, page) if _is_file(docs / dark) else ""
    return Picture(_relative_url(path, page), dark_src, width, height)


def _path(page: PurePosixPath, src: str) -> PurePosixPath:
    """Where a source leads within docs/; an empty path where it leads elsewhere."""
    try:
        parts = urlsplit(src)
    except ValueError:
        return PurePosixPath()
    path = normpath(f"{page.parent.as_posix()}/{unquote(parts.path)}")
    elsewhere = parts.scheme or parts.netloc or parts.path.startswith("/") or path.startswith("..")
    return PurePosixPath() if elsewhere or not parts.path else PurePosixPath(path)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that is too long, a NUL
        return False


def _size(path: Path) -> tuple[int, int]:
    """Width and height in CSS pixels; -1 where the file does not tell."""
    width, height = imagesize.get(path)
    if path.suffix == ".svg" and min(width, height) <= 0:
        found = _VIEW_BOX.search(path.read_text("utf-8", errors="replace"))
        width, height = (float(found[1]), float(found[2])) if found else (-1, -1)
    return round(width), round(height)


# https://www.w3.org/TR/SVG2/coords.html#ViewBoxAttribute
_VIEW_BOX = re.compile(r"viewBox=[\"'][\d.+-]+[\s,]+[\d.+-]+[\s,]+([\d.]+)[\s,]+([\d.]+)")


def _relative_url(path: PurePosixPath, page: PurePosixPath) -> str:
    return quote(relpath(path.as_posix(), page.parent.as_posix()))
