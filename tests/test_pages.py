"""What readers get: real builds of every event, from a real server, in a real browser."""

import html
from dataclasses import dataclass
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
TABBED = [
    f"{LIVE[0]}/{address(each.page)}" for each in SITES[LIVE[0]].pages if '=== "' in each.text
]
EVENT_PAGES = addresses(SITES)
PAGES = ["", *EVENT_PAGES]
# The second look at a page, in another theme and below a base path: an event of each kind.
SECOND = ["", *addresses([LIVE[0], ARCHIVED[0]])]
# MkDocs writes the site's own address into this page, so it is right at that address alone.
ALL_PAGES = [*PAGES, *(f"{slug}/404.html" for slug in SITES)]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with every event's site."""
    output = tmp_path_factory.mktemp("built") / "site"
    build(Request(ROOT, list(SITES), output, "mkdocs"), lambda step: None)
    return output


@pytest.fixture(scope="module")
def browser():
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def root(built):
    """The address of a server that has the sites at its root."""
    with served(built) as address:
        yield address


@pytest.fixture(scope="module")
def below(built):
    """The address of a server that has the sites below a base path."""
    with served(built, BASE) as address:
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
def light(browser, root):
    """Opens a page from the root of a server in a light browser, once."""
    context = browser.new_context(color_scheme="light")
    tab = context.new_page()
    yield cache(lambda page: visited(tab, root + page))
    context.close()


@pytest.fixture(scope="module")
def dark(browser, below):
    """Opens a page below a base path in a dark browser, once."""
    context = browser.new_context(color_scheme="dark")
    tab = context.new_page()
    yield cache(lambda page: visited(tab, below + page))
    context.close()


@pytest.fixture(scope="module")
def plain(browser):
    """A browser context without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture(scope="module")
def context(browser):
    """A browser context like a reader's."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context):
    page = context.new_page()
    yield page
    page.close()


@pytest.fixture
def plain_page(plain):
    page = plain.new_page()
    yield page
    page.close()


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
def test_a_page_asks_no_other_host(light, root, page):
    assert [url for url in light(page).requests if not url.startswith(root)] == []


@pytest.mark.parametrize("page", ALL_PAGES)
def test_every_request_of_a_page_is_answered(light, page):
    assert light(page).unanswered == ()


@pytest.mark.parametrize("page", SECOND)
def test_below_a_base_path_a_page_asks_for_nothing_outside_it(dark, below, page):
    assert [url for url in dark(page).requests if not url.startswith(below)] == []


@pytest.mark.parametrize("page", SECOND)
def test_below_a_base_path_every_request_is_answered(dark, page):
    assert dark(page).unanswered == ()


@pytest.mark.parametrize("page", PAGES)
def test_below_a_base_path_every_link_of_ours_leads_somewhere(built, below, page):
    links = tree(built / page / "index.html").css("a[href]")
    targets = {urljoin(below + page, link.attributes["href"] or "") for link in links}
    ours = {target for target in targets if urlsplit(target).netloc == urlsplit(below).netloc}
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


@pytest.mark.parametrize("page", addresses(ARCHIVED))
def test_a_page_of_an_archived_event_says_so_with_its_name(light, page):
    assert f"{event_of(page).name} is over." in light(page).banner


@pytest.mark.parametrize("page", addresses(LIVE))
def test_a_page_of_a_live_event_has_no_banner(light, page):
    assert light(page).banner == ""


@pytest.mark.parametrize("slug", LIVE)
def test_the_hub_lesson_links_to_the_hub_of_a_live_event(built, slug):
    links = tree(built / slug / HUB / "index.html").css("article a[href]")
    assert SITES[slug].event.jupyterhub_url in [link.attributes["href"] for link in links]


@pytest.mark.parametrize("page", addresses(ARCHIVED))
def test_no_page_of_an_archived_event_links_to_its_hub(built, page):
    hub = urlsplit(event_of(page).jupyterhub_url).netloc
    links = tree(built / page / "index.html").css("a[href]")
    assert [link.html for link in links if urlsplit(link.attributes["href"]).netloc == hub] == []


# Lessons that an event leaves out


@pytest.mark.parametrize("slug", NO_EARTHDATA)
def test_an_event_without_earthdata_has_no_page_about_it(built, slug):
    assert [path for path in (built / slug).rglob("*") if "earthdata" in path.name] == []


@pytest.mark.parametrize("page", addresses(NO_EARTHDATA))
def test_an_event_without_earthdata_does_not_name_it_in_the_navigation(built, page):
    navigation = tree(built / page / "index.html").css("nav, .md-footer")
    assert navigation
    assert [each.html for each in navigation if "earthdata" in each.html.lower()] == []


@pytest.mark.parametrize("name", ["search/search_index.json", "sitemap.xml"])
@pytest.mark.parametrize("slug", NO_EARTHDATA)
def test_an_event_without_earthdata_does_not_name_it_in_its_index(built, slug, name):
    assert "earthdata" not in (built / slug / name).read_text("utf-8").lower()


# Without JavaScript


HIDDEN = """() => {
  const seen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    e.getBoundingClientRect().height > 0;
  const firsts = [...document.querySelectorAll("article h2")].flatMap((heading) => {
    let next = heading.nextElementSibling;
    while (next && next.tagName !== "H2" && !next.matches("p")) next = next.nextElementSibling;
    return next && next.matches("p") ? [heading, next] : [heading];
  });
  return firsts.filter((e) => !seen(e)).map((e) => e.textContent);
}"""


