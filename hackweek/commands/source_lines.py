"""A lesson rendered for one event, each line with the line of the lesson's file it comes from."""

import re
from dataclasses import dataclass

from hackweek.lesson import Lesson
from hackweek.links.sources.traced_lesson import LessonTracer


@dataclass(frozen=True, slots=True)
class RenderedLesson:
    """What the engines would get, and where each line comes from."""

    text: str
    lines: tuple[int, ...]
    """Of each line of `text`, the 1-based line in the lesson's file."""

    def source_line(self, number: int) -> int:
        """The line in the file of a 1-based line of `text`."""
        return self.lines[number - 1]


def rendered_lesson(tracer: LessonTracer, lesson: Lesson) -> RenderedLesson:
    """The lesson's body with its values filled in.

    The lesson must be one that can be rendered: see `hackweek.site.Site.rendered`.
    """
    traced = tracer.trace(lesson)
    starts = [0, *(each.end() for each in re.finditer("\n", traced.text))]
    return RenderedLesson(traced.text, tuple(traced.place(start).line for start in starts))
