"""How light every page of every event is, from a server that compresses as GitHub Pages does."""

import re
import time
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import material
import pytest

from browser import Handler, served, visitor
from hackweek.engines import BUILDERS
from hackweek.offline.forms import write_offline_forms
from hackweek.offline.worker import REGISTRATION
from hackweek.theme_script import CUTS
from published import ARCHIVED, BASE, LIVE, PAGES, REPOSITORY, SITES, addresses, lessons
from repository import append

MOST_BYTES = 60_000
MOST_REQUESTS = 5
HUB = f"{LIVE}/preliminary/jupyterhub/"
PYTHON = f"{LIVE}/preliminary/python/"


class Visit:
    """What a browser with nothing in its cache gets when it opens a page."""

    def __init__(self, browser, url, width=360, script=""):
        self.context = visitor(browser, viewport={"width": width, "height": 740})
        self.tab = self.context.new_page()
        self.tab.add_init_script(script)
        self.responses = {}
        self.bytes = {}
        session = self.context.new_cdp_session(self.tab)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._responded)
        session.on("Network.loadingFinished", self._finished)
        self.tab.goto(url, wait_until="load")
        self.tab.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")

    def _responded(self, event):
        if not event["response"]["url"].startswith("data:"):
            self.responses[event["requestId"]] = (event["type"], event["response"]["url"])

    def _finished(self, event):
        self.bytes[event["requestId"]] = event["encodedDataLength"]

    @property
    def without_pictures(self):
        """The bytes of each address but pictures, with the headers of the answer."""
        return {
            url: self.bytes[id]
            for id, (kind, url) in self.responses.items()
            if kind != "Image" and id in self.bytes
        }

    @property
    def addresses(self):
        return [url for _, url in self.responses.values()]


