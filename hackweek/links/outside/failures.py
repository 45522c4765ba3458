"""Why there was no answer, in words, from what httpx, the system and OpenSSL raise."""

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import httpx

from hackweek.links.outside.address import (
    Address,
    NotAnAddress,
    host_name,
    is_local,
    is_web_address,
    parse_address,
)
from hackweek.links.outside.answer import Failure, Kind
from hackweek.links.outside.certificates import certificate_fault

_REASONS: dict[type[BaseException], tuple[Kind, str]] = {
    socket.gaierror: (Kind.UNREACHABLE, "no such host"),
    UnicodeError: (Kind.UNREACHABLE, "no such host"),
    ConnectionRefusedError: (Kind.UNREACHABLE, "takes no connection"),
    ConnectionResetError: (Kind.CONVERSATION, "breaks the connection off"),
    ssl.SSLError: (Kind.CONVERSATION, "no secure connection can be made"),
    httpx.ConnectError: (Kind.UNREACHABLE, "cannot be reached"),
    httpx.ProxyError: (Kind.UNREACHABLE, "cannot be reached through the proxy"),
    httpx.NetworkError: (Kind.CONVERSATION, "breaks the connection off"),
    httpx.RemoteProtocolError: (Kind.CONVERSATION, "answers something that is not HTTP"),
}
"""What is said of an error, or of one that led to it; the first that fits."""


def failure_of(error: BaseException, url: str) -> Failure:
    """The failure that an error at this address means."""
    fault = certificate_fault(error)
    if fault:
        return Failure(Kind.CERTIFICATE, f'the certificate of "{host_name(url)}" {fault}')
    if "without sending a response" in str(error):
        return Failure(Kind.CONVERSATION, "ends the connection without an answer in HTTP")
    causes = list(_causes(error))
    for kind, (what, reason) in _REASONS.items():
        if any(isinstance(each, kind) for each in causes):
            return Failure(
                what, f"{reason}: {host_name(url)}" if what is Kind.UNREACHABLE else reason
            )
    return Failure(Kind.CONVERSATION, "cannot be asked")


def next_address(url: str, location: str) -> Address:
    """Where a redirect leads. Raises `Failure` where no browser would follow."""
    try:
        target = urljoin(url, location)
        if not is_web_address(target):
            scheme = urlsplit(target).scheme
            raise Failure(Kind.REDIRECT, f'redirects to "{location}", and {scheme} is not the web')
        address = parse_address(target)
    except (NotAnAddress, ValueError) as error:
        raise Failure(Kind.REDIRECT, f'redirects to "{location}", which is no address') from error
    if is_local(address.url) and not is_local(url):
        raise Failure(Kind.REDIRECT, f'redirects to "{location}", which is not on the internet')
    return address


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that led to it."""
    following: BaseException | None = error
    while following:
        yield following
        if isinstance(following, BaseExceptionGroup):
            for each in following.exceptions:
                yield from _causes(each)
        following = following.__cause__ or following.__context__
