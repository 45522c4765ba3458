"""Several events' pictures taken side by side, each by a worker that ends with this process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from hackweek.diagnostics import Diagnostic
from hackweek.screenshots.worker import Request

_GUARD = Path(__file__).with_name("guard.py")
_MOST = 4
"""Workers at once; each has a hub and a browser, and wants a gigabyte of memory."""
_LINES = 20


class WorkerFailed(Exception):  # noqa: N818 - raised for a failure of ours, or of the hub
    """A worker could not do its work; the text is what it said."""


def work(
    root: Path, requests: Sequence[Request], progress: Callable[[str, str], None]
) -> list[Diagnostic]:
    """Has all requests done; returns what is wrong with journeys.

    `progress` is called with the event and the file's name of each picture that is there.
    Raises `WorkerFailed`.
    """
    at_once = max(1, min((os.cpu_count() or 1) + 1, _MOST))
    problems: list[Diagnostic] = []
    running: list[subprocess.Popen[str]] = []

    def follow(request: Request) -> None:
        with _worker(root, request) as worker:
            running.append(worker)
            problems.extend(_listen(worker, request, progress))

    with ThreadPoolExecutor(at_once) as pool:
        try:
            for done in [pool.submit(follow, each) for each in requests]:
                done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in running:
                worker.terminate()
            raise
    return problems


@contextmanager
def _worker(root: Path, request: Request) -> Iterator[subprocess.Popen[str]]:
    """A worker behind a guard: both, and all that they start, end with this process."""
    Path(request.folder).mkdir(parents=True, exist_ok=True)
    argument = json.dumps(asdict(request))
    with subprocess.Popen(
        [
            sys.executable,
            str(_GUARD),
            sys.executable,
            "-m",
            "hackweek.screenshots.worker",
            argument,
        ],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=(Path(request.folder) / "worker.log").open("w"),
        start_new_session=True,  # the terminal's Ctrl+C is for us; the guard ends with its pipe
        text=True,
    ) as worker:
        yield worker


def _listen(
    worker: subprocess.Popen[str], request: Request, progress: Callable[[str, str], None]
) -> Iterator[Diagnostic]:
    """Passes on a worker's news, and yields the problems in it."""
    for line in worker.stdout or ():
        match json.loads(line):
            case {"picture": name}:
                progress(request.event, name)
            case {"problem": problem}:
                yield Diagnostic(**problem)
            case {"failure": why}:
                raise WorkerFailed(why)
    if worker.wait() not in (0, 1):
        log = (Path(request.folder) / "worker.log").read_text("utf-8", "replace")
        raise WorkerFailed("\n".join(["a worker failed; it says:", *log.splitlines()[-_LINES:]]))
