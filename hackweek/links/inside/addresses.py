"""Where an address leads, seen from the page that it stands on.

https://url.spec.whatwg.org/#concept-basic-url-parser
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin

from hackweek.links.references import Reference

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
_BLANKS = "".join(map(chr, range(33)))
_BREAKS = re.compile(r"[\t\n\r]")
_PORTS = {"http": ":80", "https": ":443"}
_SAFE = "/!$&'()*+,;=:@~"


@dataclass(frozen=True, slots=True)
class Address:
    """An address, resolved."""

    scheme: str
    """In small letters; empty for the site's own."""
    host: str
    """With its port if that is unusual; empty where the address names none."""
    path: str
    """Begins with a slash where there is a host or none is needed; decoded, without `.` and
    `..`."""
    fragment: str
    """What follows `#`, as it is written; without a text directive."""
    form: Literal["relative", "rooted", "hosted"]
    """How it is written: from the page, from the host's root, or with the host."""
    climbs: bool = False
    """Whether it goes up from the host's root."""

    @property
    def on_web(self) -> bool:
        """Whether a browser would ask a server for it."""
        return self.scheme in ("", "http", "https")


class Home:
    """The address that a site is published at."""

    def __init__(self, base_url: str) -> None:
        written = resolve(base_url, "/")
        self.scheme = written.scheme
        self.host = written.host
        self.path = f"{written.path.rstrip('/')}/"

    def holds(self, address: Address) -> bool:
        """Whether an address is on the site's host."""
        return not address.host or (address.on_web and address.host == self.host)

    def inside(self, path: str) -> str | None:
        """A path below the site's own; `None` where it leads elsewhere."""
        if path.startswith(self.path):
            return path[len(self.path) :]
        return "" if f"{path}/" == self.path else None


def trimmed(url: str) -> str:
    """An address as browsers read it: without blanks around it and line breaks in it."""
    return _BREAKS.sub("", url.strip(_BLANKS))


def resolve(url: str, document: str) -> Address:
    """Where an address leads from a document, whose decoded path on the host is given."""
    rest, _, fragment = trimmed(url).partition("#")
    fragment = fragment.partition(":~:")[0]
    rest = rest.partition("?")[0]
    scheme = found[0].lower() if (found := _SCHEME.match(rest)) else ""
    rest = rest[len(scheme) + 1 :] if scheme else rest
    if scheme not in ("", "http", "https"):
        return Address(scheme, "", rest, fragment, "hosted")
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        path, climbs = _walk(slash + path, "/")
        return Address(scheme, _host(host, scheme), path, fragment, "hosted", climbs)
    if not rest:
        return Address("", "", document, fragment, "relative")
    path, climbs = _walk(rest, document)
    return Address("", "", path, fragment, "rooted" if rest[:1] == "/" else "relative", climbs)


def _host(host: str, scheme: str) -> str:
    host = host.rpartition("@")[2].lower()
    return host.removesuffix(_PORTS.get(scheme, ":443"))


def _walk(path: str, document: str) -> tuple[str, bool]:
    """A path without dots, decoded, and whether it goes up from the root."""
    steps = [] if path.startswith("/") else document.split("/")[1:-1]
    climbs = False
    for part in path.removeprefix("/").split("/"):
        step = decoded(part)
        if step == "..":
            climbs |= not steps
            del steps[-1:]
        elif step != ".":
            steps.append(step)
    if step in (".", ".."):
        steps.append("")
    return "/" + "/".join(steps), climbs


def decoded(text: str) -> str:
    """Text without percent-encoding, as names of files are decoded."""
    if "%" not in text:
        return text
    return unquote_to_bytes(text).decode("utf-8", "surrogateescape")


def encoded(path: str) -> str:
    """A path as addresses write it; letters of all languages are left as they are."""
    pieces = re.split(r"([^\x00-\x7f]+)", path)
    return "".join(
        quote(piece, safe=_SAFE) if piece.isascii() else _shown(piece) for piece in pieces
    )


def _shown(piece: str) -> str:
    return piece if piece.isprintable() else quote(piece.encode("utf-8", "surrogateescape"))


def same_fragment(fragment: str, anchors: Collection[str]) -> bool:
    """Whether a fragment leads to one of a page's anchors, or to its top.

    https://html.spec.whatwg.org/multipage/browsing-the-web.html#find-a-potential-indicated-element
    """
    return fragment in anchors or unquote(fragment) in anchors or fragment.lower() in ("", "top")


def from_page(path: str, document: str) -> str:
    """A path on the host as a document on the same host writes it; both begin with a slash."""
    here, there = document.split("/")[1:-1], path.split("/")[1:]
    same = 0
    while same < min(len(here), len(there) - 1) and here[same] == there[same]:
        same += 1
    return "../" * (len(here) - same) + encoded("/".join(there[same:])) or "./"


def absolute(reference: Reference, base_url: str) -> str:
    """The address to ask for: a reference's own, completed with what its page supplies."""
    url = trimmed(reference.url)
    file = quote(reference.file.encode("utf-8", "surrogateescape"))
    page = urljoin(base_url if base_url.endswith("/") else f"{base_url}/", file)
    try:
        return urljoin(page, url)
    except ValueError:  # a host that is none, such as "[x"
        return url
