"""What came of the lessons' commands: every block's fate, and every problem with its evidence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from hackweek.commands.blocks import Block, Script
from hackweek.commands.network import Network
from hackweek.diagnostics import Diagnostic, counted

_MOST_LINES = 20
"""Of each side of a comparison."""


class Fate(Enum):
    """What became of a block."""

    RUN = "run"
    """As it should, and the lesson shows no output."""
    MATCHED = "matched"
    """As it should, with the output that the lesson shows."""
    FAILED = "failed"
    EXCUSED = "excused"
    """It needs what is not here."""
    NOT_REACHED = "not reached"
    """A command before it on the page failed."""


def not_reached(steps: Iterable[Block | Script]) -> dict[tuple[str, int], Fate]:
    """The fate of blocks before the first of them is run, by path and line."""
    blocks = (step for step in steps if isinstance(step, Block))
    return {(block.path, block.line): Fate.NOT_REACHED for block in blocks}


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem, and the two texts that show it."""

    problem: Diagnostic
    wanted: tuple[str, ...] = ()
    """The lines that the lesson shows; empty if it shows none."""
    found: tuple[str, ...] = ()
    """The lines that came."""

    def __str__(self) -> str:
        sides = {"wanted": self.wanted, "found": self.found}
        shown = [line for name, side in sides.items() if side for line in _side(name, side)]
        return "\n".join([str(self.problem), *shown])


@dataclass(frozen=True, slots=True)
class Report:
    """What came of every block of every page, each counted once however many events have it."""

    network: Network
    """What the commands could reach."""
    findings: list[Finding] = field(default_factory=list)
    fates: dict[tuple[str, int], Fate] = field(default_factory=dict)
    """By the block's path and line."""
    excused: dict[tuple[str, int], Block] = field(default_factory=dict)
    """The blocks that were not run, by path and line."""

    def add(self, findings: Iterable[Finding], fates: Mapping[tuple[str, int], Fate]) -> None:
        """What came of one page for one event; a block that failed for one event has failed."""
        self.findings.extend(findings)
        failed = {place for place, fate in self.fates.items() if fate is Fate.FAILED}
        self.fates.update({place: fate for place, fate in fates.items() if place not in failed})

    @property
    def problems(self) -> list[Diagnostic]:
        """Every problem once, sorted by place."""
        return [finding.problem for finding in self._sorted()]

    def text(self, *, with_excuses: bool = False) -> str:
        """Everything for a person, with the counts on the last line."""
        lines = [str(finding) for finding in self._sorted()]
        if with_excuses:
            lines += [
                f"{path}:{line}: not run, needs {block.needs}: {block.reason}"
                for (path, line), block in sorted(self.excused.items())
            ]
        elif self.excused:
            needs = Counter(block.needs for block in self.excused.values())
            lines.append("not run: " + ", ".join(f"{n} need {what}" for what, n in needs.items()))
        if self.network is Network.DISCOURAGED:
            lines.append("the network could not be cut off here: commands may have reached it")
        if problems := self.problems:
            files = counted(len({problem.path for problem in problems}), "file")
            lines.append(f"{counted(len(problems), 'problem')} in {files}")
        return "\n".join([*lines, self.counts]) + "\n"

    @property
    def counts(self) -> str:
        """How many blocks there are, and what became of them."""
        fates = Counter(self.fates.values())
        run = fates[Fate.RUN] + fates[Fate.MATCHED] + fates[Fate.FAILED]
        parts = [
            f"{counted(len(self.fates), 'block')}: {run} run",
            f"{fates[Fate.MATCHED]} of them matched with what the lesson shows",
            f"{fates[Fate.EXCUSED]} excused",
        ]
        if missed := fates[Fate.NOT_REACHED]:
            parts.append(f"{missed} not reached")
        return ", ".join(parts)

    def _sorted(self) -> list[Finding]:
        """One finding for each place and rule: a lesson's mistake is one for every event."""
        once = {(f.problem.path, f.problem.line, f.problem.rule): f for f in self.findings[::-1]}
        return sorted(once.values(), key=lambda finding: finding.problem)


def _side(name: str, lines: Sequence[str]) -> list[str]:
    """The last lines; the mark before each keeps GitHub from taking one for a command of its own.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    left_out = len(lines) - _MOST_LINES
    more = [f"    | ({left_out} lines more)"] if left_out > 0 else []
    return [f"  {name}:", *more, *(f"    | {line}".rstrip() for line in lines[-_MOST_LINES:])]
