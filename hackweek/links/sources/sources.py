"""From a reference in a built site back to the line that an author wrote."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from posixpath import normpath

from hackweek.extension import LessonExtension
from hackweek.lesson import Lesson, read_lessons
from hackweek.links.references import Reference
from hackweek.links.sources.addresses import built_target, name, written_target
from hackweek.links.sources.article import Article, article
from hackweek.links.sources.converter import Converter
from hackweek.links.sources.inclusions import UNKNOWN, Inclusions
from hackweek.links.sources.source_map import Place, SourceMap, read_source
from hackweek.links.sources.surroundings import NO_MORE, Surroundings
from hackweek.links.sources.traced_lesson import LessonTracer
from hackweek.links.sources.yaml_values import YamlValues
from hackweek.site import Site

_TELLING = re.compile(r"\w[./:]+\w")
"""Is in every address that can be recognized among other text."""


@dataclass
class Sources:
    """The sources of a built site; a page is converted when something on it is to be placed."""

    docs: Path
    config: YamlValues
    """`mkdocs.yml`."""
    pages: dict[str, Lesson]
    """Each page by what its Markdown file and its built file have in common."""
    trace: Callable[[Lesson], SourceMap]
    converter: Converter
    surroundings: Surroundings
    _articles: dict[str, Article] = field(default_factory=dict)

    @classmethod
    def of_site(cls, site: Site) -> "Sources":
        """The sources of an event's site."""
        config = YamlValues.read(site.root / "mkdocs.yml", "mkdocs.yml", as_mkdocs=True)
        shown_as = f"events/{site.event.slug}.yml"
        event = YamlValues.read(site.root / shown_as, shown_as, as_mkdocs=False)
        shown_nav = site.shown("mkdocs.yml")
        nav = YamlValues.read(site.home / "mkdocs.yml", shown_nav, as_mkdocs=True)
        folders = {"overrides": site.root / "overrides", site.shown("docs"): site.docs}
        theme = [folders["overrides"], site.root / "hackweek" / "templates"]
        templates = [
            read_source(path, path.relative_to(site.root).as_posix())
            for folder in theme
            for path in sorted(folder.rglob("*.html"))
        ]
        return cls(
            site.docs,
            config,
            _by_name(site.pages),
            LessonTracer(site).trace,
            Converter(config.values, LessonExtension(site=site)),
            Surroundings([nav, config, event], templates, folders),
        )

    @classmethod
    def of_folder(cls, docs: Path, shown_as: str) -> "Sources":
        """The sources of a site that was built from any folder of Markdown.

        `shown_as` is the folder as messages show it. If there is a `mkdocs.yml` beside the
        folder, its settings count.
        """
        root = docs.parent
        config = YamlValues.read(
            root / "mkdocs.yml", normpath(f"{shown_as}/../mkdocs.yml"), as_mkdocs=True
        )
        folders = {shown_as: docs}
        templates = []
        if custom := config.text(("theme", "custom_dir")):
            shown_theme = normpath(f"{shown_as}/../{custom}")
            folders[shown_theme] = root / custom
            templates = [
                read_source(path, f"{shown_theme}/{path.relative_to(root / custom).as_posix()}")
                for path in sorted((root / custom).rglob("*.html"))
            ]
        lessons = [
            replace(lesson, path=normpath(f"{shown_as}/{lesson.page}"))
            for lesson in read_lessons(docs)
        ]
        return cls(
            docs,
            config,
            _by_name(lessons),
            Inclusions(docs, shown_as, config).trace,
            Converter(config.values),
            Surroundings([config], templates, folders),
        )

    def page(self, file: str) -> str | None:
        """The Markdown file that a built file was made of, as messages show it."""
        lesson = self.pages.get(name(file))
        return lesson.path if lesson else None

    def place(self, reference: Reference) -> Place | None:
        """Where to mend a reference; None where nothing tells."""
        lesson = self.pages.get(name(reference.file))
        if lesson and (reference.in_article or reference.url.startswith("#")):
            found = self._article(lesson, reference.file)
            if place := _in_article(found, reference):
                return place
        return self.surroundings.place(reference)

    def _article(self, lesson: Lesson, file: str) -> Article:
        if lesson.page not in self._articles:
            rooted = "relative_to_docs" in str(self.config.values.get("validation"))

            def target(url: str, written: bool) -> str:
                if not written:
                    return built_target(file, url)
                return written_target(self.docs, lesson.page, file, url, rooted=rooted)

            source = self.trace(lesson)
            self._articles[lesson.page] = article(self.converter, lesson.page, source, target)
        return self._articles[lesson.page]


def _by_name(lessons: Iterable[Lesson]) -> dict[str, Lesson]:
    return {name(lesson.page): lesson for lesson in lessons}


def _in_article(found: Article, reference: Reference) -> Place | None:
    target = built_target(reference.file, reference.url)
    places = found.places.get(target) if reference.in_article else None
    places = places or _with_unknown_parts(found, target)
    if places and (place := places[min(reference.nth, len(places) - 1)]):
        return place
    if place := found.anchors.get(reference.url.removeprefix("#")):
        return place
    # A style or a script within the page.
    written = re.search(re.escape(reference.url.strip()) + NO_MORE, found.source.text)
    telling = written and _TELLING.search(written[0])
    return found.source.address_place(written.start()) if written and telling else None


def _with_unknown_parts(found: Article, target: str) -> list[Place | None]:
    """The places of addresses of which a template makes a part; the most is known of the first."""
    patterns = sorted((each for each in found.places if UNKNOWN in each), key=len, reverse=True)
    for each in patterns:
        if re.fullmatch(".+".join(map(re.escape, each.split(UNKNOWN))), target):
            return found.places[each]
    return []
