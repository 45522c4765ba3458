"""The page to print as a PDF, printed by a browser: with tags, an outline and links."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from hackweek.browser import find_browser

_SECONDS = 120


class PrintError(Exception):
    """The browser printed nothing; the text is what it said."""


def printing_browser() -> str:
    """The program of a browser that can print. Raises `NoBrowser`."""
    return find_browser(Path.home() / ".cache" / "ms-playwright")


def write_pdf(browser: str, page: Path, url: str, target: Path) -> None:
    """Prints a page that is published at an address.

    Raises `PrintError`. https://developer.chrome.com/docs/chromium/headless#print-to-pdf
    """
    with _published(page, url) as printed, TemporaryDirectory() as profile:
        command = [
            browser,
            "--headless",
            "--no-sandbox",  # root, and containers, have none; only a page of our own is opened
            "--disable-gpu",
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--user-data-dir={profile}",
            f"--print-to-pdf={target}",
            printed.as_uri(),
        ]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise PrintError(f"{browser} took longer than {_SECONDS} s") from None
        except OSError as error:
            raise PrintError(f"{browser}: {error.strerror}") from None
    if done.returncode or not target.is_file():
        raise PrintError(done.stderr.strip() or f"{browser} ended with {done.returncode}")


@contextmanager
def _published(page: Path, url: str) -> Iterator[Path]:
    """The page, for as long as it is printed, with links that lead to where it is published."""
    tree = LexborHTMLParser(page.read_text("utf-8"))
    for link in tree.css("a[href]:not([href^='#'])"):
        link.attrs["href"] = urljoin(url, str(link.attributes["href"]))
    copy = page.with_name("printed.html")
    copy.write_text(f"<!doctype html>\n{tree.html}", "utf-8")
    try:
        yield copy
    finally:
        copy.unlink()
