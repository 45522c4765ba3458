"""Which attributes of which elements hold addresses.

https://html.spec.whatwg.org/multipage/indices.html#attributes-3
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum, auto


class Use(IntEnum):
    """What an address is for."""

    LINK = auto()
    """Readers follow it."""
    FILE = auto()
    """The page is not whole without it."""
    DRAWING = auto()
    """A part of a drawing, named by its fragment."""
    ABOUT = auto()
    """Programs read it, and the site's host belongs in it."""


Found = tuple[str, str, Use]
"""An attribute's name, the address, and its use."""

_USES: Mapping[str, tuple[tuple[frozenset[str], Use], ...]] = {
    "href": (
        (frozenset({"a", "area"}), Use.LINK),
        (frozenset({"image", "feImage", "script"}), Use.FILE),
        (frozenset({"use"}), Use.DRAWING),
    ),
    "src": (
        (frozenset("img script source track audio video embed input".split()), Use.FILE),
        (frozenset({"iframe", "frame"}), Use.LINK),
    ),
    "action": ((frozenset({"form"}), Use.LINK),),
    "formaction": ((frozenset({"button", "input"}), Use.LINK),),
    "usemap": ((frozenset({"img", "object"}), Use.LINK),),
    "poster": ((frozenset({"video"}), Use.FILE),),
    "data": ((frozenset({"object"}), Use.FILE),),
    "background": ((frozenset({"body", "table", "tr", "td", "th"}), Use.FILE),),
}
_MAY_BE_EMPTY = frozenset({"action", "formaction", "usemap", "poster", "data", "background"})
_LOADED = frozenset(
    "stylesheet icon apple-touch-icon mask-icon manifest preload modulepreload".split()
)
_NO_ADDRESS = frozenset("preconnect dns-prefetch profile pingback edituri wlwmanifest".split())
"""Of these relations the host counts, or nothing that readers meet."""
_META = frozenset(
    "og:url og:image og:image:url og:image:secure_url og:audio og:video og:video:url twitter:image"
    " twitter:image:src twitter:player msapplication-tileimage".split()
)
_REFRESH = re.compile(
    r"\s*(?P<wait>\d*)[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?(?P<quote>[\"']?)(?P<url>.*)", re.I | re.S
)
_SOON = 10
"""Seconds; a page that only shows itself anew waits longer."""
_CANDIDATE = re.compile(r"[\s,]*(?P<url>\S*[^\s,])(?:,|\s+(?:\([^)]*\)|[^,(])*(?:,|\Z)|\Z)")

HOLDERS = frozenset({"style", "xlink:href", "srcset", "imagesrcset", "content", *_USES})
"""The attributes that `element_addresses` reads."""


def element_addresses(tag: str, attributes: Mapping[str, str | None]) -> Iterable[Found]:
    """The addresses in an element's attributes, but for those in styles."""
    if tag == "a" and "href" in attributes:
        return (("href", attributes["href"] or "", Use.LINK),)
    return _addresses(tag, attributes)


def _addresses(tag: str, attributes: Mapping[str, str | None]) -> Iterator[Found]:
    if tag == "link":
        yield from _link(attributes)
    elif tag == "meta":
        yield from _meta(attributes)
    else:
        for name, value in attributes.items():
            plain = name.removeprefix("xlink:")
            for tags, use in _USES.get(plain, ()):
                if tag in tags and (value or plain not in _MAY_BE_EMPTY):
                    yield name, value or "", use
    if tag in ("img", "source", "link"):
        for name in ("srcset", "imagesrcset"):
            for url in srcset_addresses(attributes.get(name) or ""):
                yield name, url, Use.FILE


def srcset_addresses(srcset: str) -> Iterator[str]:
    """The address of each candidate.

    https://html.spec.whatwg.org/multipage/images.html#parse-a-srcset-attribute
    """
    return (found["url"] for found in _CANDIDATE.finditer(srcset))


def redirect_target(attributes: Mapping[str, str | None]) -> str:
    """Where `<meta http-equiv="refresh">` sends readers before they can read; empty if nowhere."""
    if (attributes.get("http-equiv") or "").lower() != "refresh":
        return ""
    found = _REFRESH.match(attributes.get("content") or "")
    return _refresh_url(found) if found and int(found["wait"] or 0) < _SOON else ""


def _refresh_url(found: re.Match[str]) -> str:
    return found["url"].partition(found["quote"])[0] if found["quote"] else found["url"].strip()


def _link(attributes: Mapping[str, str | None]) -> Iterator[Found]:
    relations = set((attributes.get("rel") or "").lower().split())
    if "href" in attributes and relations and not relations & _NO_ADDRESS:
        use = Use.FILE if relations & _LOADED else Use.ABOUT
        yield "href", attributes["href"] or "", use


def _meta(attributes: Mapping[str, str | None]) -> Iterator[Found]:
    content = attributes.get("content") or ""
    if (attributes.get("http-equiv") or "").lower() == "refresh":
        found = _REFRESH.match(content)
        if found and _refresh_url(found):
            yield "content", _refresh_url(found), Use.ABOUT
    name = attributes.get("property") or attributes.get("name") or ""
    if content and name.lower() in _META:
        yield "content", content, Use.ABOUT
