"""Chromium that draws the same pixels on every machine."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from hackweek.screenshots.lock import DENSITY

_NAMES = ("chromium", "chromium-browser", "google-chrome")
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


class NoBrowser(Exception):  # noqa: N818 - it names what is missing
    """There is no browser; the text says where one was looked for."""


def find_browser(downloaded: Path) -> str:
    """The browser's program; `downloaded` is where Playwright would have put its own.

    Raises `NoBrowser`.
    """
    if wanted := os.environ.get("CHROMIUM"):
        if found := shutil.which(wanted):
            return found
        raise NoBrowser(f'CHROMIUM names no program: "{wanted}"')
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    if downloaded.is_file():
        return str(downloaded)
    raise NoBrowser(f"no browser found: neither {', '.join(_NAMES)} on PATH, nor {downloaded}")


@contextmanager
def open_browser(environment: Mapping[str, str]) -> Iterator[Browser]:
    """A browser without a window, with our fonts only.

    Raises `NoBrowser`.
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
