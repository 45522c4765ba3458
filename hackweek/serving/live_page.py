"""A page that says what is wrong with the site, and reloads when there is a newer version."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from hackweek.diagnostics import Diagnostic, count
from hackweek.page_templates import TEMPLATES, template

CHANGES = "/.changes"
"""The address at which a page hears of newer versions and of what is wrong."""
_SCRIPT = Markup((TEMPLATES / "live.js").read_text("utf-8"))  # noqa: S704 - it is ours


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem with the line that it speaks of."""

    problem: Diagnostic
    source: str
    """Empty where the file has no such line."""
    caret: str
    """What goes below the line, up to a caret at the column."""


def live_page(page: bytes, version: str, problems: Sequence[Diagnostic], root: Path) -> bytes:
    """A page of the site with all that at its end."""
    before, body, after = page.rpartition(b"</body>")
    added = template("live.html").render(
        version=version, problems=problem_list(problems, root), script=_SCRIPT, changes=CHANGES
    )
    return before + added.encode() + body + after


def broken_page(version: str, problems: Sequence[Diagnostic], root: Path) -> bytes:
    """What stands in for a page that cannot be made."""
    page = template("broken.html").render().encode()
    return live_page(page, version, problems, root)


def problem_list(problems: Sequence[Diagnostic], root: Path) -> str:
    """Problems as HTML, each with the line that it speaks of; empty where there are none."""
    if not problems:
        return ""
    shown = [_shown(each, root) for each in problems]
    text = template("problems.html").render(shown=shown, count=count(problems))
    return Markup(text)  # noqa: S704 - the template has escaped it


def _shown(problem: Diagnostic, root: Path) -> Shown:
    try:
        lines = (root / problem.path).read_text("utf-8-sig", errors="replace").split("\n")
        source = lines[problem.line - 1].rstrip()
    except (OSError, IndexError):
        source = ""
    before = source[: problem.column - 1].ljust(problem.column - 1)
    caret = "".join("\t" if each == "\t" else " " for each in before) + "^"
    return Shown(problem, source, caret)
