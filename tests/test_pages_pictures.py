"""Pictures of every event's pages: their size is known, and the diagram can be looked at larger."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from published import LIVE, SITES, addresses

HUB = "preliminary/jupyterhub/"


def picture_link(tab, address):
    tab.goto(address)
    return tab.locator("a.picture-link[href$='.svg']:visible").first


def test_a_click_on_the_diagram_opens_a_larger_one(tab, base):
    link = picture_link(tab, f"{base}{LIVE}/{HUB}")
    small = link.locator("img").bounding_box()["width"]
    link.click()
    tab.locator("dialog img").evaluate("picture => picture.decode()")
    assert tab.locator("dialog img").bounding_box()["width"] > small


def test_on_a_phone_too_the_diagram_opens_larger(tab, base):
    tab.set_viewport_size({"width": 360, "height": 740})
    link = picture_link(tab, f"{base}{LIVE}/{HUB}")
    small = link.locator("img").bounding_box()["width"]
    link.click()
    tab.locator("dialog img").evaluate("picture => picture.decode()")
    assert tab.locator("dialog img").bounding_box()["width"] > 2 * small


@pytest.mark.parametrize(
    "close",
    [
        pytest.param(lambda page: page.keyboard.press("Escape"), id="Escape"),
        pytest.param(lambda page: page.locator("dialog button").click(), id="button"),
        pytest.param(lambda page: page.locator("dialog img").click(), id="picture"),
    ],
)
def test_the_larger_diagram_closes_and_gives_the_focus_back(tab, base, close):
    link = picture_link(tab, f"{base}{LIVE}/{HUB}")
    link.click()
    tab.locator("dialog[open]").wait_for()
    close(tab)
    tab.locator("dialog").wait_for(state="detached")
    assert link.evaluate("link => link === document.activeElement")


def test_without_javascript_the_diagram_leads_to_its_file(plain_tab, base):
    link = picture_link(plain_tab, f"{base}{LIVE}/{HUB}")
    with plain_tab.expect_navigation() as answer:
        link.click()
    assert (answer.value.status, answer.value.headers["content-type"]) == (200, "image/svg+xml")


@pytest.mark.parametrize("page", addresses(*SITES))
def test_a_picture_has_its_size_and_is_loaded_when_needed(built, page):
    tree = LexborHTMLParser((built / page / "index.html").read_text("utf-8"))
    pictures = [each.attributes for each in tree.css("article img")]
    assert pictures or not page.endswith(HUB)
    for picture in pictures:
        assert picture.get("width", "").isdigit()
        assert picture.get("height", "").isdigit()
        assert picture.get("loading") == "lazy"
