"""WCAG 2.2 AA: every page of every event, measured in a real browser.

https://www.w3.org/TR/WCAG22/
"""

from itertools import product

import pytest
from selectolax.lexbor import LexborHTMLParser

from browser import AXE, axe_findings, opened, search_for, show_all, visitor
from published import ARCHIVED, LIVE, PAGES, addresses, file_of

SCHEMES = ["light", "dark"]
WIDTHS = [1280, 768, 360]
WAYS = list(product(SCHEMES, WIDTHS))
HUB = f"{LIVE}/preliminary/jupyterhub/"
PYTHON = f"{LIVE}/preliminary/python/"
CHECKLIST = f"{LIVE}/preliminary/checklist/"


@pytest.fixture(scope="module")
def tabs(browser):
    """A tab for light and one for dark colours, in which nothing moves."""
    contexts = {
        scheme: visitor(browser, color_scheme=scheme, reduced_motion="reduce") for scheme in SCHEMES
    }
    for context in contexts.values():
        context.add_init_script(AXE)
    yield {scheme: context.new_page() for scheme, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture
def tab(tabs):
    return tabs["light"]


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
def is_new(built):
    """Whether a kind of element is on a page that is on none of the pages before it."""
    seen, found = set(), {}
    for page in PAGES:
        here = kinds(built / file_of(page))
        found[page] = bool(here - seen)
        seen |= here
    return found.__getitem__


COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose findings differ with the colours; they take four fifths of the time."""
ALL_BUT_COLOURS = {rule: {"enabled": False} for rule in COLOURS}


def findings(tab, way, where=None, **options):
    scheme, width = way
    return [f"{scheme} {width}: {each}" for each in axe_findings(tab, where, **options)]


@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(tabs, base, is_new, page):
    """Each rule where it can find something new.

    All pages have the same few templates and styles, so on a page of which each element is of a
    kind that was looked at before, the colours and the other widths have been looked at as well.
    The colours of an article are the same at each width; what else is there is not.
    """
    found = []
    for scheme, width in WAYS if is_new(page) else WAYS[:1]:
        way = scheme, width
        tab = opened(tabs[scheme], base + page, width)
        show_all(tab)
        if scheme == "light":
            found += findings(tab, way, rules=ALL_BUT_COLOURS)
        if is_new(page):
            where = {"exclude": ["article"]} if width < 1280 else None
            found += findings(tab, way, where, runOnly=COLOURS)
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


FORCED = "a, button, summary, label"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("page", [HUB, PYTHON, CHECKLIST, f"{ARCHIVED}/", "", "404.html"])
def test_axe_finds_nothing_where_the_mouse_or_the_focus_is(tabs, base, page, scheme):
    tab = opened(tabs[scheme], base + page)
    show_all(tab)
    for state in ("hover", "focus"):
        force(tab, FORCED, state)
        found = findings(tab, (scheme, 1280), {"include": [FORCED]}, runOnly=COLOURS)
        assert (state, found) == (state, [])


def force(tab, selector, state):
    """Makes the browser draw elements as if the mouse or the focus were on them."""
    session = tab.context.new_cdp_session(tab)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    query = {"nodeId": root, "selector": selector}
    for node in session.send("DOM.querySelectorAll", query)["nodeIds"]:
        session.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": [state]})


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
    opened(tab, base + HUB, 1280)
    tab.wait_for_function(f"{stops}.every((each) => each === -1)")
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.wait_for_function(f"{stops}.some((each) => each === 0)")
