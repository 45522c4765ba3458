"""What the checks of lessons are given: a page, and the folder that it is in."""

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from hackweek.diagnostics import Diagnostic
from hackweek.lesson import Lesson
from hackweek.reading import Reading, read


@dataclass(frozen=True)
class Page:
    """A lesson, read."""

    lesson: Lesson

    @property
    def text(self) -> str:
        """The whole file; lines end with a line feed."""
        return self.lesson.text

    @property
    def path(self) -> PurePosixPath:
        """Relative to the folder of all pages."""
        return PurePosixPath(self.lesson.page)

    @cached_property
    def reading(self) -> Reading:
        """Its lines and its running text."""
        return read(self.text, body_offset=self.lesson.body_offset)

    def at(self, offset: int, rule: str, message: str, help: str = "") -> Diagnostic:
        """A problem at an offset of the file's text."""
        line, column = self.reading.place(offset)
        return self.at_line(line, column, rule, message, help)

    def at_line(
        self, line: int, column: int, rule: str, message: str, help: str = ""
    ) -> Diagnostic:
        """A problem at a 1-based line and column of the file."""
        return Diagnostic(
            path=self.lesson.path, line=line, column=column, rule=rule, message=message, help=help
        )


@dataclass(frozen=True)
class Folder:
    """A folder of Markdown written for MkDocs: the repository's docs/, or anybody's."""

    docs: Path
    pages: tuple[Page, ...]
    ours: bool
    """Whether it is a repository of hackweek lessons, which have front matter of their own."""
    config: dict[str, Any] = field(default_factory=dict)
    """The values of the `mkdocs.yml` beside it; empty where there is none."""

    @cached_property
    def files(self) -> dict[str, Path]:
        """Every file below docs/ by its path with forward slashes, in its own letter case.

        Links to folders are not followed, so a folder that links to itself ends the search.
        """
        return {
            (Path(folder) / name).relative_to(self.docs).as_posix(): Path(folder) / name
            for folder, _, names in os.walk(self.docs)
            for name in names
        }
