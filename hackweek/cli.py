"""`python -m hackweek`: parses arguments, calls, prints, and returns an exit status."""

import argparse
import datetime
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from hackweek.build import Request, build, checked_sites
from hackweek.check import SCHEMA, check_folder, check_repository
from hackweek.checks.registry import ALL_RULES, SECTIONS
from hackweek.commands.requirements import MissingProgram
from hackweek.commands.run import run_commands
from hackweek.diagnostics import EngineError, Problems, counted, did_you_mean, report
from hackweek.engines import BUILDERS, mkdocs
from hackweek.event_diff import read_side, rows, table
from hackweek.event_file import (
    DEFAULT_EVENT,
    event_slugs,
    event_text,
    published_slugs,
    schema,
)
from hackweek.interview import interview
from hackweek.links.command import add_links
from hackweek.new_event import from_event, from_model, next_steps, slug_like
from hackweek.publish import NotASite, replace_file
from hackweek.reports import FORMS
from hackweek.rules_page import explained, rules_page
from hackweek.screenshots import journey as journeys
from hackweek.showing import is_colourful, show

CLEAN, FOUND, FAILED = 0, 1, 2
RULES_PAGE = "RULES.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0: clean, 1: problems found, 2: wrong use or our own failure."""
    options = _parser().parse_args(arguments)
    root = Path.cwd()
    if not (root / "events").is_dir() or not (root / "mkdocs.yml").is_file():
        print("hackweek: run this in the repository's root, where events/ is", file=sys.stderr)
        return FAILED
    try:
        return int(options.run(root, options))
    except Problems as problems:
        print(report(problems.diagnostics))
        return FOUND
    except MissingProgram as error:
        print(f"hackweek: {error}", file=sys.stderr)
    except EngineError as error:
        print(f"hackweek: the engine failed:\n{error}", file=sys.stderr)
    except NotASite as error:
        print(
            f"hackweek: {error}; nothing was written\n  help: name another folder with --output",
            file=sys.stderr,
        )
    except OSError as error:
        print(
            f"hackweek: {error.strerror}: {error.filename}; what was published stays as it was",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print("\nhackweek: stopped; what was published stays as it was", file=sys.stderr)
    return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hackweek", description="Preliminary lessons for hackweeks."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    command = commands.add_parser("build", help="build events to websites and publish them")
    command.add_argument("events", nargs="*", metavar="EVENT", help=f"default: {DEFAULT_EVENT}")
    command.add_argument("--all", action="store_true", help="every event but drafts")
    command.add_argument(
        "--engine", choices=sorted(BUILDERS), default="mkdocs", help="default: mkdocs"
    )
    command.add_argument(
        "--output",
        type=Path,
        default=Path("site"),
        metavar="FOLDER",
        help="each event goes to FOLDER/EVENT; default: site",
    )
    command.set_defaults(run=_build)

    command = commands.add_parser("serve", help="show an event while you edit")
    command.add_argument(
        "event",
        nargs="?",
        default=_default_event(),
        metavar="EVENT",
        help=f"default: {DEFAULT_EVENT}",
    )
    command.add_argument("--port", type=int, default=8000, help="default: 8000")
    command.set_defaults(run=_serve)

    command = commands.add_parser("new", help="write the file of a new event")
    command.add_argument(
        "slug", type=_new_slug, metavar="SLUG", help="the event's name in addresses"
    )
    command.add_argument("--from", dest="earlier", metavar="EVENT", help="an event like it")
    command.add_argument("--ask", action="store_true", help="ask for the values one by one")
    command.set_defaults(run=_new)

    command = commands.add_parser("diff", help="show two events side by side")
    command.add_argument("one", metavar="EVENT")
    command.add_argument("other", metavar="EVENT")
    command.set_defaults(run=_diff)

    command = commands.add_parser("check", help="find everything that is wrong")
    command.add_argument("events", nargs="*", metavar="EVENT", help="default: every event")
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
    command.add_argument("--format", choices=sorted(FORMS), default="text", help="default: text")
    command.add_argument("--output", type=Path, metavar="FILE", help="write the findings there")
    command.add_argument(
        "--select",
        action="append",
        default=[],
        type=_rule,
        metavar="RULE",
        help="report this rule only; can be given again",
    )
    command.add_argument(
        "--ignore",
        action="append",
        default=[],
        type=_rule,
        metavar="RULE",
        help="do not report this rule; can be given again",
    )
    command.set_defaults(run=_check)

    add_links(commands)

    command = commands.add_parser("commands", help="run every command that a lesson asks for")
    command.add_argument("events", nargs="*", metavar="EVENT", help="default: every event")
    command.add_argument(
        "--with",
        dest="available",
        action="append",
        default=[],
        metavar="WHAT",
        help="run also what needs this, for example conda or network; can be given again",
    )
    command.add_argument("--excused", action="store_true", help="list what is not run, and why")
    command.set_defaults(run=_commands)

    command = commands.add_parser("rules", help="explain what check finds")
    command.add_argument(
        "name", nargs="?", type=_rule, metavar="NAME", help="one rule, with examples"
    )
    command.add_argument("--write", action="store_true", help=f"write {RULES_PAGE}")
    command.set_defaults(run=_rules)

    command = commands.add_parser("shots", help="take the pictures of the hub")
    command.add_argument("events", nargs="*", metavar="EVENT", help="default: every event")
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
    command.set_defaults(run=_shots)

    command = commands.add_parser(
        "schema", help="write what editors complete from, from our models"
    )
    command.set_defaults(run=_schema)
    return parser


def _rule(name: str) -> str:
    """A rule's name, as an argument."""
    if name not in ALL_RULES:
        near = did_you_mean(name, ALL_RULES) or "run: python -m hackweek rules"
        raise argparse.ArgumentTypeError(f'there is no rule "{name}"; {near}')
    return name


def _new_slug(slug: str) -> str:
    """The slug of an event to be, as an argument."""
    near = slug_like(slug)
    if slug != near or not slug:
        help = f'write "{near}"' if near else "use lower-case letters, digits and hyphens"
        raise argparse.ArgumentTypeError(f'"{slug}" is not a slug; {help}')
    return slug


def _default_event() -> str:
    return os.environ.get("EVENT") or DEFAULT_EVENT


def _build(root: Path, options: argparse.Namespace) -> int:
    named = list(dict.fromkeys(options.events)) or [_default_event()]
    slugs = published_slugs(root) if options.all else named
    started = time.monotonic()
    output = root / options.output
    request = Request(root, slugs, output, options.engine)
    build(request, lambda step: print(f"{step} …", flush=True))
    python = Path(sys.executable)
    python = python.relative_to(root) if python.is_relative_to(root) else Path("python")
    print(
        f"built {counted(len(request.slugs), 'event')} in {time.monotonic() - started:.1f} s:"
        f" {options.output}/\n"
        f"to look at it, run: {python} -m http.server --directory {options.output}\n"
        "and open http://localhost:8000/"
    )
    return CLEAN


def _serve(root: Path, options: argparse.Namespace) -> int:
    [site] = checked_sites(root, [options.event])
    mkdocs.serve_site(site, options.port)
    return CLEAN


def _new(root: Path, options: argparse.Namespace) -> int:
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


def _diff(root: Path, options: argparse.Namespace) -> int:
    slugs = (options.one, options.other)
    one, other = (read_side(root, slug) for slug in slugs)
    width = shutil.get_terminal_size((100, 24)).columns
    print(table(rows(one, other), slugs, width=width, coloured=is_colourful()), end="")
    return CLEAN


def _check(root: Path, options: argparse.Namespace) -> int:
    today = datetime.date.today()
    if options.docs and not options.docs.is_dir():
        print(f"hackweek: there is no folder {options.docs}", file=sys.stderr)
        return FAILED
    if options.docs:
        findings = check_folder(options.docs, options.event, root, today)
    else:
        findings = check_repository(root, options.events or event_slugs(root), today)
    problems = findings.settled(options.select, options.ignore)
    show(problems, len(findings.read), format=options.format, output=options.output)
    return FOUND if any(not each.warning for each in problems) else CLEAN


def _commands(root: Path, options: argparse.Namespace) -> int:
    sites = checked_sites(root, options.events or event_slugs(root))
    done = run_commands(sites, available=options.available, say=_say_on_terminal)
    print(done.text(with_excuses=options.excused), end="")
    return FOUND if done.findings else CLEAN


def _say_on_terminal(step: str) -> None:
    if sys.stdout.isatty():
        print(f"{step} …", flush=True)


def _rules(root: Path, options: argparse.Namespace) -> int:
    if options.write:
        replace_file(root / RULES_PAGE, rules_page())
        print(f"wrote {RULES_PAGE}")
    elif options.name:
        print(explained(ALL_RULES[options.name]))
    else:
        for heading, rules in SECTIONS.items():
            print(f"{heading}: {', '.join(rule.name for rule in rules)}")
    return CLEAN


def _shots(root: Path, options: argparse.Namespace) -> int:
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


def _schema(root: Path, _options: argparse.Namespace) -> int:
    for path, text in ((SCHEMA, schema()), (journeys.SCHEMA, journeys.schema())):
        replace_file(root / path, text)
        print(f"wrote {path}")
    return CLEAN
