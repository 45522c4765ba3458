"""Findings shown on the terminal, or written to a file."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from hackweek import reports
from hackweek.checks.registry import ALL_RULES
from hackweek.diagnostics import Diagnostic, count
from hackweek.publish import replace_file
from hackweek.reports import FORMS


def show(found: Sequence[Diagnostic], checked: int, *, format: str, output: Path | None) -> int:
    """Prints the findings in a form of `FORMS`; with `output`, writes them and prints a count.

    Returns the exit status: 1 if one is more than a warning.
    """
    form = FORMS[format]
    if form is reports.text and not output and is_colourful():
        form = reports.coloured
    shown = form(found, checked, list(ALL_RULES.values()))
    if output:
        replace_file(output, shown)
        shown = count(found, checked=checked) + "\n"
    print(shown, end="")
    return int(any(not each.warning for each in found))


def is_colourful() -> bool:
    """Whether colours are wanted: https://no-color.org"""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
