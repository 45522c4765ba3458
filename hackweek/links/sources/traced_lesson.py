"""Our lessons rendered so that each character is known to come from a lesson or from a value."""

from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from hackweek.event import Event
from hackweek.lesson import Lesson
from hackweek.links.sources.marks import (
    TEXT_MARK,
    TEXT_PLANE,
    VALUE_MARK,
    VALUE_PLANE,
    Marks,
    unmarkable,
)
from hackweek.links.sources.source_map import Given, Origin, Piece, SourceFile, SourceMap
from hackweek.links.sources.yaml_values import YamlValues
from hackweek.render import Context, fill_in, scan_cached
from hackweek.site import Site
from hackweek.yaml_source import Location

_DECIDING = {
    "slug", "lessons", "lessons_from", "format", "status", "github_invite_method", "timezone",
}  # fmt: skip
"""Keys whose values are compared, and are no part of an address."""


class LessonTracer:
    """Renders the lessons of a site as they are published, and tells where all of it is from.

    Each text of the event and of front matter is put between two marks, and so is what each
    part of a lesson prints; whatever conditions, loops, filters and macros do, the marks tell.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._marks: Marks[tuple[Origin, bool]] = Marks(VALUE_PLANE)
        self._lessons: dict[str, Lesson] = {}
        event = self._event(f"events/{site.event.slug}.yml")
        self._marked_site = Site(site.root, event)
        lessons = {id: self._lesson(lesson) for id, lesson in site.all_lessons.items()}
        # Filled in here, the cached property is not read from the files.
        self._marked_site.__dict__["all_lessons"] = lessons

    def trace(self, lesson: Lesson) -> SourceMap:
        """The lesson's Markdown as it is published."""
        body = Piece(
            text=lesson.body,
            file=SourceFile(lesson.path, lesson.text),
            offset=lesson.body_offset,
        )
        try:
            published = self._render(body, self._site.context(lesson))
            traced = self._render(body, self._marked_site.context(self._lesson(lesson)))
        except Exception:  # noqa: BLE001 - whatever a macro raises for a lesson changed since
            return SourceMap([body])
        # A condition that compares a value may decide otherwise when the value is marked.
        return traced if traced.text == published.text else published

    def _render(self, body: Piece, context: Context) -> SourceMap:
        found = scan_cached(body.text, context.names)
        expressions = {tag.start for tag in found.tags if not tag.block}
        marks: Marks[int] = Marks(TEXT_PLANE)
        rendered = fill_in(unmarkable(body.text), found, context, marks.new)
        ends = [*(mark.start() for mark in TEXT_MARK.finditer(rendered)), len(rendered)]
        pieces = []
        for start, end in pairwise(ends):
            at = marks.meaning(rendered[start])
            piece = replace(body, text=rendered[start + 1 : end], offset=body.offset + at)
            pieces.append(self._made(piece) if at in expressions else piece)
        return SourceMap(pieces)

    def _made(self, marked: Piece) -> Piece:
        """What an expression printed, without marks, and what is from values in it."""
        text, position = "", 0
        given: list[Given] = []
        begun: dict[Origin, int] = {}
        for found in VALUE_MARK.finditer(marked.text):
            text += marked.text[position : found.start()]
            position = found.end()
            origin, ends = self._marks.meaning(unquote(found[0]))
            if ends:
                start = begun.pop(origin, len(text))
                given.append(Given(start=start, end=len(text), origin=origin))
            else:
                begun[origin] = len(text)
        # A value of which only the beginning was used.
        given += [Given(start=at, end=at, origin=origin) for origin, at in begun.items()]
        text += marked.text[position:]
        return replace(marked, text=text, copied=False, given=tuple(given))

    def _event(self, path: str) -> Event:
        values = YamlValues.read(self._site.root / path, path, as_mkdocs=False)
        marked: Event = self._marked(self._site.event, values, ())
        return marked

    def _lesson(self, lesson: Lesson) -> Lesson:
        """The lesson with marks in its front matter."""
        if lesson.page not in self._lessons:
            source = lesson.front_matter
            values = YamlValues(SourceFile(lesson.path, lesson.text), source)
            marked = replace(lesson)
            header = replace(source, values=self._marked(source.values, values, ()))
            marked.__dict__["front_matter"] = header
            self._lessons[lesson.page] = marked
        return self._lessons[lesson.page]

    def _marked(self, value: Any, values: YamlValues, at: Location) -> Any:
        """A value with marks around each text in it."""
        match value:
            case str() if at:
                origin = values.origin(at)
                begin, end = self._marks.new((origin, False)), self._marks.new((origin, True))
                return f"{begin}{unmarkable(value)}{end}"
            case list():
                return [self._marked(each, values, (*at, n)) for n, each in enumerate(value)]
            case dict():
                return {key: self._marked(each, values, (*at, key)) for key, each in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            names = {each.name for each in fields(value)} - _DECIDING
            kept = {name: getattr(value, name) for name in names}
            return replace(value, **self._marked(kept, values, at))
        return value
