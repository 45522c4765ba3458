"""The pictures that a lesson shows: which file, how large, and its dark variant."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from urllib.parse import quote, unquote, urlsplit

import imagesize


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
    `name.webp` is `name.dark.webp` beside it.
    """
    parts = urlsplit(src)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = PurePosixPath(normpath((page.parent / unquote(parts.path)).as_posix()))
    if path.parent == PurePosixPath("img") and (docs / "img" / slug / path.name).is_file():
        path = path.parent / slug / path.name
    if not (docs / path).is_file():
        return None
    dark = path.with_suffix(f".dark{path.suffix}")
    width, height = imagesize.get(docs / path)
    if width <= 0 or height <= 0:
        return None
    return Picture(
        _relative_url(path, page),
        _relative_url(dark, page) if (docs / dark).is_file() else "",
        round(width),
        round(height),
    )


def _relative_url(path: PurePosixPath, page: PurePosixPath) -> str:
    return quote(relpath(path.as_posix(), page.parent.as_posix()))
