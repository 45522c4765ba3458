"""What readers get: real builds of every event, from a real server, in a real browser."""

import html
from dataclasses import dataclass
from functools import cache
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from selectolax.lexbor import LexborHTMLParser

from browser import served, visitor
from published import ROOT, SITES, addresses

ARCHIVED = [slug for slug, site in SITES.items() if site.event.archived]
LIVE = [slug for slug in SITES if slug not in ARCHIVED]
NO_EARTHDATA = [slug for slug, site in SITES.items() if not site.event.earthdata_required]
HUB = "preliminary/jupyterhub/"
WIDTHS = {"wide": 1280, "narrow": 360}


PAGES = ["", *addresses(*SITES)]
# The second look at a page, in another theme and at the root of a server: an event of each kind.
SECOND = ["", *addresses(LIVE[0], ARCHIVED[0])]
# MkDocs writes the site's own path into the page for what is not there, so it is right there alone.
ALL_PAGES = [*PAGES, *(f"{slug}/404.html" for slug in SITES)]


@pytest.fixture(scope="module")
def root(built):
    """The address of a server that has the sites at its root."""
    with served(built) as address:
        yield address


@dataclass(frozen=True)
class Visit:
    """What a browser saw of one page."""

    requests: tuple[str, ...]
    unanswered: tuple[str, ...]
    """Requests that failed, or were answered with an error."""
    dark: bool
    banner: str
    scrolled: dict[str, int]
    """How far the page can be scrolled sideways, in CSS pixels, by the name of the width."""
    cut_off: dict[str, list[str]]
    """Text beyond the right edge that is in no box of its own to be scrolled."""


LOOK = """() => {
  const body = document.querySelector("body");
  const colour = getComputedStyle(body).backgroundColor.match(/[0-9]+/g).slice(0, 3);
  const scrolls = (e) => e !== body &&
    (["auto", "scroll"].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const texts = [...document.querySelectorAll("main :is(h1, h2, h3, p, li, td, dt, dd, code)")];
  scrollTo(9999, 0);
  const scrolled = Math.round(scrollX);
  scrollTo(0, 0);
  return {
    scrolled,
    cut_off: texts.filter((e) => e.checkVisibility() && !scrolls(e) &&
      e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.textContent),
    dark: colour.every((part) => part < 128),
    banner: document.querySelector(".md-banner")?.innerText ?? "",
  };
}"""


def visited(page, url):
    """Opens a page and looks at it in each width."""
    requests, bad = [], []

    def requested(request):
        requests.append(request)

    def failed(request):
        bad.append(request)

    def answered(response):
        if response.status >= 400:
            bad.append(response.request)

    listeners = {"request": requested, "requestfailed": failed, "response": answered}
    for event, listener in listeners.items():
        page.on(event, listener)
    # Before the page opens: Material moves its menu when a narrow window gets wider.
    page.set_viewport_size({"width": WIDTHS["wide"], "height": 900})
    page.goto(url)
    looks = {}
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        looks[name] = page.evaluate(LOOK)
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    return Visit(
        tuple(request.url for request in requests),
        tuple(request.url for request in bad if request in requests),
        looks["wide"]["dark"],
        looks["wide"]["banner"],
        {name: look["scrolled"] for name, look in looks.items()},
        {name: look["cut_off"] for name, look in looks.items()},
    )


@pytest.fixture(scope="module")
def light(browser, base):
    """Opens a page below a base path in a light browser, once."""
    context = visitor(browser, color_scheme="light")
    tab = context.new_page()
    yield cache(lambda page: visited(tab, base + page))
    context.close()


@pytest.fixture(scope="module")
def dark(browser, root):
    """Opens a page from the root of a server in a dark browser, once."""
    context = visitor(browser, color_scheme="dark")
    tab = context.new_page()
    yield cache(lambda page: visited(tab, root + page))
    context.close()


def tree(path):
    return LexborHTMLParser(path.read_text("utf-8"))


def event_of(page):
    return SITES[page.split("/")[0]].event


def test_every_page_that_is_built_is_looked_at(built):
    files = {path.relative_to(built).as_posix() for path in built.rglob("*.html")} - {"404.html"}
    files -= {f"{slug}/print/index.html" for slug in SITES}  # by test_offline_forms.py
    assert files == {page if page.endswith(".html") else f"{page}index.html" for page in ALL_PAGES}


# Requests


@pytest.mark.parametrize("page", ALL_PAGES)
def test_a_page_asks_for_nothing_outside_the_sites(light, base, page):
    assert [url for url in light(page).requests if not url.startswith(base)] == []


@pytest.mark.parametrize("page", ALL_PAGES)
def test_every_request_of_a_page_is_answered(light, page):
    assert light(page).unanswered == ()


@pytest.mark.parametrize("page", SECOND)
def test_at_the_root_of_a_server_a_page_asks_no_other_host(dark, root, page):
    assert [url for url in dark(page).requests if not url.startswith(root)] == []


