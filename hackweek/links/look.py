"""One look at an address: its redirects followed, as much read as its anchors need."""

import asyncio
import ssl
import time
import zlib
from contextlib import aclosing
from dataclasses import replace

import httpx

from hackweek.links.address import host_name
from hackweek.links.anchors import AnchorSearch
from hackweek.links.answer import Anchor, Answer, Failure, Kind
from hackweek.links.body import LONGEST_BODY, HtmlBody
from hackweek.links.certificates import expiry
from hackweek.links.failures import failure_of, next_address
from hackweek.links.politeness import Turns

MOST_HOPS = 20
"""As browsers: https://fetch.spec.whatwg.org/#http-redirect-fetch"""
LEAST_PATIENCE = 1.0
"""Seconds for an address of a host that has kept us waiting for long."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


class Look:
    """A single look, with its own cookies and its own patience."""

    def __init__(
        self, turns: Turns, headers: dict[str, str], trusted: ssl.SSLContext, seconds: float
    ) -> None:
        self._turns = turns
        self._patience = seconds
        self._spent = 0.0
        # The time is bounded as a whole: a server that drips stays below any limit of one read.
        self._client = httpx.AsyncClient(verify=trusted, headers=headers, timeout=None)  # noqa: S113

    async def at(self, start: str, method: str, anchors: frozenset[Anchor]) -> Answer:
        """What the address answers in the end. Raises `Failure`."""
        async with self._client:
            return await self._follow(start, method, anchors)

    async def _follow(self, start: str, method: str, anchors: frozenset[Anchor]) -> Answer:
        url, fragment, permanent, hosts = start, "", True, {host_name(start)}
        seen = {self._state(start)}
        for _ in range(MOST_HOPS + 1):
            answer = await self._ask(url, method, anchors)
            if not answer.leads_to:
                return replace(
                    answer,
                    moved_for_good=permanent and url != start,
                    hosts=frozenset(hosts),
                    fragment=fragment,
                    seconds=self._spent,
                )
            target = next_address(url, answer.leads_to)
            if target.fragment:
                fragment, anchors = target.fragment, frozenset()
            url = target.url
            permanent = permanent and answer.status in _PERMANENT
            hosts.add(host_name(url))
            if self._state(url) in seen:
                raise Failure(Kind.REDIRECT, f'redirects in a circle, back to "{url}"')
            seen.add(self._state(url))
        raise Failure(Kind.REDIRECT, f"redirects more than {MOST_HOPS} times")

    def _state(self, url: str) -> tuple[str, ...]:
        """The address and the cookies: a server may redirect to itself to see them come back."""
        return (url, *sorted(f"{each.name}={each.value}" for each in self._client.cookies.jar))

    async def _ask(self, url: str, method: str, anchors: frozenset[Anchor]) -> Answer:
        async with self._turns.turn(url) as host:
            patience = min(self._patience, max(host.patience, LEAST_PATIENCE))
            start = time.monotonic()
            try:
                async with asyncio.timeout(patience - self._spent):
                    return await self._send(url, method, anchors)
            except TimeoutError:
                host.patience -= patience
                raise Failure(Kind.SLOW, f"no answer within {round(patience, 1):g} s") from None
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
                raise failure_of(error, url) from error
            finally:
                self._spent += time.monotonic() - start

    async def _send(self, url: str, method: str, anchors: frozenset[Anchor]) -> Answer:
        async with self._client.stream(method, url) as response:
            answer = Answer(
                status=response.status_code,
                url=url,
                headers=response.headers,
                expires=expiry(response),
            )
            if answer.status in _REDIRECTS:
                return replace(answer, leads_to=response.headers.get("location"))
            if not anchors or method == "HEAD" or not response.is_success:
                return answer
            return await _searched(answer, response, anchors)


async def _searched(answer: Answer, response: httpx.Response, anchors: frozenset[Anchor]) -> Answer:
    """The answer with the anchors that its page lacks; read on until all have been seen."""
    page, search = HtmlBody(response), AnchorSearch(frozenset().union(*anchors))
    missing = anchors
    try:
        async with aclosing(page.texts()) as texts:
            async for text in texts:
                search.feed(text)
                missing = frozenset(each for each in anchors if each <= search.missing)
                if search.given_up or not missing:
                    break
    except zlib.error:
        return replace(answer, missing=missing, unsure="its body cannot be unpacked")
    if not page.is_html or not missing:
        return answer
    unsure = "scripts make the page" if search.made_by_scripts else ""
    if page.was_cut or search.given_up:
        unsure = f"only {LONGEST_BODY // 2**20} MiB of the page were read"
    return replace(answer, missing=missing, unsure=unsure, leads_to=search.refresh)
