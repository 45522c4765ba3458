"""One hackweek's site: which pages it has, in which order, and what they say."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, ClassVar

import macros
from hackweek.commands.instructions import unpublished
from hackweek.diagnostics import Diagnostic, Problems, did_you_mean
from hackweek.environment import current_slug
from hackweek.event import Event
from hackweek.events import load_event
from hackweek.glossary import definitions
from hackweek.lesson import Lesson, read_lessons
from hackweek.past.lessons import past_lessons
from hackweek.render import Context, unmarked
from hackweek.template_faults import render_marked
from hackweek.trail import trail
from hackweek.yaml_source import Source, read_mapping

LOCAL_URL = "http://localhost:8000/"
"""Where a site is looked at before it is published."""
LESSONS = "preliminary"
"""The folder of the lessons proper, within docs/."""
TODAY = "today.md"
"""The page that says what is on now, for an event with a schedule that is not over."""

_BUILT = {
    "print.md": "the page with all lessons",
    "print/index.md": "the page with all lessons",
    "print/README.md": "the page with all lessons",
    "calendar.ics": "the event's calendar",
    "preliminary/ready.py": "the program that proves the checklist",
    "worker.js": "what keeps the lessons on a device",
}
"""Files within docs/ whose addresses the build needs, and for what."""


@dataclass
class MacroEnvironment:
    """What `define_env` fills: the part of mkdocs-macros' interface that lessons need.

    https://mkdocs-macros-plugin.readthedocs.io/en/latest/macros/
    """

    site: "Site"
    page: Lesson | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    macros: dict[str, Callable[..., str]] = field(default_factory=dict)
    filters: dict[str, Callable[..., Any]] = field(default_factory=dict)

    def macro(self, function: Callable[..., str], name: str = "") -> Callable[..., str]:
        """Registers a function that lessons can call."""
        self.macros[name or function.__name__] = function
        return function

    def filter(self, function: Callable[..., Any], name: str = "") -> Callable[..., Any]:
        """Registers a filter that lessons can use."""
        self.filters[name or function.__name__] = function
        return function


@dataclass(frozen=True)
class Site:
    """The pages of one event."""

    has_tokens: ClassVar[bool] = False
    """Whether other texts stand in place of what the event has for itself."""
    root: Path
    """The repository's root."""
    event: Event

    @property
    def facts(self) -> Event:
        """The event whose values the lessons show."""
        return self.event

    @cached_property
    def home(self) -> Path:
        """What holds `docs/` and the `mkdocs.yml` with their order: the root, or a past one.

        Raises `Problems` where the commit that the event names cannot be had.
        """
        past = self.event.lessons_from
        return past_lessons(self.root, self.event.slug, past) if past else self.root

    @property
    def docs(self) -> Path:
        """Where the pages are written. Raises as `home` does."""
        return self.home / "docs"

    def shown(self, path: str) -> str:
        """A path below `home` as messages show it; one in the past as `git show` takes it."""
        past = self.event.lessons_from
        return f"{past}:{path}" if past else path

    @cached_property
    def _skeleton(self) -> Source:
        return _skeleton((self.home / "mkdocs.yml").read_text("utf-8-sig"))

    @cached_property
    def all_lessons(self) -> dict[str, Lesson]:
        """Every lesson by its id, in the order of the navigation of `mkdocs.yml`."""
        pages = [page for page in _pages(self._skeleton.values.get("nav", [])) if _is_lesson(page)]
        found = [self._written[page] for page in pages if page in self._written]
        return {lesson.id: lesson for lesson in found}

    @cached_property
    def _written(self) -> dict[str, Lesson]:
        """Every page below docs/, by its path there; sorted."""
        return {each.page: each for each in read_lessons(self.docs, self.shown("docs"))}

    @cached_property
    def lessons(self) -> dict[str, Lesson]:
        """The lessons that apply to this event, by id, in its order."""
        chosen = self.event.lessons if self.event.lessons is not None else list(self.all_lessons)
        return {
            id: self.all_lessons[id]
            for id in chosen
            if id in self.all_lessons and (id != "earthdata" or self.event.earthdata_required)
        }

    @cached_property
    def excluded_pages(self) -> frozenset[str]:
        """Pages below docs/ that are no part of this event's site."""
        lessons = {each.page for id, each in self.all_lessons.items() if id not in self.lessons}
        is_coming = self.event.schedule and not self.event.archived
        return frozenset(lessons if is_coming else lessons | {TODAY})

    @property
    def excluded_paths(self) -> list[str]:
        """What is left out of docs/: pages that do not apply, other events' pictures."""
        folders = sorted((self.docs / "img").glob("*/"))
        pictures = [f"/img/{each.name}/" for each in folders if each.name != self.event.slug]
        return [*(f"/{page}" for page in sorted(self.excluded_pages)), *pictures]

    def left_out(self, folder: str, names: list[str]) -> list[str]:
        """The same for `shutil.copytree`: which of a folder's files and folders to ignore."""
        within = Path(folder).relative_to(self.docs)
        excluded = {path.strip("/") for path in self.excluded_paths}
        return [name for name in names if (within / name).as_posix() in excluded]

    @cached_property
    def pages(self) -> list[Lesson]:
        """Every page of the site, sorted by path."""
        return [each for page, each in self._written.items() if page not in self.excluded_pages]

    @property
    def description(self) -> str:
        """One sentence about the site."""
        event = self.event
        return event.description or f"What to prepare before {event.name}, step by step."

    @property
    def theme_values(self) -> dict[str, Any]:
        """What the theme's templates ask of an event, as `config.extra.event`."""
        event = self.event
        return {
            "slug": event.slug,
            "name": event.name,
            "short_name": event.short_name,
            "archived": event.archived,
            "has_past_lessons": event.lessons_from is not None,
            "draft": event.status == "draft",
            "timezone": event.timezone,
            "dates": self._environment.variables["dates"],
            "trail": trail(list(self.lessons.values())),
        }

    def url(self, base: str | None) -> str:
        """The site's address below the address at which all events are published."""
        return f"{(base or '/').rstrip('/')}/{self.event.slug}/"

    @property
    def nav(self) -> list[Any]:
        """The navigation of `mkdocs.yml` with just this event's lessons, in its order."""
        pages = [lesson.page for lesson in self.lessons.values()]
        nav = self._skeleton.values.get("nav", [])
        left_out = {TODAY} & self.excluded_pages
        return [_with_lessons(each, pages) for each in nav if str(each) not in left_out]

    @property
    def reading_order(self) -> list[str]:
        """The navigation from top to bottom: pages, and addresses of other sites."""
        return _pages(self.nav)

    @cached_property
    def glossary(self) -> dict[str, str]:
        """Each glossary term with its definition."""
        path = self.docs / "glossary.md"
        return definitions(path.read_text("utf-8")) if path.is_file() else {}

    def context(self, lesson: Lesson | None = None) -> Context:
        """What a lesson can use."""
        env = MacroEnvironment(site=self, page=lesson)
        macros.define_env(env)
        return self._context_of(env)

    @cached_property
    def _environment(self) -> MacroEnvironment:
        """One for all lessons: `page` is set to the one that is rendered."""
        env = MacroEnvironment(site=self)
        macros.define_env(env)
        return env

    def _context_of(self, env: MacroEnvironment) -> Context:
        origin = f"events/{self.event.slug}.yml"
        # How a lesson is compiled depends on the filters' signatures.
        root = None if env.filters else self.root
        return Context(env.variables, env.macros, origin, env.filters, root)

    @cached_property
    def rendered(self) -> dict[str, str]:
        """Each page as plain Markdown, which is what the engines get.

        Raises `Problems` with everything that keeps the pages from being published.
        """
        return {page: unpublished(unmarked(text)) for page, text in self.marked.items()}

    @cached_property
    def marked(self) -> dict[str, str]:
        """Each page with the marks of `hackweek.render.PRINTED`, and with its instructions.

        Raises as `rendered` does.
        """
        problems = [*self._unknown_lessons(), *self._taken_addresses()]
        marked = {}
        env = self._environment
        context = self._context_of(env)
        for lesson in self.pages:
            env.page = lesson
            problems += [*lesson.undecodable, *lesson.front_matter.problems]
            try:
                marked[lesson.page] = render_marked(lesson, context)
            except Problems as found:
                problems += found.diagnostics
        if problems:
            raise Problems(problems)
        return marked

    def markdown(self, page: str) -> str:
        """A page as the engines get it."""
        return self.rendered[page]

    def _unknown_lessons(self) -> list[Diagnostic]:
        unknown = [id for id in self.event.lessons or [] if id not in self.all_lessons]
        if not unknown:
            return []
        path = f"events/{self.event.slug}.yml"
        source = read_mapping(path, (self.root / path).read_text("utf-8-sig"))
        for index, id in enumerate(self.event.lessons or []):
            if id in unknown:
                source.report(
                    source.place(("lessons", index)),
                    "unknown-lesson",
                    f'there is no lesson "{id}"',
                    did_you_mean(id, self.all_lessons)
                    or f"the lessons are: {', '.join(self.all_lessons)}",
                )
        return source.problems

    def _taken_addresses(self) -> list[Diagnostic]:
        handed_out = {
            f"{self.event.slug}-lessons.{suffix}": f"all lessons as {suffix.upper()}"
            for suffix in ("zip", "pdf")
        }
        return [
            Diagnostic(
                path=self.shown(f"docs/{name}"),
                line=1,
                column=1,
                rule="taken-address",
                message=f"at the address of this file, the build puts {what}",
                help="give the file another name",
            )
            for name, what in (_BUILT | handed_out).items()
            if (self.docs / name).is_file()
        ]


