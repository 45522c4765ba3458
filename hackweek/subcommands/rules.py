"""`rules`: what check finds, explained."""

import argparse
from pathlib import Path

from hackweek.subcommands.arguments import CLEAN, Commands, rule_name

PAGE = "RULES.md"


def add(commands: Commands) -> None:
    """Adds the command to those of the command line."""
    command = commands.add_parser("rules", help="explain what check finds")
    command.add_argument(
        "name", nargs="?", type=rule_name, metavar="NAME", help="one rule, with examples"
    )
    command.add_argument("--write", action="store_true", help=f"write {PAGE}")
    command.set_defaults(run=_run)


def _run(root: Path, options: argparse.Namespace) -> int:
    from hackweek.checks.registry import ALL_RULES, SECTIONS
    from hackweek.publish import replace_file
    from hackweek.rules_page import explained, rules_page

    if options.write:
        replace_file(root / PAGE, rules_page())
        print(f"wrote {PAGE}")
    elif options.name:
        print(explained(ALL_RULES[options.name]))
    else:
        for heading, rules in SECTIONS.items():
            print(f"{heading}: {', '.join(rule.name for rule in rules)}")
    return CLEAN
