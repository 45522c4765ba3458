"""What several commands share: exit statuses, an event's name, rules, the form of a report."""

import argparse
from pathlib import Path
from typing import TypeAlias

from hackweek.diagnostics import did_you_mean
from hackweek.reports import FORMS

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

CLEAN, FOUND, FAILED = 0, 1, 2
"""Exit statuses: all is well; problems were found; wrong use, or our own failure."""


def add_events(command: argparse.ArgumentParser, *, default: str = "every event") -> None:
    """Any number of events."""
    command.add_argument("events", nargs="*", metavar="EVENT", help=f"default: {default}")


def add_report(command: argparse.ArgumentParser) -> None:
    """The form of a report, and where it goes."""
    command.add_argument("--format", choices=sorted(FORMS), default="text", help="default: text")
    command.add_argument("--output", type=Path, metavar="FILE", help="write the findings there")


def rule_name(name: str) -> str:
    """A rule's name, as an argument."""
    from hackweek.checks.registry import ALL_RULES  # not at the top: most commands need no rules

    if name not in ALL_RULES:
        near = did_you_mean(name, ALL_RULES) or "run: python -m hackweek rules"
        raise argparse.ArgumentTypeError(f'there is no rule "{name}"; {near}')
    return name
