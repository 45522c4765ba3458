"""What a program printed, as a terminal shows it."""

import re
from collections.abc import Callable

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours and movements
    r"|\x1b\].*?(?:\x07|\x1b\\)"  # titles and links
    r"|\x1b[@-Z\\-_]"
)

_BACK: dict[str, Callable[[int], int]] = {
    "\r": lambda position: 0,
    "\b": lambda position: max(position - 1, 0),
}


def as_shown(printed: bytes) -> str:
    """The text that is left to read: what was overwritten, colours and control marks are gone."""
    text = _ESCAPES.sub("", printed.decode("utf-8", "replace")).replace("\r\n", "\n")
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    """A line after every step back: what comes later stands over what came before."""
    shown: list[str] = []
    position = 0
    for each in line:
        if each in _BACK:
            position = _BACK[each](position)
        elif each.isprintable() or each == "\t":
            shown[position : position + 1] = each
            position += 1
    return "".join(shown)
