"""A lesson rendered for one event, each line with the line of the lesson's file it comes from.

Conditions, loops and macros shift lines. So the lesson is rendered with a mark at the beginning
of each of its lines, and the marks are taken out of what comes.
"""

import re
from dataclasses import dataclass

from hackweek.lesson import Lesson
from hackweek.reading import Kind, read
from hackweek.render import Context, fill_in, scan_cached

# Noncharacters, beside those of hackweek.template; no lesson can hold one.
_MARK = re.compile("\ufdd6(\\d+)\ufdd7")


@dataclass(frozen=True, slots=True)
class RenderedLesson:
    """What the engines would get, and where each line comes from."""

    text: str
    lines: tuple[int, ...]
    """Of each line of `text`, the 1-based line in the lesson's file."""

    def source_line(self, number: int) -> int:
        """The line in the file of a 1-based line of `text`."""
        return self.lines[number - 1]


def rendered_lesson(lesson: Lesson, context: Context) -> RenderedLesson:
    """The lesson's body with its values filled in.

    The lesson must be one that can be rendered: see `hackweek.site.Site.rendered`.
    """
    marked = _marked(lesson)
    rendered = fill_in(marked, scan_cached(marked, context.names), context)
    lines: list[int] = []
    for line in rendered.split("\n"):
        # What a macro prints on further lines belongs to the line that calls it.
        found = _MARK.search(line)
        lines.append(int(found[1]) if found else (lines[-1] if lines else 1))
    return RenderedLesson(_MARK.sub("", rendered), tuple(lines))


def _marked(lesson: Lesson) -> str:
    """The body with its marks; a line that only holds tags vanishes and gets none."""
    lines = read(lesson.text, body_offset=lesson.body_offset).lines
    return "\n".join(
        line.text if line.kind is Kind.TAG else f"\ufdd6{line.number}\ufdd7{line.text}"
        for line in lines
        if line.kind is not Kind.HEADER
    )
