"""Anybody's pages with the files that they include, each character with its place.

Two ways to include are known: templates of mkdocs-macros
(https://mkdocs-macros-plugin.readthedocs.io) and the snippets of pymdownx
(https://facelessuser.github.io/pymdown-extensions/extensions/snippets/). Nothing is executed:
a template's value is looked up in `mkdocs.yml` and the front matter, and all that a condition
may show is kept.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import normpath
from typing import Any

from hackweek.lesson import Lesson
from hackweek.links.sources.source_map import Given, Piece, SourceFile, SourceMap, read_source
from hackweek.links.sources.yaml_values import YamlValues
from hackweek.yaml_source import Location

UNKNOWN = "\ufffc"
"""Stands for what a template makes of a value that is not known here."""
_TEMPLATE = re.compile(
    r"""
    \{%-?\s*raw\s*-?%\}(?P<raw>.*?)\{%-?\s*endraw\s*-?%\}
    | \{%-?\s*include(?:-markdown)?\s+["'](?P<file>[^"'\n]+)["'].*?%\}
    | \{\{-?\s*(?P<value>.*?)\s*-?\}\}
    | \{%.*?%\}
    | \{\#.*?\#\}
    """,
    re.VERBOSE | re.DOTALL,
)
_NAMES = re.compile(r"(?:config\.|extra\.)?([\w.]+)\s*(?:\|.*)?", re.DOTALL)
_SNIPPET = re.compile(
    r"[ \t]*(?P<escape>;*)-+8<-+(?:[ \t]+(?P<quote>[\"'])(?P<file>.+?)(?P=quote))?[ \t]*"
)
_SNIPPET_PART = re.compile(
    r"(?P<file>.*?)(?::(?P<section>[a-z][\w-]*)|:(?P<lines>\d{0,9}(?::\d{0,9})?(?:,\d{0,9}(?::\d{0,9})?)*))?",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?<![;-])-+8<-+[ \t]+\[[ \t]*(start|end)[ \t]*:[ \t]*([a-z][\w-]*)[ \t]*\]", re.I
)

Line = list[Piece]
Open = frozenset[Path]
"""Files within which an inclusion stands; one of them again would never end."""


@dataclass(frozen=True)
class Inclusions:
    """Puts the pages of a folder together as they were built."""

    docs: Path
    shown_as: str
    """How messages show the folder."""
    config: YamlValues
    """`mkdocs.yml`, or no values where there is none."""

    def trace(self, lesson: Lesson) -> SourceMap:
        """A page's Markdown with everything that it includes."""
        file = SourceFile(lesson.path, lesson.text)
        # As MkDocs does: https://github.com/mkdocs/mkdocs/blob/1.6.1/mkdocs/utils/meta.py
        start = lesson.body_offset if lesson.meta else 0
        source = SourceMap([Piece(text=lesson.text[start:], file=file, offset=start)])
        if self._uses("plugins", "macros", "include", "jinja"):
            front_matter = YamlValues(file, lesson.front_matter)
            source = SourceMap(self._filled_in(source, front_matter, frozenset()))
        if self._uses("markdown_extensions", "pymdownx.snippets"):
            lines = [*self._lines(source, frozenset()), *self._appended()]
            source = SourceMap(piece for line in lines for piece in line)
        return source

    def _uses(self, setting: str, *names: str) -> bool:
        chosen = str(self.config.values.get(setting, ""))
        return not self.config.values or any(name in chosen for name in names)

    def _filled_in(self, source: SourceMap, meta: YamlValues, within: Open) -> Iterator[Piece]:
        """The text with its templates filled in."""
        position = 0
        for tag in _TEMPLATE.finditer(source.text):
            yield from source.part(position, tag.start())
            position = tag.end()
            if tag["raw"]:
                yield from source.part(*tag.span("raw"))
            elif tag["file"] and (path := self._file(tag["file"], self._template_folders)):
                if path not in within:
                    yield from self._filled_in(self._whole(path), meta, within | {path})
            elif tag["value"]:
                yield self._value(tag["value"], next(source.part(*tag.span())), meta)
        yield from source.part(position, len(source.text))

    def _value(self, code: str, tag: Piece, meta: YamlValues) -> Piece:
        """What an expression prints."""
        made = replace(tag, text=UNKNOWN, copied=False)
        if names := _NAMES.fullmatch(code):
            at: Location = tuple(names[1].split("."))
            for values, location in ((meta, at), (self.config, ("extra", *at)), (self.config, at)):
                if text := values.text(location):
                    given = Given(start=0, end=len(text), origin=values.origin(location))
                    return replace(made, text=text, given=(given,))
        return made

    def _lines(self, source: SourceMap, within: Open) -> Iterator[Line]:
        """The text line by line, with its snippets in their places."""
        listed = False
        for found in re.finditer(r"[^\n]*\n|[^\n]+\Z", source.text):
            line = found[0].rstrip("\n")
            snippet = _SNIPPET.fullmatch(line) if "8<" in line else None
            if snippet and snippet["escape"]:
                escape = found.start() + snippet.start("escape")
                parts = (found.start(), escape), (escape + 1, found.end())
                yield [piece for part in parts for piece in source.part(*part)]
            elif snippet and not snippet["file"]:
                listed = not listed
            elif snippet or (listed and line.strip()):
                indent = list(source.part(found.start(), found.end() - len(found[0].lstrip())))
                yield from self._snippet(snippet["file"] if snippet else line, indent, within)
            elif not listed and not _SECTION.search(line):
                yield list(source.part(*found.span()))

    def _snippet(self, name: str, indent: Line, within: Open) -> Iterator[Line]:
        """The lines of an included file, or of a part of it, indented."""
        part = _SNIPPET_PART.fullmatch(name.strip())
        path = self._file(part["file"], self._snippet_folders) if part else None
        if not part or not path or path in within:
            return
        whole = self._whole(path)
        spans = [found.span() for found in re.finditer(r"[^\n]*\n|[^\n]+\Z", whole.text)]
        for start, end in _chosen(whole.text, spans, part["section"], part["lines"]):
            selected = SourceMap(whole.part(start, end))
            for line in self._lines(selected, within | {path}):
                ends = line[-1].text.endswith("\n") if line else True
                yield [*indent, *line, *([] if ends else [replace(line[-1], text="\n")])]

    def _appended(self) -> Iterator[Line]:
        """What `auto_append` adds to every page."""
        for name in _listed(self._snippet_options.get("auto_append")):
            lines = list(self._snippet(name, [], frozenset()))
            if lines and lines[0]:
                yield [replace(lines[0][0], text="\n\n", copied=False)]
            yield from lines

    def _options(self, setting: str, name: str) -> dict[str, Any]:
        """The options of an extension or a plugin."""
        entries = self.config.values.get(setting)
        for each in entries if isinstance(entries, list) else [entries]:
            options = each.get(name) if isinstance(each, dict) else None
            if isinstance(options, dict):
                return options
        return {}

    @property
    def _snippet_options(self) -> dict[str, Any]:
        return self._options("markdown_extensions", "pymdownx.snippets")

    @property
    def _snippet_folders(self) -> list[Path]:
        chosen = _listed(self._snippet_options.get("base_path"))
        return [*(self.docs.parent / each for each in chosen), self.docs.parent, self.docs]

    @property
    def _template_folders(self) -> list[Path]:
        chosen = _listed(self._options("plugins", "macros").get("include_dir"))
        return [*(self.docs.parent / each for each in chosen), self.docs, self.docs.parent]

    def _file(self, name: str, folders: list[Path]) -> Path | None:
        """The file that a name means; none outside of the folder that `docs` is in."""
        root = self.docs.parent.resolve()
        for folder in folders:
            try:
                path = (folder / name).resolve()
                if path.is_relative_to(root) and path.is_file():
                    return path
            except (OSError, ValueError):  # a name that is too long, a NUL
                continue
        return None

    def _whole(self, path: Path) -> SourceMap:
        within = os.path.relpath(path, self.docs.resolve()).replace(os.sep, "/")
        file = read_source(path, normpath(f"{self.shown_as}/{within}"))
        return SourceMap([Piece(text=file.text, file=file, offset=0)])


def _listed(value: object) -> list[str]:
    """The texts of a setting that may be one or a list."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]


def _chosen(
    text: str, lines: list[tuple[int, int]], section: str | None, numbers: str | None
) -> Iterator[tuple[int, int]]:
    """Start and end of what a snippet takes from a file whose lines are at these offsets."""
    if section:
        marks = [mark for mark in _SECTION.finditer(text) if mark[2] == section]
        for begin, close in zip(marks[::2], marks[1::2], strict=False):
            start = text.find("\n", begin.end()) + 1
            yield start, max(text.rfind("\n", 0, close.start()) + 1, start)
    elif numbers:
        for each in numbers.split(","):
            first, _, last = each.partition(":")
            chosen = lines[max(int(first or 1) - 1, 0) : int(last or len(lines))]
            if chosen:
                yield chosen[0][0], chosen[-1][1]
    else:
        yield 0, len(text)
