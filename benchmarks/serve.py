"""How long an edit takes until a browser shows it, with `serve` and with plain MkDocs.

    python benchmarks/serve.py

Seconds from the write of a file until the words are in the page of a real browser: the median
and the worst of several edits, each of another word. Plain MkDocs is `mkdocs serve` in the same
copy of the repository, with the same page open. Needs what the tests need.
"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from socket import socket

from build import repository
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as Never

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser import open_browser  # noqa: E402 - the tests' own, found by the line above

RUNS = 5
PAGE = "preliminary/git/"
EDITS = {
    "a lesson": ("docs/preliminary/git.md", "\n## "),
    "an event": ("events/week-0.yml", "short_name: "),
    "a macro": ("macros/lessons.py", 'title = f"'),
}
"""What is edited: the file, and the text behind which a new word is written."""
OBSERVER = """window.seen = {};
const look = () => {
  const word = document.body?.textContent.match(/Word\\d+x/);
  if (word) window.seen[word[0]] ??= Date.now();
};
new MutationObserver(look).observe(document, { childList: true, subtree: true });"""
"""Notes when a word came into the page, in milliseconds since 1970."""
PATIENCE = 30_000
"""Milliseconds after which an edit counts as never shown."""
_words = count()


@contextmanager
def running(command: Sequence[str], folder: Path) -> Iterator[str]:
    """The address of a server, which is asked to end at the end."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", *(each.format(port=port) for each in command)],
        cwd=folder,
        env={**os.environ, "EVENT": "week-0", "PYTHONDONTWRITEBYTECODE": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def opened(tab: Page, url: str) -> float:
    """Opens a page as soon as a server answers; returns the seconds until it shows its text."""
    started = time.monotonic()
    while True:
        try:
            tab.goto(url)
        except Exception:  # noqa: BLE001 - it does not listen yet
            time.sleep(0.02)
        else:
            return time.monotonic() - started


def edited(tab: Page, path: Path, behind: str) -> float:
    """Seconds from an edit until the page shows it; infinite where it never does."""
    word = f"Word{next(_words)}x"
    text = path.read_text("utf-8")
    tab.wait_for_timeout(1500)  # nothing is left to do of the edit before
    started = time.time()
    path.write_text(text.replace(behind, f"{behind}{word} ", 1), "utf-8")
    try:
        seen = tab.wait_for_function("(word) => window.seen[word]", arg=word, timeout=PATIENCE)
        return seen.json_value() / 1000 - started
    except Never:
        return float("inf")
    finally:
        path.write_text(text, "utf-8")


def measured(folder: Path, command: Sequence[str], tab: Page, runs: int) -> dict[str, list[float]]:
    """The seconds of each edit, and those until the first page."""
    found: dict[str, list[float]] = {}
    with running(command, folder) as url:
        found["the first page"] = [opened(tab, url + PAGE)]
        for name, (path, behind) in EDITS.items():
            first = edited(tab, folder / path, behind)  # not counted, unless it is the only one
            found[name] = [first] if first == float("inf") else []
            while len(found[name]) < runs and float("inf") not in found[name]:
                found[name].append(edited(tab, folder / path, behind))
    return found


def spoken(seconds: Sequence[float]) -> str:
    """Median and worst."""
    middle = statistics.median(seconds)
    if middle == float("inf"):
        return "never"
    return f"{middle:.2f} (at most {max(seconds):.2f})" if len(seconds) > 1 else f"{middle:.2f}"


def main() -> None:
    """Prints a table."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} CPUs\n")
    print("| Lessons | Edit of | ours, s | mkdocs serve, s | share |", "| --- " * 5 + "|", sep="\n")
    with tempfile.TemporaryDirectory() as place, open_browser() as browser:
        for lessons in (12, 100):
            folder = repository(Path(place) / str(lessons), 1, lessons)
            tab = browser.new_page()
            tab.add_init_script(OBSERVER)
            ours = measured(folder, ["hackweek", "serve", "week-0", "--port={port}"], tab, RUNS)
            plain = measured(folder, ["mkdocs", "serve", "-q", "-a127.0.0.1:{port}"], tab, 3)
            tab.close()
            for name, seconds in ours.items():
                share = statistics.median(seconds) / statistics.median(plain[name])
                cells = lessons, name, spoken(seconds), spoken(plain[name]), f"{share:.2f}"
                print("|", " | ".join(map(str, cells)), "|", flush=True)


if __name__ == "__main__":
    main()
