"""The checklist's page as a reader finds it."""

import re

from playwright.sync_api import BrowserContext, Locator, Page

from published import LIVE, SITES

CHECKLIST = f"{LIVE}/preliminary/checklist/"
KEPT = "Your ticks stay in this browser, on this device. Nothing is sent anywhere."
LOST = (
    "Your browser does not keep your ticks, or has no room for them: what you tick now is"
    " forgotten when you leave this page, so print it before. Nothing is sent anywhere."
)
REACHED, TERMINAL = "You can reach the hub.", "You can open a terminal."
COUNT = len(re.findall(r"^- \[ \]", SITES[LIVE].markdown("preliminary/checklist.md"), re.M))


def open_checklist(context: BrowserContext, base: str, path: str = CHECKLIST) -> Page:
    """A new tab with the list; `errors` gathers what its scripts throw."""
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(base + path)
    return page


def tick(page: Page, *names: str) -> None:
    """Ticks these items."""
    for name in names:
        page.get_by_role("checkbox", name=name).check()


def ticked(page: Page) -> list[str]:
    """The names of the ticked items."""
    return page.locator("article input:checked").evaluate_all("all => all.map((each) => each.name)")


def status(page: Page) -> Locator:
    """Where the list says how far one is."""
    return page.locator(".checklist").get_by_role("status")


def said(page: Page) -> str:
    """What the list says there."""
    return status(page).inner_text()


def told_of_keeping(page: Page) -> list[str]:
    """What the reader is told of where ticks are kept."""
    texts = page.locator(".checklist :is(.checklist-kept, .checklist-lost):visible")
    return texts.all_inner_texts()
