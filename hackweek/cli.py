"""`python -m hackweek`: parses arguments, calls, prints, and returns an exit status."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hackweek.code_faults import code_fault, is_ours
from hackweek.commands.requirements import MissingProgram
from hackweek.diagnostics import EngineError, Problems, report
from hackweek.environment import WrongVariable, check_environment
from hackweek.publish import NotASite
from hackweek.subcommands import (
    build,
    check,
    commands,
    diff,
    links,
    new,
    rules,
    schema,
    serve,
    shots,
)
from hackweek.subcommands.arguments import FAILED, FOUND

_COMMANDS = (build, serve, new, diff, check, links, commands, rules, shots, schema)
"""In the order in which the help lists them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0: clean, 1: problems found, 2: wrong use or our own failure."""
    options = parser().parse_args(arguments)
    root = Path.cwd()
    if not (root / "events").is_dir() or not (root / "mkdocs.yml").is_file():
        print("hackweek: run this in the repository's root, where events/ is", file=sys.stderr)
        return FAILED
    try:
        check_environment()
        return int(options.run(root, options))
    except Problems as problems:
        print(report(problems.diagnostics))
        return FOUND
    except (MissingProgram, WrongVariable) as error:
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
    except Exception as error:
        fault = code_fault(error, root)
        if is_ours(fault):
            raise
        print(report([fault]))
        return FOUND
    except KeyboardInterrupt:
        print("\nhackweek: stopped; what was published stays as it was", file=sys.stderr)
    return FAILED


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    whole = argparse.ArgumentParser(
        prog="python -m hackweek", description="Preliminary lessons for hackweeks."
    )
    added = whole.add_subparsers(metavar="COMMAND", required=True)
    for each in _COMMANDS:
        each.add(added)
    return whole
