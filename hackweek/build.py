"""Events built to websites, which are published only when all of them are right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hackweek.diagnostics import Problems, relative, without_repeats
from hackweek.engines import BUILDERS
from hackweek.event import Event
from hackweek.event_file import event_slugs, load_event
from hackweek.front_page import write_front_page
from hackweek.gate import in_sources, left_over
from hackweek.lighter import lighten_site
from hackweek.links.placed import TracedSite, inside_problems
from hackweek.links.sources.sources import Sources
from hackweek.offline.forms import write_offline_forms
from hackweek.offline.worker import REGISTRATION
from hackweek.publish import refuse_other_folders, replace_folder, staging_folder
from hackweek.site import Site, published_at


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, and where to."""

    root: Path
    slugs: Sequence[str]
    output: Path
    """Each event is written to `<output>/<slug>/`."""
    engine: str
    browser: str | None = None
    """The program that prints a PDF; None for none."""


def build(request: Request, say: Callable[[str], None]) -> None:
    """Builds, judges and publishes; `say` hears of each step.

    Raises `Problems` with everything that is wrong, and publishes nothing then.
    """
    sites = checked_sites(request.root, request.slugs)
    for site in sites:
        refuse_other_folders(request.output / site.event.slug)
    with staging_folder(request.output) as staging:
        for site in sites:
            say(f"building {site.event.slug}")
            target = staging / site.event.slug
            BUILDERS[request.engine](site, target)
            lighten_site(target, added=REGISTRATION)
            judge(site, target, relative(request.output, request.root))
            write_offline_forms(site, target, browser=request.browser)
            judge(site, target, relative(request.output, request.root))
        for site in sites:
            replace_folder(staging / site.event.slug, request.output / site.event.slug)
        write_front_page(request.output, _published(request))


def checked_sites(root: Path, slugs: Sequence[str]) -> list[Site]:
    """The sites of the events, with every lesson rendered; raises `Problems`."""
    sites, problems = [], []
    for slug in slugs:
        try:
            site = Site(root, load_event(root, slug))
            site.rendered  # noqa: B018 - raises what is wrong with the lessons
        except Problems as found:
            problems += found.diagnostics
        else:
            sites.append(site)
    if problems:
        raise Problems(without_repeats(problems))
    return sites


def judge(site: Site, target: Path, output: str) -> None:
    """Raises `Problems` if anything unrendered, or a broken link, is in the built folder."""
    shown_as = f"{output}/{site.event.slug}"
    found = left_over(target, site.rendered, site.context().names)
    traced = TracedSite(target, site.url(published_at()), shown_as, Sources.of_site(site))
    problems = [*in_sources(found, site.pages, shown_as), *inside_problems(traced)]
    if problems:
        raise Problems(problems)


def _published(request: Request) -> list[Event]:
    """The events that have a site in the output folder and are no drafts, as far as is known."""
    events = []
    for slug in event_slugs(request.root):
        if (request.output / slug / "index.html").is_file():
            try:
                event = load_event(request.root, slug)
            except Problems:
                continue
            if event.status != "draft":
                events.append(event)
    return events
