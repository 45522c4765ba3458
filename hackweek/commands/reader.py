"""A reader who does what a lesson says, step by step, and compares what comes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hackweek.commands.blocks import Block, Part, Script
from hackweek.commands.findings import different, failed, stopped
from hackweek.commands.fixtures import World
from hackweek.commands.matching import difference
from hackweek.commands.report import Fate, Finding, not_reached
from hackweek.commands.shell import Shell
from hackweek.commands.splitting import Command, split_commands
from hackweek.event import Event


class _CommandFailed(Exception):  # noqa: N818 - it carries what was found
    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass(slots=True)
class Reader:
    """Follows one page in one world."""

    world: World
    event: Event
    seconds: float
    """How long one command may take."""
    findings: list[Finding] = field(default_factory=list)
    fates: dict[tuple[str, int], Fate] = field(default_factory=dict)
    """By the block's path and line."""

    def follow(self, steps: Sequence[Block | Script]) -> None:
        """Takes the steps; after a command that fails, the next ones would only fail with it."""
        self.fates |= not_reached(steps)
        with self._shell(elsewhere=False) as here, self._shell(elsewhere=True) as away:
            for step in steps:
                try:
                    if isinstance(step, Script):
                        shell = away if step.elsewhere else here
                        self._type(shell, step.path, split_commands(step.typed), 0)
                    else:
                        self.fates[step.path, step.line] = self._block(here, step)
                except _CommandFailed as error:
                    self.findings.append(error.finding)
                    if isinstance(step, Block):
                        self.fates[step.path, step.line] = Fate.FAILED
                    return

    def _shell(self, *, elsewhere: bool) -> Shell:
        folder = self.world.elsewhere if elsewhere else self.world.home
        environment = self.world.environment(elsewhere=elsewhere)
        return Shell(environment, folder, self.world.network)

    def _block(self, shell: Shell, block: Block) -> Fate:
        before = len(self.findings)
        for part in block.parts:
            last = part is block.parts[-1]
            commands = list(split_commands(part.typed))
            output = self._type(shell, block.path, commands, block.status if last else 0)
            if part.shown and commands:
                self._compare(block, part, commands[-1], output)
        if len(self.findings) > before:
            return Fate.FAILED
        return Fate.MATCHED if block.shows_output else Fate.RUN

    def _type(self, shell: Shell, path: str, commands: Iterable[Command], status: int) -> str:
        """What comes of commands, all of which end with 0 and the last of them with `status`."""
        output = ""
        commands = list(commands)
        for command in commands:
            ran = shell.run(command.text, self.seconds)
            came = self.world.readable(ran.output, self.event)
            wanted = status if command is commands[-1] else 0
            if ran.stopped:
                raise _CommandFailed(stopped(path, command, ran.stopped, came))
            if ran.status != wanted:
                raise _CommandFailed(failed(path, command, ran.status, wanted, came))
            output += came
        return output

    def _compare(self, block: Block, part: Part, command: Command, output: str) -> None:
        came = output.splitlines()
        if found := difference([line.text for line in part.shown], came):
            self.findings.append(different(block.path, command, part.shown, came, found))
