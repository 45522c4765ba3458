"""Which parts of a page are never shown together: the branches of a condition."""

import bisect
import re
from dataclasses import dataclass
from functools import lru_cache

from hackweek.checks.page import Page

_TAG = re.compile(
    r"(?:<%|\{%)[-+]?[ \t]*(?P<word>if|elif|else|endif)\b(?P<code>[^\n%]*?)[-+]?[ \t]*%[>}]"
)
_SIMPLE = re.compile(r"[\w.]+")
_EQUAL = re.compile(r"([\w.]+) ?== ?([^=]+)")


@dataclass(frozen=True, slots=True)
class Conditions:
    """From which offset of a page which conditions hold."""

    offsets: tuple[int, ...]
    holding: tuple[frozenset[str], ...]

    def at(self, offset: int) -> frozenset[str]:
        """What must be true for the text at an offset to be shown."""
        return self.holding[bisect.bisect_right(self.offsets, offset) - 1]


@lru_cache(maxsize=4096)
def conditions(page: Page) -> Conditions:
    """A page's conditions, as its `<% if … %>` tags say them."""
    offsets, holding = [0], [frozenset[str]()]
    branches: list[tuple[frozenset[str], str]] = []
    """Of each open condition: what its earlier branches rule out, and what this one asks."""
    for tag in _TAG.finditer(page.text):
        word, code = tag["word"], " ".join(tag["code"].split())
        if word == "if":
            branches.append((frozenset(), code))
        elif not branches:
            continue
        elif word == "endif":
            branches.pop()
        else:
            ruled_out, before = branches.pop()
            branches.append((ruled_out | {_opposite(before)}, code))
        offsets.append(tag.end())
        # Deep nesting would make this grow with its square; no lesson has it.
        holding.append(frozenset().union(*(_asked(*each) for each in branches[-20:])))
    return Conditions(tuple(offsets), tuple(holding))


def _asked(ruled_out: frozenset[str], code: str) -> frozenset[str]:
    return ruled_out | {code} if code else ruled_out


def _opposite(code: str) -> str:
    if code.startswith("not ") and _SIMPLE.fullmatch(code[4:]):
        return code[4:]
    return f"not {code}" if _SIMPLE.fullmatch(code) else f"not ({code})"


def exclusive(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether no reader ever sees both of two texts with these conditions."""
    if any(_opposite(each) in second for each in first) or any(
        _opposite(each) in first for each in second
    ):
        return True
    wanted = {found[1]: found[2] for each in first if (found := _EQUAL.fullmatch(each))}
    return any(
        found[1] in wanted and wanted[found[1]] != found[2]
        for each in second
        if (found := _EQUAL.fullmatch(each))
    )
