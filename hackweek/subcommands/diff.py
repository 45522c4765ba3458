"""`diff`: two events side by side."""

import argparse
import shutil
from pathlib import Path

from hackweek.subcommands.arguments import CLEAN, Commands


def add(commands: Commands) -> None:
    """Adds the command to those of the command line."""
    command = commands.add_parser("diff", help="show two events side by side")
    command.add_argument("one", metavar="EVENT")
    command.add_argument("other", metavar="EVENT")
    command.set_defaults(run=_run)


def _run(root: Path, options: argparse.Namespace) -> int:
    from hackweek.event_diff import read_side, rows, table
    from hackweek.showing import is_colourful

    slugs = (options.one, options.other)
    one, other = (read_side(root, slug) for slug in slugs)
    width = shutil.get_terminal_size((100, 24)).columns
    print(table(rows(one, other), slugs, width=width, coloured=is_colourful()), end="")
    return CLEAN
