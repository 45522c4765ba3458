"""Every lesson without JavaScript: read, with every tab, and with the way on."""

import pytest

from published import LIVE, SITES, address, lessons

HUB = "preliminary/jupyterhub/"
TABBED = [f"{LIVE}/{address(each.page)}" for each in SITES[LIVE].pages if '=== "' in each.text]


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


@pytest.mark.parametrize("lesson", lessons(*SITES))
def test_without_javascript_a_lesson_can_be_read(plain_tab, base, lesson):
    plain_tab.goto(base + lesson)
    assert plain_tab.locator("article h2").count()
    assert plain_tab.evaluate(HIDDEN) == []


@pytest.mark.parametrize("page", TABBED)
def test_without_javascript_every_tab_opens(plain_tab, base, page):
    plain_tab.goto(base + page)
    for tabs in plain_tab.locator(".tabbed-set").all():
        blocks = tabs.locator("> .tabbed-content > .tabbed-block")
        for number, label in enumerate(tabs.locator("> .tabbed-labels > label").all()):
            label.click()
            shown = [block.is_visible() for block in blocks.all()]
            assert shown == [each == number for each in range(len(shown))]


@pytest.mark.parametrize("slug", SITES)
def test_without_javascript_the_hub_lesson_shows_the_address_of_the_hub(plain_tab, base, slug):
    plain_tab.goto(f"{base}{slug}/{HUB}")
    hub = SITES[slug].event.jupyterhub_url
    assert plain_tab.locator("article").get_by_text(hub).first.is_visible()


@pytest.mark.parametrize("slug", SITES)
def test_without_javascript_the_navigation_leads_on(plain_tab, base, slug):
    plain_tab.set_viewport_size({"width": 360, "height": 740})
    plain_tab.goto(f"{base}{slug}/{HUB}")
    plain_tab.locator(".md-header label[for=__drawer]").click()
    plain_tab.locator(".md-nav--primary").get_by_role("link", name="GitHub account").click()
    assert plain_tab.url == f"{base}{slug}/preliminary/github/"
