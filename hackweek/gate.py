"""The last look before publishing: nothing undefined, unrendered or left over in what was built."""

import html
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from hackweek.diagnostics import Diagnostic
from hackweek.lesson import Lesson
from hackweek.template import scan

_TEXT_FILES = {".html", ".json", ".xml", ".txt", ".svg", ".ics", ".webmanifest"}
_TAG = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
LEFT_OVER = re.compile(
    r"INSERT_[A-Z]\w*|Macro (?:Rendering|Syntax) Error|@@(?:no-lesson|end-of)-\w+"
    r"|jinja2\.\w+|StrictUndefined"
)
"""What no page may contain."""
_FOREIGN = re.compile(r"\{\{\s*\S{0,20}|\{%\s*\S{0,20}|[\ufdd0-\ufdd5]")
"""Marks of templates, which a lesson may teach."""


def left_over(site: Path, rendered: dict[str, str], names: Collection[str]) -> list[Diagnostic]:
    """Everything in a built site's text that was meant to be replaced.

    `rendered` is the Markdown of its pages: what a lesson says in so many words may stand on
    the site. `names` are those that lessons can use.
    """
    written = _skeleton("\n".join(rendered.values()))
    found = []
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
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
    for text in _texts(path):
        yield from (match[0] for match in LEFT_OVER.finditer(text))
        for match in _FOREIGN.finditer(text):
            if _skeleton(match[0]) not in written:
                yield " ".join(match[0].split())
        found = scan(text, names)
        for start, end in [(tag.start, tag.end) for tag in found.tags] + [
            (slip.start, slip.start + 30) for slip in found.slips
        ]:
            if _skeleton(text[start:end]) not in written:
                yield " ".join(text[start:end].split())


def _texts(path: Path) -> Iterator[str]:
    """What people and search engines can read of a file, without the markup."""
    text = path.read_text("utf-8", errors="replace")
    parts = _strings(json.loads(text)) if path.suffix == ".json" else [text]
    for part in parts:
        yield html.unescape(_TAG.sub("", part))
        yield html.unescape("\n".join(tag.strip("<>") for tag in _TAG.findall(part)))


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


def _skeleton(text: str) -> str:
    """Letters, digits and marks of templates: what Markdown does not change."""
    return re.sub(r"[^\w{}<>%\ufdd0-\ufdd5]|_", "", text)
