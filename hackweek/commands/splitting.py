"""Lines that are typed, taken apart into complete commands. Bash itself says what is complete."""

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hackweek.commands.blocks import Numbered

_OPEN_END = re.compile(r"unexpected (?:end of file|EOF)|here-document .* delimited by end-of-file")
_CONTINUED = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")


@dataclass(frozen=True, slots=True)
class Command:
    """What a reader types before bash begins to work."""

    text: str
    line: int
    """1-based, of its first line in the lesson's file."""
    column: int

    @property
    def shown(self) -> str:
        """On one line, for messages."""
        first, _, more = self.text.strip().partition("\n")
        return f"{first} …" if more else first


def split_commands(lines: Sequence[Numbered]) -> Iterator[Command]:
    """The commands in typed lines; lines that are empty or hold only a comment are none."""
    pending: list[Numbered] = []
    for line in lines:
        if pending or (line.text.strip() and not line.text.lstrip().startswith("#")):
            pending.append(line)
        text = "\n".join(each.text for each in pending)
        if pending and _is_complete(text):
            yield Command(text, pending[0].line, pending[0].column)
            pending = []
    if pending:
        text = "\n".join(each.text for each in pending)
        yield Command(text, pending[0].line, pending[0].column)


@lru_cache(maxsize=4096)
def _is_complete(text: str) -> bool:
    """Whether bash would run it, or refuse it, without waiting for another line."""
    if _CONTINUED.search(text):
        return False
    done = subprocess.run(
        ["bash", "-n"],  # noqa: S607 - the one that runs them
        input=text.encode() + b"\n",
        env={"LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    return not _OPEN_END.search(done.stderr.decode("utf-8", "replace"))
