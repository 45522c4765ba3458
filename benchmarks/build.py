"""What `python -m hackweek build` costs, and what others take for the same pages.

    python benchmarks/build.py [--peers FOLDER]

CPU seconds, of a process and those that it starts, and its peak memory (MB); the median of
three runs after one that is not counted. Set TMPDIR to another disk where ext4 has no journal:
it looks past every file that was deleted in the last minute. `--peers` is a virtual environment
with hugo, sphinx, furo, myst-parser and zensical; who is not there is left out. Every program
gets the Markdown of the example event as we hand it to our engine, the pictures included.
"""

import argparse
import datetime
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from hackweek.events import load_event  # noqa: E402 - it is found by the line above
from hackweek.site import Site  # noqa: E402

RUNS = 3
EVENTS = 50
TOPICS = "Ocean Sea-Ice Geo Cryo Hydro Atmo Bio Astro Neuro Polar Coastal Snow".split()
PLACES = ["the University of Washington, Seattle", "São Paulo", "King's College, Aberdeen"]
FRONT = "---\ntitle: {title}\n---\n\n"
LAYOUT = "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>"


def measured(*commands: Sequence[object], cwd: Path) -> tuple[float, float]:
    """CPU seconds and megabytes of commands, one after the other."""
    runs = []
    for _ in range(RUNS + 1):
        cpu = memory = 0.0
        for command in commands:
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=cwd,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            _, status, usage = os.wait4(process.pid, 0)
            if status:
                raise SystemExit(f"failed: {' '.join(map(str, command))}")
            cpu += usage.ru_utime + usage.ru_stime
            memory = max(memory, usage.ru_maxrss / 1024)
        runs.append((cpu, memory))
    counted = runs[1:]
    return statistics.median(r[0] for r in counted), statistics.median(r[1] for r in counted)


def repository(folder: Path, events: int, lessons: int) -> Path:
    """A copy of ours with so many events, and so many lessons of which all but ours are copies."""
    ignored = shutil.ignore_patterns(".git", ".venv", "site", ".*cache", "__pycache__", "tests")
    shutil.copytree(ROOT, folder, ignore=ignored, symlinks=True)
    example = yaml.safe_load((ROOT / "events/example-2027.yml").read_text("utf-8"))
    for path in (folder / "events").glob("*.yml"):
        path.unlink()
    for number in range(events):
        text = yaml.safe_dump(event(example, number), allow_unicode=True, sort_keys=False)
        (folder / f"events/week-{number}.yml").write_text(text, "utf-8")
    copies = [f"workflows/copy-{number}.md" for number in range(lessons - 12)]
    for page in copies:
        shutil.copy(folder / "docs/workflows/tutorial.md", folder / "docs" / page)
    nav = "      - workflows/project.md\n"
    text = (folder / "mkdocs.yml").read_text("utf-8")
    more = "".join(f"      - {page}\n" for page in copies)
    (folder / "mkdocs.yml").write_text(text.replace(nav, nav + more), "utf-8")
    return folder


def event(example: dict[str, object], number: int) -> dict[str, object]:
    """An ordinary event: its own names, places, addresses, days and numbers."""
    topic, start = TOPICS[number % 12], datetime.date(2027, 1, 4 + number % 20)
    return {
        **example,
        "slug": f"week-{number}",
        "name": f"{topic} Hackweek {2027 + number}",
        "short_name": f"{topic} Hackweek",
        "start_date": start,
        "end_date": start + datetime.timedelta(days=4),
        "location": PLACES[number % 3],
        "institution": f"Institute of {topic} & Sciences",
        "description": f"{number} days of project work about {topic} data.",
        "github_org": f"{topic.lower()}-{number}",
        "practice_repo": f"{topic.lower()}-{number}/practice",
        "contact_email": f"{topic.lower()}@example.edu",
        "jupyterhub_url": f"https://hub{number}.example.org",
        "hub_memory_gb": 4 + number,
        "help_channel": f"#help-{number}",
        "dataset": f"{topic}Sat-{number}",
    }


