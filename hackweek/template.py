r"""What in a lesson is a template, and what only looks like one.

An expression is `<<`, a blank, an expression, a blank and `>>`, all on one line; a block is
`<% if … %>` in the same way. Lessons teach git and the shell, so anything that people write
in those (heredocs, conflict markers, shifts) is text, and comes out as it was written:
an expression has to *name* something, in lower case. `\<<` makes text of an expression.

Jinja (https://jinja.palletsprojects.com) never sees the author's marks: the tags found here
are handed to it between characters that Unicode sets aside for a program's own use.
"""

import keyword
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from hackweek.diagnostics import nearest

BLOCKS = ("if", "elif", "else", "endif", "for", "endfor", "set")
"""The block tags that a lesson can use."""

# Noncharacters, for internal use only: https://www.unicode.org/faq/private_use.html#nonchar1
EXPRESSION_MARKS = "\ufdd0\ufdd1"
BLOCK_MARKS = "\ufdd2\ufdd3"
COMMENT_MARKS = "\ufdd4\ufdd5"
JINJA_MARKS: dict[str, Any] = {
    "variable_start_string": EXPRESSION_MARKS[0],
    "variable_end_string": EXPRESSION_MARKS[1],
    "block_start_string": BLOCK_MARKS[0],
    "block_end_string": BLOCK_MARKS[1],
    "comment_start_string": COMMENT_MARKS[0],
    "comment_end_string": COMMENT_MARKS[1],
}
"""How a Jinja environment is told of them."""

