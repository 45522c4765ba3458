"""`check`: everything that is wrong with events and lessons."""

import argparse
import datetime
import sys
from pathlib import Path

from hackweek.events import event_slugs
from hackweek.subcommands.arguments import FAILED, Commands, add_events, add_report, rule_name


def add(commands: Commands) -> None:
    """Adds the command to those of the command line."""
    command = commands.add_parser("check", help="find everything that is wrong")
    add_events(command)
    command.add_argument(
        "--docs",
        type=Path,
        metavar="FOLDER",
        help="check this folder of Markdown written for MkDocs instead",
    )
    command.add_argument(
        "--event",
        type=Path,
        metavar="FILE",
        help="with --docs: the event file that its lessons use",
    )
    command.add_argument(
        "--published",
        action="append",
        default=[],
        metavar="SITEMAP",
        help="compare with what is published: a file or an address; can be given again",
    )
    add_report(command)
    for option, help in (
        ("--select", "report this rule only; can be given again"),
        ("--ignore", "do not report this rule; can be given again"),
    ):
        command.add_argument(
            option, action="append", default=[], type=rule_name, metavar="RULE", help=help
        )
    command.set_defaults(run=_run)


def _run(root: Path, options: argparse.Namespace) -> int:
    from hackweek.check import check_folder, check_repository
    from hackweek.past.comparison import unanswered
    from hackweek.past.sitemaps import NoSitemap
    from hackweek.showing import show

    today = datetime.date.today()
    if options.docs and not options.docs.is_dir():
        print(f"hackweek: there is no folder {options.docs}", file=sys.stderr)
        return FAILED
    if options.docs and options.published:
        print("hackweek: --published does not go with --docs", file=sys.stderr)
        return FAILED
    if options.docs:
        findings = check_folder(options.docs, options.event, root, today)
    else:
        findings = check_repository(root, options.events or event_slugs(root), today)
    try:
        lost = unanswered(root, options.published, _say) if options.published else []
    except NoSitemap as error:
        print(f"hackweek: {error}; nothing was checked", file=sys.stderr)
        return FAILED
    # Added behind: these all stand at one place, and each is one of its own.
    problems = findings.settled(options.select, options.ignore)
    problems = sorted([*problems, *(each for each in lost if _is_wanted(each.rule, options))])
    return show(problems, len(findings.read), format=options.format, output=options.output)


def _is_wanted(rule: str, options: argparse.Namespace) -> bool:
    return rule not in options.ignore and (not options.select or rule in options.select)


def _say(line: str) -> None:
    print(line, file=sys.stderr)
