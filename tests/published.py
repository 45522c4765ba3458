"""Every event's site, built once and looked at the way readers look at it."""

import os
from pathlib import Path

from hackweek.build import Request, build
from hackweek.events import load_event, published_slugs
from hackweek.site import Site

ROOT = Path(__file__).parents[1]
BASE = "/some/base/"
URL = f"http://127.0.0.1{BASE}"
"""The address for which the sites are built; they work at others, too."""
REPOSITORY = "https://github.com/example-hackweek/lessons"
"""Where their lessons are kept."""
SITES = {slug: Site(ROOT, load_event(ROOT, slug)) for slug in published_slugs(ROOT)}
_LIVE = [slug for slug, site in SITES.items() if not site.event.archived]
LIVE, ARCHIVED = [*_LIVE, *SITES][0], next((slug for slug in SITES if slug not in _LIVE), "")


def address(page):
    """The address of `docs/<page>` within its site."""
    path = page.removesuffix(".md")
    return "" if path == "index" else f"{path}/"


def addresses(*slugs):
    """The addresses of events' pages, below the address of all events."""
    return [f"{slug}/{address(each.page)}" for slug in slugs for each in SITES[slug].pages]


def lessons(*slugs):
    """The same of the lessons proper."""
    return [
        f"{slug}/{address(each.page)}" for slug in slugs for each in SITES[slug].lessons.values()
    ]


MISSING = [f"{slug}/404.html" for slug in SITES]
PAGES = [*addresses(LIVE, *(slug for slug in SITES if slug != LIVE)), "", *MISSING, "404.html"]
"""Every page; the example event's come first."""


def build_sites(output, root=ROOT, slugs=tuple(SITES), browser=None):
    """Builds events below `BASE`; returns the folder."""
    before = dict(os.environ)
    os.environ |= {"SITE_URL": URL, "REPO_URL": REPOSITORY}
    try:
        build(Request(root, slugs, output, "mkdocs", browser), lambda step: None)
    finally:
        os.environ.clear()
        os.environ |= before
    return output


def file_of(page):
    """The file below the folder of all events that a page's address stands for."""
    return page if page.endswith(".html") else f"{page}index.html"
