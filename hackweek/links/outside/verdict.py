"""What became of an outside address: a verdict, its reason, and when it was reached."""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How an address did."""

    OK = "ok"
    WARN = "warn"
    """It can be read, or could be a moment later, and somebody should know something."""
    BROKEN = "broken"
    UNKNOWN = "unknown"
    """It was not asked, because there was no network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is known of one address."""

    url: str
    """As the author wrote it."""
    outcome: Outcome
    reason: str
    """One line that is enough: `answers 404 Not Found`, `moved for good to "https://…"`."""
    checked: datetime.datetime
    """In UTC."""
    moved_to: str | None = None
    """What to write instead, where the address has moved for good."""


_LONGEST = 200


def one_line(reason: str) -> str:
    """A reason without what a server could write into it: control characters, endless text."""
    shown = re.sub(r"[^\x20-\x7e\xa0-\U0010ffff]", lambda each: ascii(each[0])[1:-1], reason)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
