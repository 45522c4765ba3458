"""Every event built into one folder, as it is published, with the sources of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from hackweek.build import checked_sites
from hackweek.checks.urls import is_example
from hackweek.engines import BUILDERS
from hackweek.event import Event
from hackweek.events import published_slugs
from hackweek.front_page import write_front_page
from hackweek.lighter import lighten_site
from hackweek.links.placed import TracedSite
from hackweek.links.references import Reference
from hackweek.links.sources.source_map import Place
from hackweek.links.sources.sources import Sources
from hackweek.links.sources.surroundings import Surroundings
from hackweek.links.sources.yaml_values import YamlValues
from hackweek.past.addresses import slug_of
from hackweek.past.redirect_pages import write_redirects
from hackweek.past.redirects import REDIRECTS, Redirect, load_redirects
from hackweek.site import published_at


@dataclass(frozen=True)
class EventSources:
    """The sources of several events that are published side by side."""

    by_slug: dict[str, Sources]
    redirects: dict[str, Place]
    """Where the file of each old address is written."""
    beside: Surroundings
    """Of the pages that lead to the events."""

    def place(self, reference: Reference) -> Place | None:
        """Where to mend a reference of an event's site, or of the pages beside them."""
        if place := self.redirects.get(reference.file):
            return place
        slug, _, file = reference.file.partition("/")
        if sources := self.by_slug.get(slug):
            return sources.place(replace(reference, file=file))
        return self.beside.place(reference)


def built_events(
    root: Path, slugs: Sequence[str], folder: Path, say: Callable[[str], None]
) -> TracedSite:
    """Builds events into a folder, and the pages that lead to them. Raises `Problems`."""
    sites = checked_sites(root, slugs)
    for site in sites:
        say(f"building {site.event.slug}")
        BUILDERS["mkdocs"](site, folder / site.event.slug)
        lighten_site(folder / site.event.slug)
    write_front_page(folder, [site.event for site in sites])
    redirects = _redirects(root, slugs)
    write_redirects(redirects, folder)
    by_slug = {site.event.slug: Sources.of_site(site) for site in sites}
    config = YamlValues.read(root / "mkdocs.yml", "mkdocs.yml", as_mkdocs=True)
    beside = Surroundings([config], [], {"hackweek/templates": root / "hackweek/templates"})
    sources = EventSources(by_slug, _places(redirects), beside)
    examples = [site.event for site in sites if site.event.slug.startswith("example")]
    return TracedSite(folder, published_at(), "site", sources, _made_up_by(examples))


def _redirects(root: Path, slugs: Sequence[str]) -> list[Redirect]:
    """Those that lead to one of the events, from it or from one that is gone."""
    events = {*published_slugs(root), *slugs}
    return [
        each
        for each in load_redirects(root, events)
        if slug_of(each.new) in slugs
        and (slug_of(each.old) in slugs or slug_of(each.old) not in events)
    ]


def _places(redirects: Sequence[Redirect]) -> dict[str, Place]:
    return {
        each.old: Place(path=REDIRECTS, line=each.place[0], column=each.place[1])
        for each in redirects
    }


def _made_up_by(examples: Sequence[Event]) -> Callable[[str], bool]:
    """Whether an address stands on a host for examples, or belongs to an example's organization."""
    organizations = tuple(f"https://github.com/{event.github_org}/" for event in examples)

    def is_made_up(address: str) -> bool:
        host = urlsplit(address).hostname or ""
        return is_example(host) or f"{address}/".startswith(organizations)

    return is_made_up
