"""An outside address, read as a browser reads it."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import unquote, urldefrag, urlsplit

import httpx

_DIRECTIVE = ":~:"
"""What follows is for the browser alone: https://wicg.github.io/scroll-to-text-fragment/"""
_NO_ANCHOR = re.compile(r"|top|[!/].*|L\d+(C\d+)?(-L?\d+(C\d+)?)?", re.IGNORECASE | re.DOTALL)
"""Fragments for the browser or for scripts: nothing, the top, an inner route, lines of code."""
_DEFAULT_PORTS = {"http": 80, "https": 443}


class NotAnAddress(Exception):  # noqa: N818 - it names what was found
    """No browser could ask for this; the text is the reason."""


@dataclass(frozen=True, slots=True)
class Address:
    """What is asked for, and the place in it."""

    url: str
    """Normalized, without the fragment."""
    fragment: str
    """As it is written; empty where the whole page is meant."""

    @property
    def anchors(self) -> frozenset[str]:
        """The ids that the fragment can mean; none where it leads to the top.

        https://html.spec.whatwg.org/multipage/browsing-the-web.html#select-the-indicated-part
        """
        if _NO_ANCHOR.fullmatch(self.fragment):
            return frozenset()
        written = {self.fragment, unquote(self.fragment)}
        # GitHub writes ids with a prefix, which its scripts hide from the reader.
        return frozenset(written | {f"user-content-{each}" for each in written})


def is_web_address(url: str) -> bool:
    """Whether a link leads to the web, and not to a mail program or a file."""
    return re.match(r"(https?:|//)", _stripped(url), re.IGNORECASE) is not None


def parse_address(url: str) -> Address:
    """The address that a link's text names.

    Follows https://url.spec.whatwg.org/#url-parsing where authors are careless: blanks around,
    line breaks inside, backslashes for slashes. Raises `NotAnAddress`.
    """
    text, fragment = urldefrag(_stripped(url))
    path, mark, query = text.partition("?")
    text = path.replace("\\", "/") + mark + query
    if text.startswith("//"):
        text = f"https:{text}"
    return Address(_normalized(text), fragment.partition(_DIRECTIVE)[0])


def host_key(url: str) -> str:
    """The host that a polite client asks one thing at a time: http and https are one."""
    parts = urlsplit(url)
    default = parts.port is None or parts.port == _DEFAULT_PORTS.get(parts.scheme)
    return (parts.hostname or "") if default else parts.netloc.rpartition("@")[2]


def host_name(url: str) -> str:
    """The host's name in lower case, without its port."""
    return urlsplit(url).hostname or ""


def is_local(url: str) -> bool:
    """Whether the host is this machine or this network, which need no internet."""
    name = host_name(url)
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return not ipaddress.ip_address(name).is_global
    except ValueError:
        return False


def _stripped(url: str) -> str:
    return re.sub(r"[\t\r\n]", "", url.strip("".join(map(chr, range(0x21)))))


def _normalized(text: str) -> str:
    try:
        parsed = httpx.URL(_with_ascii_host(text))
        _ = urlsplit(text).port  # which httpx takes whatever its size
    except (httpx.InvalidURL, ValueError) as error:
        raise NotAnAddress(f'"{text}" is not an address') from error
    if parsed.scheme not in _DEFAULT_PORTS:
        raise NotAnAddress(f'"{text}" does not lead to the web')
    if not parsed.host:
        raise NotAnAddress(f'"{text}" names no host')
    return str(parsed.copy_with(path="/") if parsed.path == "" else parsed)


def _with_ascii_host(text: str) -> str:
    """The address with a host that httpx's strict IDNA refuses and browsers do not: emoji."""
    host = urlsplit(text).hostname or ""
    if host.isascii():
        return text
    try:
        return text.replace(host, host.encode("idna").decode(), 1)
    except UnicodeError:
        return text
