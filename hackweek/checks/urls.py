"""Addresses as people write them, and what is wrong with one."""

import re
from urllib.parse import unquote, urlsplit

from hackweek.diagnostics import nearest

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,20})(://|:)")
_KNOWN_SCHEMES = set(
    "http https ftp ftps sftp ssh git file mailto tel sms data javascript doi s3 gs hdfs vscode "
    "slack ipfs irc ircs xmpp ws wss magnet about chrome steam zoommtg zoomus msteams conda "
    "svn rsync ldap urn geo webcal matrix feed view-source".split()
)
_DOUBLED = re.compile(r"https?:?/{1,2}(?=https?:?/)", re.IGNORECASE)
_SLASHES = re.compile(
    r"(https?)(?::/(?!/)|:///+|;//?|\.//|//|:\\\\?|:(?=[\w-]+\.\w))", re.IGNORECASE
)
_ONE_SLASH = re.compile(r"(ftps?|sftp|ssh|s3|gs):/(?!/)", re.IGNORECASE)
_WWW = re.compile(r"www\d?\.[\w-]+\.\w", re.IGNORECASE)
_MAIL = re.compile(r"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+")
_MAIL_TARGET = re.compile(r"mailto:?/{0,2}[ ]*", re.IGNORECASE)
_NUMBERS = re.compile(r"[\d.]+|\[.*|.*:.*")

_NO_HTTPS = frozenset(
    "captive.apple.com connectivitycheck.gstatic.com detectportal.firefox.com http.badssl.com "
    "httpforever.com httpstat.us info.cern.ch neverssl.com www.msftconnecttest.com".split()
)
"""Hosts that answer only http: most of them on purpose, for browsers before a sign-in page."""
_NAMESPACES = re.compile(
    r"http://(?:www\.w3\.org/(?:\d{4}/|ns/|XML/)|purl\.org/|xmlns\.com/|schemas?\.|"
    r"www\.opengis\.net/|json-schema\.org/|www\.sitemaps\.org/schemas|ns\.|dublincore\.org/|"
    r"www\.isotc211\.org/|schema\.org|vocab\.|id\.loc\.gov|qudt\.org|data\.europa\.eu)",
    re.IGNORECASE,
)
"""Names that look like addresses and mean no page."""
_PRIVATE = ("localhost", "local", "test", "example", "invalid", "internal", "lan", "home", "onion")
_EXAMPLES = ("example.com", "example.org", "example.net", "example.edu")


def malformed(url: str) -> tuple[str, str] | None:
    """What is wrong with the way an address is written, and the address put right."""
    if found := _DOUBLED.match(url):
        return "begins twice", _repaired(url[found.end() :])
    if found := _SLASHES.match(url):
        return f'begins with "{found[0]}"', _with_scheme(url[found.end() :].lstrip("/"))
    if found := _ONE_SLASH.match(url):
        return f'begins with "{found[0]}"', f"{found[1].lower()}://{url[found.end() :]}"
    scheme = _SCHEME.match(url)
    if scheme and scheme[2] == "://" and _is_slip(scheme[1].lower()):
        return f'begins with "{scheme[1]}"', _with_scheme(url[scheme.end() :])
    if _WWW.match(url):
        return "has no scheme", f"https://{url}"
    if re.match(r"https?://", url, re.IGNORECASE):
        return _wrong_inside(url)
    return None


def _is_slip(scheme: str) -> bool:
    return scheme not in _KNOWN_SCHEMES and nearest(scheme, ("http", "https")) is not None


def _with_scheme(rest: str) -> str:
    return f"https://{rest}" if public_host(f"https://{rest}") else f"http://{rest}"


def _repaired(url: str) -> str:
    again = malformed(url)
    return again[1] if again else url


def _wrong_inside(url: str) -> tuple[str, str] | None:
    rest = url.partition("://")[2]
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not rest.strip():
        return "has no host", ""
    if re.search(r"\s", url):
        before, after = re.split(r"\s+", url, maxsplit=1)
        joined = re.sub(r"\s+", "%20", url) if "/" in before[8:] and after[0] != "/" else ""
        return "has a blank in it", joined or re.sub(r"\s+", "", url)
    if "," in host or ".." in host or "\\" in host:
        return f'has the host "{host}"', url.replace(host, re.sub(r"[,\\]|\.{2,}", ".", host), 1)
    return None


def public_host(url: str) -> bool:
    """Whether anybody on the internet can reach an address's host."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if not host or "." not in host or _NUMBERS.fullmatch(host) or port not in (None, 80, 443):
        return False
    if not re.fullmatch(r"[\w.-]+", host):
        return False
    return host.rpartition(".")[2] not in _PRIVATE and not is_example(host)


def is_example(host: str) -> bool:
    """Whether a host is one of those that stand for any other (RFC 2606)."""
    return any(host == each or host.endswith(f".{each}") for each in _EXAMPLES)


def insecure(url: str) -> bool:
    """Whether an address says http where https is meant."""
    if url[:7].lower() != "http://" or _NAMESPACES.match(url):
        return False
    return public_host(url) and (urlsplit(url).hostname or "") not in _NO_HTTPS


def wrong_mail(target: str) -> tuple[str, str] | None:
    """What is wrong with a link to a mail address, and the target put right."""
    found = _MAIL_TARGET.match(target)
    if not found:
        return ("has no mailto:", f"mailto:{target}") if _MAIL.fullmatch(target) else None
    addresses, _, fields = target[found.end() :].partition("?")
    if found[0].lower() != "mailto:" or not addresses:
        return "is no mail address", f"mailto:{addresses}" if _MAIL.fullmatch(addresses) else ""
    for address in addresses.split(","):
        if not _MAIL.fullmatch(unquote(address).strip()):
            at = re.sub(r"\s*[(\[]?\bat\b[)\]]?\s*", "@", address, count=1)
            fixed = re.sub(r"\s*[(\[]?\bdot\b[)\]]?\s*", ".", at)
            return "is no mail address", f"mailto:{fixed}" if _MAIL.fullmatch(fixed) else ""
    return None if addresses else ("is no mail address", fields)
