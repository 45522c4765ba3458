"""Events that share a build, and what writes their folders from it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from hackweek.diagnostics import EngineError, Problems
from hackweek.event_files import EVENT_FILES, write_event_files
from hackweek.gate import LEFT_OVER, left_over
from hackweek.lighter import lighten_site
from hackweek.links.inside.built_site import BuiltSite, Place
from hackweek.links.inside.check import check_inside
from hackweek.links.inside.html_page import Written
from hackweek.links.inside.judge import ELSEWHERE, Judge
from hackweek.offline.forms import add_forms
from hackweek.offline.print_page import write_print_page
from hackweek.offline.worker import REGISTRATION
from hackweek.past.hub_links import host_of, switched_off_host
from hackweek.site import Site, published_at
from hackweek.stamping.dissection import Dissector
from hackweek.stamping.draft import Draft, TokenSite, draft, with_texts
from hackweek.stamping.inert import Inertness
from hackweek.stamping.plate import Plate, plate_of
from hackweek.stamping.tokens import (
    MARKER,
    Pieces,
    UnknownFormError,
    filled_in,
    slots_of,
    spelled,
    split,
    texts_of,
)
from hackweek.yaml_source import leaves

_DOUBTFUL = re.compile(rf"\{{[{{%]|<[<%]|[\ufdd0-\ufdd5]|{LEFT_OVER.pattern}")
"""What may be left over of a template, in a value that only the calendar shows."""


def groups(sites: Sequence[Site]) -> list[list[Draft]]:
    """The sites in groups of those that differ only in values that Markdown leaves as they are."""
    found: dict[tuple[object, ...], list[Draft]] = {}
    dissectors: dict[Path, Dissector] = {}
    for site in sites:
        if site.docs not in dissectors:  # the glossary is a part of the lessons
            dissectors[site.docs] = Dissector(Inertness(site.glossary, _host()))
        each = draft(site, dissectors[site.docs])
        found.setdefault(each.pattern, []).append(each)
    return list(found.values())


@dataclass(frozen=True)
class Press:
    """What writes the folders of the events of a group."""

    plate: Plate
    links: "_Links"

    def takes(self, each: Draft) -> bool:
        """Whether a true build would publish the event, with the pages that are written here."""
        return (
            self.plate.fits(each.values)
            and not LEFT_OVER.search("\n".join(each.values))
            and not _DOUBTFUL.search(
                "\n".join(str(value) for _, value in leaves(asdict(each.site.event)))
            )
            and self.links.are_fine(each.values)
            and not self.links.lead_to(switched_off_host(each.site.event), each.values)
        )

    def stamp(self, each: Draft, target: Path, browser: str | None = None) -> None:
        """Writes an event's folder, as a true build leaves it."""
        plate = self.plate
        archived = plate.stamp(each.values, target)
        write_event_files(each.site, target)
        own = {name: (target / name).read_bytes() for name in EVENT_FILES if name in archived}
        first = (target / "index.html").read_text("utf-8")
        add_forms(each.site, target, first, archived | own, plate.kept, browser=browser)


def press_for(
    group: Sequence[Draft], builder: Callable[[Site, Path], None], folder: Path
) -> Press | None:
    """What writes a group's folders, built below `folder`; None where none can be had.

    Whatever is wrong with the build is left to the true ones to tell.
    """
    tokens = _tokens(group)
    site = with_texts(group[0], tokens)
    target = folder / site.event.slug
    try:
        builder(site, target)
        asked = lighten_site(target, added=REGISTRATION)
        write_print_page(site, target)
        plate = plate_of(target, tokens, asked)
        links = _Links(site, target, tokens)
    except (Problems, EngineError, UnknownFormError, AttributeError):
        return None
    found = left_over(target, site.rendered, site.context().names)
    return None if found or links.broken else Press(plate, links)


def _tokens(group: Sequence[Draft]) -> list[str]:
    """For each value a token, the same one for values that are the same in each event.

    It is the value itself where all the events have the same.
    """
    known: dict[tuple[str, ...], str] = {}
    slug, *others = zip(*(each.values for each in group), strict=True)
    for number, values in enumerate(others, start=1):
        if values not in known:
            known[values] = spelled(number, values) if len(set(values)) > 1 else values[0]
    # An address is in lower case.
    return [spelled(0, slug).lower(), *(known[values] for values in others)]


class _Links:
    """The links of a build with tokens: those inside the site, and those that leave it."""

    def __init__(self, site: TokenSite, folder: Path, tokens: Sequence[str]) -> None:
        base_url = site.url(published_at())
        faults = check_inside(folder, base_url).faults
        self.broken = any(not _is_of_an_event(fault.reference.url) for fault in faults)
        built = BuiltSite(folder, base_url)
        self._judge = Judge(built)
        self._leaving: dict[Pieces, tuple[Written, Place]] = {}
        self._followed: set[Pieces] = set()
        for page in built.pages.values():
            for each in page.addresses:
                pieces = split(each.url, tokens, as_json=False)
                if _is_of_an_event(each.url):
                    self._leaving[pieces] = (each, built.place(page.file))
                if each.element == "a" and host_of(each.url):
                    self._followed.add(pieces)

    def are_fine(self, values: Sequence[str]) -> bool:
        """Whether nothing is wrong with an event's addresses of other sites."""
        for pieces, (written, place) in self._leaving.items():
            url = filled_in(pieces, texts_of(slots_of(pieces), values, as_json=False))
            if self._judge.verdict(written._replace(url=url), place) not in (None, ELSEWHERE):
                return False
        return True

    def lead_to(self, host: str, values: Sequence[str]) -> bool:
        """Whether a link leads to a host, which a true build would show as text."""
        return bool(host) and any(
            host_of(filled_in(pieces, texts_of(slots_of(pieces), values, as_json=False))) == host
            for pieces in self._followed
        )


def _is_of_an_event(url: str) -> bool:
    """Whether an address of a build with tokens is one of an event's, and leaves the site."""
    parts = urlsplit(url)
    return MARKER in url.casefold() and bool(parts.scheme) and parts.netloc != _host()


def _host() -> str:
    return urlsplit(published_at()).netloc
