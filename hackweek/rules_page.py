"""The rules as people read them: one in a terminal, all of them in RULES.md."""

from hackweek.checks.registry import SECTIONS
from hackweek.rules import Rule

_INTRODUCTION = """\
# Rules

What `python -m hackweek check` finds, and why. `python -m hackweek rules NAME` shows one of
them. This page is written by `python -m hackweek rules --write`.

Where a rule is wrong, silence it with a comment that names it and gives the reason, on the
same line or alone on the line before: `<!-- hackweek-ignore NAME: the reason -->` in a lesson,
`# hackweek-ignore NAME: the reason` in an event file.
"""


def explained(rule: Rule) -> str:
    """A rule for a terminal."""
    off = f"\n\nOff unless selected: --select {rule.name}" if rule.style else ""
    examples = f"bad\n{_indented(rule.bad)}\n\ngood\n{_indented(rule.good)}"
    return f"{rule.name}\n\n{rule.why}\n\n{examples}{off}"


def rules_page() -> str:
    """The text of RULES.md."""
    parts = [_INTRODUCTION]
    for heading, rules in SECTIONS.items():
        parts.append(f"## {heading}\n")
        for rule in rules:
            off = " Off unless selected." if rule.style else ""
            parts.append(
                f"### {rule.name}\n\n{rule.why}{off}\n\n"
                f"Bad:\n\n{_indented(rule.bad)}\n\nGood:\n\n{_indented(rule.good)}\n"
            )
    return "\n".join(parts)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
