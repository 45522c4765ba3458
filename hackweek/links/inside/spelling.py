"""Addresses that are wrong by how they are written, wherever they lead."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from hackweek.checks.urls import malformed, wrong_mail
from hackweek.diagnostics import nearest
from hackweek.links.inside.addresses import Address

_UNFILLED = re.compile(
    r"\{\{|\}\}|\{%|%\}|<<\s|\s>>|<%|\$\{|%7B%7B|%3C%3C%20|INSERT_[A-Z]", re.IGNORECASE
)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_LOCAL_HOST = re.compile(
    r"(?:localhost|[\w.-]+\.localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\])(:\d+)?"
)
_TOOLS = frozenset({":8888", ":8889", ":8890", ":8787"})
"""Ports on which a reader's own JupyterLab, dask dashboard or RStudio answers."""
_PHONE = re.compile(r"\+?[\d\s().*#/,-]+(?:;.*)?")
_PHONES = frozenset({"tel", "fax", "sms", "smsto"})
_SHORT_MESSAGES = frozenset({"sms", "smsto"})
"""These may leave it to the reader whom they go to, as mail may."""
_NO_RECEIVER = re.compile(r"mailto:\?.", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_COMMON = ("mailto", "tel", "https", "http", "javascript", "data")
_KNOWN = frozenset(
    "http https ftp ftps sftp mailto tel sms smsto fax data date javascript file blob about".split()
)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with the way that an address is written."""

    rule: str
    fact: str
    """What is said of the address."""
    instead: str = ""
    """The address put right; empty where that is not certain."""


def slip(url: str, address: Address, *, exists: bool) -> Slip | None:
    """The one thing that is wrong with how an address is written; `url` has no blanks around.

    `exists`: whether the site has such a file, so that it is the name of one, however odd.
    """
    if _UNFILLED.search(url):
        return Slip("unfilled-address", "has a place that was never filled in")
    if not url:
        return Slip("empty-address", "leads nowhere")
    if _DRIVE.match(url) or address.scheme == "file":
        return Slip("local-address", "is a file on one computer")
    if "\\" in re.split("[?#]", url)[0] and address.on_web:
        return Slip("broken-address", "has a backslash", url.replace("\\", "/"))
    is_name = exists and not _SCHEME.match(url)
    if not is_name and (found := malformed(url)):
        return Slip("broken-address", *found)
    if not is_name and not _NO_RECEIVER.match(url) and (found := wrong_mail(url)):
        return Slip("wrong-mail-link", *found)
    return _other_scheme(url, address)


def _other_scheme(url: str, address: Address) -> Slip | None:
    """What is wrong with an address that leads to no page."""
    scheme, path = address.scheme, unquote(address.path)
    if scheme == "javascript":
        return Slip("javascript-link", "does nothing without scripts")
    if scheme in _PHONES and not _is_phone(path) and (path or scheme not in _SHORT_MESSAGES):
        return Slip("wrong-phone-number", "is no phone number")
    near = nearest(scheme, _COMMON) if scheme and scheme not in _KNOWN else None
    if near:
        return Slip("broken-address", f'begins with "{scheme}"', near + url[len(scheme) :])
    return None


def _is_phone(text: str) -> bool:
    """https://www.rfc-editor.org/rfc/rfc3966"""
    return bool(_PHONE.fullmatch(text)) and sum(map(str.isdigit, text.partition(";")[0])) > 1


def on_own_computer(address: Address) -> bool:
    """Whether an address leads to the computer that the browser runs on: a preview, forgotten."""
    found = _LOCAL_HOST.fullmatch(address.host)
    return found is not None and found[1] not in _TOOLS
