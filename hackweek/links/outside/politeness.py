"""One request at a time for each host, a rest after each, and a wait where a host asks for it."""

import asyncio
import contextlib
import datetime
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from hackweek.links.outside.address import host_key

LONGEST_REST = 0.25
"""Seconds; a host rests as long as it took to answer, and no longer than this."""


@dataclass(slots=True)
class Host:
    """What a client must remember of a host to be polite to it."""

    retry_wait: float
    """Seconds that we still wait because it asks us to."""
    suspects: int = 0
    """Addresses that have kept us waiting once, and get a second chance."""
    ready_at: float = 0
    """On the clock of `time.monotonic`."""
    limited: set[str] = field(default_factory=set)
    """Addresses at which it asked for a wait."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Turns:
    """Who may ask which host when."""

    def __init__(self, *, retry_wait: float, at_once: int) -> None:
        self._hosts: defaultdict[str, Host] = defaultdict(lambda: Host(retry_wait))
        self._at_once = asyncio.Semaphore(at_once)

    def host(self, url: str) -> Host:
        """The host of an address."""
        return self._hosts[host_key(url)]

    @contextlib.asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Waits until the host may be asked; whoever came first is first."""
        host = self.host(url)
        async with host.lock:
            await asyncio.sleep(host.ready_at - time.monotonic())
            async with self._at_once:
                start = time.monotonic()
                try:
                    yield
                finally:
                    end = time.monotonic()
                    host.ready_at = max(host.ready_at, end + min(end - start, LONGEST_REST))

    def asked_to_wait(self, url: str, seconds: float) -> bool:
        """Whether we wait as long as the host asks, before we ask for this address again.

        A server may count requests for each address or for all of them (RFC 6585, section 4):
        from the second address on, the whole host waits.
        """
        host = self.host(url)
        if seconds > host.retry_wait:
            return False
        host.limited.add(url)
        if len(host.limited) > 1:
            host.ready_at = max(host.ready_at, time.monotonic() + seconds)
        host.retry_wait -= seconds
        return True


def retry_after(value: str, now: datetime.datetime) -> float | None:
    """The seconds that a Retry-After header means; None where it says nothing.

    https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
    """
    if value.strip().isascii() and value.strip().isdecimal():
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    if date.tzinfo is None:  # "-0000" or no zone: the standard wants GMT
        date = date.replace(tzinfo=datetime.UTC)
    return max(0.0, (date - now).total_seconds())
