"""Lessons rendered in Jinja's sandbox: what both engines publish.

The sandbox (https://jinja.palletsprojects.com/en/stable/sandbox/) keeps a lesson, which is
contributed text, from reaching Python.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, pass_context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hackweek.compiled import Compiled
from hackweek.template import (
    BLOCK_MARKS,
    COMMENT_MARKS,
    EXPRESSION_MARKS,
    JINJA_MARKS,
    Scan,
    Tag,
    scan,
)

_MARKS = re.compile(f"[{EXPRESSION_MARKS}{BLOCK_MARKS}{COMMENT_MARKS}]")
PRINTED = "\ud800\ud801"
"""What `fill_in_marked` puts before and behind everything that a tag prints.

Halves of characters: no text that was read from a file has them.
"""
REACHED = "_reached"
"""What a traced template calls with the index of each tag that it comes to."""


class Unprintable(Exception):  # noqa: N818 - raised for a lesson's mistake
    """A value that would come out as Python's spelling of it; the text says what it is."""


@dataclass(frozen=True)
class Context:
    """What a lesson can use."""

    variables: Mapping[str, Any]
    macros: Mapping[str, Callable[..., str]]
    origin: str
    """Where the values come from, for example events/ohw26.yml."""
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    root: Path | None = None
    """Below which compiled lessons are kept, if anywhere."""

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that a lesson can write."""
        return frozenset({*self.variables, *self.macros})

    @property
    def environment(self) -> ImmutableSandboxedEnvironment:
        """A sandbox that knows these filters."""
        return _environment(tuple(self.filters.items()))


@lru_cache(maxsize=8)
def _environment(
    filters: tuple[tuple[str, Callable[..., Any]], ...],
) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        **JINJA_MARKS,
        undefined=StrictUndefined,
        finalize=_printed,
        keep_trailing_newline=True,
        autoescape=False,  # the output is Markdown, not HTML
        optimized=False,  # what is kept compiled must not hold what a filter once said
    )
    environment.globals = {"range": environment.globals["range"]}
    environment.filters.update(filters)
    return environment


@lru_cache(maxsize=512)
def scan_cached(body: str, names: frozenset[str]) -> Scan:
    """A lesson's body taken apart, once for all events."""
    return scan(body, names)


@lru_cache(maxsize=512)
def _template(source: str, environment: ImmutableSandboxedEnvironment) -> Template:
    return environment.from_string(source)


@lru_cache(maxsize=512)
def _plain_template(
    body: str,
    found: Scan,
    environment: ImmutableSandboxedEnvironment,
    root: Path | None,
    name: str,
) -> Template:
    source = jinja_source(body, found)
    if not root or not name:
        return environment.from_string(source)
    return Compiled(root, "lessons").template(environment, name, source)


def _no_mark(_offset: int) -> str:
    return ""


def fill_in(body: str, found: Scan, context: Context, mark: Callable[[int], str] = _no_mark) -> str:
    """A lesson's body, taken apart by `scan`, with its tags replaced by what they print.

    `mark` is that of `jinja_source`.
    Raises whatever Jinja, the sandbox, a macro or `Unprintable` has against it.
    """
    return unmarked(fill_in_marked(body, found, context, mark))


def unmarked(text: str) -> str:
    """A text without the marks around what was printed."""
    return text.replace(PRINTED[0], "").replace(PRINTED[1], "")


def fill_in_marked(
    body: str,
    found: Scan,
    context: Context,
    mark: Callable[[int], str] = _no_mark,
    *,
    name: str = "",
) -> str:
    """The same as `fill_in`, with what each tag prints between the two marks of `PRINTED`.

    `name` is that of the lesson, by which it is kept compiled.
    """
    plain = mark is _no_mark and not found.tags and not found.escapes
    if plain and not _MARKS.search(body):
        return body
    environment = context.environment
    template = (
        _plain_template(body, found, environment, context.root, name)
        if mark is _no_mark
        else _template(jinja_source(body, found, mark=mark), environment)
    )
    return template.render({**context.variables, **context.macros})


def jinja_source(
    body: str,
    found: Scan,
    *,
    traced: bool = False,
    without: Collection[int] = (),
    mark: Callable[[int], str] = _no_mark,
) -> str:
    """The body as a template in Jinja's own marks.

    A block tag that stands alone on its line takes the line with it. If `traced`, each tag
    first calls `REACHED` with its index. The expressions of the indices `without` are left out.
    What `mark` makes of an offset is published before the text or expression at this offset.
    """
    pieces: list[str] = []
    position = 0
    stops = [(offset, -1) for offset in found.escapes]
    stops += [(tag.start, index) for index, tag in enumerate(found.tags)]
    for start, index in sorted(stops):
        if index < 0:
            pieces += [mark(position), _literal(body[position:start])]
            position = start + 1
            continue
        tag = found.tags[index]
        first, end = _extent(body, tag)
        pieces += [mark(position), _literal(body[position:first])]
        trace = f"{EXPRESSION_MARKS[0]}{REACHED}({index}){EXPRESSION_MARKS[1]}"
        if traced and not tag.code.startswith(("el", "end")):
            pieces.append(trace)
        if tag.block:
            # The newline stays within the tag: Jinja's line numbers remain the lesson's.
            newline = "\n" if body[tag.end : end].endswith("\n") else ""
            pieces.append(f"{BLOCK_MARKS[0]} {tag.code} {newline}{BLOCK_MARKS[1]}")
        elif index not in without:
            pieces += [mark(start), f"{EXPRESSION_MARKS[0]} {tag.code} {EXPRESSION_MARKS[1]}"]
        position = end
    pieces += [mark(position), _literal(body[position:])]
    return "".join(pieces)


def _literal(text: str) -> str:
    """Text that comes out of Jinja as it went in, even where it has our marks."""
    return _MARKS.sub(
        lambda mark: f'{EXPRESSION_MARKS[0]}"\\u{ord(mark[0]):04x}"{EXPRESSION_MARKS[1]}', text
    )


def _extent(body: str, tag: Tag) -> tuple[int, int]:
    """Start and end of what a tag replaces: a block that stands alone, its whole line."""
    start = body.rfind("\n", 0, tag.start) + 1
    end = body.find("\n", tag.end) + 1 or len(body)
    alone = not (body[start : tag.start] + body[tag.end : end]).strip()
    return (start, end) if tag.block and alone else (tag.start, tag.end)


@pass_context  # so that nothing is printed before there is one, when a lesson is compiled
def _printed(_: object, value: Any) -> str:
    """What an expression prints, marked."""
    if value is None:
        raise Unprintable("has no value")
    if isinstance(value, bool):
        raise Unprintable("is true or false")
    if isinstance(value, dict):
        raise Unprintable("is a group of values")
    if isinstance(value, (list, tuple, set, range)):
        raise Unprintable("is a list")
    if callable(value) and not isinstance(value, StrictUndefined):
        raise Unprintable("is a macro")
    return f"{PRINTED[0]}{value}{PRINTED[1]}"
