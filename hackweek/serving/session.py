"""What is shown: the newest version of a site that could be made, and what is wrong."""

import json
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Condition, Thread
from typing import TYPE_CHECKING

from hackweek.code_faults import code_fault, is_ours
from hackweek.diagnostics import Diagnostic, Problems, report
from hackweek.serving.live_page import broken_page, live_page, problem_list
from hackweek.serving.macro_code import reload_macros
from hackweek.theme_script import cut

if TYPE_CHECKING:
    from hackweek.engines.preview import Preview

_QUIET = 0.4
"""Seconds after an edit in which nothing is made but what a browser asks for."""
_DOUBT = 2.0
"""Seconds within which an edit is noticed that would explain why such a page cannot be made."""

_PAUSE = 0.002
"""Seconds between two such pages: Python's locks go to whoever comes first, not who has waited."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser gets for an address."""

    status: int
    body: bytes
    kind: str
    """Its media type."""


class Session:
    """One event, made anew after each edit; `say` hears what the terminal shows.

    `changed` is told whenever `version` or `problems` are others than before.
    """

    def __init__(self, root: Path, slug: str, url: str, say: Callable[[str], None]) -> None:
        self.changed = Condition()
        self.version = 0
        self._root = root
        self._slug = slug
        self._url = url
        self._say = say
        self._preview: Preview | None = None
        self._failure: list[Diagnostic] = []
        """What keeps the newest version from being made."""
        self._told: list[Diagnostic] = []
        self._busy = True
        self._macros_are_old = False

    @property
    def problems(self) -> list[Diagnostic]:
        """What is wrong, as far as is known now."""
        return self._failure or (self._preview.problems if self._preview else [])

    @property
    def state(self) -> tuple[int, list[Diagnostic]]:
        """What a page has to hear of when it is another one."""
        return self.version, self.problems

    def news(self) -> str:
        """The same as an event for a page's script."""
        problems = problem_list(self.problems, self._root)
        data = json.dumps({"version": str(self.version), "problems": problems})
        return f"data: {data}\n\n"

    def renew(self, edited: Sequence[str] = ()) -> None:
        """Makes the site anew; where that fails, the old one stays, with what is wrong.

        `edited` are files, relative to the root.
        """
        started = time.monotonic()
        self._busy = True
        self._macros_are_old |= any(name.startswith("macros/") for name in edited)
        preview, failure = self._made()
        with self.changed:
            self._failure = failure
            if preview:
                self._preview = preview
                self.version = time.time_ns()  # another one after each start, too
            self._busy = False
            self.changed.notify_all()
        self._tell()
        if preview:
            self._say(f"{_listed(edited)} after {time.monotonic() - started:.2f} s")
            Thread(target=self._finish, args=[preview], daemon=True).start()

    def answer(self, place: str) -> Answer:
        """What stands at a place in the site; the theme's own page where there is nothing.

        A page brings along what is wrong, and what reloads it. What is being made is waited for.
        """
        with self.changed:
            self.changed.wait_for(lambda: self._is_ready_for(place))
            preview, version = self._preview, str(self.version)
        status, found = 500, None
        if preview:
            try:
                status, found = 200, preview.answer(place)
                if not found:
                    status, found = 404, preview.answer("404.html")
            except Exception as error:  # noqa: BLE001 - a template can raise anything
                preview.add([self._fault(error)])
            self._tell()
        if not found:
            page = broken_page(version, self.problems, self._root)
            return Answer(500, page, "text/html; charset=utf-8")
        body, kind = found
        if kind.startswith("text/html"):
            body = live_page(body, version, self.problems, self._root)
        elif kind.startswith("text/javascript"):
            body = _cut(body)
        return Answer(status, body, kind)

    def _made(self) -> tuple["Preview | None", list[Diagnostic]]:
        """The site as its files are now, or what is wrong with them."""
        try:
            if self._macros_are_old:
                reload_macros()
                self._macros_are_old = False
            from hackweek.engines.preview import preview_of  # not at the top: it runs the macros

            return preview_of(self._root, self._slug, self._url), []
        except Problems as found:
            return None, found.diagnostics
        except Exception as error:  # noqa: BLE001 - an edit must not end what shows it
            self._macros_are_old = True
            return None, [self._fault(error)]

    def _fault(self, error: Exception) -> Diagnostic:
        fault = code_fault(error, self._root)
        if is_ours(fault):
            self._say("".join(traceback.format_exception(error)))
        return fault

    def _is_ready_for(self, place: str) -> bool:
        """Whether nothing has to be waited for, of which the search's index takes longest."""
        if self._busy or self._preview is None:
            return not self._busy
        return self._preview.is_whole or not self._preview.is_late(place)

    def _finish(self, preview: "Preview") -> None:
        """Makes what nobody has asked for, as long as nothing is edited."""
        time.sleep(_QUIET)
        try:
            for _ in preview.rest():
                time.sleep(_PAUSE)
                with self.changed:
                    self.changed.wait_for(lambda: not self._busy)
                if preview is not self._preview:
                    return
        except Exception as error:  # noqa: BLE001 - see _made
            time.sleep(_DOUBT)
            if preview is not self._preview or self._failure or self._busy:
                return
            preview.add([self._fault(error)])
            preview.is_whole = True
        with self.changed:
            self.changed.notify_all()
        self._tell()

    def _tell(self) -> None:
        """Shows what is wrong, where it is not what was shown last."""
        with self.changed:
            if self.problems == self._told:
                return
            self._told = self.problems
            self.changed.notify_all()
        self._say(report(self._told) if self._told else "no problems any more")


def _listed(names: Sequence[str]) -> str:
    """The names of some files, or how many there are."""
    if len(names) > 3:
        return f"{len(names)} files: shown again"
    return f"{', '.join(names)}: shown again" if names else "ready"


@lru_cache(maxsize=16)
def _cut(script: bytes) -> bytes:
    """A script as it is published: one that fetches the search's index when it is first wanted.

    As the theme has it, each reload would index all lessons in the browser.
    """
    return cut(script.decode()).encode()
