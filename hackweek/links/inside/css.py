"""Addresses in style sheets.

https://www.w3.org/TR/css-syntax-3/#consume-url-token
"""

import re
from collections.abc import Iterator

_TOKENS = re.compile(
    r"""/\*.*?(?:\*/|\Z)
    | @namespace\b[^;]*
    | @import\s*(?P<import>"[^"\n]*"|'[^'\n]*')
    | (?<![\w-])url\(\s*(?P<url>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?:\\.|[^"'()\\\s])*)\s*\)
    | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))", re.DOTALL)


def css_addresses(style: str) -> Iterator[str]:
    """Each address that a style sheet loads; comments, strings and name spaces load nothing.

    An address that is only a fragment means a part of the same document, and an empty one
    nothing.
    """
    if "url(" not in style.lower() and "@import" not in style.lower():
        return
    for token in _TOKENS.finditer(style):
        written = token["url"] or token["import"] or ""
        quoted = written[:1] in ("'", '"')
        url = _ESCAPE.sub(_unescaped, written[1:-1] if quoted else written)
        if url.strip() and not url.startswith("#"):
            yield url


def _unescaped(escape: re.Match[str]) -> str:
    if not escape[1]:
        return escape[2]
    code = int(escape[1], 16)
    return chr(code) if 0 < code < 0x110000 else "\ufffd"
