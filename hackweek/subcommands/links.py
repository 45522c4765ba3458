"""`links`: broken links, inside the site and outside."""

import argparse
from pathlib import Path

from hackweek.subcommands.arguments import Commands, add_events, add_report


def add(commands: Commands) -> None:
    """Adds the command to those of the command line."""
    command = commands.add_parser("links", help="find broken links, inside the site and outside")
    add_events(command)
    command.add_argument(
        "--event",
        metavar="EVENT",
        help="ask only what this event's file names: hub, chat …",
    )
    command.add_argument(
        "--site", type=Path, metavar="FOLDER", help="look at this built site instead"
    )
    command.add_argument(
        "--base-url", metavar="URL", help="with --site: the address at which it is published"
    )
    command.add_argument(
        "--docs", type=Path, metavar="FOLDER", help="with --site: the Markdown that it was built of"
    )
    outside = command.add_mutually_exclusive_group()
    outside.add_argument("--inside", action="store_true", help="ask no other site anything")
    outside.add_argument(
        "--list", action="store_true", help="list the addresses of other sites instead of asking"
    )
    outside.add_argument(
        "--require-network", action="store_true", help="fail where there is no network"
    )
    command.add_argument("--anew", action="store_true", help="ask again what was asked today")
    add_report(command)
    command.set_defaults(run=_run)


def _run(root: Path, options: argparse.Namespace) -> int:
    # What asks other sites takes a while to load, and no other command needs it.
    from hackweek.links.run import run_links

    return run_links(root, options)
