"""Where the machine keeps a browser that can be driven."""

import os
import shutil
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome")


class NoBrowser(Exception):  # noqa: N818 - it names what is missing
    """There is no browser; the text says where one was looked for, and what to do."""


def find_browser(downloaded: Path) -> str:
    """The browser's program; `downloaded` is where Playwright would have put its own.

    Raises `NoBrowser`: work that needs a browser must not pass for done without one.
    """
    if wanted := os.environ.get("CHROMIUM"):
        if found := shutil.which(wanted):
            return found
        raise NoBrowser(f'CHROMIUM names no program: "{wanted}"')
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    places = (Path("/usr/bin/chromium"), downloaded)
    for place in places:
        if place.is_file():
            return str(place)
    raise NoBrowser(
        f"no browser found: neither {', '.join(_NAMES)} on PATH, nor {places[0]}, nor {places[1]}"
        "\n  help: install Chromium, or set CHROMIUM to the browser's program,"
        " or run: playwright install chromium"
    )
