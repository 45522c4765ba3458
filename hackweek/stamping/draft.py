"""What one event's site is made of: a pattern that other events may share, and its values."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, ClassVar

from hackweek.event import Event
from hackweek.lesson import Lesson
from hackweek.render import Context
from hackweek.site import Site
from hackweek.stamping.dissection import Dissector, Page
from hackweek.stamping.tokens import MARKER, Opaque


@dataclass(frozen=True)
class Draft:
    """A site, taken apart."""

    site: Site
    pattern: tuple[object, ...]
    """What two events must have in common to share a build."""
    pages: dict[str, Page]
    values: tuple[str, ...]
    """The slug, what the theme shows of the event, and what the pages show, in their order."""


def draft(site: Site, dissector: Dissector) -> Draft:
    """A site, taken apart; raises `Problems` where it cannot be rendered."""
    pages = {name: dissector.page(site.marked[name], text) for name, text in site.rendered.items()}
    values = [site.event.slug]
    frame = _without_texts(_theme(site), values)
    for page in pages.values():
        values += page.values
    has_pictures = (site.docs / "img" / site.event.slug).is_dir()
    alone = site.event.slug if has_pictures or any(map(_is_strange, values)) else ""
    shapes = [(name, page.pieces, page.kinds) for name, page in pages.items()]
    pattern = (alone, site.docs, json.dumps([frame, site.nav]), *shapes)
    return Draft(site, pattern, pages, tuple(values))


@dataclass(frozen=True)
class TokenSite(Site):
    """A site with other texts in place of what its event has for itself.

    Its event has next to no values: an engine that asks for another one fails, instead of
    putting one event's value on the pages of all.
    """

    has_tokens: ClassVar[bool] = True
    original: Site = field(kw_only=True)
    path: str = field(kw_only=True)
    """In place of the slug, in addresses."""
    theme: dict[str, Any] = field(kw_only=True)
    texts: dict[str, str] = field(kw_only=True)
    """Each page's Markdown."""

    @cached_property
    def rendered(self) -> dict[str, str]:
        """Each page with its tokens."""
        return self.texts

    @cached_property
    def lessons(self) -> dict[str, Lesson]:
        """Those of the original."""
        return self.original.lessons

    @cached_property
    def excluded_pages(self) -> frozenset[str]:
        """Those of the original."""
        return self.original.excluded_pages

    @property
    def facts(self) -> Event:
        """That of the original."""
        return self.original.facts

    @property
    def description(self) -> str:
        """As `_theme` has it."""
        description: str = self.theme["description"]
        return description

    @property
    def theme_values(self) -> dict[str, Any]:
        """As `_theme` has them."""
        return dict(self.theme["values"])

    def url(self, base: str | None) -> str:
        """The address with a token in place of the slug."""
        return super().url(base).replace(f"/{self.event.slug}/", f"/{self.path}/")

    def context(self, lesson: Lesson | None = None) -> Context:
        """That of the original."""
        return self.original.context(lesson)


def with_texts(draft: Draft, texts: Sequence[str]) -> TokenSite:
    """The site with other texts in place of a draft's values."""
    site = draft.site
    path, *others = [
        text if text == value else Opaque(text)
        for text, value in zip(texts, draft.values, strict=True)
    ]
    theme = _with_texts(_theme(site), others)
    pages = {}
    for name, page in draft.pages.items():
        pages[name] = page.with_texts([others.pop(0) for _ in page.values])
    event = object.__new__(Event)
    object.__setattr__(event, "name", theme["name"])
    for key in ("slug", "lessons", "status", "lessons_from"):
        object.__setattr__(event, key, getattr(site.event, key))
    return TokenSite(site.root, event, original=site, path=path, theme=theme, texts=pages)


def _theme(site: Site) -> dict[str, Any]:
    """Everything that a site's frame shows of an event."""
    name, values = site.event.name, site.theme_values
    return {"name": name, "description": site.description, "values": values}


@lru_cache(maxsize=4096)
def _is_strange(value: str) -> bool:
    """Whether what a program does to a text may depend on more than each character.

    Tags are stripped, templates are taken for left over, white space is collapsed, and a text
    is left out where there is none.
    """
    blanks = " ".join(value.split()) != value
    marks = any(each in value for each in "<>{}")
    return not value or blanks or marks or MARKER in value.casefold()


def _without_texts(value: Any, texts: list[str]) -> Any:
    """A structure without its texts, which are added to `texts`."""
    if isinstance(value, dict):
        return {key: _without_texts(each, texts) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_texts(each, texts) for each in value]
    if isinstance(value, str):
        texts.append(value)
        return ""
    return value


def _with_texts(value: Any, texts: list[str]) -> Any:
    """A structure with other texts, which are taken from the front of `texts`."""
    if isinstance(value, dict):
        return {key: _with_texts(each, texts) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_texts(each, texts) for each in value]
    return texts.pop(0) if isinstance(value, str) else value
