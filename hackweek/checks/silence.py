"""Comments with which an author tells a rule, where it is wrong, to be quiet.

`<!-- hackweek-ignore missing-alt-text: the logo only decorates -->` in a lesson, or
`# hackweek-ignore example-host: they really have it` in an event file, speaks for its own
line, or for the next one if it stands alone.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from hackweek.checks.page import Page
from hackweek.diagnostics import Diagnostic, did_you_mean
from hackweek.rules import Rule

RULES = (
    Rule(
        name="silence-without-reason",
        why="The next author must know why a rule is wrong here.",
        bad="<!-- hackweek-ignore vague-link-text -->",
        good='<!-- hackweek-ignore vague-link-text: "here" is what the button says -->',
    ),
    Rule(
        name="useless-silence",
        why="The comment silences nothing: the mistake is gone, or the rule's name is wrong.",
        bad="<!-- hackweek-ignore missing-alt: … -->",
        good="<!-- hackweek-ignore missing-alt-text: … -->",
    ),
)

_COMMENT = re.compile(
    r"hackweek-ignore\s+(?P<rule>[\w-]+)\s*(?::\s*(?P<reason>.*?))?\s*$", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Silence:
    """A comment that silences one rule on one line."""

    path: str
    line: int
    """Where the comment stands."""
    rule: str
    reason: str
    speaks_for: int
    """The line on which findings are dropped."""


def in_page(page: Page) -> Iterator[Silence]:
    """The silences of a lesson."""
    lines = page.reading.lines
    for number, comment in page.reading.comments:
        if found := _COMMENT.match(comment.strip()):
            end = number + comment.count("\n")
            rest = lines[number - 1].text.replace(f"<!--{comment}-->", "").strip()
            following = (each.number for each in lines[end:] if each.text.strip())
            target = number if rest else next(following, number)
            reason = found["reason"] or ""
            yield Silence(page.lesson.path, number, found["rule"], reason, target)


def in_event(path: str, text: str) -> Iterator[Silence]:
    """The silences of an event file."""
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        before, mark, comment = line.partition("#")
        while mark and not comment.lstrip().startswith("hackweek-ignore"):
            more, mark, comment = comment.partition("#")
            before += mark + more
        if mark and (found := _COMMENT.match(comment.strip())):
            following = (n for n, each in enumerate(lines, start=1) if n > number and each.strip())
            target = number if before.strip() else next(following, number)
            yield Silence(path, number, found["rule"], found["reason"] or "", target)


def apply(
    found: Iterable[Diagnostic], silences: Collection[Silence], rules: Collection[str]
) -> list[Diagnostic]:
    """What is left, and what is wrong with the silences themselves."""
    spoken_for = {(each.path, each.speaks_for, each.rule): each for each in silences}
    used: set[Silence] = set()
    left = []
    for each in found:
        if silence := spoken_for.get((each.path, each.line, each.rule)):
            used.add(silence)
        else:
            left.append(each)
    return [*left, *_faults(silences, used, rules)]


def _faults(
    silences: Iterable[Silence], used: Collection[Silence], rules: Collection[str]
) -> Iterator[Diagnostic]:
    for each in silences:
        rule = message = help = ""
        if each not in used:
            rule, message = "useless-silence", f'"{each.rule}" finds nothing there'
            if each.rule not in rules:
                message = f'"{each.rule}" is no rule'
                help = did_you_mean(each.rule, rules)
        elif not each.reason:
            rule, message = "silence-without-reason", f'no reason is given to ignore "{each.rule}"'
            help = f'write "hackweek-ignore {each.rule}: why it is wrong here"'
        if rule:
            yield Diagnostic(
                path=each.path, line=each.line, column=1, rule=rule, message=message, help=help
            )
