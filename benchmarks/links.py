"""What judging a built site's links costs, beside other link checkers.

    python benchmarks/links.py

CPU seconds, seconds and peak memory (MB) for sites of 100 and 1,000 pages of 70 links, half of
them with anchors, and how many of ten planted defects were found. Each program runs in a process
of its own, on the same site: ours reads the folder; LinkChecker, linkinator and lychee are asked
to look at anchors, and get the folder from a server of their own or from one of Python's, on this
machine. Those that are not on the PATH are left out.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[1]
BASE = "https://jo.github.io/lessons/"
HEADINGS, MENU = 16, 38
PLANTED = 10
"""Links to a page that is not there."""
OURS = f"""
import sys
from pathlib import Path
from hackweek.links.inside.check import check_inside
inside = check_inside(Path(sys.argv[1]), {BASE!r})
print(*(fault.message for fault in inside.faults), sep="\\n")
"""
ANCHORS = "[AnchorCheck]\n"
"""LinkChecker's configuration: it looks at anchors when this plugin is named."""
QUIET = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})


def make_site(site: Path, pages: int) -> None:
    """Fills a folder with pages that link to each other, their headings and a menu."""
    for number in range(pages):
        folder = site / f"page-{number}"
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(_page(number, pages), "utf-8")
    home = "".join(f'<a href="page-{number}/">page {number}</a>\n' for number in range(pages))
    (site / "index.html").write_text(f"<!doctype html><title>Home</title>{home}", "utf-8")
    (site / "main.css").write_text("", "utf-8")


def _page(number: int, pages: int) -> str:
    menu = "".join(
        f'<li><a href="../page-{(number + step) % pages}/">Page</a></li>\n' for step in range(MENU)
    )
    parts = "".join(
        f'<h2 id="part-{part}">Part {part} <a class="link" href="#part-{part}">¶</a></h2>'
        f"<p>{'Words and <em>more</em> words. ' * 8}"
        f'<a href="../page-{(number * 7 + part) % pages}/#part-{part}">There</a></p>\n'
        for part in range(HEADINGS)
    )
    planted = f'<a href="../zebra-{number}/">Gone</a>' if number % (pages // PLANTED) == 0 else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{number}</title>'
        f'<link rel="stylesheet" href="../main.css"></head><body><nav><ul>{menu}</ul></nav>'
        f"<main><article><h1>Page {number}</h1>{parts}{planted}</article></main></body></html>"
    )


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder, while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QUIET, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def commands(site: Path, url: str, anchors: Path) -> dict[str, list[str]]:
    """How each program is started, by its name."""
    return {
        "ours": [sys.executable, "-c", OURS, str(site)],
        "lychee": ["lychee", "--no-progress", "--include-fragments", str(site), "--base-url", url],
        "linkinator": ["linkinator", url, "--recurse", "--check-fragments", "--verbosity", "error"],
        "linkchecker": ["linkchecker", "--config", str(anchors), url],
    }


def measured(command: list[str]) -> tuple[float, float, float, int]:
    """CPU seconds, seconds, megabytes, and how many planted defects are named."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as output:
        with subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output) as child:
            _, _, usage = os.wait4(child.pid, 0)
            child.returncode = 0
        output.seek(0)
        found = len(set(re.findall(rb"zebra-\d+", output.read())))
    return (
        usage.ru_utime + usage.ru_stime,
        time.monotonic() - started,
        usage.ru_maxrss / 1024,
        found,
    )


def main() -> None:
    """Prints a table for each size of site."""
    for pages in (100, 1000):
        print(f"\n{pages} pages\n\n| | CPU s | s | MB | found, of 10 |\n|---|---|---|---|---|")
        with tempfile.TemporaryDirectory() as folder:
            site, anchors = Path(folder) / "site", Path(folder) / "linkcheckerrc"
            make_site(site, pages)
            anchors.write_text(ANCHORS, "utf-8")
            with served(site) as url:
                for name, command in commands(site, url, anchors).items():
                    if shutil.which(command[0]):
                        figures = "{:.2f} | {:.1f} | {:.0f} | {}".format(*measured(command))
                        print(f"| {name} | {figures} |", flush=True)
                    else:
                        print(f"| {name} | not on the PATH | | | |")


if __name__ == "__main__":
    main()
