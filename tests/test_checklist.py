"""The checklist in a real browser: ticks that are kept, progress, keyboard."""

import re

import pytest

from checklist_page import (
    CHECKLIST,
    COUNT,
    KEPT,
    REACHED,
    TERMINAL,
    open_checklist,
    said,
    status,
    tick,
    ticked,
    told_of_keeping,
)
from published import ARCHIVED, BASE, LIVE, SITES


@pytest.fixture
def page(context, base):
    return open_checklist(context, base)


MINUTES = sum(each.minutes for each in SITES[LIVE].lessons.values())
NOTHING_DONE = f"0 of {COUNT} done, about {MINUTES} minutes left."


# Ticks are kept


def test_ticks_are_there_again_after_the_page_is_left(context, base, page):
    tick(page, REACHED, TERMINAL)
    page.goto(f"{base}{LIVE}/")
    page.goto(base + CHECKLIST)
    assert ticked(page) == ["hub-reached", "terminal-open"]
    page.get_by_role("checkbox", name=REACHED).uncheck()
    page.reload()
    assert ticked(page) == ["terminal-open"]
    assert ticked(open_checklist(context, base)) == ["terminal-open"]
    assert page.errors == []


def test_only_the_names_of_ticked_items_are_kept(page):
    tick(page, REACHED, TERMINAL)
    kept = page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('check'))")
    assert kept == [[f"checklist-1:{BASE}{LIVE}/:{LIVE}", '["hub-reached","terminal-open"]']]


def test_nothing_is_sent_anywhere(context, base, page):
    requests = []
    context.on("request", lambda request: requests.append(request.url))
    tick(page, REACHED)
    page.get_by_role("button", name="Clear all ticks").click()
    page.wait_for_timeout(300)
    assert requests == []
    assert context.cookies() == []
    assert told_of_keeping(page) == [KEPT]


def test_another_event_keeps_its_own(context, base, page):
    tick(page, REACHED)
    other = open_checklist(context, base, f"{ARCHIVED}/preliminary/checklist/")
    assert ticked(other) == []
    tick(other, "You can sign in to GitHub.")
    page.reload()
    assert ticked(page) == ["hub-reached"]


def test_two_tabs_show_the_same(context, base, page):
    other = open_checklist(context, base)
    tick(page, REACHED)
    other.wait_for_function("document.querySelectorAll('article input:checked').length === 1")
    tick(other, TERMINAL)
    page.wait_for_function("document.querySelectorAll('article input:checked').length === 2")
    assert said(page) == said(other)
    page.evaluate("localStorage.clear()")
    other.wait_for_function("document.querySelectorAll('article input:checked').length === 0")


@pytest.mark.parametrize("left", ["", "{", "null", "7", '{"a": 1}', '[1, null, "hub-reached"]'])
def test_whatever_was_left_in_the_storage_the_page_works(page, left):
    key = f"checklist-1:{BASE}{LIVE}/:{LIVE}"
    page.evaluate("([key, left]) => localStorage.setItem(key, left)", [key, left])
    page.reload()
    assert told_of_keeping(page) == [KEPT]
    tick(page, TERMINAL)
    page.reload()
    expected = ["hub-reached"] if "hub" in left else []
    assert ticked(page) == [*expected, "terminal-open"]
    assert page.errors == []


def test_what_a_browser_puts_back_gives_way_to_what_is_kept(page):
    """As Firefox does with the boxes of a page that is loaded again."""
    tick(page, REACHED)
    page.locator("article input").evaluate_all("all => all.forEach((e) => { e.checked = true; })")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    assert ticked(page) == ["hub-reached"]


# Progress


def test_progress_and_the_minutes_left_are_told(page):
    progress = page.get_by_role("progressbar", name="Done")
    assert said(page) == NOTHING_DONE
    left = page.locator("article input").evaluate_all("all => all.map((e) => +e.dataset.minutes)")
    for number, box in enumerate(page.get_by_role("checkbox").all(), start=1):
        box.check()
        minutes = max(1, round(sum(left[number:])))
        unit = "minute" if minutes == 1 else "minutes"
        last = f"All {COUNT} done. You are ready!"
        assert said(page) == (
            last if number == COUNT else f"{number} of {COUNT} done, about {minutes} {unit} left."
        )
        assert progress.evaluate("each => each.position") == pytest.approx(number / COUNT)


def test_all_ticks_can_be_cleared_and_brought_back(page):
    buttons = page.get_by_role("button", name=re.compile("ticks"))
    assert buttons.count() == 0
    tick(page, REACHED, TERMINAL)
    button = page.get_by_role("button", name="Clear all ticks")
    button.press("Enter")
    assert (ticked(page), said(page)) == ([], NOTHING_DONE)
    back = page.get_by_role("button", name="Bring the ticks back")
    assert back.evaluate("each => each === document.activeElement")
    back.press("Enter")
    assert ticked(page) == ["hub-reached", "terminal-open"]
    button.click()
    tick(page, "You can end a session.")
    page.reload()
    assert ticked(page) == ["session-ended"]
    assert buttons.all_inner_texts() == ["Clear all ticks"]


def test_the_print_button_prints(page):
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print the list").click()
    assert page.evaluate("window.printed") is True


# By keyboard and screen reader


def test_the_list_is_worked_through_by_keyboard(page):
    page.get_by_role("button", name="Print the list").focus()
    reached = []
    while len(reached) < COUNT:
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name")
        if name and name not in reached:
            reached.append(name)
            page.keyboard.press("Space")
    assert reached == ticked(page)
    assert said(page) == f"All {COUNT} done. You are ready!"


def test_each_box_is_called_by_its_item(page):
    text = SITES[LIVE].markdown("preliminary/checklist.md")
    names = re.findall(r"^- \[ \] \*\*(.*?)\*\*", text, re.M)
    assert len(names) == COUNT
    for name in names:
        assert page.get_by_role("checkbox", name=name, exact=True).count() == 1


def test_a_click_on_an_items_words_ticks_it(page):
    page.get_by_text(REACHED).click()
    assert ticked(page) == ["hub-reached"]


def test_a_screen_reader_hears_how_far_one_is(page):
    assert status(page).evaluate("each => each.closest('[hidden], [aria-hidden=true]')") is None
    changes = status(page).evaluate_handle("""(status) => {
      const heard = [];
      const hear = () => heard.push(status.textContent);
      new MutationObserver(hear).observe(status, { childList: true });
      return heard;
    }""")
    tick(page, REACHED)
    page.wait_for_function("heard => heard.length", arg=changes)
    assert changes.json_value() == [said(page)]
