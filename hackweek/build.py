"""Events built to websites, which are published only when all of them are right."""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hackweek.diagnostics import EngineError, Problems, relative, without_repeats
from hackweek.engines import BUILDERS, STAMPABLE
from hackweek.event import Event
from hackweek.events import load_event, published_slugs
from hackweek.front_page import write_front_page
from hackweek.gate import in_sources, left_over
from hackweek.lighter import lighten_site
from hackweek.links.inside.check import check_inside
from hackweek.offline.forms import CHANGED_PAGES, write_offline_forms
from hackweek.offline.worker import REGISTRATION
from hackweek.past.addresses import slug_of
from hackweek.past.redirect_pages import refuse_missing_anchors, write_redirects
from hackweek.past.redirects import Redirect, load_redirects
from hackweek.publish import refuse_other_folders, replace_folder, staging_folder
from hackweek.site import Site, published_at
from hackweek.stamping.comparison import first_difference


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
    verify: bool = False
    """Whether what was stamped is compared with what a true build gives."""


def build(request: Request, say: Callable[[str], None]) -> None:
    """Builds, judges and publishes; `say` hears of each step.

    Raises `Problems` with everything that is wrong, and publishes nothing then.
    """
    sites = checked_sites(request.root, request.slugs)
    redirects = _redirects(request)
    names = dict.fromkeys([*request.slugs, *(slug_of(each.old) for each in redirects)])
    for name in names:
        refuse_other_folders(request.output / name)
    with staging_folder(request.output) as staging:
        _write_all(request, sites, staging, say)
        refuse_missing_anchors(redirects, [staging, request.output])
        write_redirects(redirects, staging)
        for name in names:
            replace_folder(staging / name, request.output / name)
        write_front_page(request.output, _published(request))


class StampedWrongError(EngineError):
    """A folder that was stamped is not what a true build gives; the text says where."""


def _write_all(
    request: Request, sites: Sequence[Site], staging: Path, say: Callable[[str], None]
) -> None:
    """Writes the sites' folders: events that differ only in values from one build."""
    if len(sites) == 1 or request.engine not in STAMPABLE:
        for site in sites:
            _build_truly(request, site, staging, say)
        return
    from hackweek.stamping.press import groups, press_for  # not at the top: it takes long

    for number, group in enumerate(groups(sites)):
        press = None
        if len(group) > 1:
            plates = staging / f".plate-{number}"
            plates.mkdir()
            say(f"building what {len(group)} events have in common")
            press = press_for(group, BUILDERS[request.engine], plates)
        for draft in group:
            if not press or not press.takes(draft):
                _build_truly(request, draft.site, staging, say)
                continue
            say(f"writing {draft.site.event.slug}")
            press.stamp(draft, staging / draft.site.event.slug, request.browser)
            if request.verify:
                _verify(request, draft.site, staging, say)


def _build_truly(request: Request, site: Site, folder: Path, say: Callable[[str], None]) -> None:
    """Writes a site's own folder into `folder`; raises `Problems`."""
    say(f"building {site.event.slug}")
    target = folder / site.event.slug
    BUILDERS[request.engine](site, target)
    _finish(request, site, target)


def _finish(request: Request, site: Site, target: Path) -> None:
    """Makes what an engine built what readers get, and judges it; raises `Problems`."""
    output = relative(request.output, request.root)
    lighten_site(target, added=REGISTRATION)
    judge(site, target, output)
    write_offline_forms(site, target, browser=request.browser)
    judge(site, target, output, only=CHANGED_PAGES)


def _verify(request: Request, site: Site, stamped: Path, say: Callable[[str], None]) -> None:
    """Raises `StampedWrongError` unless a folder is what a true build gives, byte for byte."""
    slug = site.event.slug
    say(f"comparing {slug} with a true build")
    with TemporaryDirectory(dir=stamped, prefix=".true-") as folder:
        _build_truly(request, site, Path(folder), lambda step: None)
        if found := first_difference(stamped / slug, Path(folder) / slug):
            raise StampedWrongError(f"{slug}: {found}")


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


def judge(site: Site, target: Path, output: str, *, only: Collection[str] = ()) -> None:
    """Raises `Problems` if anything unrendered, or a broken link, is in the built folder.

    `only` names the files to look at, if not all.
    """
    shown_as = f"{output}/{site.event.slug}"
    found = left_over(target, site.rendered, site.context().names, only=only)
    problems = in_sources(found, site.pages, shown_as)
    url = site.url(published_at())
    if check_inside(target, url, only=only).faults:
        from hackweek.links.placed import TracedSite, inside_problems  # they take long
        from hackweek.links.sources.sources import Sources

        problems += inside_problems(TracedSite(target, url, shown_as, Sources.of_site(site)))
    if problems:
        raise Problems(problems)


def _redirects(request: Request) -> list[Redirect]:
    """The redirects that belong into this build; raises `Problems` with what is wrong with any.

    Those of an event go into its folder, those of an event that is gone into one of their own,
    as soon as what they lead to is there.
    """
    events = {*published_slugs(request.root), *request.slugs}

    def belongs(each: Redirect) -> bool:
        old, new = slug_of(each.old), slug_of(each.new)
        is_there = new in request.slugs or (request.output / new).exists()
        return old in request.slugs or (old not in events and is_there)

    return [each for each in load_redirects(request.root, events) if belongs(each)]


def _published(request: Request) -> list[Event]:
    """The events with a site in the output folder that are to be found there, if known."""
    events = []
    for slug in published_slugs(request.root):
        if (request.output / slug / "index.html").is_file():
            with suppress(Problems):
                events.append(load_event(request.root, slug))
    return events
