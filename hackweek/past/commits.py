"""Commits of the repository's history, and the files in them, read and never checked out."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hackweek.diagnostics import nearest

_DIGITS = re.compile(r"[0-9a-f]{4,64}")
_POINTER = b"version https://git-lfs.github.com/spec/"


class CannotRead(Exception):  # noqa: N818 - it says what cannot be done
    """Something of the history is not to be had; the text says what."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help
        """What to type instead, as in a `Diagnostic`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, a symbolic link or another repository in a commit."""

    mode: str
    """As git spells it: 100644 and 100755 are files."""
    id: str
    """Of its content."""
    path: str
    """Relative to the folder that was asked for, with forward slashes."""


def commit_of(root: Path, revision: str) -> str:
    """The full name of the commit that a tag or some digits of a commit's name mean.

    Raises `CannotRead`; also for a branch, which means another commit tomorrow.
    """
    is_shallow = _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    if found := _resolved(root, f"refs/tags/{revision}"):
        return found
    found = _resolved(root, revision)
    if found and _DIGITS.fullmatch(revision):
        return found
    if found:
        raise CannotRead(
            f'"{revision}" is not a tag or a commit: what it means changes',
            f'write "{found[:12]}", the commit that it means now',
        )
    if is_shallow:
        raise CannotRead(
            f'"{revision}" is not in this clone, which holds only the newest commits',
            'run: git fetch --unshallow --tags (in a workflow, write "fetch-depth: 0" below'
            ' the checkout\'s "with:")',
        )
    tags = _git(root, "tag", "--list").decode("utf-8", "replace").split()
    near = nearest(revision, tags)
    raise CannotRead(
        f'there is no tag and no commit "{revision}"',
        f'did you mean "{near}"?' if near else "run: git fetch --tags",
    )


def entries(root: Path, commit: str, paths: Sequence[str]) -> list[Entry]:
    """What a commit has at some paths of the folder `root`, and below them.

    https://git-scm.com/docs/git-ls-tree
    """
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", *paths)
    found = []
    for line in listed.split(b"\0")[:-1]:
        facts, _, path = line.partition(b"\t")
        mode, _, id = facts.decode().split(" ")
        found.append(Entry(mode, id, path.decode("utf-8", "surrogateescape")))
    return found


def contents(root: Path, ids: Sequence[str]) -> Iterator[bytes]:
    """The contents of files, in the order of their ids.

    https://git-scm.com/docs/git-cat-file#_batch_output
    """
    data = _git(root, "cat-file", "--batch", given="".join(f"{id}\n" for id in ids).encode())
    position = 0
    for id in ids:
        line_end = data.index(b"\n", position)
        facts = data[position:line_end].split(b" ")
        if len(facts) != 3:
            raise CannotRead(f"this clone lacks a part of the commit ({id[:12]})", "clone it anew")
        start, end = line_end + 1, line_end + 1 + int(facts[2])
        yield data[start:end]
        position = end + 1


def is_kept_elsewhere(data: bytes) -> bool:
    """Whether a file only says where Git LFS keeps it.

    https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
    """
    return data.startswith(_POINTER)


def _resolved(root: Path, revision: str) -> str:
    """The commit's full name; empty where there is none."""
    command = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return _run(root, command).stdout.decode().strip()


def _git(root: Path, *command: str, given: bytes = b"") -> bytes:
    done = _run(root, command, given)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise CannotRead(
            f'git cannot read the history: "{said}"',
            'get the lessons with "git clone", not as an archive' if "not a git" in said else "",
        )
    return done.stdout


def _run(
    root: Path, command: Sequence[str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise CannotRead(
            "git is not installed, and the history cannot be read without it",
            "install it: https://git-scm.com/downloads",
        )
    return subprocess.run(
        [git, "-C", str(root), *command], input=given, capture_output=True, check=False
    )
