"""`python -m hackweek shots`: pictures captured, held against the old ones, or accepted."""

import shutil
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from hackweek.diagnostics import Diagnostic, Problems, counted, did_you_mean, relative, report
from hackweek.events import DEFAULT_EVENT, event_slugs, load_event
from hackweek.past.lessons import with_lessons_of_today
from hackweek.screenshots.album import THEMES, accepted, file_name
from hackweek.screenshots.baseline import Change, accept, changes
from hackweek.screenshots.crew import WorkerFailed, work
from hackweek.screenshots.journey_file import JourneyFile, read_journeys
from hackweek.screenshots.lock import LOCK, journey_digest, picture_digest, read_lock
from hackweek.screenshots.report_page import write_report
from hackweek.screenshots.stage import stage_of
from hackweek.screenshots.worker import Request, versions
from hackweek.screenshots.world import PROXY
from hackweek.site import Site

CLEAN, FOUND = 0, 1
FOLDER = ".cache/shots"
"""Where the new pictures and the report go, below the repository's root."""


class NotPossible(Exception):  # noqa: N818 - it says what is missing or failed
    """No pictures can be taken; the text says why."""


def shots(root: Path, slugs: Sequence[str], only: Collection[str], *, mode: str) -> int:
    """Captures the pictures of events, all of them if none is named.

    `mode` is "check", where a difference is a problem, "update", where it is accepted, or
    "look". Returns an exit status. Raises `Problems` and `NotPossible`.
    """
    started = time.monotonic()
    _require_proxy()
    files = _chosen(root, only)
    requests = [_request(root, slug, files) for slug in _default_first(root, slugs)]
    requests = [each for each in requests if each.journeys]
    for each in requests:
        shutil.rmtree(each.folder, ignore_errors=True)
    try:
        problems = work(root, requests, _progress(requests, files))
    except WorkerFailed as failed:
        raise NotPossible(str(failed)) from None
    # What a journey takes is accepted as a whole: its digest is noted for all of it.
    asked = () if mode == "update" else only
    wanted = {each.event: _pictures(each, files, asked) for each in requests}
    if mode == "update" and not problems:
        return _update(root, requests, files, wanted)
    found = [
        change
        for each in requests
        for change in changes(root, each.event, Path(each.folder), wanted[each.event])
    ]
    if mode == "check":
        problems += [_explained(root, change) for change in found]
        problems += _other_versions(root)
    compared = sum(map(len, wanted.values())) * len(THEMES)
    page = write_report(root / FOLDER, found, problems, compared=compared)
    if problems:
        print(report(problems))
    took = f"{counted(compared, 'picture')} in {time.monotonic() - started:.0f} s"
    print(f"captured {took}, {len(found)} changed: {relative(page, root)}")
    return FOUND if problems else CLEAN


def _require_proxy() -> None:
    if not PROXY.is_file():
        raise NotPossible(f"the hub's proxy is not installed: {PROXY}\n  help: run: make shots")


def _default_first(root: Path, slugs: Sequence[str]) -> list[str]:
    """The events in the order in which they are begun: the longest first."""
    chosen = dict.fromkeys(slugs or with_lessons_of_today(root))
    return sorted(chosen, key=lambda slug: slug != DEFAULT_EVENT)


def _chosen(root: Path, only: Collection[str]) -> list[JourneyFile]:
    """The journeys to be played, in their order: all, or those with a name of `only`.

    Raises `Problems` with what is wrong with any journey, or with a name that there is not.
    """
    files, problems = read_journeys(root)
    names = {name for each in files for name in _names(each)}
    for name in only:
        if name not in names:
            message = f'there is no journey and no picture "{name}"'
            help = (
                did_you_mean(name, names) or f"the journeys are: {', '.join(f.name for f in files)}"
            )
            problems.append(
                Diagnostic(
                    path="journeys", line=1, column=1, rule="no-such-journey",
                    message=message, help=help,
                )
            )  # fmt: skip
    if problems:
        raise Problems(problems)
    chosen = [each for each in files if not only or not _names(each).isdisjoint(only)]
    # Nobody is signed in at first, and no server runs.
    return sorted(chosen, key=lambda each: (each.journey.start != "signed-out", each.name))


