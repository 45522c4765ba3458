"""Whether there is a network at all."""

import asyncio
import ssl
from collections.abc import Iterable

import httpx

from hackweek.links.outside.address import host_key, host_name, is_local
from hackweek.links.outside.answer import Kind
from hackweek.links.outside.failures import failure_of

WELL_KNOWN = ("https://www.iana.org/", "https://example.com/")
"""Asked only when none of our own hosts can be reached; they are made to be there."""
_SAMPLE = 6
_SECONDS = 4.0


def needs_network(url: str) -> bool:
    """Whether the address can be judged with a network only.

    A name in `.invalid` has no host, wherever one looks: https://www.rfc-editor.org/rfc/rfc6761
    """
    return not is_local(url) and not host_name(url).rstrip(".").endswith(".invalid")


async def has_network(
    urls: Iterable[str], trusted: ssl.SSLContext, headers: dict[str, str]
) -> bool:
    """Whether one of a few of these hosts, or else of the well-known ones, can be reached."""
    sample = list({host_key(url): url for url in urls}.values())[:_SAMPLE]
    async with httpx.AsyncClient(verify=trusted, headers=headers, timeout=_SECONDS) as client:
        return await _any_reached(client, sample) or await _any_reached(client, WELL_KNOWN)


async def _any_reached(client: httpx.AsyncClient, urls: Iterable[str]) -> bool:
    tasks = [asyncio.create_task(_is_reached(client, url)) for url in urls]
    try:
        for each in asyncio.as_completed(tasks, timeout=_SECONDS):
            if await each:
                return True
    except TimeoutError:
        pass
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return False


async def _is_reached(client: httpx.AsyncClient, url: str) -> bool:
    """Whether a connection comes about, whatever is said over it."""
    try:
        async with client.stream("HEAD", url):
            return True
    except httpx.ConnectTimeout:
        return False
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        return failure_of(error, url).kind is not Kind.UNREACHABLE
