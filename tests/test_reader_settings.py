"""What readers have set: less motion, other colours, large text, no scripts, no storage."""

import pytest

from browser import open_profile, opened, search_for, visitor
from published import ARCHIVED, BASE, LIVE, SITES, addresses

SCHEMES = ["light", "dark"]
HUB = f"{LIVE}/preliminary/jupyterhub/"
CHECKLIST = f"{LIVE}/preliminary/checklist/"


@pytest.fixture
def tab(browser):
    """The page of a reader who wants nothing to move."""
    context = visitor(browser, reduced_motion="reduce")
    yield context.new_page()
    context.close()


# Motion, colours, size


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
    context = visitor(browser, forced_colors="active", color_scheme=scheme)
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


def test_without_javascript_a_page_says_what_is_missing_and_offers_nothing_dead(plain_tab, base):
    opened(plain_tab, base + HUB, 360)
    assert plain_tab.get_by_role("complementary", name="Without JavaScript").inner_text() == (
        "JavaScript is off. Everything can be read, but search, dark colours and the button that"
        " copies code are missing."
    )
    assert [each.inner_text() for each in plain_tab.get_by_role("button").all()] == []
    assert plain_tab.get_by_role("search").count() == 0


def test_without_javascript_the_menu_opens_by_keyboard(plain_tab, base):
    opened(plain_tab, base + HUB, 360)
    plain_tab.keyboard.press("Tab")
    plain_tab.keyboard.press("Space")
    plain_tab.locator(".md-nav--primary").get_by_role("link", name="Earthdata login").click()
    assert plain_tab.url == f"{base}{LIVE}/preliminary/earthdata/"


def test_without_javascript_the_page_for_missing_addresses_leads_to_every_event(plain_tab, base):
    assert plain_tab.goto(f"{base}{LIVE}/nothing/here/").status == 404
    links = plain_tab.get_by_role("main").get_by_role("link")
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


def test_on_a_phone_the_bar_shows_the_events_short_name(tab, base):
    event = SITES[LIVE].event
    opened(tab, f"{base}{LIVE}/", 360)
    assert tab.locator(".md-header__topic").first.inner_text() == event.short_name
    tab.set_viewport_size({"width": 768, "height": 800})
    assert tab.locator(".md-header__topic").first.inner_text() == event.name