def rendered_pages(folder: Path) -> Path:
    """The example event's pages and pictures as plain Markdown, in `docs/`."""
    site = Site(ROOT, load_event(ROOT, "example-2027"))
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=site.left_out)
    for lesson in site.pages:
        text = FRONT.format(title=lesson.title) + site.markdown(lesson.page)
        (folder / "docs" / lesson.page).write_text(text, "utf-8")
    return folder


def plain_mkdocs(folder: Path) -> Path:
    """A project of MkDocs, Material and mkdocs-macros."""
    rendered_pages(folder)
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    text = text.replace("  custom_dir: overrides\n", "").replace("      module_name: macros\n", "")
    text = re.sub(r"(?:watch|extra_css):\n(?:  - .*\n)+", "", text)
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    return folder


def peers(folder: Path, environment: Path) -> Iterator[tuple[str, list[list[object]], Path]]:
    """Name, commands and folder of each peer that is installed."""
    programs = environment / "bin"
    project = plain_mkdocs(folder / "mkdocs")
    if (programs / "zensical").exists():
        yield "Zensical, one site", [[programs / "zensical", "build", "--clean"]], project
    if (programs / "hugo").exists():
        site = rendered_pages(folder / "hugo")
        (site / "docs").rename(site / "content")
        (site / "layouts/_default").mkdir(parents=True)
        for name in ("single", "list"):
            (site / f"layouts/_default/{name}.html").write_text(LAYOUT)
        (site / "hugo.toml").write_text('title = "x"\n[markup.goldmark.renderer]\nunsafe = true\n')
        one = [programs / "hugo", "--quiet", "--destination"]
        yield "Hugo, one site", [[*one, site / "public"]], site
        fifty = [[*one, site / f"public-{number}"] for number in range(EVENTS)]
        yield f"Hugo, {EVENTS} sites", fifty, site
    if (programs / "sphinx-build").exists():
        site = rendered_pages(folder / "sphinx")
        (site / "docs/conf.py").write_text('extensions=["myst_parser"]\nhtml_theme="furo"\n')
        command = [programs / "sphinx-build", "-q", "-E", site / "docs", site / "out"]
        yield "Sphinx and furo, one site", [command], site


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", type=Path, default=Path())
    chosen = parser.parse_args()
    ours = [sys.executable, "-m", "hackweek", "build"]
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} CPUs\n")
    print("| | CPU s | MB |\n| --- | --- | --- |")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "-q"]
        plain = show("MkDocs, one site", measured(mkdocs, cwd=plain_mkdocs(folder / "plain")))
        single = repository(folder / "single", 1, 12)
        first = show("ours, the only event", measured([*ours, "--all"], cwd=single))
        forget = ["rm", "-rf", ".cache"]
        show("ours, with nothing kept", measured(forget, [*ours, "--all"], cwd=single))
        few = repository(folder / "few", EVENTS, 12)
        two = show("ours, 2 events", measured([*ours, "week-0", "week-1"], cwd=few))
        all_ = show(f"ours, {EVENTS} events", measured([*ours, "--all"], cwd=few))
        each = (all_ - two) / (EVENTS - 2)
        print(f"| ours, the only event, beside MkDocs | {first / plain:.2f} × | |")
        print(f"| ours, each further event | {each:.4f} ({100 * each / first:.1f} %) | |")
        many = repository(folder / "many", EVENTS, 100)
        show("ours, one event of 100 lessons", measured([*ours, "week-0"], cwd=many))
        show(f"ours, {EVENTS} events of 100 lessons", measured([*ours, "--all"], cwd=many))
        for name, commands, cwd in peers(folder / "peers", chosen.peers):
            show(name, measured(*commands, cwd=cwd))


def show(name: str, figures: tuple[float, float]) -> float:
    """Prints a row; returns the seconds."""
    print(f"| {name} | {figures[0]:.2f} | {figures[1]:.0f} |", flush=True)
    return figures[0]


if __name__ == "__main__":
    main()
