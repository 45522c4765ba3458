"""Where the addresses around an article are written: navigation, theme and styles."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from hackweek.links.references import Reference
from hackweek.links.sources.addresses import name
from hackweek.links.sources.source_map import Place, SourceFile, read_source
from hackweek.links.sources.yaml_values import YamlValues

NO_MORE = r"(?![\w/.%?#&=~+-]*[\w/%#&=~+-])"
"""What must not follow where an address ends."""
_MADE = re.compile(r"(?:href|src)\s*=\s*[\"']\{\{")
"""An address of which a template makes all."""


@dataclass(frozen=True)
class Surroundings:
    """The files, other than pages, that a site is made of."""

    settings: Sequence[YamlValues]
    """First of the file that holds the navigation; of `mkdocs.yml`, and of the event file."""
    templates: Sequence[SourceFile]
    """The theme templates that the site corrects."""
    folders: Mapping[str, Path]
    """Folders whose files are copied or filled in, by what messages call them."""

    def place(self, reference: Reference) -> Place | None:
        """Where an address outside of an article is written; None where nothing tells."""
        inside = _within_site(reference)
        return (
            self._in_file_of_same_name(reference)
            or self._in_navigation(inside)
            or self._as_attribute(reference.url.strip())
            or self._as_written([*inside, reference.url.strip()])
        )

    def _in_file_of_same_name(self, reference: Reference) -> Place | None:
        """In a style, a page of HTML or `404.html` that stands among the sources."""
        for shown_as, folder in self.folders.items():
            path = folder / reference.file
            if path.is_file():
                file = read_source(path, f"{shown_as}/{reference.file}")
                found = _found(file, reference.url.strip(), reference.nth)
                if not found and reference.in_article and (made := _MADE.search(file.text)):
                    found = file.place(made.end() - 2)
                return found
        return None

    def _in_navigation(self, paths: Sequence[str]) -> Place | None:
        """The entry of a page that one of the paths within the site leads to."""
        pages = (name(path) for path in paths if path.endswith(("/", ".html")) or not path)
        return next((self._entries[page] for page in pages if page in self._entries), None)

    @cached_property
    def _entries(self) -> dict[str, Place]:
        """Where each page stands in the navigation of `mkdocs.yml`."""
        values = self.settings[0]
        texts = reversed(list(values.texts("nav")))  # of two entries, the first
        return {
            name(text): values.origin(location).place(text)
            for text, location in texts
            if text.endswith(".md")
        }

    def _as_attribute(self, url: str) -> Place | None:
        """Where a template has the address, however short, as the value of an attribute."""
        pattern = re.compile(rf"(?:href|src)\s*=\s*[\"']({re.escape(url)})[\"']")
        for template in self.templates:
            if url and (found := pattern.search(template.text)):
                return template.place(found.start(1))
        return None

    def _as_written(self, spellings: Sequence[str]) -> Place | None:
        """Where a setting or a template has one of these in so many letters."""
        for spelling in (each for each in spellings if re.search(r"\w[./:]+\w", each)):
            for values in self.settings:
                for text, location in values.texts():
                    if spelling in text and re.search(re.escape(spelling) + NO_MORE, text):
                        return values.origin(location).place(spelling)
            for template in self.templates:
                if place := _found(template, spelling, 0):
                    return place
        return None


def _within_site(reference: Reference) -> list[str]:
    """The paths within the site that an address may mean, the likeliest first.

    How much of a path from the server's root leads to the site is not known.
    """
    url = reference.url.strip()
    try:
        parts = urlsplit(url)
        if parts.scheme or parts.netloc or not parts.path:
            return []
        path = unquote(urljoin(f"/{reference.file}", parts.path)).lstrip("/")
    except ValueError:  # brackets that are no IPv6 address
        return []
    if not url.startswith("/"):
        return [path]
    steps = path.split("/")
    return ["/".join(steps[first:]) for first in range(len(steps))]


def _found(file: SourceFile, url: str, nth: int) -> Place | None:
    """The nth place at which a file has an address, counted from 0; the last if it has fewer."""
    if not url or url not in file.text:
        return None
    places = [each.start() for each in re.finditer(re.escape(url) + NO_MORE, file.text)]
    return file.place(places[min(nth, len(places) - 1)]) if places else None
