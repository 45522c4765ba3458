"""Runs `python -m hackweek links`: what is looked at, what is asked, and what is said of it."""

import argparse
import contextlib
import datetime
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from hackweek.diagnostics import Problems
from hackweek.event_file import read_event
from hackweek.events import event_slugs, load_event
from hackweek.links.check import Asking, LinkFindings, check_links
from hackweek.links.event_sites import built_events
from hackweek.links.event_urls import event_urls
from hackweek.links.morning import ask_event
from hackweek.links.outside.allow_list import load_allow_list
from hackweek.links.outside.judge import Options
from hackweek.links.placed import TracedSite
from hackweek.links.sources.sources import Sources
from hackweek.showing import show
from hackweek.site import published_at

CACHE = Path(".cache/links.json")


def run_links(root: Path, options: argparse.Namespace) -> int:
    """Runs the command; 0: clean, 1: something is broken, 2: wrong use, or no network where one
    is required.
    """
    if fault := _wrong_use(options):
        print(f"hackweek: {fault}", file=sys.stderr)
        return 2
    if options.event:
        return _ask_event(root, options)
    if options.site:
        shown_as = options.site.as_posix()
        sources = Sources.of_folder(options.docs, options.docs.as_posix()) if options.docs else None
        site = TracedSite(options.site, options.base_url, shown_as, sources)
        return _check(root, site, options)
    with TemporaryDirectory(prefix="hackweek-links-") as folder:
        slugs = options.events or event_slugs(root)
        return _check(root, built_events(root, slugs, Path(folder), _say), options)


def _wrong_use(options: argparse.Namespace) -> str:
    if bool(options.site) != bool(options.base_url):
        return "--site and --base-url belong together"
    if options.docs and not options.site:
        return "--docs goes with --site"
    for folder in (options.site, options.docs):
        if folder and not folder.is_dir():
            return f"there is no folder {folder}"
    return ""


def _check(root: Path, site: TracedSite, options: argparse.Namespace) -> int:
    asking = None if options.inside or options.list else _asking(root, options)
    findings = check_links(site, asking)
    _clear()
    status = show(findings.problems, findings.pages, format=options.format, output=options.output)
    _say_how_it_went(findings, listing=options.list)
    if findings.judgement.no_network and options.require_network:
        return 2
    return status


def _say_how_it_went(findings: LinkFindings, *, listing: bool) -> None:
    judgement = findings.judgement
    if judgement.trouble:
        _say(f"LinkChecker failed ({judgement.trouble}); everything was asked without it")
    if judgement.no_network:
        _say("there is no network: the addresses of other sites were not asked")
    if listing or judgement.no_network:
        print("\n".join(findings.outside.listed()))
    _say(findings.summary())


def _ask_event(root: Path, options: argparse.Namespace) -> int:
    event = load_event(root, options.event)
    path = f"events/{event.slug}.yml"
    _, source = read_event(path, (root / path).read_text("utf-8-sig"))
    urls = list(event_urls(event, source))
    if event.archived:
        _say("this event is over: its hub is not asked")
    contact = event.contact_email or published_at()
    morning = ask_event(path, urls, Options(contact=contact, progress=_progress))
    _clear()
    if morning.judgement.no_network:
        _say("there is no network: nothing was asked of other hosts")
    if options.format == "text" and not options.output:
        print("\n".join(morning.lines()))
    status = show(morning.problems(), 1, format=options.format, output=options.output)
    return 2 if morning.judgement.no_network else status


def _asking(root: Path, options: argparse.Namespace) -> Asking:
    return Asking(
        contact=_contact(root),
        allowed=load_allow_list(root),
        cache=None if options.anew else root / CACHE,
        progress=_progress,
        today=datetime.date.today(),
    )


def _contact(root: Path) -> str:
    """Whom a server's people can write to: the first event's address of mail, or the site."""
    for slug in event_slugs(root):
        with contextlib.suppress(Problems):
            if mail := load_event(root, slug).contact_email:
                return mail
    return published_at()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[Kasked {done} of {of} addresses …", end="", file=sys.stderr, flush=True)


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
