"""A look of our own, and another one before anything is called broken."""

import asyncio
import datetime
import ssl
from collections.abc import Callable
from dataclasses import dataclass

from hackweek.links.outside.answer import Anchor, Answer, Failure, Kind
from hackweek.links.outside.guarded_hosts import GUARDED_STATUSES, is_among, is_challenge
from hackweek.links.outside.look import Look
from hackweek.links.outside.politeness import Turns, retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long we wait, in seconds."""

    answer: float = 6.0
    """For an address, redirects included."""
    host: float = 6.0
    """For all addresses of one host that gave no answer at first; each gets two at least."""
    retry: float = 5.0
    """At most, where a host asks for a wait before the next request (Retry-After)."""


_AT_ONCE = 16
"""Hosts that are asked at the same time."""
_FIRST_PATIENCE = 2.0
"""Seconds for a first look, so that the fast addresses of a host need not wait for a slow one."""
_PAUSES = (1.0, 1.0, 2.0)
"""Seconds before the second, third and fourth look."""
_PASSING = frozenset({408, 425, 429})
"""Besides 5xx: what may be over in a moment."""


class SecondLook:
    """Asks for addresses until what they answer can be believed."""

    def __init__(
        self,
        *,
        limits: Limits,
        guarded: frozenset[str],
        headers: dict[str, str],
        trusted: ssl.SSLContext,
        now: Callable[[], datetime.datetime],
    ) -> None:
        self._limits = limits
        self._guarded = guarded
        self._headers = headers
        self._trusted = trusted
        self._now = now
        self._failed: set[str] = set()
        self._suspects: set[str] = set()
        self._turns = Turns(retry_wait=2 * limits.retry, at_once=_AT_ONCE)

    def has_failed(self, url: str) -> None:
        """Counts a look of LinkChecker's that failed as the first."""
        self._failed.add(url)

    def suspect(self, url: str) -> None:
        """Remembers that an address keeps one waiting: its host has to share its time."""
        self._suspects.add(url)
        self._turns.host(url).suspects += 1

    async def at(self, url: str, anchors: frozenset[Anchor]) -> Answer | Failure:
        """What the address answers, or why it does not."""
        looks = 1 if url in self._failed else 0
        while True:
            was_suspect = url in self._suspects
            method = "GET" if anchors or looks or was_suspect else "HEAD"
            outcome = await self._look(url, method, anchors)
            looks += 1
            if isinstance(outcome, Failure) and outcome.kind is Kind.SLOW:
                if was_suspect:
                    return outcome
                self.suspect(url)
            pause = self._pause(outcome, url, looks, method)
            if pause is None:
                return outcome
            await asyncio.sleep(pause)

    async def _look(self, url: str, method: str, anchors: frozenset[Anchor]) -> Answer | Failure:
        patience = _FIRST_PATIENCE
        if url in self._suspects:
            patience = max(patience, self._limits.host / self._turns.host(url).suspects)
        patience = min(patience, self._limits.answer)
        look = Look(self._turns, self._headers, self._trusted, patience)
        try:
            return await look.at(url, method, anchors)
        except Failure as failure:
            return failure

    def _pause(self, outcome: Answer | Failure, url: str, looks: int, method: str) -> float | None:
        """Seconds before the next look; None where this one can be believed."""
        if self._is_believed(outcome, looks):
            return None
        if isinstance(outcome, Answer):
            if method == "HEAD":
                return 0.0
            wait = retry_after(outcome.headers.get("retry-after", ""), self._now())
            if wait is not None and outcome.status in (429, 503):
                is_short = wait <= self._limits.retry
                return wait if is_short and self._turns.asked_to_wait(url, wait) else None
        return _PAUSES[looks - 1]

    def _is_believed(self, outcome: Answer | Failure, looks: int) -> bool:
        if isinstance(outcome, Failure):
            return looks >= (3 if outcome.kind in (Kind.UNREACHABLE, Kind.CONVERSATION) else 2)
        if is_challenge(outcome) or self.turns_programs_away(outcome):
            return True
        if outcome.status >= 500 or outcome.status in _PASSING:
            return looks > len(_PAUSES)
        is_missing = outcome.missing and not outcome.unsure
        return looks >= 2 or (outcome.is_fine and not is_missing)

    def turns_programs_away(self, answer: Answer) -> bool:
        """Whether a host that is known for it answers people otherwise."""
        return answer.status in GUARDED_STATUSES and any(
            is_among(name, self._guarded) for name in answer.hosts
        )
