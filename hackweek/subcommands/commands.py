"""`commands`: every command that a lesson asks for, run."""

import argparse
import sys
from pathlib import Path

from hackweek.subcommands.arguments import CLEAN, FOUND, Commands, add_events


def add(commands: Commands) -> None:
    """Adds the command to those of the command line."""
    command = commands.add_parser("commands", help="run every command that a lesson asks for")
    add_events(command, default="every event with the lessons of today")
    command.add_argument(
        "--with",
        dest="available",
        action="append",
        default=[],
        metavar="WHAT",
        help="run also what needs this, for example conda or network; can be given again",
    )
    command.add_argument("--excused", action="store_true", help="list what is not run, and why")
    command.set_defaults(run=_run)


def _run(root: Path, options: argparse.Namespace) -> int:
    from hackweek.build import checked_sites
    from hackweek.commands.run import run_commands
    from hackweek.past.lessons import with_lessons_of_today

    sites = checked_sites(root, options.events or with_lessons_of_today(root))
    done = run_commands(sites, available=options.available, say=_say_on_terminal)
    print(done.text(with_excuses=options.excused), end="")
    return FOUND if done.findings else CLEAN


def _say_on_terminal(step: str) -> None:
    if sys.stdout.isatty():
        print(f"{step} …", flush=True)
