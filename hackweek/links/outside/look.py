"""One look at an address: its redirects followed, as much read as its anchors need."""

import asyncio
import ssl
import time
import zlib
from contextlib import aclosing
from dataclasses import replace
from urllib.parse import urljoin

import httpx

from hackweek.links.outside.address import host_name
from hackweek.links.outside.anchors import AnchorSearch
from hackweek.links.outside.answer import REDIRECTS, Anchor, Answer, Failure, Kind
from hackweek.links.outside.body import LONGEST_BODY, HtmlBody
from hackweek.links.outside.certificates import expiry
from hackweek.links.outside.failures import failure_of, next_address
from hackweek.links.outside.politeness import Turns

MOST_HOPS = 20
"""As browsers: https://fetch.spec.whatwg.org/#http-redirect-fetch"""
_PERMANENT = frozenset({301, 308})


class Look:
    """A single look, with its own cookies and its own patience."""

    def __init__(
        self, turns: Turns, headers: dict[str, str], trusted: ssl.SSLContext, seconds: float
    ) -> None:
        self._turns = turns
        self._patience = seconds
        self._spent = 0.0
        self._client = httpx.AsyncClient(
            verify=trusted,
            headers=headers,
            event_hooks={"response": [_keep_location]},
        )

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
        async with self._turns.turn(url):
            start = time.monotonic()
            left = max(0.0, self._patience - self._spent)
            try:
                # httpx bounds each step and cleans up behind it; a server that drips stays below
                # any limit of one step, so that the whole is bounded as well.
                async with asyncio.timeout(left + 0.2):
                    return await self._send(url, method, anchors, left)
            except (TimeoutError, httpx.TimeoutException):
                reason = f"no answer within {round(self._patience, 1):g} s"
                raise Failure(Kind.SLOW, reason) from None
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
                raise failure_of(error, url) from error
            finally:
                self._spent += time.monotonic() - start

    async def _send(
        self, url: str, method: str, anchors: frozenset[Anchor], seconds: float
    ) -> Answer:
        async with self._client.stream(method, url, timeout=seconds) as response:
            location = response.extensions.get("location")
            answer = Answer(
                status=response.status_code,
                url=url,
                headers=response.headers,
                expires=expiry(response),
            )
            if answer.status in REDIRECTS:
                return replace(answer, leads_to=location)
            if not anchors or method == "HEAD" or not response.is_success:
                return answer
            return await _searched(answer, response, anchors)


async def _keep_location(response: httpx.Response) -> None:
    """Takes the header away from httpx, which raises where it leads nowhere, followed or not."""
    if "location" in response.headers:
        response.extensions["location"] = response.headers.pop("location")


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
    search.read_on()
    missing = frozenset(each for each in anchors if each <= search.missing)
    if not page.is_html or not missing:
        return answer
    unsure = "scripts make the page" if search.made_by_scripts else ""
    if page.was_cut or search.given_up:
        unsure = f"only {LONGEST_BODY // 2**20} MiB of the page were read"
    # A page that renews itself does not lead elsewhere.
    elsewhere = search.refresh and urljoin(answer.url, search.refresh) != answer.url
    leads_to = search.refresh if elsewhere else None
    return replace(answer, missing=missing, unsure=unsure, leads_to=leads_to)
