"""Where the addresses around an article are written: navigation, theme and styles."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from hackweek.links.addresses import built_target, name
from hackweek.links.references import Reference
from hackweek.links.source_map import Place, SourceFile, read_source
from hackweek.links.yaml_values import YamlValues

_MORE = r"(?![\w/.%?#&=~+-]*[\w/%#&=~+-])"
"""What must not follow where an address ends."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The files, other than pages, that a site is made of."""

    settings: Sequence[YamlValues]
    """Of `mkdocs.yml` and the event file."""
    templates: Sequence[SourceFile]
    """The theme templates that the site corrects."""
    folders: Mapping[str, Path]
    """Folders whose files are copied as they are, by what messages call them."""

    def place(self, reference: Reference) -> Place | None:
        """Where an address outside of an article is written; None where nothing tells."""
        return (
            self._in_copied_file(reference)
            or self._in_navigation(reference)
            or self._as_it_is(reference)
        )

    def _in_copied_file(self, reference: Reference) -> Place | None:
        """A style or a page of HTML that stands among the sources under the same name."""
        for shown_as, folder in self.folders.items():
            path = folder / reference.file
            if path.is_file():
                file = read_source(path, f"{shown_as}/{reference.file}")
                return _found(file, reference.url, reference.nth)
        return None

    def _in_navigation(self, reference: Reference) -> Place | None:
        page = built_target(reference.file, reference.url)
        for text, origin in self.settings[0].texts("nav") if self.settings else ():
            if text.endswith(".md") and f"{name(text)}?#" == page.partition("#")[0] + "#":
                return origin.place(text)
        return None

    def _as_it_is(self, reference: Reference) -> Place | None:
        """The address, or the path within the site that it leads to, in so many letters."""
        spellings = [reference.url.strip()]
        parts = urlsplit(spellings[0])
        if not (parts.scheme or parts.netloc) and parts.path:
            spellings = [urljoin(f"/{reference.file}", parts.path).lstrip("/"), *spellings]
        for spelling in filter(lambda each: len(each.strip("./#")) > 1, spellings):
            for values in self.settings:
                for text, origin in values.texts():
                    if re.search(re.escape(spelling) + _MORE, text):
                        return origin.place(spelling)
            for template in self.templates:
                if place := _found(template, spelling, 0):
                    return place
        return None


def _found(file: SourceFile, url: str, nth: int) -> Place | None:
    """The nth place at which a file has an address, counted from 0; the last if it has fewer."""
    places = [each.start() for each in re.finditer(re.escape(url.strip()) + _MORE, file.text)]
    return file.place(places[min(nth, len(places) - 1)]) if places and url.strip() else None