def _names(file: JourneyFile) -> set[str]:
    return {file.name, *(shot.shot for shot in file.journey.shots)}


def _request(root: Path, slug: str, files: Sequence[JourneyFile]) -> Request:
    """What a worker does for an event.

    Raises `Problems` where the event lacks a value that a journey needs.
    """
    own = [each for each in files if each.journey.each_event or slug == DEFAULT_EVENT]
    context = Site(root, load_event(root, slug)).context()
    problems = []
    for each in own:
        try:
            each.filled_in(context)
        except Problems as found:
            problems += found.diagnostics
    if problems:
        raise Problems(problems)
    names = tuple(each.name for each in own)
    return Request(event=slug, journeys=names, folder=str(root / FOLDER / slug))


def _pictures(request: Request, files: Sequence[JourneyFile], only: Collection[str]) -> list[str]:
    """The pictures that an event's journeys take, and that are asked for."""
    played = [each for each in files if each.name in request.journeys]
    return [
        shot.shot
        for each in played
        for shot in each.journey.shots
        if not only or each.name in only or shot.shot in only
    ]


def _progress(
    requests: Sequence[Request], files: Sequence[JourneyFile]
) -> Callable[[str, str], None]:
    """Shows how far it is: on a terminal in one line, else nowhere."""
    total = sum(len(_pictures(each, files, ())) for each in requests) * len(THEMES)
    taken = 0

    def tell(event: str, picture: str) -> None:
        nonlocal taken
        taken += 1
        if sys.stderr.isatty():
            end = "\n" if taken == total else ""
            print(
                f"\r\033[K{taken}/{total} {event}: {picture}", end=end, file=sys.stderr, flush=True
            )

    return tell


def _other_versions(root: Path) -> Iterator[Diagnostic]:
    """Programs that are installed here in another version than the pictures show."""
    shown = read_lock(root).versions
    for name, installed in versions().items():
        if shown.get(name, installed) != installed:
            message = f'the pictures show {name} "{shown[name]}", and "{installed}" is installed'
            yield Diagnostic(
                path=LOCK, line=1, column=1, rule="stale-picture", message=message,
                help="run: make shots",
            )  # fmt: skip


def _explained(root: Path, change: Change) -> Diagnostic:
    return Diagnostic(
        path=relative(change.old, root),
        line=1,
        column=1,
        rule="changed-picture",
        message=f'"{change.new.name}" for {change.event}: {change}',
        help="if it is right, run: python -m hackweek shots --update",
    )


def _update(
    root: Path,
    requests: Sequence[Request],
    files: Sequence[JourneyFile],
    wanted: dict[str, list[str]],
) -> int:
    """Accepts what was captured, and notes what it was captured of."""
    changed: list[Path] = []
    lock = read_lock(root)
    for each in requests:
        changed += accept(root, each.event, Path(each.folder), wanted[each.event])
        event = load_event(root, each.event)
        context, stage = Site(root, event).context(), stage_of(event)
        lock.journeys.setdefault(each.event, {}).update(
            {
                file.name: journey_digest(file.filled_in(context), stage)
                for file in files
                if file.name in each.journeys
            }
        )
    names, slugs = {each.name for each in read_journeys(root)[0]}, event_slugs(root)
    lock.journeys = {
        event: {name: digest for name, digest in noted.items() if name in names}
        for event, noted in lock.journeys.items()
        if event in slugs
    }
    lock.versions = versions()
    taken = {
        accepted(root, event, file_name(picture, theme))
        for event, pictures in wanted.items()
        for picture in pictures
        for theme in THEMES
    }
    images = root / "docs/img"
    lock.pictures |= {relative(path, images): picture_digest(path) for path in taken}
    lock.pictures = {
        name: each for name, each in lock.pictures.items() if (images / name).is_file()
    }
    lock.write(root)
    for path in sorted(changed):
        print(relative(path, root))
    print(f"accepted {counted(len(changed), 'changed picture')}")
    return CLEAN