@pytest.mark.parametrize("lesson", LESSONS)
def test_without_javascript_a_lesson_can_be_read(plain_page, root, lesson):
    plain_page.goto(root + lesson)
    assert plain_page.locator("article h2").count()
    assert plain_page.evaluate(HIDDEN) == []


@pytest.mark.parametrize("lesson", TABBED)
def test_without_javascript_every_tab_opens(plain_page, root, lesson):
    plain_page.goto(root + lesson)
    for tabs in plain_page.locator(".tabbed-set").all():
        blocks = tabs.locator("> .tabbed-content > .tabbed-block")
        for number, label in enumerate(tabs.locator("> .tabbed-labels > label").all()):
            label.click()
            shown = [block.is_visible() for block in blocks.all()]
            assert shown == [each == number for each in range(len(shown))]


@pytest.mark.parametrize("slug", SITES)
def test_without_javascript_the_hub_lesson_shows_the_address_of_the_hub(plain_page, root, slug):
    plain_page.goto(f"{root}{slug}/{HUB}")
    hub = SITES[slug].event.jupyterhub_url
    assert plain_page.locator("article").get_by_text(hub).first.is_visible()


@pytest.mark.parametrize("slug", SITES)
def test_without_javascript_the_navigation_leads_on(plain_page, root, slug):
    plain_page.set_viewport_size({"width": WIDTHS["narrow"], "height": 740})
    plain_page.goto(f"{root}{slug}/{HUB}")
    plain_page.locator(".md-header label[for=__drawer]").click()
    plain_page.locator(".md-nav--primary").get_by_role("link", name="GitHub account").click()
    assert plain_page.url == f"{root}{slug}/preliminary/github/"


# Pictures


def picture_link(page, address):
    page.goto(address)
    return page.locator("a.picture-link[href$='.svg']:visible").first


def test_a_click_on_the_diagram_opens_a_larger_one(page, root):
    link = picture_link(page, f"{root}{LIVE[0]}/{HUB}")
    small = link.locator("img").bounding_box()["width"]
    link.click()
    page.locator("dialog img").evaluate("picture => picture.decode()")
    assert page.locator("dialog img").bounding_box()["width"] > small


def test_on_a_phone_too_the_diagram_opens_larger(page, root):
    page.set_viewport_size({"width": WIDTHS["narrow"], "height": 740})
    link = picture_link(page, f"{root}{LIVE[0]}/{HUB}")
    small = link.locator("img").bounding_box()["width"]
    link.click()
    page.locator("dialog img").evaluate("picture => picture.decode()")
    assert page.locator("dialog img").bounding_box()["width"] > 2 * small


@pytest.mark.parametrize(
    "close",
    [
        pytest.param(lambda page: page.keyboard.press("Escape"), id="Escape"),
        pytest.param(lambda page: page.locator("dialog button").click(), id="button"),
        pytest.param(lambda page: page.locator("dialog img").click(), id="picture"),
    ],
)
def test_the_larger_diagram_closes_and_gives_the_focus_back(page, root, close):
    link = picture_link(page, f"{root}{LIVE[0]}/{HUB}")
    link.click()
    page.locator("dialog[open]").wait_for()
    close(page)
    page.locator("dialog").wait_for(state="detached")
    assert link.evaluate("link => link === document.activeElement")


def test_without_javascript_the_diagram_leads_to_its_file(plain_page, root):
    link = picture_link(plain_page, f"{root}{LIVE[0]}/{HUB}")
    with plain_page.expect_navigation() as answer:
        link.click()
    assert (answer.value.status, answer.value.headers["content-type"]) == (200, "image/svg+xml")


@pytest.mark.parametrize("page", EVENT_PAGES)
def test_a_picture_has_its_size_and_is_loaded_when_needed(built, page):
    pictures = [each.attributes for each in tree(built / page / "index.html").css("article img")]
    assert pictures or not page.endswith(HUB)
    for picture in pictures:
        assert picture.get("width", "").isdigit()
        assert picture.get("height", "").isdigit()
        assert picture.get("loading") == "lazy"


SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries().map((each) => each.value)))
  .observe({ type: "layout-shift", buffered: true });
"""
SCROLL = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    await frame();
  }
  await Promise.all([...document.querySelectorAll("img")].filter((each) => each.checkVisibility())
    .map((each) => each.decode()));
  await frame();
  return shifts;
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_while_the_hub_lesson_is_read(page, root, width):
    page.set_viewport_size({"width": WIDTHS[width], "height": 740})
    page.add_init_script(SHIFTS)
    page.goto(f"{root}{LIVE[0]}/{HUB}")
    assert page.evaluate(SCROLL) == []


# Addresses that are not there


MISSING = ["nope", "preliminary/nope/", "preliminary/github/nope/and/more.html"]


@pytest.mark.parametrize("place", ["root", "below"])
@pytest.mark.parametrize("missing", MISSING)
@pytest.mark.parametrize("slug", SITES)
def test_a_missing_page_shows_the_way_to_the_event(page, request, place, missing, slug):
    start = request.getfixturevalue(place)
    assert page.goto(f"{start}{slug}/{missing}").status == 404
    link = page.get_by_role("link", name="start page of this hackweek")
    assert link.is_visible()
    assert link.evaluate("link => link.href") == f"{start}{slug}/"


def test_a_missing_page_of_no_event_makes_no_promise(page, root):
    page.goto(f"{root}nope/")
    assert not page.get_by_role("link", name="start page of this hackweek").is_visible()


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
