"""The files that a site is made of, watched for changes."""

import contextlib
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

_LOOK = 1.0
"""Seconds between two looks where the system tells nothing, as with folders of the network."""
_SETTLING = 0.01
"""Seconds without a change after which what an editor or git writes is taken to be whole."""
_READ = {"opened", "closed_no_write"}

State = dict[str, tuple[int, int]]
"""Time of the last change, in nanoseconds, and size in bytes, of each file."""


class Watch:
    """Tells which files below some paths have changed; to be closed at the end.

    What the system tells only wakes it up: whether a file is another one its date and size say.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._seen = _state(paths)
        self._woken = Event()
        self._observer = Observer()
        handler = _Waker(self._woken)
        with contextlib.suppress(OSError):  # no more watches are to be had: see _LOOK
            for path in paths:
                if path.is_dir():
                    self._observer.schedule(handler, str(path), recursive=True)
            # A file that an editor replaces is another one: its folder tells.
            for folder in {path.parent for path in paths if path.is_file()}:
                self._observer.schedule(handler, str(folder))
            self._observer.start()

    def changes(self) -> Iterator[list[Path]]:
        """The files that were changed, added or removed, each time that there are any."""
        while True:
            self._woken.wait(_LOOK)
            self._woken.clear()
            before, self._seen = self._seen, _state(self._paths)
            if self._seen == before:
                continue
            while True:
                time.sleep(_SETTLING)
                now, self._seen = self._seen, _state(self._paths)
                if now == self._seen:
                    break
            yield sorted({Path(path) for path, _ in before.items() ^ now.items()})

    def close(self) -> None:
        """Ends what waits for the system."""
        if self._observer.is_alive():
            self._observer.stop()
            self._observer.join()


class _Waker(FileSystemEventHandler):
    def __init__(self, woken: Event) -> None:
        self._woken = woken

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _READ:
            self._woken.set()


def _state(paths: Sequence[Path]) -> State:
    return {path: state for top in paths for path, state in _files(str(top))}


def _files(path: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each file at or below a path with its state; hidden ones and Python's own are left out."""
    if os.path.isfile(path):  # noqa: PTH113 - a Path for each of many files takes as long again
        with contextlib.suppress(OSError):
            status = os.stat(path)  # noqa: PTH116
            yield path, (status.st_mtime_ns, status.st_size)
        return
    for folder, folders, names in os.walk(path, followlinks=True):
        folders[:] = [each for each in folders if not each.startswith((".", "__"))]
        for name in names:
            if name.startswith(".") or name.endswith("~"):
                continue
            file = f"{folder}{os.sep}{name}"
            with contextlib.suppress(OSError):  # it is gone again
                status = os.stat(file)  # noqa: PTH116
                yield file, (status.st_mtime_ns, status.st_size)
