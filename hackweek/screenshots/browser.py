"""Chromium that draws the same pixels on every machine."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from hackweek.browser import find_browser
from hackweek.screenshots.lock import DENSITY

_ARGUMENTS = (
    "--no-sandbox",  # root, and containers, have none; only pages of our own are opened
    "--disable-gpu",
    "--disable-3d-apis",
    "--disable-lcd-text",
    "--disable-background-networking",
    "--disable-component-update",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)


@contextmanager
def open_browser(environment: Mapping[str, str]) -> Iterator[Browser]:
    """A browser without a window, with our fonts only.

    Raises `hackweek.browser.NoBrowser`.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(Path(playwright.chromium.executable_path)),
            env=dict(environment),
            args=[*_ARGUMENTS, f"--force-device-scale-factor={DENSITY}"],
        )
        try:
            yield browser
        finally:
            browser.close()
