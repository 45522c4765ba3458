"""Comments that tell how a lesson's commands are run. They are not published.

`<!-- hackweek-run exit 1: GitHub has a commit that is not here -->` speaks for the block right
below it. What happens between two blocks, without a command that a reader types, follows the
first line of the comment as commands:

    <!-- hackweek-run elsewhere: a colleague corrects a word
    cd practice
    git commit --quiet --all --message "Correct a word"
    -->
"""

import re
import textwrap
from dataclasses import dataclass

from hackweek.diagnostics import did_you_mean, nearest

FORMS = {
    "exit": "exit STATUS: why",
    "needs": "needs WHAT: why",
    "not-compared": "not-compared: why",
    "by-hand": "by-hand: what the reader does",
    "elsewhere": "elsewhere: what happens",
}
"""Each instruction, and how it is written."""
SCRIPTS = ("by-hand", "elsewhere")
"""Those that hold commands: typed by the reader, or in a shell of somebody else's."""

_OURS = re.compile(r"\s*hackweek-(?P<name>[\w-]+)")
_KNOWN = ("run", "ignore")
_FIRST_LINE = re.compile(
    r"\s*hackweek-run[ \t]+(?P<word>[\w-]+)(?:[ \t]+(?P<argument>[^:]*?))?[ \t]*"
    r"(?::[ \t]*(?P<reason>.*))?"
)
_FENCE_OR_COMMENT = re.compile(
    r"^(?P<indent>[ \t]*)(?P<marks>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??(?P=indent)(?P=marks)[ \t]*$"
    r"|^[ \t]*<!--\s*hackweek-run(?:(?!-->).)*-->[ \t]*(?:\n|\Z)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """A comment that was understood."""

    line: int
    """1-based, of the comment's first line in the text that was read."""
    word: str
    """One of `FORMS`."""
    argument: str = ""
    """The status, or what is needed."""
    reason: str
    commands: tuple[str, ...] = ()
    """The lines of a script; the first stands on the line after `line`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a comment."""

    line: int
    rule: str
    message: str
    help: str


def parse(line: int, comment: str) -> Instruction | Fault | None:
    """The instruction of a comment that begins on `line`; None for a comment of another kind."""
    ours = _OURS.match(comment)
    if not ours or ours["name"] == "ignore":
        return None
    if ours["name"] not in _KNOWN:
        message = f'"hackweek-{ours["name"]}" is not understood'
        help = did_you_mean(f"hackweek-{ours['name']}", [f"hackweek-{each}" for each in _KNOWN])
        return Fault(line=line, rule="unknown-run-instruction", message=message, help=help)
    line += comment[: ours.start("name")].count("\n")
    first, _, rest = comment.strip().partition("\n")
    found = _FIRST_LINE.fullmatch(first.rstrip())
    if not found or found["word"] not in FORMS:
        near = nearest(first.removeprefix("hackweek-run").strip(" :").partition(" ")[0], FORMS)
        known = [FORMS[near]] if near else FORMS.values()
        help = "write " + ", or ".join(f'"hackweek-run {form}"' for form in known)
        message = f'"{first.rstrip()}" is not understood'
        return Fault(line=line, rule="unknown-run-instruction", message=message, help=help)
    return _complete(line, found, textwrap.dedent(rest))


def _complete(line: int, found: re.Match[str], rest: str) -> Instruction | Fault:
    word, argument = found["word"], found["argument"] or ""
    script = word in SCRIPTS
    reason = " ".join([found["reason"] or "", *([] if script else rest.split())]).strip()
    wanted = {"exit": r"[1-9]\d{0,2}", "needs": r"[\w.-]+"}.get(word, "")
    rule, message = "incomplete-run-instruction", ""
    if not re.fullmatch(wanted, argument):
        message = f'"{argument}" follows "{word}"' if argument else f'nothing follows "{word}"'
    elif script and not rest.strip():
        message = f'"{word}" holds no commands'
    elif not reason:
        rule, message = "block-without-reason", f'no reason is given for "{word}"'
    if message:
        help = f'write "hackweek-run {FORMS[word]}"'
        if script:
            help += " and the commands on the lines below"
        return Fault(line=line, rule=rule, message=message, help=help)
    commands = tuple(rest.rstrip().split("\n")) if script else ()
    return Instruction(line=line, word=word, argument=argument, reason=reason, commands=commands)


def unpublished(text: str) -> str:
    """A rendered lesson without these comments, where one has its lines to itself."""
    if "hackweek-run" not in text:
        return text
    return _FENCE_OR_COMMENT.sub(lambda found: found[0] if found["marks"] else "", text)