_OPEN = re.compile(r"<<+|<%|\{\{+(?![%#])")
_CLOSE = re.compile(r"(?P<blank>[ \t]?)>>(?!>)")
_NAME = re.compile(r"[A-Za-z_]\w*")
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")
_CODE = re.compile(r"[;$&`\\{}]|(?<![<>=!])[<>](?![<>=])|\|\||::")
"""What shell and C++ write and an expression does not."""
_STRINGS = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
"""A Jinja string literal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """An expression or a block tag in a text."""

    start: int
    """Offset of its first character in the text."""
    end: int
    code: str
    """What stands between the marks."""
    block: bool
    code_start: int
    """Offset of `code`."""

    def names(self) -> Iterator[tuple[str, int]]:
        """Every name in the code that could be a variable, with its offset in the text."""
        blanked = _STRINGS.sub(lambda found: " " * len(found[0]), self.code)
        for found in _NAME.finditer(blanked):
            before = blanked[: found.start()].rstrip()
            if not before.endswith((".", "|")) and not keyword.iskeyword(found[0]):
                yield found[0], self.code_start + found.start()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Text that was meant as a template and would be published as it stands."""

    start: int
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A text taken apart: tags, the backslashes that escape one, and slips."""

    tags: tuple[Tag, ...]
    escapes: tuple[int, ...]
    """Offsets of backslashes that are not to be published."""
    slips: tuple[Slip, ...]


def scan(text: str, known: Collection[str] = ()) -> Scan:
    """Finds the tags of a text; `known` are the names that a lesson may use."""
    tags: list[Tag] = []
    escapes: list[int] = []
    slips: list[Slip] = []
    position = last_end = 0
    while found := _OPEN.search(text, position):
        start, position = found.span()
        if len(found[0]) > 2 or (found[0] == "{{" and text.startswith("$", max(start - 1, 0))):
            continue  # a conflict marker, a here-string, a GitHub expression
        escaped = text.startswith("\\", max(start - 1, last_end), start)
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        tag = _FIND[found[0]](text, start, line_end, known)
        if isinstance(tag, Slip) and not escaped:
            slips.append(tag)
        elif tag is not None and escaped:
            escapes.append(start - 1)
        elif isinstance(tag, Tag):
            tags.append(tag)
            position = last_end = tag.end
    return Scan(tuple(tags), tuple(escapes), tuple(slips))


def _expression(text: str, start: int, line_end: int, known: Collection[str]) -> Tag | Slip | None:
    """The expression that begins at `start`, a slip, or None for plain text."""
    first = None
    for close in _CLOSE.finditer(text, start + 2, line_end):
        inside = text[start + 2 : close.start()]
        code = inside.strip(" \t")
        if "<<" in _STRINGS.sub("", inside) or not code:
            break
        spaced = inside[:1] in " \t" and close["blank"] != ""
        tag = Tag(
            start=start,
            end=close.end(),
            code=code,
            block=False,
            code_start=start + 2 + inside.index(code),
        )
        if not spaced:
            if _NAME.fullmatch(code.partition("(")[0]) and nearest(
                code.partition("(")[0], known, cutoff=0.85
            ):
                return _unspaced(tag, "<<", ">>")
            continue
        if first is None:
            first = tag
        if parses(code):
            return _named(tag, known)
    return _broken(first, known) if first else _unclosed(text, start, line_end, known)


def _unclosed(text: str, start: int, line_end: int, known: Collection[str]) -> Slip | None:
    """A name of ours, of several words, that only lacks its closing marks."""
    found = re.fullmatch(r"<<[ \t]*([a-z]+(?:_[a-z]+)+)[ \t]*>?[.,]?[ \t]*", text[start:line_end])
    near = nearest(found[1], known, cutoff=0.9) if found else None
    if not found or not near:
        return None
    return Slip(start=start, message=f'"{found[0].strip()}" has no end', help=_write(near))


def _braces(text: str, start: int, line_end: int, known: Collection[str]) -> Slip | None:
    """A name of ours, of several words, in the marks of other template systems."""
    found = re.match(r"{{[ \t]*(\w+)[ \t]*}}", text[start:line_end])
    if not found or "_" not in found[1] or found[1] not in known:
        return None
    return Slip(start=start, message=f'"{found[0]}" is not rendered here', help=_write(found[1]))


def _named(tag: Tag, known: Collection[str]) -> Tag | Slip | None:
    """A tag whose code is an expression, unless it is what a shell or C++ writes."""
    if tag.code[0].isdigit():
        return None
    names = [name for name, _ in tag.names()]
    if _CONSTANT.fullmatch(tag.code.partition("|")[0].strip()):
        near = nearest(names[0], known, cutoff=0.9) if names else None
        if near and len(near) > 3:
            return Slip(start=tag.start, message=f'"{names[0]}" is not a name', help=_write(near))
        return None
    return tag if names or re.match(r"(?:\"[^\"]*\"|'[^']*'|\W+)\s*\.\s*\w", tag.code) else None


def _broken(tag: Tag, known: Collection[str]) -> Tag | None:
    """A tag whose code is no expression: a mistake in one, or code of another language."""
    name = _NAME.match(tag.code)
    if name and nearest(name[0], known, cutoff=0.85):
        return tag
    bare = _STRINGS.sub("", tag.code)
    unopened = bare.find(")") >= 0 and not 0 <= bare.find("(") < bare.find(")")
    looks_like_code = not name or _CONSTANT.fullmatch(name[0]) or _CODE.search(bare) or unopened
    return None if looks_like_code else tag


def _block(text: str, start: int, line_end: int, known: Collection[str]) -> Tag | Slip | None:
    """The block tag that begins at `start`, a slip, or None for plain text."""
    end = text.find("%>", start + 2, line_end)
    if end < 0:
        word = re.match(r"<%[ \t]*(\w+)", text[start:line_end])
        if word and word[1] in BLOCKS:
            shown = text[start:line_end].strip()
            return Slip(start=start, message=f'"{shown}" has no end', help='end it with " %>"')
        return None
    inside = text[start + 2 : end]
    code = inside.strip(" \t")
    word = _NAME.match(code)
    if not word:
        return None
    tag = Tag(
        start=start,
        end=end + 2,
        code=code,
        block=True,
        code_start=start + 2 + inside.index(code),
    )
    if not (inside[0] in " \t" and inside[-1] in " \t"):
        return _unspaced(tag, "<%", "%>") if word[0] in BLOCKS else None
    return tag


_FIND = {"<<": _expression, "<%": _block, "{{": _braces}


def _unspaced(tag: Tag, opening: str, closing: str) -> Slip:
    message = f'"{opening}" and "{closing}" need a blank on the inside'
    return Slip(start=tag.start, message=message, help=f'write "{opening} {tag.code} {closing}"')


def _write(name: str) -> str:
    return f'write "<< {name} >>"'


def parses(code: str) -> bool:
    """Whether a text is a Jinja expression."""
    return isinstance(expression(code), nodes.Template)


@lru_cache(maxsize=4096)
def expression(code: str) -> nodes.Template | str:
    """A text as the tree of a Jinja expression, or what Jinja has against it."""
    try:
        return _SYNTAX.parse(f"{EXPRESSION_MARKS[0]} {code} {EXPRESSION_MARKS[1]}")
    except TemplateSyntaxError as error:
        return str(error.message)
    except RecursionError:
        return "it is nested too deeply"


_SYNTAX = Environment(**JINJA_MARKS)  # noqa: S701 - it only parses