@pytest.mark.parametrize("page", SECOND)
def test_at_the_root_of_a_server_every_request_is_answered(dark, page):
    assert dark(page).unanswered == ()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_ours_leads_somewhere(built, base, page):
    links = tree(built / page / "index.html").css("a[href]")
    targets = {urljoin(base + page, link.attributes["href"] or "") for link in links}
    ours = {target for target in targets if urlsplit(target).netloc == urlsplit(base).netloc}
    assert sorted(target for target in ours if not _leads_somewhere(target)) == []


def _leads_somewhere(target):
    url, fragment = urldefrag(target)
    anchors = _anchors(url)
    return anchors is not None and (not fragment or unquote(fragment) in anchors)


@cache
def _anchors(url):
    """The anchors of the page at an address; None if there is no page."""
    try:
        with urlopen(url) as answer:
            page = LexborHTMLParser(answer.read().decode("utf-8", "replace"))
    except HTTPError as error:
        error.close()
        return None
    return {each.attributes["id"] for each in page.css("[id]")}


# Width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", ALL_PAGES)
def test_a_light_page_does_not_scroll_sideways(light, page, width):
    seen = light(page)
    assert (seen.dark, seen.scrolled[width]) == (False, 0)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", SECOND)
def test_a_dark_page_does_not_scroll_sideways(dark, page, width):
    seen = dark(page)
    assert (seen.dark, seen.scrolled[width]) == (True, 0)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", ALL_PAGES)
def test_no_text_is_cut_off_at_the_right(light, page, width):
    assert light(page).cut_off[width] == []


# Events that are over


@pytest.mark.parametrize("page", addresses(*ARCHIVED))
def test_a_page_of_an_archived_event_says_so_with_its_name(light, page):
    assert f"{event_of(page).name} is over." in light(page).banner


@pytest.mark.parametrize("page", addresses(*LIVE))
def test_a_page_of_a_live_event_has_no_banner(light, page):
    assert light(page).banner == ""


@pytest.mark.parametrize("slug", LIVE)
def test_the_hub_lesson_links_to_the_hub_of_a_live_event(built, slug):
    links = tree(built / slug / HUB / "index.html").css("article a[href]")
    assert SITES[slug].event.jupyterhub_url in [link.attributes["href"] for link in links]


@pytest.mark.parametrize("page", addresses(*ARCHIVED))
def test_no_page_of_an_archived_event_links_to_its_hub(built, page):
    hub = urlsplit(event_of(page).jupyterhub_url).netloc
    links = tree(built / page / "index.html").css("a[href]")
    assert [link.html for link in links if urlsplit(link.attributes["href"]).netloc == hub] == []


# Lessons that an event leaves out


@pytest.mark.parametrize("slug", NO_EARTHDATA)
def test_an_event_without_earthdata_has_no_page_about_it(built, slug):
    assert [path for path in (built / slug).rglob("*") if "earthdata" in path.name] == []


@pytest.mark.parametrize("page", addresses(*NO_EARTHDATA))
def test_an_event_without_earthdata_does_not_name_it_in_the_navigation(built, page):
    navigation = tree(built / page / "index.html").css("nav, .md-footer")
    assert navigation
    assert [each.html for each in navigation if "earthdata" in each.html.lower()] == []


@pytest.mark.parametrize("name", ["search/search_index.json", "sitemap.xml"])
@pytest.mark.parametrize("slug", NO_EARTHDATA)
def test_an_event_without_earthdata_does_not_name_it_in_its_index(built, slug, name):
    assert "earthdata" not in (built / slug / name).read_text("utf-8").lower()


# Addresses that are not there


MISSING = ["nope", "preliminary/nope/", "preliminary/github/nope/and/more.html"]


@pytest.mark.parametrize("place", ["root", "base"])
@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("slug", SITES)
def test_a_missing_page_shows_the_way_to_the_event(tab, request, place, missing, slug):
    start = request.getfixturevalue(place)
    assert tab.goto(f"{start}{slug}/{missing}").status == 404
    link = tab.get_by_role("link", name="start page of this hackweek")
    assert link.is_visible()
    assert link.evaluate("link => link.href") == f"{start}{slug}/"


def test_a_missing_page_of_no_event_makes_no_promise(tab, base):
    tab.goto(f"{base}nope/")
    assert not tab.get_by_role("link", name="start page of this hackweek").is_visible()


# One event's values


DISTINCTIVE = (
    "name jupyterhub_url github_org slack_url contact_email practice_repo help_channel"
    " participants_team"
).split()


def values(slug):
    """What stands for an event and no other; of an address its host."""
    found = [getattr(SITES[slug].event, key) for key in DISTINCTIVE]
    return {(urlsplit(each).netloc or each).casefold() for each in found if each}


@pytest.mark.parametrize("slug", SITES)
def test_an_event_shows_no_value_of_another(built, slug):
    own = (ROOT / f"events/{slug}.yml").read_text("utf-8").casefold()
    foreign = {value for other in SITES if other != slug for value in values(other)}
    foreign = {value for value in foreign if value not in own}
    assert foreign
    found = [
        (value, path.relative_to(built).as_posix())
        for path in (built / slug).rglob("*")
        if path.suffix in {".html", ".json", ".xml", ".txt"} and "assets" not in path.parts
        for value in foreign
        if value in html.unescape(path.read_text("utf-8")).casefold()
    ]
    assert found == []
