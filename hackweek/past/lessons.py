"""The lessons of an old commit, taken out of the history into a folder of their own.

Of the commit come its pages, their pictures and the navigation, read as data. What runs is
today's: theme, macros, and all of `hackweek`.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from hackweek.diagnostics import Diagnostic, Problems
from hackweek.events import event_slugs, load_event
from hackweek.past.commits import CannotRead, Entry, commit_of, contents, entries, is_kept_elsewhere
from hackweek.yaml_source import Location, Source, decode, read_mapping

FOLDER = ".cache/lessons"
"""Where the folders are, each with the name of its commit."""
_CONFIGURATION = "mkdocs.yml"
_TAKEN = ("docs", _CONFIGURATION, "journeys/lock.json")
"""The last tells which pictures are shown at half their size."""
_LEFT_OUT = ("exclude_docs", "draft_docs")
_IS_SITE = re.compile(r"[a-z]+:", re.IGNORECASE)
_MEND = "mend that in a commit that follows it, and name the new one"


def past_lessons(root: Path, slug: str, revision: str) -> Path:
    """The folder that holds `docs/` and `mkdocs.yml` as the commit of a revision has them.

    Raises `Problems`, at `lessons_from` in the event file, with all that stands against it.
    """
    try:
        commit = commit_of(root, revision)
        folder = root / FOLDER / commit
        if not folder.is_dir():
            _take_out(root, commit, folder, revision)
    except CannotRead as error:
        raise Problems([_at_key(root, slug, "unknown-commit", str(error), error.help)]) from None
    except _Unusable as error:
        found = [_at_key(root, slug, "unusable-commit", each, _MEND) for each in error.reasons]
        raise Problems(found) from None
    return folder


def with_lessons_of_today(root: Path) -> list[str]:
    """The slugs of all events but those that have past lessons, sorted."""
    return [slug for slug in event_slugs(root) if not _has_past_lessons(root, slug)]


def _has_past_lessons(root: Path, slug: str) -> bool:
    try:
        return load_event(root, slug).lessons_from is not None
    except Problems:
        return False


class _Unusable(Exception):  # noqa: N818 - it says what was found
    def __init__(self, reasons: list[str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


def _take_out(root: Path, commit: str, folder: Path, revision: str) -> None:
    """Writes the folder all at once; raises `_Unusable`, and `Problems` with its navigation."""
    found = entries(root, commit, _TAKEN)
    if reasons := [*_refused(found, revision)]:
        raise _Unusable(reasons)
    read = contents(root, [each.id for each in found])
    files = {each.path: data for each, data in zip(found, read, strict=True)}
    source = _configuration(f"{revision}:{_CONFIGURATION}", files[_CONFIGURATION])
    for path in [*_unpublished(source, files)]:
        del files[path]
    if elsewhere := [path for path, data in files.items() if is_kept_elsewhere(data)]:
        raise _Unusable([f'"{path}" in "{revision}" is kept with Git LFS' for path in elsewhere])
    _refuse_navigation(source, files)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".new-") as new:
        for path, data in files.items():
            target = Path(new) / commit / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        try:
            (Path(new) / commit).rename(folder)
        except OSError:
            if not folder.is_dir():  # else another build was faster
                raise


def _refused(found: list[Entry], revision: str) -> Iterator[str]:
    """What keeps a commit from being used, before any of it is read."""
    paths = {each.path for each in found}
    if _CONFIGURATION not in paths:
        yield f'"{revision}" has no {_CONFIGURATION}, which puts the lessons in order'
    if not any(path.startswith("docs/") and path.endswith(".md") for path in paths):
        yield f'"{revision}" has no lessons in docs/'
    for each in found:
        if not each.mode.startswith("100"):
            kind = "a symbolic link" if each.mode == "120000" else "another repository"
            yield f'"{each.path}" in "{revision}" is {kind}, which is not followed'
        elif not _is_plain(each.path):
            yield f'"{each.path}" in "{revision}" is not a path that can be written everywhere'


def _is_plain(path: str) -> bool:
    """Whether a path stays below its folder on every system. Git's own tools write no other."""
    parts = path.split("/")
    is_safe = not any(part in ("", ".", "..") or part.casefold() == ".git" for part in parts)
    return is_safe and path.isprintable() and not set(path) & {"\\", ":"}


def _configuration(shown: str, data: bytes) -> Source:
    """A commit's `mkdocs.yml`; raises `Problems` where it cannot be read."""
    text, undecodable = decode(shown, data)
    source = read_mapping(shown, text, as_mkdocs=True)
    if undecodable or not source.values:
        raise Problems(undecodable or source.problems)
    source.problems.clear()  # tags such as !ENV, which only MkDocs understands
    return source


def _unpublished(source: Source, files: Iterable[str]) -> Iterator[str]:
    """The files that were no part of the site then.

    https://www.mkdocs.org/user-guide/configuration/#exclude_docs
    """
    patterns = "\n".join(str(source.values.get(key) or "") for key in _LEFT_OUT)
    left_out = GitIgnoreSpec.from_lines(patterns.splitlines())
    for path in files:
        if path.startswith("docs/") and left_out.match_file(path.removeprefix("docs/")):
            yield path


def _refuse_navigation(source: Source, files: Collection[str]) -> None:
    """Raises `Problems` unless the navigation names pages that are there."""
    nav = source.values.get("nav")
    if not isinstance(nav, list):
        source.report((1, 1), "unusable-commit", 'there is no "nav" that lists the pages', _MEND)
    for page, location in _leaves(nav if isinstance(nav, list) else [], ("nav",)):
        is_site = isinstance(page, str) and _IS_SITE.match(page)
        if not is_site and f"docs/{page}" not in files:
            message = f'the navigation names "{page}", which is not there'
            source.report(source.place(location), "unusable-commit", message, _MEND)
    if source.problems:
        raise Problems(source.problems)


def _leaves(nav: Any, at: Location) -> Iterator[tuple[Any, Location]]:
    """What a navigation names, with its place."""
    match nav:
        case dict():
            for key, each in nav.items():
                yield from _leaves(each, (*at, key))
        case list():
            for index, each in enumerate(nav):
                yield from _leaves(each, (*at, index))
        case _:
            yield nav, at


def _at_key(root: Path, slug: str, rule: str, message: str, help: str) -> Diagnostic:
    path = f"events/{slug}.yml"
    source = read_mapping(path, (root / path).read_text("utf-8-sig"))
    line, column = source.place(("lessons_from",))
    return Diagnostic(path=path, line=line, column=column, rule=rule, message=message, help=help)
