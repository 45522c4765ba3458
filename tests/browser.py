"""A real browser and a real server, for tests of what was built."""

import gzip
import io
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from hackweek.browser import find_browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
"""The script that measures a page's accessibility."""
_SHOW_ALL = """async () => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  const style = document.createElement("style");
  style.textContent = ".tabbed-block { display: block !important; }";
  document.head.append(style);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
}"""
_RUN_AXE = """async ([where, options]) => {
  const { violations } = await axe.run(where ?? document, options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) =>
    `${id}: ${node.target.join(" ")}: ${[...node.any, ...node.all, ...node.none][0]?.message}`));
}"""


LIGHT = "chromium-headless-shell"
"""Chromium without the parts that make windows, which takes half of the time."""


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A browser without a window, closed at the end."""
    with sync_playwright() as playwright:
        whole = find_browser(Path(playwright.chromium.executable_path))
        browser = playwright.chromium.launch(
            executable_path=whole if os.environ.get("CHROMIUM") else shutil.which(LIGHT) or whole,
            # Containers and continuous integration often run as root, which the sandbox refuses.
            args=["--no-sandbox"],
        )
        try:
            yield browser
        finally:
            browser.close()


def visitor(browser: Browser, **settings) -> BrowserContext:
    """The browser of a reader who was never here, for the caller to close.

    Unless `service_workers` is "allow", it does not keep the lessons, which takes longer than to
    show a page.
    """
    return browser.new_context(**{"service_workers": "block", **settings})


@contextmanager
def open_profile(
    browser: Browser, folder: Path, preferences: dict[str, object]
) -> Iterator[BrowserContext]:
    """The browser of somebody who has changed its settings, closed at the end."""
    (folder / "Default").mkdir(parents=True)
    (folder / "Default" / "Preferences").write_text(json.dumps(preferences), "utf-8")
    program = find_browser(Path(browser.browser_type.executable_path))
    context = browser.browser_type.launch_persistent_context(
        folder, executable_path=program, args=["--no-sandbox"]
    )
    try:
        yield context
    finally:
        context.close()


_COMPRESSED = {".css", ".html", ".js", ".json", ".svg", ".xml"}


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder below a base path, text compressed, and its 404.html for everything else."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args, base: str, **kwargs) -> None:
        self.base = base
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        """A file in the folder; for an address outside the base path one that does not exist."""
        if not path.startswith(self.base):
            return str(Path(self.directory, "outside the base path"))
        return super().translate_path(f"/{path.removeprefix(self.base)}")

    def send_head(self):
        """A file as GitHub Pages sends it: text is compressed with gzip."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if self.path.partition("?")[0].endswith("/") else path
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        if not accepted or path.suffix not in _COMPRESSED or not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def list_directory(self, path: str) -> None:
        """No lists of files: a web host has none either."""
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The folder's own page for an address that is not there."""
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves a page hangs up on what it no longer needs."""


@contextmanager
def served(folder: Path, base: str = "/", handler: type[Handler] = Handler) -> Iterator[str]:
    """The address at which a folder is served; `base` begins and ends with a slash."""
    handler = partial(handler, directory=str(folder), base=base)
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base}"
        finally:
            server.shutdown()
            thread.join()


def opened(tab: Page, url: str, width: int = 1280) -> Page:
    """A tab that shows a page in a window of a width."""
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(url)
    return tab


def search_for(tab: Page, words: str) -> None:
    """Searches as a reader does, and waits for what is found."""
    button = tab.get_by_role("button", name="Search", exact=True)
    (button if button.is_visible() else tab.get_by_role("textbox", name="Search")).click()
    tab.keyboard.type(words)
    tab.locator(".md-search-result__item").first.wait_for()


def show_all(tab: Page) -> None:
    """Opens what a reader would open with a click: tabs and details."""
    tab.evaluate(_SHOW_ALL)


def axe_findings(tab: Page, where: dict[str, list[str]] | None = None, **options) -> list[str]:
    """What axe finds on the page as it is; needs a tab that has loaded `AXE`.

    `where` is what it looks at, the whole page if not told, and `options` are its own:
    https://www.deque.com/axe/core-documentation/api-documentation/#options-parameter
    """
    return tab.evaluate(_RUN_AXE, [where, {"resultTypes": ["violations"], **options}])
