"""`new`: the file of a new event."""

import argparse
import sys
from pathlib import Path

from hackweek.subcommands.arguments import CLEAN, FAILED, Commands


def add(commands: Commands) -> None:
    """Adds the command to those of the command line."""
    command = commands.add_parser("new", help="write the file of a new event")
    command.add_argument("slug", type=_slug, metavar="SLUG", help="the event's name in addresses")
    command.add_argument("--from", dest="earlier", metavar="EVENT", help="an event like it")
    command.add_argument("--ask", action="store_true", help="ask for the values one by one")
    command.set_defaults(run=_run)


def _slug(slug: str) -> str:
    """The slug of an event to be, as an argument."""
    from hackweek.new_event import slug_like

    near = slug_like(slug)
    if slug != near or not slug:
        help = f'write "{near}"' if near else "use lower-case letters, digits and hyphens"
        raise argparse.ArgumentTypeError(f'"{slug}" is not a slug; {help}')
    return slug


def _run(root: Path, options: argparse.Namespace) -> int:
    from hackweek.events import event_text
    from hackweek.interview import interview
    from hackweek.new_event import from_event, from_model, next_steps
    from hackweek.publish import replace_file

    shown = f"events/{options.slug}.yml"
    if (root / shown).exists():
        print(f"hackweek: {shown} is there already; nothing was written", file=sys.stderr)
        return FAILED
    if options.ask and not (sys.stdin.isatty() and sys.stdout.isatty()):
        print("hackweek: --ask needs a terminal; nothing was written", file=sys.stderr)
        return FAILED
    text = from_model(options.slug)
    if options.earlier:
        earlier = event_text(root, options.earlier)
        text = from_event(f"events/{options.earlier}.yml", earlier, options.slug)
    if options.ask:
        text = interview(shown, text, input, print)
    replace_file(root / shown, text)
    print(next_steps(shown, text, options.slug))
    return CLEAN
