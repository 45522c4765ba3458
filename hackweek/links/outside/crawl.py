"""LinkChecker's first look at what leaves the site."""

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urldefrag, urlsplit

from hackweek.links.outside.address import is_local
from hackweek.links.outside.site_server import served

_PROGRAM = Path(__file__).with_name("linkchecker.py")
_PATIENCE = 3
"""Seconds for an answer: who needs longer gets our second look."""
_THREADS = 10
_SILENCE = _PATIENCE + 0.5
"""Seconds without news after which LinkChecker hangs: a server that drips holds it forever."""
_LAST_SILENCE = 2.0
"""The same, where no more addresses are open than LinkChecker has threads."""
_START = 30.0
"""Seconds for its first line."""
_WHOLE = 600.0
"""Seconds for all of it."""
SETTINGS = {
    "checkextern": True,
    "status": False,
    "verbose": True,
    "timeout": _PATIENCE,
    "threads": _THREADS,
    "maxrequestspersecond": 10_000,  # where it is unthrottled, which is this machine only
    "maxhttpredirects": 20,
    "maxfilesizeparse": 64 * 2**20,  # its own 1 MiB leaves the links of long pages unread
    "maxfilesizedownload": 64 * 2**20,
    "robotstxt": False,  # one request for a page that a reader would ask for is no crawl
    "pluginfolders": [],
}
"""By the names of `linkcheck.configuration.Configuration`.

Its AnchorCheck stays off: it takes time in the square of the pages, and can crash.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
    """What LinkChecker says of an address."""

    valid: bool
    result: str
    """For example `200 OK`."""
    warnings: tuple[str, ...] = ()

    @property
    def timed_out(self) -> bool:
        """Whether LinkChecker lost its patience."""
        return not self.valid and "Timeout" in self.result

    @property
    def is_plainly_fine(self) -> bool:
        """Whether nothing about it calls for a second look."""
        return self.valid and self.result == "200 OK" and not self.warnings


@dataclass(slots=True)
class Crawl:
    """What LinkChecker reported before it ended, or was ended."""

    looks: dict[str, FirstLook] = field(default_factory=dict)
    """By the address as the page has it, without its fragment."""
    trouble: str = ""
    """How LinkChecker failed; empty if it came to its end."""
    hung: bool = False
    """Whether it was ended because servers held it: those that have no look here."""

    def find(self, url: str) -> FirstLook | None:
        """The look at an address."""
        return self.looks.get(urldefrag(url).url)

    def has_failed(self, url: str) -> bool:
        """Whether LinkChecker saw a fault."""
        look = self.find(url)
        return look is not None and (not look.valid or look.result.startswith("429"))

    def got_no_answer(self, url: str) -> bool:
        """Whether LinkChecker waited in vain."""
        look = self.find(url)
        return look.timed_out if look else self.hung


def first_look(site: Path, base_path: str, user_agent: str, wanted: Set[str]) -> Crawl:
    """LinkChecker's results for those of the wanted addresses that it came to.

    It crawls the site under its base path, on this machine, and goes one step outwards.
    """
    crawl = Crawl()
    pages = {urldefrag(url).url for url in wanted}
    with served(site, base_path) as address, tempfile.TemporaryDirectory() as folder:
        errors = Path(folder, "errors")
        with errors.open("wb") as stderr, _started(folder, stderr) as process:
            _hand_over(process, _job(address, user_agent, pages))
            try:
                came_to_end = _listen(process, crawl.looks, pages)
                # Of more than it has threads, most were waiting in its queue.
                crawl.hung = not came_to_end and len(pages) - len(crawl.looks) <= _THREADS
            except ValueError as error:
                crawl.trouble = str(error)
            status = process.poll()
        if status:
            crawl.trouble = _last_line(errors) or f"ended with status {status}"
    return crawl


def _job(address: str, user_agent: str, wanted: Set[str]) -> dict[str, Any]:
    trusted = os.environ.get("SSL_CERT_FILE") or True
    unthrottled = {urlsplit(url).netloc.lower() for url in {address, *wanted} if is_local(url)}
    return {
        "site": address,
        "wanted": sorted(wanted),
        "unthrottled": sorted(unthrottled),
        "settings": {**SETTINGS, "useragent": user_agent, "sslverify": trusted},
    }


@contextlib.contextmanager
def _started(folder: str, stderr: IO[bytes]) -> Iterator[subprocess.Popen[str]]:
    """The program, ended at the end, with the folder for what it wants to keep."""
    process = subprocess.Popen(
        [sys.executable, "-P", str(_PROGRAM)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env={**os.environ, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder, "LANGUAGE": "C"},
        encoding="utf-8",
        errors="replace",
        start_new_session=True,  # Ctrl-C is for us
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def _hand_over(process: subprocess.Popen[str], job: dict[str, Any]) -> None:
    if process.stdin:
        with contextlib.suppress(BrokenPipeError), process.stdin as stream:
            json.dump(job, stream)


def _listen(process: subprocess.Popen[str], looks: dict[str, FirstLook], wanted: Set[str]) -> bool:
    """Takes down what the program reports, until all is known or it ends; False if it hangs.

    Raises ValueError where it writes something else.
    """
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(process, lines), daemon=True).start()
    end = time.monotonic() + _WHOLE
    silent_until = time.monotonic() + _START
    while len(looks) < len(wanted):
        try:
            line = lines.get(timeout=max(0, min(end, silent_until) - time.monotonic()))
        except queue.Empty:
            return False
        if not line:
            process.wait()
            return True
        look = _take_down(line, looks, wanted)
        # One that is held by some servers still gives up others, which is no news.
        if not (look and look.timed_out):
            few = len(wanted) - len(looks) <= _THREADS
            silent_until = time.monotonic() + (_LAST_SILENCE if few else _SILENCE)
    return True


def _read(process: subprocess.Popen[str], lines: queue.SimpleQueue[str]) -> None:
    for line in process.stdout or ():
        lines.put(line)
    lines.put("")


def _take_down(line: str, looks: dict[str, FirstLook], wanted: Set[str]) -> FirstLook | None:
    if not line.strip():
        return None
    try:
        found = json.loads(line)
    except ValueError as error:
        raise ValueError(f'LinkChecker wrote "{line.strip()}"') from error
    look = FirstLook(
        valid=found["valid"], result=found["result"], warnings=tuple(found["warnings"])
    )
    url = urldefrag(found["url"]).url
    if url in wanted:
        looks[url] = look
    return look


def _last_line(errors: Path) -> str:
    lines = errors.read_text("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
