"""Tokens that stand for values in a build, and how a built file has changed them.

What happens to a text on its way through the theme, the search index or the sitemap is found
out from the token: it holds every character of the values that it stands for, beside letters
and digits, so whatever spells the token as one of the `ENCODERS` does spells the values so too.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, NoReturn
from urllib.parse import quote

from markdown.extensions.toc import slugify
from markupsafe import escape

MARKER = "qzjvw"
"""How each token begins, in whatever case; no value holds it."""
_BEGIN = re.compile(rf"{MARKER}(\d+)x", re.IGNORECASE)
_SPELLED = {"&": "x & x", "!": "x! x"}
_SPELLED |= {each: f"x {each}x" for each in "(‘“„«"} | {each: f"x{each} x" for each in ')"”»'}
"""Characters that stand beside a blank wherever they mean nothing to Markdown."""


class UnknownFormError(Exception):
    """A token came out in a form that no encoder gives."""


class Opaque(str):
    """A token that can be printed, and not asked.

    A template that does something else with a value than to show it would decide by the token.
    """

    __slots__ = ()

    def _refuse(self, *_: object) -> NoReturn:
        raise UnknownFormError(str(self))

    __len__ = __iter__ = __getitem__ = __contains__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __hash__ = str.__hash__

    def __bool__(self) -> bool:
        return True


class Slot(NamedTuple):
    """A place in a built file where an encoded value stands."""

    number: int
    """The value's, 0-based."""
    encoder: int
    """Index in `ENCODERS`."""


Pieces = tuple[str | Slot, ...]
"""A text with slots in it: a text, a slot, a text, and so on."""


def spelled(number: int, values: Iterable[str]) -> str:
    """The token that stands for a value in each of several events."""
    rare = sorted({each for value in values for each in value if not _is_plain(each)})
    middle = "".join(_SPELLED.get(each, f"x{each}x") for each in rare)
    return f"{MARKER.capitalize()}{number}x{middle}ZQ"


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isalnum()


def slug(value: str) -> str:
    """The anchor of a heading that holds just this, as Python-Markdown makes it."""
    return slugify(value, "-")


def is_slug_of_its_own(value: str) -> bool:
    """Whether the anchor of a heading that holds a value holds the value's own anchor."""
    own = slug(value)
    return bool(own) and all(
        slugify(f"x{blank}{value}{blank}x", "-") == f"x{dash}{own}{dash}x"
        for blank, dash in (("", ""), (" ", "-"))
    )


def _text(value: str) -> str:
    return html.escape(value, quote=False)


def attribute(value: str) -> str:
    """A value as it stands in an attribute, between double quotes."""
    return _text(value).replace('"', "&quot;")


def _quoted(value: str) -> str:
    return quote(value, safe="")


def _twice(value: str) -> str:
    return _text(_text(value))


ENCODERS: tuple[Callable[[str], str], ...] = (
    str,
    _text,
    attribute,
    html.escape,
    lambda value: str(escape(value)),  # markupsafe's, which Jinja and Pygments share
    lambda value: attribute(value).replace("'", "&#39;"),
    quote,
    _quoted,
    _twice,
    slug,
)
"""What programs on the way make of a text. Each but the last does it character by character."""
SLUG = len(ENCODERS) - 1


def encoded(value: str, encoder: int, *, as_json: bool) -> str:
    """A value as it stands in a file."""
    text = ENCODERS[encoder](value)
    return json.dumps(text)[1:-1] if as_json else text


def split(text: str, tokens: Sequence[str], *, as_json: bool) -> Pieces:
    """A file's text, taken apart at the tokens.

    Raises `UnknownFormError` where a token is there that cannot be told.
    """
    pieces: list[str | Slot] = []
    position = 0
    for found in _BEGIN.finditer(text):
        if found.start() < position:
            raise UnknownFormError(found[0])
        slot, length = _slot(text, found.start(), int(found[1]), tokens, as_json=as_json)
        pieces += [text[position : found.start()], slot]
        position = found.start() + length
    if len(pieces) != 2 * text.casefold().count(MARKER):
        raise UnknownFormError(MARKER)
    return (*pieces, text[position:])


def texts_of(slots: Iterable[Slot], values: Sequence[str], *, as_json: bool) -> dict[Slot, str]:
    """What stands in each slot for an event."""
    return {each: encoded(values[each.number], each.encoder, as_json=as_json) for each in slots}


def filled_in(pieces: Pieces, texts: Mapping[Slot, str]) -> str:
    """A text with something in each slot."""
    filled: list[Any] = [*pieces]
    filled[1::2] = [texts[slot] for slot in filled[1::2]]
    return "".join(filled)


def slots_of(pieces: Pieces) -> set[Slot]:
    """Every slot of a text."""
    return {each for each in pieces if isinstance(each, Slot)}


def _slot(
    text: str, start: int, number: int, tokens: Sequence[str], *, as_json: bool
) -> tuple[Slot, int]:
    if number < len(tokens):
        for encoder in range(len(ENCODERS)):
            form = encoded(tokens[number], encoder, as_json=as_json)
            if text.startswith(form, start):
                return Slot(number, encoder), len(form)
    raise UnknownFormError(text[start : start + 40])
