"""What readers get: accessibility, weight and speed of every kind of page, as a report.

    python benchmarks/readers.py [--lighthouse FOLDER] > readers.md

Builds the example event as it is published and as MkDocs leaves it, serves both compressed
from this machine, and looks at them in a browser. Needs what the tests need. `--lighthouse` is
where `npm install lighthouse@13.5.0` was run; without it, its scores are left out.
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser import open_browser, served  # noqa: E402 - the tests' own, found by the line above
from hackweek.browser import find_browser  # noqa: E402
from hackweek.engines import BUILDERS  # noqa: E402
from hackweek.events import load_event  # noqa: E402
from hackweek.site import Site  # noqa: E402
from published import BASE, LIVE, addresses, build_sites, file_of  # noqa: E402

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
WAYS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 768, 360)]
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 2e5, "uploadThroughput": 1e5}
"""1.6 Mbit/s, in bytes a second, and 150 ms for each way there and back."""
FIRST_PAINT = """() => new Promise((done) => new PerformanceObserver((list) =>
  done(list.getEntriesByName("first-contentful-paint")[0]?.startTime))
  .observe({ type: "paint", buffered: true }))"""
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((each) => { sum += each.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 50);
})"""
STOPS = """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex]")]
  .filter((e) => e.tabIndex >= 0 && !e.disabled &&
    e.checkVisibility({ visibilityProperty: true })).length"""

CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]


def violations(browser: Browser, url: str) -> int:
    """How much axe finds on a page in light and dark colours, at three widths."""
    found = 0
    for scheme, width in WAYS:
        page = browser.new_page(
            color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
        )
        page.goto(url)
        page.evaluate(AXE)
        found += page.evaluate("axe.run().then((all) => all.violations.length)")
        page.close()
    return found


def loaded(browser: Browser, url: str) -> tuple[int, int]:
    """Bytes and requests of a page's first view, without pictures."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    session = page.context.new_cdp_session(page)
    kinds, sizes = {}, {}
    session.send("Network.enable")
    session.on(
        "Network.responseReceived",
        lambda event: kinds.update({event["requestId"]: (event["type"], event["response"]["url"])}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(url, wait_until="networkidle")
    wanted = [
        id
        for id, (kind, address) in kinds.items()
        if kind != "Image" and not address.startswith("data:")
    ]
    page.close()
    return sum(sizes.get(id, 0) for id in wanted), len(wanted)


def slow_view(browser: Browser, url: str) -> tuple[float, float]:
    """When a page's text stands on a slow phone connection, in ms, and how far things moved."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    page.goto(url, wait_until="load")
    seen = page.evaluate(FIRST_PAINT), page.evaluate(SHIFTS)
    page.close()
    return seen


def printed(page: Page, url: str) -> int:
    """The bytes of a page printed to PDF."""
    page.goto(url)
    return len(page.pdf(format="A4"))


def rows(browser: Browser, base: str) -> Iterator[str]:
    """A line of the report for each page of the example event."""
    for address in addresses(LIVE):
        url = base + address
        size, requests = loaded(browser, url)
        paint, shift = slow_view(browser, url)
        page = browser.new_page()
        pdf = printed(page, url)
        stops = page.evaluate(STOPS)
        page.close()
        yield (
            f"| {address} | {violations(browser, url)} | {stops} | {size / 1000:.1f}"
            f" | {requests} | {paint / 1000:.2f} | {shift:.4f} | {pdf / 1000:.0f} |"
        )


def parts(folder: Path, page: str) -> Iterator[str]:
    """A line for each file that a page's first view loads, with its size as it is sent."""
    files = [folder / file_of(page), *sorted((folder / LIVE / "assets").glob("**/*.[cj]s*"))]
    for file in files:
        first = not {"workers", "lunr"}.intersection(file.parts)
        if first and file.suffix in (".html", ".css", ".js"):
            size = len(gzip.compress(file.read_bytes(), 6))
            yield f"| {file.relative_to(folder)} | {size / 1000:.1f} |"


def forms(folder: Path) -> Iterator[str]:
    """A line for each form in which all lessons are read at once, with its size."""
    for name in ("print/index.html", f"{LIVE}-lessons.zip", f"{LIVE}-lessons.pdf"):
        yield f"| {name} | {(folder / LIVE / name).stat().st_size / 1e6:.2f} |"


def scores(lighthouse: Path, program: str, url: str) -> str:
    """What Lighthouse gives a page on a phone in each of the categories, out of 100."""
    script = lighthouse / "node_modules/lighthouse/cli/index.js"
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    done = subprocess.run(
        [shutil.which("node") or "node", script, url, "--quiet", "--output=json", flags],
        env=os.environ | {"CHROME_PATH": program},
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(done.stdout)["categories"]
    return " | ".join(f"{100 * found[each]['score']:.0f}" for each in CATEGORIES)


def main() -> None:
    """Prints the report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lighthouse", type=Path)
    lighthouse = parser.parse_args().lighthouse
    lesson = f"{LIVE}/preliminary/jupyterhub/"
    with tempfile.TemporaryDirectory() as name, open_browser() as browser:
        program = find_browser(Path(browser.browser_type.executable_path))
        light = build_sites(Path(name) / "light", slugs=[LIVE], browser=program)
        heavy = Path(name) / "heavy"
        heavy.mkdir()
        BUILDERS["mkdocs"](Site(ROOT, load_event(ROOT, LIVE)), heavy / LIVE)
        print("# What readers get\n")
        print("Violations that axe finds in light and dark, at 1280, 768 and 360 pixels; stops of")
        print("the keyboard; the first view without pictures, compressed; the text on a phone at")
        print("1.6 Mbit/s and 150 ms; how far things move; the page printed.\n")
        print("| Page | axe | stops | kB | requests | text, s | shift | PDF, kB |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        with served(light, BASE) as base:
            for row in rows(browser, base):
                print(row, flush=True)
        print("\n## All lessons at once\n\n| Form | MB |\n| --- | --- |", *forms(light), sep="\n")
        if lighthouse:
            print("\n## Lighthouse, on a phone, of 100\n")
            print("| Page |", " | ".join(CATEGORIES), "|")
            print("| --- | --- | --- | --- | --- |")
            with served(light, BASE) as base:
                for page in (f"{LIVE}/", lesson, f"{LIVE}/preliminary/python/"):
                    print(f"| {page} | {scores(lighthouse, program, base + page)} |", flush=True)
        for title, folder in (("As published", light), ("As MkDocs leaves it", heavy)):
            with served(folder, BASE) as base:
                size, requests = loaded(browser, base + lesson)
            print(f"\n## {title}\n\n{lesson}: {size / 1000:.1f} kB, {requests} requests\n")
            print("| File | kB |\n| --- | --- |", *parts(folder, lesson), sep="\n")


if __name__ == "__main__":
    main()
