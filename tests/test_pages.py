"""What readers get: real builds of every event, from a real server, in a real browser."""

import html
import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from selectolax.lexbor import LexborHTMLParser

from browser import open_browser, served
from hackweek.build import Request, build
from hackweek.event_file import event_slugs, load_event
from hackweek.site import Site

ROOT = Path(__file__).parents[1]
SITES = {slug: Site(ROOT, load_event(ROOT, slug)) for slug in event_slugs(ROOT)}
ARCHIVED = [slug for slug, site in SITES.items() if site.event.archived]
LIVE = [slug for slug in SITES if slug not in ARCHIVED]
NO_EARTHDATA = [slug for slug, site in SITES.items() if not site.event.earthdata_required]
HUB = "preliminary/jupyterhub/"
BASE = "/some/base/"
WIDTHS = {"wide": 1280, "narrow": 360}


def address(page):
    """The address of `docs/<page>` within its site."""
    path = page.removesuffix(".md")
    return "" if path == "index" else f"{path}/"


def addresses(slugs):
    return [f"{slug}/{address(each.page)}" for slug in slugs for each in SITES[slug].pages]


LESSONS = [
    f"{slug}/{address(each.page)}" for slug, site in SITES.items() for each in site.lessons.values()
]
EVENT_PAGES = addresses(SITES)
PAGES = ["", *EVENT_PAGES]
# MkDocs writes the site's own address into this page, so it is right at that address alone.
ALL_PAGES = [*PAGES, *(f"{slug}/404.html" for slug in SITES)]


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder with every event's site."""
    output = tmp_path_factory.mktemp("built") / "site"
    build(Request(ROOT, list(SITES), output, "mkdocs"), lambda step: None)
    return output


@pytest.fixture(scope="session")
def browser():
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def root(built):
    """The address of a server that has the sites at its root."""
    with served(built) as address:
        yield address


@pytest.fixture(scope="session")
def below(built):
    """The address of a server that has the sites below a base path."""
    with served(built, BASE) as address:
        yield address


@dataclass
class Visit:
    """What a browser saw of one page."""

    requests: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    """Requests that failed, or were answered with an error."""
    dark: bool = False
    banner: str = ""
    scrolled: dict[str, int] = field(default_factory=dict)
    """How far the page can be scrolled sideways, in CSS pixels, by the name of the width."""
    cut_off: dict[str, list[str]] = field(default_factory=dict)
    """Text beyond the right edge that is in no box of its own to be scrolled."""


SIDEWAYS = "() => { scrollTo(9999, 0); const x = scrollX; scrollTo(0, 0); return Math.round(x); }"
CUT_OFF = """() => {
  const scrolls = (e) => e && e.tagName !== "HTML" &&
    (["auto", "scroll"].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  return [...document.querySelectorAll("main :is(h1, h2, h3, p, li, td, dt, dd, code)")]
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1)
    .filter((e) => !scrolls(e)).map((e) => e.textContent);
}"""
DARK = "() => getComputedStyle(document.body).backgroundColor.match(/\\\\d+/g).every((n) => n < 128)"


def pages_of(browser, start, **options):
    """Opens pages below an address, each once, in a browser context with these options."""
    context = browser.new_context(**options)
    page = context.new_page()

    @cache
    def visit(address):
        seen = Visit()
        page.set_viewport_size({"width": WIDTHS["wide"], "height": 900})
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("requestfailed", lambda request: seen.unanswered.append(request.url))
        page.on(
            "response",
            lambda response: response.status < 400 or seen.unanswered.append(response.url),
        )
        page.goto(start + address)
        seen.dark = page.evaluate(DARK)
        banner = page.locator(".md-banner")
        seen.banner = banner.inner_text() if banner.is_visible() else ""
        for name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            seen.scrolled[name] = page.evaluate(SIDEWAYS)
            seen.cut_off[name] = page.evaluate(CUT_OFF)
        page.wait_for_function("document.readyState === 'complete'")
        for event in ("request", "requestfailed", "response"):
            page._impl_obj.remove_all_listeners(event)
        return seen

    return context, visit


@pytest.fixture(scope="session")
def light(browser, root):
    """Opens a page from the root of a server, in a light browser."""
    context, visit = pages_of(browser, root, color_scheme="light")
    yield visit
    context.close()


@pytest.fixture(scope="session")
def dark(browser, below):
    """Opens a page below a base path, in a dark browser."""
    context, visit = pages_of(browser, below, color_scheme="dark")
    yield visit
    context.close()
