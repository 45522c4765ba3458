"""What asking for an address came to: an answer, or the reason why there was none."""

import datetime
import http
from dataclasses import dataclass
from enum import Enum, auto

import httpx

_PHRASES = {each.value: each.phrase for each in http.HTTPStatus}

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses that send a client elsewhere."""

Anchor = frozenset[str]
"""The ids of which one is enough: a fragment as it is written, and decoded."""


class Kind(Enum):
    """What kept an answer away."""

    UNREACHABLE = auto()
    """No such host, or it takes no connection: so it looks without a network, too."""
    SLOW = auto()
    CONVERSATION = auto()
    """It took the connection, and no HTTP came back."""
    CERTIFICATE = auto()
    REDIRECT = auto()


class Failure(Exception):  # noqa: N818 - a finding about somebody's server
    """There was no answer."""

    def __init__(self, kind: Kind, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; at the end of the redirects, where there were some."""

    status: int
    url: str
    headers: httpx.Headers
    leads_to: str | None = None
    """Where it redirects to, as the server wrote it."""
    expires: datetime.datetime | None = None
    """When the server's certificate does, in UTC."""
    missing: frozenset[Anchor] = frozenset()
    """What was looked for in the page and not found."""
    unsure: str = ""
    """Why it may be there all the same; empty where it is not."""
    hosts: frozenset[str] = frozenset()
    """The names of all hosts on the way."""
    moved_for_good: bool = False
    """Whether there were redirects, and all of them permanent."""
    fragment: str = ""
    """Where in the page a redirect leads to; it takes the place of the link's own fragment."""
    seconds: float = 0
    """How long all of it took the servers."""

    @property
    def is_fine(self) -> bool:
        """Whether the page is there, as far as its status tells."""
        return self.status < 400 and self.status not in REDIRECTS

    @property
    def phrase(self) -> str:
        """The status as people know it: "404 Not Found"."""
        return f"{self.status} {_PHRASES.get(self.status, '')}".strip()
