"""Where an address stands in the text of a built file."""

import html
import re
from collections.abc import Iterator

from hackweek.links.inside.elements import HOLDERS
from hackweek.links.references import Reference

_UNREAD = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<tag>script|template)\b[^>]*>(?P<body>.*?)(?:</(?P=tag)|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TEXT = re.compile(r"<(?:article|main)[\s>]", re.IGNORECASE)
_VALUE = r"""\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))"""
_ADDRESS = re.compile(
    rf"(?<![\w:-])(?:{'|'.join(sorted(HOLDERS))}){_VALUE}|\burl\((?P<style>[^)]*)\)", re.IGNORECASE
)
_ID = re.compile(rf"(?<![\w:-])id{_VALUE}", re.IGNORECASE)
_GOES_ON = r"(?![\w/.%?#&=~+-]*[\w/%#&=~+-])"
"""What must not follow where an address ends, in an attribute that holds more than one."""


def place_in(text: str, reference: Reference) -> tuple[int, int]:
    """1-based line and column of a reference in its file; the file's beginning if not found."""
    readable = _UNREAD.sub(_blanked, text)
    start = found.start() if reference.in_article and (found := _TEXT.search(readable)) else 0
    places = list(_places(readable, reference, start))
    offset = places[min(reference.nth, len(places) - 1)] if places else 0
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _blanked(found: re.Match[str]) -> str:
    """A comment, or what a script or a template holds, as blanks; its tag stays."""
    start, end = found.span("body") if found["tag"] else found.span()
    before, after = start - found.start(), end - found.start()
    return found[0][:before] + " " * (after - before) + found[0][after:]


def _places(text: str, reference: Reference, start: int) -> Iterator[int]:
    """Offsets of everything that holds the reference's address, from the first to the last."""
    url = reference.url
    if reference.element != "css" and not reference.attribute:
        yield from (found.start() for found in re.finditer(re.escape(url), text))
        return
    for found in (_ID if reference.attribute == "id" else _ADDRESS).finditer(text, start):
        group = found.lastgroup or "double"
        value, at = found[group], found.start(group)
        if html.unescape(value) == url:
            yield at
        elif url and (
            held := re.search(re.escape(html.escape(url, quote=False)) + _GOES_ON, value)
        ):
            yield at + held.start()
