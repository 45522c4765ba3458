"""`schema`: what editors complete from, written from our models."""

import argparse
from pathlib import Path

from hackweek.subcommands.arguments import CLEAN, Commands


def add(commands: Commands) -> None:
    """Adds the command to those of the command line."""
    command = commands.add_parser(
        "schema", help="write what editors complete from, from our models"
    )
    command.set_defaults(run=_run)


def _run(root: Path, _options: argparse.Namespace) -> int:
    from hackweek.check import SCHEMA
    from hackweek.event_file import schema
    from hackweek.publish import replace_file
    from hackweek.screenshots import journey as journeys

    for path, text in ((SCHEMA, schema()), (journeys.SCHEMA, journeys.schema())):
        replace_file(root / path, text)
        print(f"wrote {path}")
    return CLEAN
