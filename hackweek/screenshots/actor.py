"""Plays a journey in a browser: each step done, or a message that says why it cannot be."""

import functools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as TooLate

from hackweek.screenshots import camera, terminal
from hackweek.screenshots.album import THEMES, Album, file_name
from hackweek.screenshots.hub import Hub
from hackweek.screenshots.journey import (
    Click,
    Expect,
    Goto,
    Journey,
    Press,
    Release,
    Run,
    Shot,
    Step,
    Type,
    Upload,
    Wait,
)  # fmt: skip
from hackweek.screenshots.lock import DENSITY
from hackweek.screenshots.stage import PARTICIPANT, Stage

_GITHUB = "https://github.com"
_LAUNCHER = ".jp-LauncherCard"
_TERMINAL_BUTTON = ".jp-LauncherCard[data-category='Other'][title*='terminal' i]"
_REFRESH_FILES = "() => window.jupyterapp.commands.execute('filebrowser:refresh')"
"""JupyterLab looks for new files only every ten seconds."""
_CLOSE_ALL = """async () => {
  await window.jupyterapp.restored;
  document.activeElement?.blur();
  await window.jupyterapp.commands.execute("application:close-all");
}"""
_GO_HOME = """async () => {
  const commands = window.jupyterapp.commands;
  await commands.execute("filebrowser:go-to-path", { path: "/" });
  await commands.execute("filebrowser:refresh");
}"""
"""Shows the home directory in a JupyterLab that is open: faster than to load it anew."""
_START_SECONDS = 120
_POLL = 100
"""Milliseconds."""


class StepFailed(Exception):  # noqa: N818 - it says what did not come true
    """A step could not be done; the text says why, the number which, counted from 0."""

    def __init__(self, index: int, message: str, png: bytes) -> None:
        super().__init__(message)
        self.index = index
        self.png = png
        """What the browser showed; empty where it shows nothing any more."""


