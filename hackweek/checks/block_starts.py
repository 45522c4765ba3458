"""The lines that start a box or a tab, or that were meant to.

The patterns are those of `markdown.extensions.admonition`, `pymdownx.details` and
`pymdownx.tabbed` (https://facelessuser.github.io/pymdown-extensions/extensions/tabbed/).
"""

import re
from dataclasses import dataclass, replace

from hackweek.checks.block_mistakes import (
    OTHERS,
    WORDS,
    Around,
    Mistake,
    callout_mistake,
    mistake_in,
    mistake_in_words,
)
from hackweek.diagnostics import counted

_START = re.compile(
    r"(?P<prefix>[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)*+)"
    r"(?P<marks>!++|\?++|={2,}+)(?P<rest>.*+)$"
)
_WELL_FORMED = re.compile(
    r"(?!!!! *\")"  # a title without a type is for ??? alone
    r"(?P<marks>!!!|\?{3}\+?) ?"
    rf'(?:(?P<words>{WORDS})?(?: +"(?P<title>.*?)")|(?P<only_words>{WORDS})) *'
    r'|={3}(?:\+!?|!\+?)? +"(?P<label>.*?)" *'
)
_FOREIGN = re.compile(
    r"(?P<prefix>[ \t>]*+)(?P<shown>\[!(?P<github>[A-Za-z]+)\][+-]?(?![(\[])"
    r"|:{3,}[ ]*(?:(?P<colons>[A-Za-z]+)(?=[ ]*$|[ ]+\S|\[)"
    r"|\{\.?(?:callout-)?(?P<braces>[A-Za-z]+)[^}]*\})"
    r"|/{3,}[ ]+(?P<slashes>[a-z]+)(?=[ ]*(?:\||$))"
    r"|\{% hint style=[\"'](?P<gitbook>[a-z]+)[\"'] %\}"
    r"|\.\.[ ]+(?P<rst>[a-z]+)::)(?P<title>.*)$"
)
_SYSTEMS = ("github", "colons", "braces", "slashes", "gitbook", "rst")
_ODD_BLANK = re.compile(r"[^\S ]|[\u200b-\u200d\u2060\ufeff]")
_LONGEST = 1000
"""Characters; a longer line is text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A line that starts a box or a tab, or was meant to."""

    number: int
    """1-based, of its line."""
    prefix: str
    """Blanks, marks of quotes and of list items before it."""
    marks: str
    """Such as "???+"; empty where it is another system's."""
    words: tuple[str, ...] = ()
    """What stands between the marks and the title: the type, and classes."""
    title: str | None = None
    mistake: Mistake | None = None
    """Why it does not come out as a box, or not as the one that was meant."""
    well_formed: bool = False
    """Whether it is a box or a tab, in the right place."""
    tight: bool = False
    """Whether no blank follows the marks."""

    @property
    def column(self) -> int:
        """1-based, of the first mark."""
        return len(self.prefix) + 1

    @property
    def noun(self) -> str:
        """What messages call it."""
        return "tab" if self.marks.startswith("=") else "box"

    @property
    def quotes(self) -> int:
        """How many quotes it stands in."""
        return self.prefix.count(">")

    @property
    def is_item(self) -> bool:
        """Whether it begins a list item."""
        return bool(self.prefix.strip(" \t>"))

    @property
    def indent(self) -> int:
        """Blanks before it, or before its list item's mark, within the quotes."""
        return indent_of(self.prefix + "x", self.quotes)


def dequoted(text: str, quotes: int) -> str:
    """A line without the marks of the quotes around it, and with blanks for tabs."""
    inner = re.sub(rf"^(?: {{0,3}}>[ ]?){{0,{quotes}}}", "", text) if quotes else text
    return inner.expandtabs(4)


def indent_of(text: str, quotes: int) -> int:
    """Blanks before a line's text, within the quotes."""
    inner = dequoted(text, quotes)
    return len(inner) - len(inner.lstrip(" "))


def find_start(number: int, text: str, around: Around) -> Start | None:
    """The start on a line, whether or not it is well formed; None for any other text."""
    found = _START.match(text) if len(text) <= _LONGEST else None
    if not found:
        return None
    marks, rest = found["marks"], _without_tabs(found)
    start = Start(number=number, prefix=found["prefix"], marks=marks)
    if shape := _WELL_FORMED.fullmatch(marks + rest):
        return _well_formed(start, shape)
    mistake = _wrong_blank(marks, rest) or mistake_in(marks, rest, around)
    return replace(start, mistake=mistake) if mistake else None


def _without_tabs(found: re.Match[str]) -> str:
    """What follows the marks, with as many blanks for each tab as Python-Markdown puts there."""
    before = len((found["prefix"] + found["marks"]).expandtabs(4)) % 4
    return ("x" * before + found["rest"]).expandtabs(4)[before:]


def _wrong_blank(marks: str, rest: str) -> Mistake | None:
    odd = _ODD_BLANK.search(rest)
    if odd and _WELL_FORMED.fullmatch(marks + _ODD_BLANK.sub(" ", rest)):
        message = f'U+{ord(odd[0]):04X} where a blank belongs, after "{marks}{rest[: odd.start()]}"'
        return Mistake("wrong-blank", message, "type the blank again")
    if rest.startswith("  ") and _WELL_FORMED.fullmatch(f"{marks} {rest.strip()}"):
        blanks = counted(len(rest) - len(rest.lstrip()), "blank")
        help = f"write: {marks} {rest.strip()}"
        return Mistake("wrong-blank", f'{blanks} after "{marks}", and it takes 1', help)
    return None


def _well_formed(start: Start, shape: re.Match[str]) -> Start:
    words = (shape["words"] or shape["only_words"] or "").split()
    marks = shape["marks"] or "==="
    title = shape["label"] if shape["marks"] is None else shape["title"]
    return replace(
        start,
        marks=marks,
        words=tuple(words),
        title=title,
        mistake=mistake_in_words(marks, words, title or ""),
        well_formed=True,
        tight=bool(words) and shape[0].startswith(marks + words[0]),
    )


def find_callout(number: int, text: str, around: Around) -> Start | None:
    """The callout of another system that begins on a line."""
    found = _FOREIGN.match(text) if len(text) <= _LONGEST else None
    if not found:
        return None
    type = next(each for each in found.group(*_SYSTEMS) if each).lower()
    in_quote = ">" in found["prefix"]
    if not (in_quote if found["github"] else type in around.known | OTHERS):
        return None
    mistake = callout_mistake(found["shown"], type, found["title"].lstrip(" |"), around.known)
    return Start(number=number, prefix=found["prefix"], marks="", mistake=mistake)
