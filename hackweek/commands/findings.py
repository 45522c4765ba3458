"""Problems with a command, put into words."""

import re

from hackweek.commands.blocks import Numbered
from hackweek.commands.matching import Difference
from hackweek.commands.report import Finding
from hackweek.commands.splitting import Command
from hackweek.diagnostics import Diagnostic

_COMPLAINT = re.compile(r"error|fatal|not found|no such|unknown|cannot|denied|invalid", re.I)


def failed(path: str, command: Command, status: int, wanted: int, output: str) -> Finding:
    """A command that ended otherwise than it should."""
    lines = _lines(output)
    ended = f'"{command.shown}" ended with status {status}, not {wanted}'
    complaints = [line for line in lines if _COMPLAINT.search(line)] or lines[-1:]
    message = f'{ended}: "{complaints[0].strip()}"' if status and complaints else ended
    if status and not wanted:
        help = f'if it is to fail, write "<!-- hackweek-run exit {status}: why -->" above the block'
    elif not status:
        help = f'if it is to succeed, remove "hackweek-run exit {wanted}"'
    else:
        help = f'if that is right, write "hackweek-run exit {status}"'
    return Finding(_at(path, command, "failed-command", message, help), found=tuple(lines))


def stopped(path: str, command: Command, why: str, output: str) -> Finding:
    """A command that had to be stopped."""
    message = f'"{command.shown}" {why}'
    help = 'if it waits for somebody, write "<!-- hackweek-run needs person: why -->" above it'
    problem = _at(path, command, "failed-command", message, help)
    return Finding(problem, found=tuple(_lines(output)))


def different(
    path: str,
    command: Command,
    shown: tuple[Numbered, ...],
    came: list[str],
    found: Difference,
) -> Finding:
    """Output that is not what the lesson shows."""
    place = shown[-1] if found.shown is None else shown[found.shown]
    help = 'write what came, with "…" in place of what differs each time'
    if found.shown is None:
        message = f'"{command.shown}" also printed "{found.came.strip()}"'
        help = 'write "…" on a line of its own where more can come'
    elif found.came:
        message = f'"{command.shown}" printed "{found.came.strip()}", not "{place.text.strip()}"'
    else:
        message = f'"{command.shown}" did not print "{place.text.strip()}"'
    problem = _at(path, place, "different-output", message, help)
    return Finding(problem, tuple(each.text for each in shown), tuple(came))


def _lines(output: str) -> list[str]:
    return [line.rstrip() for line in output.splitlines() if line.strip()]


def _at(path: str, place: Command | Numbered, rule: str, message: str, help: str) -> Diagnostic:
    return Diagnostic(
        path=path,
        line=place.line,
        column=place.column,
        rule=rule,
        message=message,
        help=help,
    )