@dataclass
class Actor:
    """One reader with one browser window, in front of one hub."""

    hub: Hub
    stage: Stage
    browser: Browser
    album: Album
    page: Page = field(init=False)
    """The tab in front."""
    _context: BrowserContext | None = None
    _reusable: bool = False
    """Whether the page in front is JupyterLab as it opened."""
    _theme_order: tuple[str, ...] = THEMES

    def play(self, journey: Journey) -> Iterator[str]:
        """Plays a journey; the file's name of each picture as soon as it is in the album.

        Raises `StepFailed`.
        """
        with self._window(journey):
            try:
                self._begin(journey)
            except BrowserError as error:
                why = error.message.splitlines()[0]
                raise self._failure(0, f"the journey cannot begin: {why}") from None
            for index, step in enumerate(journey.steps):
                self._fit(journey)
                try:
                    if isinstance(step, Shot):
                        yield from self._shoot(step)
                    else:
                        self._do(step, journey)
                except TooLate:
                    raise self._failure(index, self._too_late(step)) from None
                except (camera.CannotShow, _NotTrue) as why:
                    raise self._failure(index, str(why)) from None
                except BrowserError as error:
                    raise self._failure(index, error.message.splitlines()[0]) from None

    def _failure(self, index: int, message: str) -> StepFailed:
        self._reusable = False
        try:
            return StepFailed(index, message, self.page.screenshot())
        except BrowserError:
            return StepFailed(index, message, b"")

    @contextmanager
    def _window(self, journey: Journey) -> Iterator[None]:
        """A window with one tab; what was downloaded before is kept, to be fast."""
        if self._context is None:
            self._context = self._new_context()
        before = self._context.pages
        if not self._reusable:
            self.page = self._context.new_page()
        for page in before:
            if page is not self.page:
                page.close()
        self._fit(journey)
        yield

    def _fit(self, journey: Journey) -> None:
        """Gives the tab in front, which may be a new one, the size that the journey has."""
        width, height = journey.window
        if self.page.viewport_size != {"width": width, "height": height}:
            self.page.set_viewport_size({"width": width, "height": height})

    def _new_context(self) -> BrowserContext:
        context = self.browser.new_context(
            device_scale_factor=DENSITY,
            locale="en-US",
            timezone_id="UTC",
            reduced_motion="reduce",
        )
        terminal.settle_measurements(context)
        context.on("page", self._show)
        return context

    def _show(self, page: Page) -> None:
        self.page = page

    def _begin(self, journey: Journey) -> None:
        """Brings the hub to the state in which a journey starts."""
        if journey.start == "signed-out":
            self.page.context.clear_cookies()
            self.hub.stop_server()
            self.hub.world.forget()
            self.hub.hold()
            return
        self.page.set_default_timeout(_START_SECONDS * 1000)
        if journey.start != "signed-in" and self._is_in_jupyterlab():
            self.page.evaluate(_CLOSE_ALL)
            self.hub.clear()
            self.page.evaluate(_GO_HOME)
        else:
            self._sign_in()
        for name, text in journey.files.items():
            (self.hub.world.home / name).write_text(text, "utf-8")
        if journey.start == "signed-in":
            return
        if not self._reusable:
            self.page.goto(f"{self.hub.url}/user/{PARTICIPANT}/lab?reset")
            self._reusable = True
        camera.visible(self.page, _LAUNCHER).wait_for()
        if journey.start == "terminal":
            camera.visible(self.page, _TERMINAL_BUTTON).click()
            terminal.wait_for_prompt(self.page, _START_SECONDS)

    def _is_in_jupyterlab(self) -> bool:
        shown = self.page.evaluate("() => Boolean(window.jupyterapp)")
        return bool(shown) and self._reusable and self.hub.server_runs()

    def _sign_in(self) -> None:
        """Signs in where that is needed, and starts the server, as on the first day."""
        self.page.goto(f"{self.hub.url}/hub/home")
        if "/hub/login" in self.page.url:
            self.page.goto(f"{self.hub.url}/hub/oauth_login?next=%2Fhub%2Fhome")
            self.page.get_by_role("button", name="Authorize").click()
            self.page.wait_for_url("**/hub/home")
        self.hub.start_server()
        self.hub.clear()
        self.hub.world.forget()
        self._reusable = False

    def _shoot(self, shot: Shot) -> Iterator[str]:
        def is_known(theme: str, png: bytes) -> bool:
            return self.album.is_as_before(file_name(shot.shot, theme), png)

        self.hub.world.age_files()
        for theme, png in camera.take(self.page, shot, self._theme_order, is_known):
            name = file_name(shot.shot, theme)
            self.album.keep(name, png)
            yield name
        # JupyterLab takes a while to change its theme: the next picture begins with this one.
        self._theme_order = self._theme_order[::-1]

    @functools.singledispatchmethod
    def _do(self, step: Step, journey: Journey) -> None:
        raise TypeError(step)

    @_do.register
    def _(self, step: Goto, _journey: Journey) -> None:
        self._reusable = False
        self.page.goto(self._address(step.goto), timeout=step.seconds * 1000)

    @_do.register
    def _(self, step: Click, _journey: Journey) -> None:
        thing = camera.visible(self.page, step.click)
        thing.click(button=step.button, click_count=step.times, timeout=step.seconds * 1000)

    @_do.register
    def _(self, step: Upload, journey: Journey) -> None:
        self._reusable = False  # JupyterLab returns the focus to the button that was clicked
        with self.page.expect_file_chooser(timeout=step.seconds * 1000) as chooser:
            camera.visible(self.page, step.click).click(timeout=step.seconds * 1000)
        file: Any = {
            "name": step.upload,
            "mimeType": "text/plain",
            "buffer": journey.uploads[step.upload].encode(),
        }
        chooser.value.set_files([file])

    @_do.register
    def _(self, step: Type, _journey: Journey) -> None:
        self.page.keyboard.insert_text(step.type)
        if terminal.shown(self.page) is not None and not terminal.wait_for_echo(
            self.page, step.type, step.seconds
        ):
            raise _NotTrue(f'the terminal does not show "{step.type}" within {step.seconds} s')

    @_do.register
    def _(self, step: Run, _journey: Journey) -> None:
        if not terminal.wait_for_prompt(self.page, step.seconds):
            raise _NotTrue("there is no terminal in front, or it shows no prompt")
        before = terminal.shown(self.page) or ""
        self.page.keyboard.insert_text(step.run)
        if not terminal.wait_for_echo(self.page, step.run, step.seconds):
            raise _NotTrue(f'the terminal does not show "{step.run}" within {step.seconds} s')
        self.page.keyboard.press("Enter")
        if not terminal.wait_for_prompt(self.page, step.seconds, after=terminal.prompts(before)):
            raise _NotTrue(f'"{step.run}" does not end within {step.seconds} s')
        self.page.evaluate(_REFRESH_FILES)

    @_do.register
    def _(self, step: Press, _journey: Journey) -> None:
        self.page.keyboard.press(step.press)

    @_do.register
    def _(self, step: Wait, _journey: Journey) -> None:
        # Not Playwright's own waiting, which would not look at a tab that opens meanwhile.
        deadline = time.monotonic() + step.seconds
        while bool(camera.visible(self.page, step.wait).count()) == step.gone:
            if time.monotonic() > deadline:
                raise TooLate(step.wait)
            self.page.wait_for_timeout(_POLL)

    @_do.register
    def _(self, step: Release, _journey: Journey) -> None:
        self.hub.release()
        self._reusable = True  # the hub's page leads to JupyterLab

    @_do.register
    def _(self, step: Expect, _journey: Journey) -> None:
        deadline = time.monotonic() + step.seconds
        while step.expect not in (seen := self._seen(step)):
            if time.monotonic() > deadline:
                last = seen.strip().rpartition("\n")[2]
                raise _NotTrue(
                    f'{step.where} does not show "{step.expect}" within {step.seconds} s'
                    f' but "{last}"'
                )
            self.page.wait_for_timeout(_POLL)

    def _seen(self, step: Expect) -> str:
        match step.where:
            case "server":
                return "running" if self.hub.server_runs() else "stopped"
            case "terminal":
                return terminal.shown(self.page) or ""
            case "page":
                return self.page.locator("body").inner_text(timeout=step.seconds * 1000)
            case selector:
                thing = camera.visible(self.page, selector)
                return thing.inner_text(timeout=step.seconds * 1000)

    def _address(self, address: str) -> str:
        """The place on loopback that stands for an address of the lessons."""
        for real, ours in ((self.stage.hub_url, self.hub.url), (_GITHUB, self.hub.github_url)):
            if address == real or address.startswith(f"{real}/"):
                return ours + address.removeprefix(real)
        raise _NotTrue(f'"{address}" is neither on the hub nor on GitHub')

    def _too_late(self, step: Step) -> str:
        match step:
            case Wait(gone=True):
                return f'"{step.wait}" is still there after {step.seconds} s'
            case Wait():
                selector = step.wait
            case Click() | Upload():
                selector = step.click
            case Expect():
                selector = step.where
            case _:
                return f"it is not done within {step.seconds} s"
        return f'nothing visible matches "{selector}" within {step.seconds} s'


class _NotTrue(Exception):  # noqa: N818 - it says what did not come true
    pass
