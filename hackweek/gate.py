"""The last look before publishing: nothing undefined, unrendered or left over in what was built."""

import html
import json
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from hackweek.diagnostics import Diagnostic
from hackweek.lesson import Lesson
from hackweek.links.inside.site_files import SiteFiles
from hackweek.template import scan

_TEXT_FILES = {".html", ".json", ".xml", ".txt", ".svg", ".ics", ".webmanifest"}
_TAG = re.compile(r"(<[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*>)")
LEFT_OVER = re.compile(
    r"INSERT_[A-Z]\w*|Macro (?:Rendering|Syntax) Error|@@(?:no-lesson|end-of)-\w+"
    r"|jinja2\.\w+|StrictUndefined"
)
"""What no page may contain."""
_DOUBTFUL = re.compile(r"[<&{@\ufdd0-\ufdd5]|INSERT_|Macro|jinja2|Strict")
"""Without any of these there is nothing to find."""
_NEEDED = (
    "<<",
    "<%",
    "{",
    "INSERT_",
    "Macro ",
    "@@",
    "jinja2.",
    "Strict",
    *"\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5",
)
"""The same once the markup is gone; to look for each by itself is a tenth of the work."""
_FOREIGN = re.compile(r"[{\ufdd0-\ufdd5](?:(?<!\{)|[{%]\s*\S{0,20})")
"""Marks of templates, which a lesson may teach."""


def left_over(
    site: Path, rendered: dict[str, str], names: Collection[str], *, only: Collection[str] = ()
) -> list[Diagnostic]:
    """Everything in a built site's text that was meant to be replaced.

    `rendered` is the Markdown of its pages: what a lesson says in so many words may stand on
    the site. `names` are those that lessons can use. `only` names the files to look at, if
    not all.
    """
    written = "\n".join(rendered.values())
    found = []
    for name in only or SiteFiles(site).names:
        path = site / name
        if path.suffix in _TEXT_FILES and not name.startswith("assets/"):
            for snippet in dict.fromkeys(_suspicious(path, written, names)):
                message = f'"{snippet}" was left over'
                found.append(
                    Diagnostic(path=name, line=1, column=1, rule="left-over", message=message)
                )
    return found


def in_sources(
    found: list[Diagnostic], lessons: Collection[Lesson], folder: str
) -> list[Diagnostic]:
    """The same at the author's line, where a lesson has the words; else in the built file."""
    placed = []
    for each in found:
        snippet = each.message.split('"')[1]
        homes = [lesson for lesson in lessons if snippet in lesson.text]
        for lesson in homes:
            line, column = lesson.place(lesson.text.index(snippet))
            placed.append(
                Diagnostic(
                    path=lesson.path, line=line, column=column, rule=each.rule, message=each.message
                )
            )
        if not homes:
            placed.append(
                Diagnostic(
                    path=f"{folder}/{each.path}",
                    line=each.line,
                    column=each.column,
                    rule=each.rule,
                    message=each.message,
                )
            )
    return placed


def _suspicious(path: Path, written: str, names: Collection[str]) -> Iterator[str]:
    text = path.read_text("utf-8", errors="replace")
    for snippet, is_certain in _candidates(text, path.suffix, frozenset(names)):
        if is_certain or _skeleton(snippet) not in _skeleton(written):
            yield snippet if is_certain else " ".join(snippet.split())


@lru_cache(maxsize=256)
def _candidates(text: str, suffix: str, names: frozenset[str]) -> list[tuple[str, bool]]:
    """What may be left over in a file's text, each with whether it surely is."""
    found = []
    for each in _texts(text, suffix):
        if not any(mark in each for mark in _NEEDED):
            continue
        found += [(match[0], True) for match in LEFT_OVER.finditer(each)]
        found += [(match[0], False) for match in _FOREIGN.finditer(each)]
        template = scan(each, names)
        found += [(each[tag.start : tag.end], False) for tag in template.tags]
        found += [(each[slip.start : slip.start + 30], False) for slip in template.slips]
    return found


def _texts(text: str, suffix: str) -> Iterator[str]:
    """What people and search engines can read of a file, without the markup."""
    parts = _strings(json.loads(text)) if suffix == ".json" else [text]
    for part in filter(_DOUBTFUL.search, parts):
        pieces = _TAG.split(part)
        yield html.unescape("".join(pieces[::2]))
        yield html.unescape("\n".join(tag.strip("<>") for tag in pieces[1::2]))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield str(key)
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


@lru_cache(maxsize=64)
def _skeleton(text: str) -> str:
    """Letters, digits and marks of templates: what Markdown does not change."""
    return re.sub(r"[^\w{}<>%\ufdd0-\ufdd5]|_", "", text)
