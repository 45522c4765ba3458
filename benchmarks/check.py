"""What `python -m hackweek check` costs, beyond Python's start and the imports.

    python benchmarks/check.py

CPU seconds and peak memory (MB) of the repository's own check, and of folders of 250, 500 and
1,000 lessons that are made from the repository's; each in a process of its own, the median of
three runs.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 3
MEASURE = """
import datetime, resource, sys, time
from pathlib import Path
from hackweek.check import check_folder, check_repository
from hackweek.events import event_slugs

root, docs = Path.cwd(), sys.argv[1]
before = time.process_time()
today = datetime.date(2026, 11, 23)
if docs == "-":
    findings = check_repository(root, event_slugs(root), today)
else:
    findings = check_folder(Path(docs), None, root, today)
findings.settled((), ())
cpu = time.process_time() - before
print(cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def measured(docs: str) -> tuple[float, float]:
    """Median CPU seconds and megabytes of a check."""
    command = [sys.executable, "-c", MEASURE, docs]
    runs = [
        tuple(map(float, subprocess.check_output(command, cwd=ROOT, text=True).split()))
        for _ in range(RUNS)
    ]
    return statistics.median(r[0] for r in runs), statistics.median(r[1] for r in runs)


def make_lessons(folder: Path, count: int) -> None:
    """Fills a folder with copies of the repository's lessons, whose links lead to each other."""
    pages = sorted(path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md"))
    for number in range(count):
        copy, page = divmod(number, len(pages))
        target = folder / f"copy-{copy}" / pages[page]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text((ROOT / "docs" / pages[page]).read_text("utf-8"), "utf-8")
    for copy in folder.iterdir():
        shutil.copytree(ROOT / "docs/img", copy / "img")


def main() -> None:
    """Prints a table."""
    print(f"Python {sys.version.split()[0]}\n\n| lessons | CPU s | MB |\n| --- | --- | --- |")
    print("| the repository's, four events | {:.2f} | {:.0f} |".format(*measured("-")), flush=True)
    for count in (250, 500, 1000):
        with tempfile.TemporaryDirectory() as folder:
            docs = Path(folder) / "docs"
            docs.mkdir()
            make_lessons(docs, count)
            print("| {} | {:.2f} | {:.0f} |".format(count, *measured(str(docs))), flush=True)


if __name__ == "__main__":
    main()
