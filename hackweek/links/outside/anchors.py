"""The anchors of an HTML page, found while it arrives.

A tokenizer of its own, because the page is somebody else's: it takes time in proportion to the
page whatever stands in it, where tree builders take far longer for deeply nested elements.
https://html.spec.whatwg.org/multipage/parsing.html#tokenization
"""

import html
import re
from collections.abc import Callable, Iterable

LONGEST_TOKEN = 4 * 2**20
"""Characters of a tag or an attribute's value after which a page is given up."""

_OPENING = re.compile(r"<(?=[a-zA-Z!?/]|\Z)")
_TAG = re.compile(r"<([a-zA-Z][^\s/>]*)")
_BLANK = re.compile(r"[\s/]*")
_NAME = re.compile(r"[^\s/>][^\s/>=]*")
_EQUALS = re.compile(r"\s*=?\s*")
_WORD = re.compile(r"[^\s>]*")
_COMMENT_END = re.compile("--!?>")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes")
}
"""Elements whose text holds no tags."""
_REFRESH = re.compile(r"\s*\d(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?(['\"]?)(.+?)\1\s*$", re.IGNORECASE)
"""A redirect within ten seconds; a later one is for whoever stays."""
_KEPT = 16
"""Characters at the end of what has come that may begin something."""
_SHELL_TEXT = 200
"""Characters; a page with a mount point and less text than this is made by its scripts."""
_MOUNT_POINTS = frozenset(
    "root app __next __nuxt ___gatsby react-root app-root app-mount svelte main-app mount".split()
)
"""The usual ids of the element that scripts fill."""
_DULL = re.compile(
    r"""(?>[^<]++
    | </[a-z][^>]*+>
    | <(?!script|style|textarea|title|iframe|xmp|noembed|noframes)[a-z][^\s/>]*+
      (?>\s++(?!id|name|http-equiv|content)[^\s/>="'<]++(?:=(?:"[^"]*+"|'[^']*+'|[^\s>"']++))?+)*+
      \s*+/?>
    )++""",
    re.IGNORECASE | re.VERBOSE,
)
"""Text and whole tags that say nothing of anchors: the faster way past them."""


class AnchorSearch:
    """Looks for anchors in a page that is handed over piece by piece."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self.missing = set(wanted)
        self.refresh: str | None = None
        """Where a page that only redirects leads to."""
        self.given_up = False
        self._text_length = 0
        self._has_script = False
        self._has_mount_point = False
        self._pieces: list[str] = []
        self._coming = 0
        self._rest = ""
        self._at = 0
        self._tag = ""
        self._attributes: dict[str, str] = {}
        self._step: Callable[[], bool] = self._in_text

    @property
    def made_by_scripts(self) -> bool:
        """Whether the page holds next to nothing before its scripts have run."""
        is_mounted = self._has_script and self._has_mount_point
        return is_mounted and self._text_length < _SHELL_TEXT

    def feed(self, text: str) -> None:
        """Reads on; afterwards `missing` lacks what was found."""
        self._pieces.append(text)
        self._coming += len(text)
        # What did not end the last time is read again: not before it has grown to the double.
        if self._coming >= len(self._rest) - self._at:
            self.read_on()

    def read_on(self) -> None:
        """Reads all that has been handed over; to be called at the end of the page."""
        self._rest = "".join([self._rest[self._at :], *self._pieces])
        self._pieces, self._coming, self._at = [], 0, 0
        while self._step():
            pass
        self.given_up = len(self._rest) - self._at > LONGEST_TOKEN

    def _go(self, at: int, step: Callable[[], bool]) -> bool:
        self._at, self._step = at, step
        return True

    def _skip_to_end(self) -> bool:
        """Drops what has come, but for the beginning of what may end it; waits for more."""
        self._at = max(self._at, len(self._rest) - _KEPT)
        return False

    def _in_text(self) -> bool:
        if self._text_length >= _SHELL_TEXT:
            dull = _DULL.match(self._rest, self._at)
            self._at = dull.end() if dull else self._at
        opening = _OPENING.search(self._rest, self._at)
        start = opening.start() if opening else len(self._rest)
        self._text_length += len(self._rest[self._at : start].strip())
        self._at = start
        if len(self._rest) - self._at < 4:
            return False
        if self._rest.startswith("<!--", self._at):
            return self._go(self._at + 2, self._in_comment)
        if self._rest[self._at + 1] in "!?/":
            return self._go(self._at + 1, self._in_other)
        tag = _TAG.match(self._rest, self._at)
        if not tag or tag.end() == len(self._rest):
            return False
        self._tag, self._attributes = tag[1].lower(), {}
        return self._go(tag.end(), self._in_tag)

    def _in_comment(self) -> bool:
        end = _COMMENT_END.search(self._rest, self._at)
        return self._go(end.end(), self._in_text) if end else self._skip_to_end()

    def _in_other(self) -> bool:
        end = self._rest.find(">", self._at)
        return self._go(end + 1, self._in_text) if end >= 0 else self._skip_to_end()

    def _in_raw_text(self) -> bool:
        end = _RAW[self._tag].search(self._rest, self._at)
        return self._go(end.start(), self._in_text) if end else self._skip_to_end()

    def _in_tag(self) -> bool:
        rest = self._rest
        blank = _BLANK.match(rest, self._at)
        self._at = blank.end() if blank else self._at
        name = _NAME.match(rest, self._at)
        if not name:
            return self._at < len(rest) and self._end_tag()
        equals = _EQUALS.match(rest, name.end())
        start = equals.end() if equals else name.end()
        if start == len(rest):
            return False
        if "=" not in rest[name.end() : start]:
            return self._attribute(name[0], "", name.end())
        if rest[start] in "\"'":
            end = rest.find(rest[start], start + 1)
            return end >= 0 and self._attribute(name[0], rest[start + 1 : end], end + 1)
        word = _WORD.match(rest, start)
        end = word.end() if word else start
        return end < len(rest) and self._attribute(name[0], rest[start:end], end)

    def _attribute(self, name: str, value: str, end: int) -> bool:
        if name.lower() in ("id", "name", "http-equiv", "content"):
            self._attributes.setdefault(name.lower(), html.unescape(value))
        return self._go(end, self._in_tag)

    def _end_tag(self) -> bool:
        attributes = self._attributes
        self.missing.discard(attributes.get("id", ""))
        if self._tag == "a":
            self.missing.discard(attributes.get("name", ""))
        if self._tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            refresh = _REFRESH.match(attributes.get("content", ""))
            self.refresh = refresh[2] if refresh else None
        self._has_script |= self._tag == "script"
        self._has_mount_point |= self._tag == "noscript" or attributes.get("id") in _MOUNT_POINTS
        return self._go(self._at + 1, self._in_raw_text if self._tag in _RAW else self._in_text)
