"""A lesson as the steps that its reader takes, from top to bottom."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hackweek.commands.blocks import (
    Block,
    Language,
    Numbered,
    Part,
    Script,
    before_prompt,
    language_of,
    name_of,
    session_parts,
)
from hackweek.commands.instructions import SCRIPTS, Fault, Instruction, parse
from hackweek.diagnostics import Diagnostic
from hackweek.reading import Fence, Kind, Reading

_NEW_PLACE = re.compile(r"\s*(?:#{1,6}\s|===[!+]*[ \t]+\")")
"""A heading or a tab: what stands below is not the output of what stands above."""


@dataclass(frozen=True, slots=True)
class Story:
    """What a reader does, and what is wrong with how the lesson tells it."""

    steps: tuple[Block | Script, ...]
    problems: tuple[Diagnostic, ...]


def read_story(
    path: str, reading: Reading, source_line: Callable[[int], int] = lambda number: number
) -> Story:
    """The steps of a lesson, as it is written or rendered.

    `path` is its file's, as messages show it, and `source_line` the line in that file of one
    that was read.
    """
    teller = _Teller(path, reading, source_line)
    steps = tuple(teller.steps())
    return Story(steps, tuple(teller.problems))


class _Teller:
    def __init__(self, path: str, reading: Reading, source_line: Callable[[int], int]) -> None:
        self.problems: list[Diagnostic] = []
        self._path = path
        self._reading = reading
        self._source_line = source_line
        self._fences = {fence.line: fence for fence in self._reading.fences}
        self._scripts: dict[int, Instruction] = {}
        """By the line on which each begins."""
        self._told: dict[int, dict[str, Instruction]] = {}
        """By the line of the fence that they speak for, then by their word."""
        self._shown: dict[int, Fence] = {}
        """The fence with the output of each fence of commands, by the latter's line."""

    def steps(self) -> Iterator[Block | Script]:
        """Every step; fills `problems` meanwhile."""
        for number, comment in self._reading.comments:
            if not self._is_code(number):
                self._note(number, comment)
        self._pair_outputs()
        for line in self._reading.lines:
            if script := self._scripts.get(line.number):
                yield self._script(script)
            fence = self._fences.get(line.number)
            if fence and language_of(fence).holds_commands:
                yield self._block(fence, self._told.get(fence.line, {}))

    def _note(self, number: int, comment: str) -> None:
        """Keeps an instruction for the line that it speaks for."""
        found = parse(number, comment)
        if isinstance(found, Fault):
            self._report(found.line, found.rule, found.message, found.help)
        elif found and found.word in SCRIPTS:
            self._scripts[found.line] = found
        elif found:
            fence = self._below(number + comment.count("\n"))
            wanted = "output" if found.word == "not-compared" else "commands"
            if fence and language_of(fence).holds_commands is (wanted == "commands"):
                self._told.setdefault(fence.line, {})[found.word] = found
            else:
                message = f'no block of {wanted} stands below "{found.word}"'
                self._report(found.line, "run-instruction-without-block", message)

    def _is_code(self, number: int) -> bool:
        """Whether a line's comment is an example, in code within running text."""
        before, _, _ = self._reading.lines[number - 1].text.partition("<!--")
        return before.count("`") % 2 == 1

    def _below(self, number: int) -> Fence | None:
        """The fence of commands or output that comes next after a line, with nothing between."""
        for line in self._reading.lines[number:]:
            if line.kind not in (Kind.BLANK, Kind.COMMENT, Kind.TAG):
                fence = self._fences.get(line.number)
                return fence if fence and language_of(fence) is not Language.OTHER else None
        return None

    def _pair_outputs(self) -> None:
        before: Fence | None = None
        for line in self._reading.lines:
            fence = self._fences.get(line.number)
            if fence and before and language_of(fence) is Language.OUTPUT:
                if "not-compared" not in self._told.get(fence.line, {}):
                    self._shown[before.line] = fence
                    before = None
            elif fence:
                before = fence if language_of(fence) is Language.TYPED else None
            elif line.kind is Kind.TEXT and _NEW_PLACE.match(line.text):
                before = None

    def _script(self, told: Instruction) -> Script:
        typed = [self._line(told.line + n, text) for n, text in enumerate(told.commands, start=1)]
        return Script(path=self._path, typed=tuple(typed), elsewhere=told.word == "elsewhere")

    def _block(self, fence: Fence, told: dict[str, Instruction]) -> Block:
        needs, reason = self._needs(fence, told.get("needs"))
        return Block(
            path=self._path,
            line=self._source_line(fence.line),
            parts=tuple(self._parts(fence)),
            needs=needs,
            reason=reason,
            status=int(told["exit"].argument) if "exit" in told else 0,
        )

    def _needs(self, fence: Fence, told: Instruction | None) -> tuple[str, str]:
        language, name = language_of(fence), name_of(fence)
        if told:
            return told.argument, told.reason
        if language is Language.WINDOWS:
            return "windows", f"{name} is a language of Windows"
        if language is Language.OTHER_SHELL:
            message = f'"{name}" is not run, and no reason is given'
            help = f'write bash instead, or "<!-- hackweek-run needs {name}: why -->" above it'
            self._report(fence.line, "block-without-reason", message, help)
            return name, ""
        return "", ""

    def _parts(self, fence: Fence) -> Iterable[Part]:
        body = self._body(fence)
        if language_of(fence) is not Language.SESSION:
            shown = self._shown.get(fence.line)
            return [Part(typed=body, shown=self._body(shown) if shown else ())]
        if first := before_prompt(body):
            message = f'"{first.text.strip()}" stands before the first prompt'
            help = f'write "$ {first.text.strip()}", or make it a block of bash'
            self._report_at(first, "console-without-prompt", message, help)
        return session_parts(body)

    def _body(self, fence: Fence) -> tuple[Numbered, ...]:
        """A fence's lines without its indentation."""
        bare = re.compile(f"[ ]{{0,{fence.column - 1}}}")
        return tuple(self._line(line.number, bare.sub("", line.text, 1)) for line in fence.body)

    def _line(self, number: int, text: str) -> Numbered:
        line = self._reading.lines[number - 1].text
        column = len(line) - len(line.lstrip()) + 1
        return Numbered(text, self._source_line(number), column)

    def _report(self, number: int, rule: str, message: str, help: str = "") -> None:
        self._report_at(self._line(number, ""), rule, message, help)

    def _report_at(self, place: Numbered, rule: str, message: str, help: str) -> None:
        problem = Diagnostic(
            path=self._path,
            line=place.line,
            column=place.column,
            rule=rule,
            message=message,
            help=help,
        )
        self.problems.append(problem)
