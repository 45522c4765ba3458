"""`serve`: an event shown while it is edited."""

import argparse
import errno
import sys
from pathlib import Path

from hackweek.environment import current_slug
from hackweek.events import DEFAULT_EVENT
from hackweek.subcommands.arguments import CLEAN, FAILED, Commands


def add(commands: Commands) -> None:
    """Adds the command to those of the command line."""
    command = commands.add_parser("serve", help="show an event while you edit")
    command.add_argument(
        "event",
        nargs="?",
        metavar="EVENT",
        help=f"default: {DEFAULT_EVENT}",
    )
    command.add_argument(
        "--port", type=_port, default=8000, help="default: 8000; 0: one that is free"
    )
    command.set_defaults(run=_run)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f'"{text}" is not a port, a number from 0 to 65535')
    return int(text)


def _run(root: Path, options: argparse.Namespace) -> int:
    from hackweek.serving.run import serve

    slug = options.event or current_slug(root)
    try:
        serve(root, slug, options.port, lambda text: print(text, flush=True))
    except KeyboardInterrupt:
        print()
        return CLEAN
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        why = "in use" if error.errno == errno.EADDRINUSE else "not for you to use"
        other = options.port + 1 if options.port < 65535 else 0
        print(
            f"hackweek: port {options.port} is {why}\n  help: name another with --port {other}",
            file=sys.stderr,
        )
        return FAILED
    return CLEAN
