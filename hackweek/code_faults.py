"""Mistakes in the code that makes pages: the macros' Python, the theme's templates."""

import linecache
import traceback
from pathlib import Path

from jinja2 import TemplateSyntaxError

from hackweek.diagnostics import Diagnostic, relative
from hackweek.rules import Rule

RULES = (
    Rule(
        name="code-error",
        why="The Python of a macro, or a template in overrides/, cannot be run, so no page can be"
        " made.",
        bad="retrun text",
        good="return text",
    ),
)
_OF_AUTHORS = ("macros", "overrides")
"""The folders with such code; what else fails is ours to mend."""


def code_fault(error: Exception, root: Path) -> Diagnostic:
    """An exception at the line of the author's code that it comes from.

    Where no author's code is involved, it is at the line that raised it.
    """
    linecache.checkcache()
    match error:
        case SyntaxError(filename=str(name), lineno=int(line)):
            column, why = error.offset or 1, error.msg
        case TemplateSyntaxError(filename=str(name), lineno=line):
            column, why = 1, (error.message or "it cannot be read").rstrip(".")
            why = why[:1].lower() + why[1:]
        case OSError(filename=str(name)) if not _authors_frames(error, root):
            line, column, why = 1, 1, error.strerror or type(error).__name__
            why = why[:1].lower() + why[1:]
        case _:
            frames = _authors_frames(error, root) or traceback.extract_tb(error.__traceback__)
            frame = frames[-1]
            name, line, column = frame.filename, frame.lineno or 1, _column(frame)
            why = f"raises {type(error).__name__}: {error}"
    why = why.replace("'", '"')
    code = linecache.getline(name, line).strip()
    return Diagnostic(
        path=relative(Path(name).resolve(), root.resolve()),
        line=line,
        column=column,
        rule=RULES[0].name,
        message=f'"{code or Path(name).name}": {why}',
    )


def is_ours(fault: Diagnostic) -> bool:
    """Whether a fault is in the program, and no author can mend it."""
    return fault.path.startswith("hackweek/") or Path(fault.path).is_absolute()


def _authors_frames(error: Exception, root: Path) -> list[traceback.FrameSummary]:
    """The calls that led to an exception and stand in an author's code, the innermost last."""
    folders = [root / folder for folder in _OF_AUTHORS]
    return [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if any(map(Path(frame.filename).is_relative_to, folders))
    ]


def _column(frame: traceback.FrameSummary) -> int:
    """1-based; Jinja's frames of templates have the columns of the Python made of them."""
    return (frame.colno or 0) + 1 if frame.filename.endswith(".py") else 1