SHIFTS = """
window.shifts = [];
const moved = ({ node }) => `${node?.nodeName} ${node?.className}`;
new PerformanceObserver((list) => shifts.push(
  ...list.getEntries().map(({ value, sources }) => `${sources.map(moved)}: ${value}`)))
  .observe({ type: "layout-shift", buffered: true });
"""
SCROLL = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
    scrollTo(0, y);
    await frame();
  }
  await Promise.all([...document.querySelectorAll("img")].filter((each) => each.checkVisibility())
    .map((each) => each.decode()));
  await frame();
  return shifts;
}"""


@pytest.fixture(scope="module")
def visit(browser, base):
    """Opens a page once: what was loaded first, and what moved while it was read to its end."""

    @cache
    def opened(page, width=360):
        visit = Visit(browser, base + page, width, SHIFTS)
        visit.first = visit.without_pictures
        visit.requests = visit.addresses
        visit.shifts = visit.tab.evaluate(SCROLL)
        visit.context.close()
        return visit

    return opened


@pytest.mark.parametrize("page", PAGES)
def test_the_first_view_of_a_page_is_small(visit, page):
    first = visit(page).first
    assert first
    assert sum(first.values()) <= MOST_BYTES, first


@pytest.mark.parametrize("page", PAGES)
def test_the_first_view_of_a_page_takes_few_requests(visit, page):
    assert len(visit(page).first) <= MOST_REQUESTS


@pytest.mark.parametrize("page", PAGES)
def test_no_other_host_is_asked(visit, base, page):
    assert [url for url in visit(page).requests if not url.startswith(base)] == []


@pytest.mark.parametrize("page", PAGES)
def test_nothing_moves_while_a_page_is_read_on_a_phone(visit, page):
    assert visit(page).shifts == []


@pytest.mark.parametrize("page", addresses(LIVE))
def test_nothing_moves_while_a_page_is_read_on_a_laptop(visit, page):
    assert visit(page, 1280).shifts == []


class Dripping(Handler):
    """Sends pages part by part, as bad wifi does."""

    def send_head(self):
        del self.headers["Accept-Encoding"]
        return super().send_head()

    def copyfile(self, source, outputfile):
        for part in re.split(rb"(?=<(?:i|li|p|div|img|header|nav)[ >])", source.read()):
            outputfile.write(part)
            if self.path.endswith("/"):
                time.sleep(0.02)


def test_nothing_moves_while_a_page_comes_in_part_by_part(browser, built):
    with served(built, BASE, Dripping) as base:
        visit = Visit(browser, base + HUB, script=SHIFTS)
        assert visit.tab.evaluate("shifts") == []
        visit.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_search_is_loaded_when_it_is_first_wanted(browser, base, width):
    visit = Visit(browser, base + HUB, width)
    before = len(visit.responses)
    assert not [url for url in visit.addresses if "search" in url]
    visit.tab.locator(".search-button, .md-search__input").locator("visible=true").first.click()
    visit.tab.keyboard.type("conflict")
    visit.tab.locator(".md-search-result__item").first.wait_for()
    wanted = {urlsplit(url).path.rpartition("/")[2] for url in visit.addresses[before:]}
    assert "search_index.json" in wanted
    visit.context.close()


# A slow phone connection: https://developer.chrome.com/docs/lighthouse/performance
BYTES_PER_SECOND = 1.6e6 / 8
ROUND_TRIP = 0.15  # seconds
ROUND_TRIPS_TO_BEGIN = 3  # the name, the connection, its encryption


@pytest.mark.parametrize("lesson", lessons(*SITES))
def test_the_text_of_a_lesson_stands_early_on_a_slow_connection(visit, lesson):
    """Worked out from what the text waits for: the page, then its stylesheet."""
    first = visit(lesson).first
    awaited = {url: size for url, size in first.items() if _kind(url) not in (".js", ".svg")}
    assert sorted(map(_kind, awaited)) == ["", ".css"]
    trips = ROUND_TRIPS_TO_BEGIN + len(awaited)
    assert trips * ROUND_TRIP + sum(awaited.values()) / BYTES_PER_SECOND <= 1.5


def _kind(url):
    return Path(urlsplit(url).path).suffix


def test_the_script_stands_behind_the_text(built):
    page = (built / HUB / "index.html").read_text("utf-8")
    assert page.index("</article>") < page.index("<script src")


# What was cut changes nothing that is seen

PROPERTIES = """
align-items animation-name background-color background-image border-bottom-color
border-bottom-style border-bottom-width border-left-width border-radius bottom box-shadow
box-sizing clip-path color column-gap content cursor direction display fill flex-basis flex-grow
float font-family font-size font-style font-weight height justify-content left letter-spacing
line-height list-style-type margin-bottom margin-top mask-image max-height
max-width min-width object-fit opacity order outline-style overflow-wrap overflow-x overflow-y
padding-bottom padding-left padding-right padding-top pointer-events position right row-gap
scroll-margin-top text-align text-decoration-line text-overflow text-transform top transform
transition-property vertical-align visibility white-space width word-break z-index
""".split()
# The theme measures tabs some frames after a page is loaded, and on a phone holds the page still
# some time after the search was opened.
SETTLED = """() => {
  const measured = (tabs) => getComputedStyle(tabs).getPropertyValue("--md-indicator-width");
  const searching = document.querySelector("#__search")?.checked;
  const held = document.body.hasAttribute("data-md-scrolllock");
  return [...document.querySelectorAll(".tabbed-labels")].every(measured)
    && held === Boolean(searching && matchMedia("(max-width: 59.984375em)").matches);
}"""
STYLES = """async (properties) => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const lines = [];
  // A search that is not open says that it is starting, or that it has started.
  const closed = "#__search:not(:checked) ~ .md-header .md-search__scrollwrap *";
  const all = `body, body *:not(script, noscript, style, ${closed})`;
  for (const element of document.querySelectorAll(all)) {
    const marks = [...element.classList].filter((each) => each !== "focus-visible");
    const path = `${element.tagName} ${marks.join(" ")}`;
    for (const pseudo of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      if (pseudo && style.content === "none") continue;
      const values = properties.map((each) => style.getPropertyValue(each));
      const left = Math.round(element.getBoundingClientRect().left);
      lines.push([path, pseudo, left, ...values].join("|"));
    }
  }
  return lines;
}"""


@pytest.mark.parametrize("allowed", [["clipboard-read", "clipboard-write"], ["clipboard-read"]])
def test_the_button_copies_code_in_each_way_that_a_browser_allows(browser, base, allowed):
    context = visitor(browser, permissions=allowed)
    tab = context.new_page()
    tab.goto(base + HUB)
    copy_code(tab)
    code = tab.locator("article pre > code").first.inner_text()
    assert tab.evaluate("navigator.clipboard.readText()") == code.rstrip()
    context.close()


def test_the_words_that_were_searched_for_are_marked_on_the_page_that_was_found(browser, base):
    visit = Visit(browser, f"{base}{LIVE}/preliminary/git/?h=conflict")
    visit.tab.locator("article mark").first.wait_for()
    visit.context.close()


@pytest.fixture(scope="module")
def heavy(tmp_path_factory):
    """The same site with the styles and scripts that MkDocs leaves."""
    folder = tmp_path_factory.mktemp("heavy")
    for slug in (LIVE, ARCHIVED):
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("REPO_URL", REPOSITORY)
            BUILDERS["mkdocs"](SITES[slug], folder / slug)
        append(folder / slug / "assets/controls.js", REGISTRATION)
        write_offline_forms(SITES[slug], folder / slug)
    with served(folder, BASE) as address:
        yield address


@pytest.fixture(scope="module")
def tabs(browser):
    """A tab in which nothing moves, for colours and a width."""

    @cache
    def tab(scheme, width):
        viewport = {"width": width, "height": 800}
        return visitor(
            browser, color_scheme=scheme, viewport=viewport, reduced_motion="reduce"
        ).new_page()

    return tab


def look(tab, url, act):
    """The styles of everything on a page, after an act of the reader's."""
    tab.goto(url)
    act(tab)
    tab.wait_for_function(SETTLED)
    return tab.evaluate(STYLES, PROPERTIES)