def published_at() -> str:
    """The address at which all events are published, from the environment variable SITE_URL."""
    return os.environ.get("SITE_URL") or LOCAL_URL


def current_site(root: Path) -> Site:
    """The site of the event that is meant where none is named; raises `Problems`."""
    return Site(root, load_event(root, current_slug(root)))


@lru_cache(maxsize=8)
def _skeleton(text: str) -> Source:
    return read_mapping("mkdocs.yml", text, as_mkdocs=True)


def _is_lesson(page: str) -> bool:
    return page.startswith(f"{LESSONS}/")


def _pages(nav: Any) -> list[str]:
    """The pages of a navigation, from top to bottom."""
    if isinstance(nav, str):
        return [nav]
    if isinstance(nav, dict):
        nav = list(nav.values())
    return [page for each in nav or [] for page in _pages(each)]


def _with_lessons(nav: Any, lessons: list[str]) -> Any:
    """A navigation in which the list that holds the lessons holds just these."""
    if isinstance(nav, dict):
        return {title: _with_lessons(each, lessons) for title, each in nav.items()}
    if not isinstance(nav, list):
        return nav
    kept = [each for each in nav if not (isinstance(each, str) and _is_lesson(each))]
    if len(kept) < len(nav):
        return [*lessons, *kept]
    return [_with_lessons(each, lessons) for each in nav]
