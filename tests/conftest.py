"""What several test modules start from."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page

from browser import open_browser, served, visitor
from hackweek.event import Event
from hackweek.events import load_event

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# A shell that runs the tests in the background has interrupts ignored, here and in what is started.
signal.signal(signal.SIGINT, signal.default_int_handler)

_LONG = """shots_hub accessibility weight workflows offline_worker commands offline_pdf build_robust
    copier shots_drift ready_hub pages""".split()
"""Modules that take long. They come first, so that no process is left with one at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the tests of the modules that take long before the others."""
    long = {f"test_{name}.py": number for number, name in enumerate(_LONG)}
    items.sort(key=lambda item: long.get(item.path.name, len(long)))


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def event(root: Path) -> Event:
    """The event that a new one is copied from: live, with every kind of value."""
    return load_event(root, "example-2027")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with every event's site, for reading only; one process builds it for all."""
    from published import build_sites  # not at the top: it reads every event

    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "built"
    site, ended = folder / "site", folder / "ended"
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 300
        while not ended.exists():
            assert time.monotonic() < deadline, "the process that builds the sites has not ended"
            time.sleep(0.1)
    else:
        try:
            build_sites(site)
        finally:
            ended.touch()
    return site


@pytest.fixture(scope="module")
def base(built: Path) -> Iterator[str]:
    """The address below which the sites are served, as a web host serves them."""
    from published import BASE

    with served(built, BASE) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real browser. One for all modules would keep its event loop where others need theirs."""
    with open_browser() as browser:
        yield browser


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """The browser of a reader who was never here; it keeps lessons where a module says so."""
    context = visitor(browser, service_workers=getattr(request.module, "SERVICE_WORKERS", "block"))
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    """A page of that browser."""
    return context.new_page()


@pytest.fixture
def plain_tab(browser: Browser) -> Iterator[Page]:
    """The same without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
