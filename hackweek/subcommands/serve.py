"""`serve`: an event shown while it is edited."""

import argparse
from pathlib import Path

from hackweek.event_file import DEFAULT_EVENT
from hackweek.subcommands.arguments import CLEAN, Commands


def add(commands: Commands) -> None:
    """Adds the command to those of the command line."""
    command = commands.add_parser("serve", help="show an event while you edit")
    command.add_argument(
        "event",
        nargs="?",
        metavar="EVENT",
        help=f"default: {DEFAULT_EVENT}",
    )
    command.add_argument("--port", type=int, default=8000, help="default: 8000")
    command.set_defaults(run=_run)


def _run(root: Path, options: argparse.Namespace) -> int:
    from hackweek.build import checked_sites
    from hackweek.engines import mkdocs
    from hackweek.site import current_slug

    [site] = checked_sites(root, [options.event or current_slug(root)])
    mkdocs.serve_site(site, options.port)
    return CLEAN
