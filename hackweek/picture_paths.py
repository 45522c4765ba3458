"""Where the address of a picture leads, as it is written and once the page is built."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from hackweek.checks.page import Folder, Page
from hackweek.picture_source import PictureUse


def picture_file(use: PictureUse, page: Page, folder: Folder) -> str:
    """The picture's file relative to docs/; empty where it is none of the folder's."""
    if use.templated or not use.src:
        return ""
    path = local_path(use.src)
    if path.startswith("/"):
        path, start = path[1:], PurePosixPath()
    else:
        start = base(page, folder, raw=use.raw)
    target = inside(start, path)
    return target if path and is_file(target, folder) else ""


def local_path(src: str) -> str:
    """The address without query and fragment, decoded; empty where it names another host."""
    try:
        parts = urlsplit(src)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else unquote(parts.path)


def base(page: Page, folder: Folder, *, raw: bool) -> PurePosixPath:
    """The folder that an address on a page is relative to.

    MkDocs rewrites the addresses of Markdown, and leaves those of HTML as they are; these are
    relative to the built page, which is a folder of its own.
    https://www.mkdocs.org/user-guide/configuration/#use_directory_urls
    """
    own_folder = raw and folder.config.get("use_directory_urls", True) is not False
    if own_folder and page.path.stem not in ("index", "README"):
        return page.path.parent / page.path.stem
    return page.path.parent


def inside(start: PurePosixPath, path: str) -> str:
    """Where a relative path leads to within docs/; empty where it leads out of it."""
    target = normpath(f"{start.as_posix()}/{path}")
    return "" if target.startswith(("..", "/")) else target


def is_file(target: str, folder: Folder) -> bool:
    """Whether a path relative to docs/ is a file, in this letter case."""
    if target in folder.files:
        return True
    if folder.ours and target.startswith("img/") and target.count("/") == 1:
        # An event's own picture stands in for one that the others do not have.
        return any(
            path.startswith("img/") and path.endswith(target[3:]) and path.count("/") == 2
            for path in folder.files
        )
    return _behind_link(folder.docs, target)


def _behind_link(docs: Path, target: str) -> bool:
    """Whether a file is in a folder that is a link, which the folder's list leaves out."""
    parts = PurePosixPath(target).parts
    try:
        linked = any((docs / Path(*parts[:end])).is_symlink() for end in range(1, len(parts)))
        return linked and (docs / target).is_file()
    except (OSError, ValueError):  # a name that is too long, a NUL
        return False


def address(target: str, start: PurePosixPath) -> str:
    """What to write for a file below docs/ on a page whose addresses are relative to `start`."""
    return quote(relpath(target, start.as_posix()), safe="/~@+,;=!&$")


def setting(config: Mapping[str, Any], *keys: str) -> Any:
    """A value deep in a configuration; None where it is not set."""
    value: Any = config
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def from_docs(folder: Folder) -> bool:
    """Whether MkDocs reads /img/x.png as relative to docs/."""
    wanted = ("validation", "links", "absolute_links"), ("validation", "absolute_links")
    return any(setting(folder.config, *keys) == "relative_to_docs" for keys in wanted)