def nothing(tab):
    """Leaves a page as it comes."""


def open_search(tab):
    tab.locator(".search-button, .md-search__input").locator("visible=true").first.click()
    tab.keyboard.type("conflict")
    tab.locator(".md-search-result__item").first.wait_for()


def open_menu(tab):
    tab.locator(".menu-button").click()


def open_picture(tab):
    tab.locator("a.picture-link:visible").first.click()
    tab.locator("dialog img").evaluate("picture => picture.decode()")


def copy_code(tab):
    tab.locator(".md-code__button").first.click()
    tab.locator(".md-dialog--active").wait_for()


def explain_word(tab):
    tab.locator("abbr").first.hover()
    tab.locator(".md-tooltip2--active").wait_for()


SIGHTS = [
    *((page, "light", 1280, nothing) for page in addresses(LIVE)),
    *((page, "dark", 360, nothing) for page in (f"{LIVE}/", HUB, PYTHON)),
    *((f"{ARCHIVED}/", scheme, 768, nothing) for scheme in ("light", "dark")),
    *((HUB, "light", width, open_search) for width in (360, 1280)),
    (HUB, "dark", 360, open_menu),
    (HUB, "light", 1280, open_picture),
    (HUB, "light", 1280, copy_code),
    (HUB, "dark", 1280, explain_word),
]


@pytest.mark.parametrize(
    ("page", "scheme", "width", "act"),
    SIGHTS,
    ids=[f"{page}-{scheme}-{width}-{act.__name__}" for page, scheme, width, act in SIGHTS],
)
def test_a_page_looks_as_it_would_with_every_rule(tabs, base, heavy, page, scheme, width, act):
    tab = tabs(scheme, width)
    light = look(tab, base + page, act)
    assert light
    assert light == look(tab, heavy + page, act)


@pytest.mark.parametrize("number", range(len(CUTS)))
def test_what_is_cut_from_the_themes_script_is_in_it_once(number):
    """Where this fails after an update of the theme, the cut has to be found anew."""
    assets = Path(material.__file__).parent / "templates/assets/javascripts"
    [script] = assets.glob("bundle.*.min.js")
    pattern, _ = CUTS[number]
    assert len(pattern.findall(script.read_text("utf-8"))) == 1
