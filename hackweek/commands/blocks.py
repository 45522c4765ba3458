"""Blocks of commands in a rendered lesson, and what the lesson shows below them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from hackweek.reading import Fence


class Language(Enum):
    """What a fence holds, by the language that its author gave it."""

    TYPED = "bash sh shell"
    """Each line is typed."""
    SESSION = "console shell-session sh-session bash-session"
    """Commands follow a prompt, and their output follows them."""
    WINDOWS = "powershell pwsh ps1 posh ps1con pwsh-session bat batch dosbatch doscon cmd"
    """Commands for a shell that only Windows has."""
    OTHER_SHELL = "zsh fish csh tcsh ksh"
    """Commands for a shell that is not bash."""
    OUTPUT = "text txt plaintext output"
    OTHER = ""

    @property
    def holds_commands(self) -> bool:
        """Whether a reader types what stands in it."""
        return self not in (Language.OUTPUT, Language.OTHER)


_BY_NAME = {name: each for each in Language for name in each.value.split()}
_NAME = re.compile(r"\{?\s*\.?([\w+#-]*)")
_PROMPT = re.compile(r"(?:\([\w.-]+\) ?)?(?:\S+@\S+ ?)?\$ ")
_CONTINUED = "> "


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line of a block, without the block's indentation."""

    text: str
    line: int
    """1-based, in the lesson's file."""
    column: int
    """1-based, of its first character that is no blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Lines that are typed, and what is shown below them."""

    typed: tuple[Numbered, ...]
    shown: tuple[Numbered, ...] = ()
    """Empty if the lesson does not show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fence with commands."""

    path: str
    line: int
    """1-based, of the opening marks in the lesson's file."""
    parts: tuple[Part, ...]
    needs: str = ""
    """What is needed to run it, for example conda; empty if it runs everywhere."""
    reason: str = ""
    """Why it needs that."""
    status: int = 0
    """With which its last command ends."""

    @property
    def shows_output(self) -> bool:
        """Whether the lesson shows what comes of it."""
        return any(part.shown for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Commands that stand in no block: what happens between two of them."""

    path: str
    typed: tuple[Numbered, ...]
    elsewhere: bool
    """Whether somebody else types them."""


def name_of(fence: Fence) -> str:
    """The language's name, as in "```bash" or "``` { .bash title=… }"."""
    found = _NAME.match(fence.info)
    return found[1].lower() if found else ""


def language_of(fence: Fence) -> Language:
    """What a fence holds."""
    return _BY_NAME.get(name_of(fence), Language.OTHER)


def session_parts(body: Sequence[Numbered]) -> Iterator[Part]:
    """The commands of a session, each with the output below it."""
    typed: list[Numbered] = []
    shown: list[Numbered] = []
    for each in body:
        prompt = _PROMPT.match(each.text)
        if prompt and typed:
            yield Part(typed=tuple(typed), shown=tuple(shown))
            typed, shown = [], []
        if prompt:
            typed.append(_after(each, prompt.end()))
        elif typed and not shown and each.text.startswith(_CONTINUED):
            typed.append(_after(each, len(_CONTINUED)))
        elif typed:
            shown.append(each)
    if typed:
        yield Part(typed=tuple(typed), shown=tuple(shown))


def before_prompt(body: Sequence[Numbered]) -> Numbered | None:
    """The first line of a session if it is no prompt."""
    first = next((each for each in body if each.text.strip()), None)
    return first if first and not _PROMPT.match(first.text) else None


def _after(line: Numbered, width: int) -> Numbered:
    """A line without its prompt."""
    return Numbered(line.text[width:], line.line, line.column + width)
