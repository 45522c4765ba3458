"""What holds for the site of any organization, whatever its events and lessons are.

A site that `copier copy` makes of this repository has these tests and no others: what proves
the machinery, with events and lessons of its own, stays here.
"""

import datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from browser import AXE, axe_findings, opened, show_all, visitor
from hackweek.check import check_repository
from hackweek.events import event_slugs
from published import LIVE, ROOT, SITES, addresses

BY_THE_CALENDAR = ("past-event-live", "coming-event-archived")
"""Rules that find on one day what they did not find on the day before."""


READ = ["", *addresses(LIVE), f"{LIVE}/404.html"]
if (ROOT / "tests/test_accessibility.py").is_file():
    READ = READ[:2]  # there, each page is looked at, in more ways


@pytest.fixture
def tab(browser):
    """A tab in which nothing moves, with the script that measures."""
    context = visitor(browser, reduced_motion="reduce")
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


def test_nothing_is_wrong_with_events_and_lessons():
    findings = check_repository(ROOT, event_slugs(ROOT), datetime.date.today())
    found = findings.settled((), BY_THE_CALENDAR)
    assert "\n".join(str(each) for each in found if not each.warning) == ""


@pytest.mark.parametrize("slug", SITES)
def test_each_event_has_a_site_with_its_name(built, slug):
    page = LexborHTMLParser((built / slug / "index.html").read_text("utf-8"))
    assert SITES[slug].event.name in page.css_first("title").text()


@pytest.mark.parametrize("page", READ)
def test_each_page_can_be_read_by_everybody_and_asks_no_other_site_for_anything(tab, base, page):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    show_all(opened(tab, base + page))
    assert "\n".join(axe_findings(tab)) == ""
    assert [url for url in asked if not url.startswith((base, "data:", "blob:"))] == []
