"""What a program printed, as a terminal shows it."""

import re

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours and movements
    r"|\x1b\].*?(?:\x07|\x1b\\)"  # titles and links
    r"|\x1b[@-Z\\-_]"
)


def as_shown(printed: bytes) -> str:
    """The text that is left to read: what was overwritten, colours and control marks are gone."""
    text = _ESCAPES.sub("", printed.decode("utf-8", "replace")).replace("\r\n", "\n")
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    """A line after every return to its beginning; a shorter text leaves the end of a longer."""
    shown = ""
    for part in line.rstrip("\r").split("\r"):
        shown = part + shown[len(part) :]
    while "\b" in shown:
        shown = re.sub(r"[^\b]?\b", "", shown, count=1)
    return "".join(each for each in shown if each.isprintable() or each == "\t")
