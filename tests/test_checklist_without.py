"""The checklist where a browser lacks something, and on paper."""

import pytest

from browser import open_profile, visitor
from checklist_page import (
    CHECKLIST,
    COUNT,
    KEPT,
    LOST,
    REACHED,
    TERMINAL,
    open_checklist,
    said,
    tick,
    ticked,
    told_of_keeping,
)
from published import BASE


@pytest.fixture
def page(context, base):
    return open_checklist(context, base)


# Without JavaScript, without storage, without room


def test_without_javascript_the_page_says_what_to_do(browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = open_checklist(context, base)
    assert page.locator(".checklist").inner_text().strip() == (
        "JavaScript is off, so the boxes cannot be ticked here. Print this page, and tick on paper."
    )
    boxes = page.get_by_role("checkbox").all()
    assert len(boxes) == COUNT
    assert all(box.is_visible() and box.is_disabled() for box in boxes)
    context.close()


def test_without_its_script_the_page_promises_nothing(context, base):
    context.route("**/checklist.js*", lambda route: route.abort())
    page = open_checklist(context, base)
    assert said(page) == "The boxes are not ready yet."
    assert all(box.is_disabled() for box in page.get_by_role("checkbox").all())


def works_for_the_visit(page):
    tick(page, REACHED, TERMINAL)
    page.get_by_role("checkbox", name=TERMINAL).uncheck()
    assert ticked(page) == ["hub-reached"]
    assert said(page).startswith(f"1 of {COUNT} done, ")
    assert told_of_keeping(page) == [LOST]
    page.get_by_role("button", name="Clear all ticks").click()
    page.get_by_role("button", name="Bring the ticks back").click()
    assert ticked(page) == ["hub-reached"]
    page.reload()
    assert ticked(page) == []
    assert page.errors == []


def test_where_cookies_are_blocked_ticks_last_for_the_visit(browser, base, tmp_path):
    preferences = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    with open_profile(browser, tmp_path / "profile", preferences) as context:
        page = open_checklist(context, base)
        assert told_of_keeping(page) == [LOST]
        works_for_the_visit(page)


THROW = 'throw new DOMException("No.", "SecurityError")'
BROKEN = {
    "writing": f"Storage.prototype.setItem = () => {{ {THROW}; }};",
    "reading": f"Storage.prototype.getItem = () => {{ {THROW}; }};",
    "everything": f'Object.defineProperty(window, "localStorage", {{ get() {{ {THROW}; }} }});',
    "no storage": 'Object.defineProperty(window, "localStorage", { value: null });',
    "no memory": "Storage.prototype.setItem = () => {};",
}


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN)
def test_whatever_of_the_storage_is_broken_ticks_last_for_the_visit(context, base, script):
    context.add_init_script(script)
    works_for_the_visit(open_checklist(context, base))


def test_in_a_sandbox_ticks_last_for_the_visit(context, base):
    frame = f'<iframe sandbox="allow-scripts" src="{BASE}{CHECKLIST}"></iframe>'
    context.route(
        "**/frame.html", lambda route: route.fulfill(body=frame, content_type="text/html")
    )
    page = open_checklist(context, base, "frame.html")
    frame = page.frame_locator("iframe")
    frame.get_by_role("checkbox", name=REACHED).check()
    assert frame.locator(".checklist-lost").is_visible()
    assert said(frame).startswith(f"1 of {COUNT} done, ")
    assert page.errors == []


FILL = """() => {
  let piece = "x".repeat(1 << 20), filler = "";
  while (piece) {
    try { localStorage.setItem("filler", filler + piece); filler += piece; }
    catch { piece = piece.slice(0, piece.length >> 1); }
  }
  return filler.length;
}"""


def test_where_storage_is_full_what_was_kept_stays_and_the_rest_lasts_for_the_visit(page):
    tick(page, REACHED)
    assert page.evaluate(FILL) > 1_000_000
    page.reload()
    assert told_of_keeping(page) == [KEPT]
    tick(page, TERMINAL)
    assert ticked(page) == ["hub-reached", "terminal-open"]
    assert told_of_keeping(page) == [LOST]
    page.evaluate("localStorage.removeItem('filler')")
    tick(page, "You can end a session.")
    assert told_of_keeping(page) == [KEPT]
    page.reload()
    assert ticked(page) == ["hub-reached", "terminal-open", "session-ended"]
    assert page.errors == []


# On paper

PAPER = """() => {
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  return {
    panel: style(".checklist").display,
    "a box": style(".checklist-item > input").colorScheme,
    "an item": style(".task-list-item").breakInside,
    "an item's link": style(".task-list-item a").color === style(".task-list-item").color,
  };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_stands_the_list_and_nothing_to_press(browser, base, scheme):
    context = visitor(browser, color_scheme=scheme, reduced_motion="reduce")
    page = open_checklist(context, base)
    tick(page, REACHED)
    page.emulate_media(media="print")
    assert page.evaluate(PAPER) == {
        "panel": "none",
        "a box": "light",
        "an item": "avoid",
        "an item's link": True,
    }
    assert page.get_by_role("button").locator("visible=true").count() == 0
    assert page.get_by_role("checkbox").count() == COUNT
    context.close()
