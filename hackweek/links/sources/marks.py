"""Marks: characters that stand for a place and survive whatever is done to a text.

They are private characters of Unicode's last two planes, one for each place, so nothing that
reads Markdown takes them for syntax, and an anchor's name is made without them:
https://www.unicode.org/faq/private_use.html#pua2
"""

import re
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")

_LAST_PLANES = re.compile("[\U000f0000-\U0010ffff]")
_STANDS_FOR_UNREADABLE = "\ufffd"


class Marks(Generic[Meaning]):
    """The marks of one plane, and what each stands for."""

    def __init__(self, plane: int) -> None:
        self._first = plane << 16
        self._meanings: list[Meaning] = []

    def new(self, meaning: Meaning) -> str:
        """A mark that stands for something; empty when the plane has no more."""
        self._meanings.append(meaning)
        return chr(self._first + len(self._meanings) - 1) if len(self._meanings) < 0xFFFE else ""

    def meaning(self, mark: str) -> Meaning:
        """What a mark stands for."""
        return self._meanings[ord(mark) - self._first]


TEXT_PLANE, VALUE_PLANE = 15, 16
TEXT_MARK = re.compile("[\U000f0000-\U000fffff]")
VALUE_MARK = re.compile(
    "[\U00100000-\U0010ffff]|%F4%8[0-9A-F]%[89AB][0-9A-F]%[89AB][0-9A-F]", re.IGNORECASE
)
"""Such a mark, or what has become of it in the query of an address."""


def unmarkable(text: str) -> str:
    """The text, as long as it was, with nothing in it that could be taken for a mark."""
    return _LAST_PLANES.sub(_STANDS_FOR_UNREADABLE, text)
