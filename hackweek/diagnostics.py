"""What is wrong, where it stands in the author's file, and what to type instead."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Diagnostic:
    """One problem in a file that somebody wrote."""

    path: str
    """Relative to the repository's root, with forward slashes."""
    line: int
    """1-based, as an editor counts."""
    column: int
    """1-based, in characters."""
    rule: str
    """The rule's name, which never changes its meaning."""
    message: str
    help: str = ""
    """What to type instead; empty rather than guessed."""
    warning: bool = False
    """Whether it is only worth knowing, and stops nothing."""

    def __str__(self) -> str:
        first = f"{self.path}:{self.line}:{self.column}: {self.rule}: {_visible(self.message)}"
        return f"{first}\n  help: {_visible(self.help)}" if self.help else first


def _visible(text: str) -> str:
    """A text on one line: a control character of the author's is shown as its escape.

    A line of its own could command whoever reads the report, as "::error::" does on GitHub.
    """
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


class Problems(Exception):  # noqa: N818 - it carries findings; nothing failed in the program
    """Raised where work cannot go on because of what somebody wrote; never empty."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = sorted(set(diagnostics))
        super().__init__("\n".join(map(str, self.diagnostics)))


class EngineError(Exception):
    """MkDocs or Zensical failed; the text is what it said."""


def counted(number: int, noun: str) -> str:
    """Number and noun in agreement: "1 file", "2 files"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def report(diagnostics: Sequence[Diagnostic], *, checked: int | None = None) -> str:
    """Everything found, sorted by place, and a last line that counts it and the files read."""
    return "\n".join([*map(str, sorted(diagnostics)), count(diagnostics, checked=checked)])


def count(diagnostics: Sequence[Diagnostic], *, checked: int | None = None) -> str:
    """How many problems and warnings there are, in how many files of those that were read."""
    warnings = sum(each.warning for each in diagnostics)
    problems = len(diagnostics) - warnings
    if not diagnostics:
        return f"no problems ({counted(checked or 0, 'file')} checked)"
    kinds = [counted(problems, "problem") if problems else "no problems"]
    if warnings:
        kinds.append(counted(warnings, "warning"))
    files = counted(len({each.path for each in diagnostics}), "file")
    counts = f"{' and '.join(kinds)} in {files}"
    return counts if checked is None else f"{counts} ({checked} checked)"


def without_repeats(problems: Sequence[Diagnostic]) -> list[Diagnostic]:
    """One problem for each place and rule: a lesson's mistake is one for every event."""
    return list({(p.path, p.line, p.column, p.rule): p for p in reversed(problems)}.values())


_MANY = 300
"""Of more names than this, only those that begin alike are compared: comparing is slow."""


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.75) -> str | None:
    """The known name that is most like `name`, whatever its letter case, if one is near."""
    by_folded = {each.casefold(): each for each in known}
    if len(by_folded) > _MANY:
        begin = name.casefold().rpartition("/")[2][:2]
        by_folded = {k: v for k, v in by_folded.items() if k.rpartition("/")[2].startswith(begin)}
    close = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=cutoff)
    return by_folded[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A help text that names the nearest known name; empty where none is near."""
    near = nearest(name, known)
    return f'did you mean "{near}"?' if near else ""


def relative(path: PurePath, root: PurePath) -> str:
    """The path as messages show it: from the repository's root, with forward slashes."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()
