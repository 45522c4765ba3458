"""The addresses of a previous publication, read from its sitemap or from an index of several.

https://www.sitemaps.org/protocol.html
"""

import gzip
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from hackweek.links.inside.listings import listed
from hackweek.past.addresses import file_of, is_page
from hackweek.site import published_at

_SECONDS = 30
_GONE = frozenset({404, 410})
_ON_WEB = re.compile(r"https?://", re.IGNORECASE)
_KIND = re.compile(rb"<(?:\w+:)?(urlset|sitemapindex)\b")


class NoSitemap(Exception):  # noqa: N818 - it says what was found
    """A sitemap cannot be read; the text says why."""


def published_pages(sitemap: str) -> set[str] | None:
    """The files of the pages that a sitemap names, below the root of all that is published.

    `sitemap` is a file, or an address of http or https. None where nothing is published at the
    address yet. Raises `NoSitemap`.
    """
    data = _data(sitemap)
    if data is None:
        return None
    return {file for file in _pages(sitemap, data) if is_page(file)}


def _pages(sitemap: str, data: bytes) -> Iterator[str]:
    addresses = _addresses(sitemap, data)
    if not _is_index(data):
        yield from _below(_root_of(addresses), addresses)
        return
    for each in addresses:
        child, steps = _child(sitemap, each)
        found = _data(child)
        if found is None:
            raise NoSitemap(f'there is nothing at "{child}", which "{sitemap}" names')
        if _is_index(found):
            raise NoSitemap(f'"{child}" is an index within an index')
        yield from _below(_without(urlsplit(each).path, steps), _addresses(child, found))


def _is_index(data: bytes) -> bool:
    found = _KIND.search(data)
    return found is not None and found[1] == b"sitemapindex"


def _addresses(sitemap: str, data: bytes) -> list[str]:
    if not _KIND.search(data):
        raise NoSitemap(f'"{sitemap}" is not a sitemap')
    return [each.url for each in listed("sitemap.xml", data) if each.element == "loc"]


def _child(index: str, written: str) -> tuple[str, int]:
    """Where a sitemap of an index is to be read, and how many steps below the root it is.

    The index may be a copy, or served at another address than the one it was made for.
    """
    steps = urlsplit(written).path.strip("/").split("/")
    if not _ON_WEB.match(index):
        for count in range(len(steps), 0, -1):
            if (file := Path(index).parent.joinpath(*steps[-count:])).is_file():
                return str(file), count
        raise NoSitemap(f'there is no file for "{written}" beside "{index}"')
    folder = urljoin(index, "./")
    if written.startswith(folder):
        return written, written.removeprefix(folder).count("/") + 1
    return urljoin(folder, "/".join(steps[-2:])), min(len(steps), 2)


def _root_of(addresses: list[str]) -> str:
    """The path of the root, for a sitemap that no index names.

    If its addresses are not below SITE_URL, it is that of one event, in a folder of the root.
    """
    here = f"{published_at().rstrip('/')}/"
    if all(each.startswith(here) for each in addresses):
        return urlsplit(here).path
    folders = [urlsplit(each).path.rpartition("/")[0] for each in addresses]
    return _without(f"{os.path.commonpath([f'{each}/' for each in folders])}/", 1)


def _without(path: str, steps: int) -> str:
    """A path without its last steps; it ends with a slash."""
    parts = path.strip("/").split("/")[:-steps]
    return "/".join(["", *parts, ""])


def _below(root: str, addresses: list[str]) -> Iterator[str]:
    for each in addresses:
        path = urlsplit(each).path
        if not path.startswith(root):
            raise NoSitemap(f'"{each}" is not below "{root}", as others are')
        yield file_of(unquote(path.removeprefix(root)))


def _data(sitemap: str) -> bytes | None:
    """What a sitemap holds, unpacked; None where a server has nothing."""
    data = _asked(sitemap) if _ON_WEB.match(sitemap) else _read(sitemap)
    if data is None or not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError):
        raise NoSitemap(f'"{sitemap}" cannot be unpacked') from None


def _read(sitemap: str) -> bytes:
    try:
        return Path(sitemap).read_bytes()
    except OSError as error:
        raise NoSitemap(f'"{sitemap}" cannot be read: {error.strerror}') from None


def _asked(url: str) -> bytes | None:
    import httpx  # not at the top: it takes long, and is needed only here

    try:
        answer = httpx.get(url, follow_redirects=True, timeout=_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoSitemap(f'"{url}" cannot be asked: {error}') from None
    if answer.status_code in _GONE:
        return None
    if not answer.is_success:
        raise NoSitemap(f'"{url}" answers with {answer.status_code}')
    return answer.content
