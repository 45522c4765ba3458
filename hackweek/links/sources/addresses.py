"""Addresses, written in Markdown or built, in one form in which they can be compared."""

import re
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urljoin, urlsplit

_INDEX = re.compile(r"(?:^|(?<=/))(?:index\.html|index\.md|README\.md)$")
_SUFFIX = re.compile(r"\.(?:md|html)$")


def name(path: str) -> str:
    """What a page's Markdown file and its built file have in common.

    `git.md`, `git/index.html`, `git/` and `git.html` are all "git"; the first page is "".
    https://www.mkdocs.org/user-guide/configuration/#use_directory_urls
    """
    return _SUFFIX.sub("", _INDEX.sub("", path.strip("/"))).rstrip("/")


def built_target(file: str, url: str) -> str:
    """Where an address in a built file leads: within the site by name, else as it is written."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        if parts.scheme or parts.netloc or url.startswith("/"):
            return unquote(url)
        path = urljoin(f"/{file}", parts.path)
    except ValueError:  # brackets that are no IPv6 address
        return url
    return unquote(f"{name(path)}?{parts.query}#{parts.fragment}")


def written_target(docs: Path, page: str, file: str, url: str, *, rooted: bool = False) -> str:
    """The same for an address in the Markdown of a page that is built to `file`.

    MkDocs rewrites what leads to a file of `docs`, and leaves everything else as it is.
    `rooted`: it does so where the address begins with a slash, too.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or not path or (path.startswith("/") and not rooted):
        return built_target(file, url)
    path = normpath(path[1:] if path.startswith("/") else join(dirname(page), path))
    if path.startswith("..") or not _is_file(docs / path):
        return built_target(file, url)
    return unquote(f"{name(path)}?{parts.query}#{parts.fragment}")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that is too long, a NUL
        return False
