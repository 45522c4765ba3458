"""`build`: events to websites, published."""

import argparse
import sys
import time
from pathlib import Path

from hackweek.diagnostics import counted
from hackweek.environment import current_slug
from hackweek.events import DEFAULT_EVENT, published_slugs
from hackweek.subcommands.arguments import CLEAN, FAILED, Commands, add_events


def add(commands: Commands) -> None:
    """Adds the command to those of the command line."""
    command = commands.add_parser("build", help="build events to websites and publish them")
    add_events(command, default=DEFAULT_EVENT)
    command.add_argument(
        "--all",
        action="store_true",
        help="every event but drafts, or every draft where there is nothing else",
    )
    command.add_argument(
        "--engine", choices=("mkdocs", "zensical"), default="mkdocs", help="default: mkdocs"
    )
    command.add_argument(
        "--output",
        type=Path,
        default=Path("site"),
        metavar="FOLDER",
        help="each event goes to FOLDER/EVENT; default: site",
    )
    command.add_argument(
        "--pdf", action="store_true", help="all lessons as PDF, too; needs Chromium or Chrome"
    )
    command.add_argument(
        "--verify",
        action="store_true",
        help="compare each event that shares a build with one of its own, byte for byte",
    )
    command.set_defaults(run=_run)


def _run(root: Path, options: argparse.Namespace) -> int:
    # Not at the top: every command would take longer, and none begin while a macro is broken.
    from hackweek.browser import NoBrowser
    from hackweek.build import Request, build
    from hackweek.offline.pdf import PrintError, printing_browser

    named = list(dict.fromkeys(options.events)) or [current_slug(root)]
    slugs = published_slugs(root) if options.all else named
    started = time.monotonic()
    try:
        browser = printing_browser() if options.pdf else None
        request = Request(
            root, slugs, root / options.output, options.engine, browser, options.verify
        )
        build(request, lambda step: print(f"{step} …", flush=True))
    except (NoBrowser, PrintError) as error:
        print(f"hackweek: no PDF, and nothing was written: {error}", file=sys.stderr)
        return FAILED
    python = Path(sys.executable)
    python = python.relative_to(root) if python.is_relative_to(root) else Path("python")
    print(
        f"built {counted(len(slugs), 'event')} in {time.monotonic() - started:.1f} s:"
        f" {options.output}/\n"
        f"to look at it, run: {python} -m http.server --directory {options.output}\n"
        "and open http://localhost:8000/"
    )
    return CLEAN
