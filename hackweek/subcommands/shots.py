"""`shots`: the pictures of the hub, taken."""

import argparse
import sys
from pathlib import Path

from hackweek.subcommands.arguments import FAILED, Commands, add_events


def add(commands: Commands) -> None:
    """Adds the command to those of the command line."""
    command = commands.add_parser("shots", help="take the pictures of the hub")
    add_events(command)
    mode = command.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="fail where a picture has changed")
    mode.add_argument("--update", action="store_true", help="accept the pictures as they are now")
    command.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NAME",
        help="this journey or picture only; can be given again",
    )
    command.set_defaults(run=_run)


def _run(root: Path, options: argparse.Namespace) -> int:
    mode = "check" if options.check else "update" if options.update else "look"
    try:
        # Not at the top: what this needs is installed by `make shots` only.
        from hackweek.screenshots.command import NotPossible, shots
    except ModuleNotFoundError as missing:
        print(
            f"hackweek: {missing.name} is not installed\n  help: run: make shots", file=sys.stderr
        )
        return FAILED
    try:
        return shots(root, options.events, options.only, mode=mode)
    except NotPossible as why:
        print(f"hackweek: {why}", file=sys.stderr)
        return FAILED
