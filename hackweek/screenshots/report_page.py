"""A page that shows each changed picture: the old one, the new one, and what differs."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hackweek.diagnostics import Diagnostic
from hackweek.publish import replace_file
from hackweek.screenshots.baseline import Change
from hackweek.screenshots.comparison import draw_difference

REPORT = "report.html"


def write_report(
    folder: Path, changes: Sequence[Change], problems: Sequence[Diagnostic], *, compared: int
) -> Path:
    """Writes the page into the folder that has the new pictures below it; returns its path."""
    rows = [_row(folder, change) for change in changes]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    page = environment.get_template(REPORT).render(rows=rows, problems=problems, compared=compared)
    replace_file(folder / REPORT, page)
    return folder / REPORT


def _row(folder: Path, change: Change) -> dict[str, str]:
    """What the page says of a change; the old picture is kept beside the new one."""
    row = {
        "event": change.event,
        "name": change.new.name,
        "what": str(change),
        "new": _address(folder, change.new),
        "old": "",
        "difference": "",
    }
    if change.difference:
        old = change.new.with_suffix(".old.webp")
        difference = change.new.with_suffix(".difference.webp")
        shutil.copyfile(change.old, old)
        draw_difference(change.old, change.new, difference)
        row |= {"old": _address(folder, old), "difference": _address(folder, difference)}
    return row


def _address(folder: Path, path: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()
