"""A lesson as its author wrote it: front matter, body, and where each begins."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from hackweek.diagnostics import Diagnostic
from hackweek.yaml_source import Source, decode, read_mapping

# The same as MkDocs reads: https://www.mkdocs.org/user-guide/writing-your-docs/#yaml-style-meta-data
_FRONT_MATTER = re.compile(r"\A-{3}[ \t]*\n(?P<yaml>.*?\n)(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Lesson:
    """One page of the readers' documentation."""

    path: str
    """As messages show it, for example docs/preliminary/git.md."""
    page: str
    """Relative to docs/, for example preliminary/git.md."""
    text: str
    """The whole file; lines end with a line feed."""
    undecodable: tuple[Diagnostic, ...] = ()

    @cached_property
    def front_matter(self) -> Source:
        """The page's metadata, with places in the file; empty where there is none."""
        found = _FRONT_MATTER.match(self.text)
        if not found or not found["yaml"].strip():
            return Source(self.path)
        return read_mapping(self.path, found["yaml"], first_line=2, as_mkdocs=True)

    @cached_property
    def body_offset(self) -> int:
        """Characters before the body."""
        found = _FRONT_MATTER.match(self.text)
        return found.end() if found else 0

    @property
    def body(self) -> str:
        """The Markdown below the front matter."""
        return self.text[self.body_offset :]

    @property
    def id(self) -> str:
        """The name by which an event's `lessons` calls it, for example git."""
        return self.page.rpartition("/")[2].removesuffix(".md")

    @property
    def meta(self) -> dict[str, Any]:
        """The front matter's values."""
        return self.front_matter.values

    @property
    def title(self) -> str:
        """As the navigation shows it."""
        return str(self.meta.get("title", self.id))

    @property
    def minutes(self) -> int:
        """The time that reading and doing take."""
        minutes = self.meta.get("minutes", 0)
        return minutes if isinstance(minutes, int) else 0

    def place(self, offset: int) -> tuple[int, int]:
        """1-based line and column of a position in the file's text."""
        before = self.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def read_lesson(docs: Path, page: str, shown_as: str = "") -> Lesson:
    """The lesson at `docs/<page>`; a file that is not UTF-8 comes with no text.

    `shown_as` is the folder as messages show it, where that is not its own name.
    """
    status = (docs / page).stat()
    shown = f"{shown_as or docs.name}/{page}"
    return _read_lesson(docs, page, shown, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=4096)
def _read_lesson(docs: Path, page: str, path: str, _changed: int, _size: int) -> Lesson:
    text, undecodable = decode(path, (docs / page).read_bytes())
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Lesson(path, page, text, tuple(undecodable))


def read_lessons(docs: Path, shown_as: str = "") -> list[Lesson]:
    """Every Markdown file of a folder, sorted by path; `shown_as` is that of `read_lesson`."""
    pages = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*.md"))
    return [read_lesson(docs, page, shown_as) for page in pages]
