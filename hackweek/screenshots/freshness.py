"""Whether the pictures in lessons are those that journeys take, told without a browser."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from hackweek.checks.page import Folder
from hackweek.diagnostics import Diagnostic, Problems, nearest, without_repeats
from hackweek.event import Event
from hackweek.events import DEFAULT_EVENT, event_slugs
from hackweek.picture_paths import picture_file
from hackweek.picture_source import picture_source
from hackweek.rules import Rule
from hackweek.screenshots.journey import SCHEMA, Shot, schema
from hackweek.screenshots.journey_file import (
    FOLDER,
    HAND_MADE,
    JourneyFile,
    read_hand_made,
    read_journeys,
)  # fmt: skip
from hackweek.screenshots.lock import Lock, journey_digest, picture_digest, read_lock
from hackweek.screenshots.stage import stage_of
from hackweek.site import Site

REQUIREMENTS = "requirements-shots.txt"
_UPDATE = "run: python -m hackweek shots --update"

RULES = (
    Rule(
        name="undeclared-picture",
        why="A picture that no journey takes goes out of date unseen.",
        bad="![The launcher](../img/launcher.png), which somebody took by hand",
        good="the same, with the picture's reason and date in journeys/hand-made.yml",
    ),
    Rule(
        name="unshown-picture",
        why="A picture that is taken and not shown is work in vain, or was forgotten in a lesson.",
        bad="- shot: launcher, which no lesson shows",
        good="no such step, or ![…](../img/launcher.webp) in a lesson",
    ),
    Rule(
        name="picture-text-differs",
        why="Journey and lesson describe the same picture; when one changes, so has the other to.",
        bad="alt: The launcher, where the lesson has ![The old launcher](../img/launcher.webp)",
        good="alt: The launcher, where the lesson has ![The launcher](../img/launcher.webp)",
    ),
    Rule(
        name="stale-picture",
        why="A picture shows what its journey, its event and the hub's programs were when it was"
        " taken. When one of them changes, readers may see another thing than they are shown.",
        bad="hub_image: title: Another image, and the picture still shows the old title",
        good="the same, after: python -m hackweek shots --update",
    ),
    Rule(
        name="unknown-step",
        why="A step that is not understood would be left out, and the pictures after it be wrong.",
        bad='- clik: "text=Start"',
        good='- click: "text=Start"',
    ),
    Rule(
        name="missing-upload",
        why="A journey uploads only what it holds itself, so that it is the same everywhere.",
        bad="- upload: stations.csv, where uploads has no stations.csv",
        good="the same, with the file's text in uploads",
    ),
    Rule(
        name="repeated-picture",
        why="Of two pictures with one name, readers see the one that was taken last.",
        bad="- shot: terminal, in two journeys",
        good="- shot: terminal, and - shot: terminal-clone",
    ),
    Rule(
        name="journey-failed",
        why="A hub that does not do what a journey expects may not do what the lesson says either."
        " Only the command shots tells.",
        bad="- expect: Server Options, where the hub's page has another title",
        good="- expect: Choose a server, and the same words in the lesson",
    ),
    Rule(
        name="changed-picture",
        why="What readers see on the hub is not what the lesson shows. Only the command shots"
        " tells, with --check.",
        bad="a new JupyterLab, and the pictures of the old one",
        good="the same, after a look at the report, and: python -m hackweek shots --update",
    ),
)


def check(root: Path, folder: Folder, events: Sequence[Event]) -> list[Diagnostic]:
    """Everything that is wrong with journeys, and with the pictures that they take."""
    files, problems = read_journeys(root)
    hand_made, declared = read_hand_made(root)
    problems += declared.problems + _stale_schema(root)
    if any(each.path.startswith(FOLDER) for each in problems):
        return problems  # else the pictures of a journey that cannot be read would be unknown
    shots = {
        f"{shot.shot}.webp": (file, index, shot)
        for file in files
        for index, shot in enumerate(file.journey.steps)
        if isinstance(shot, Shot)
    }
    shown = _shown(folder)
    problems += _undeclared(folder, shots, hand_made)
    for name, (file, index, _) in shots.items():
        if name not in shown:
            message = f'no lesson shows "{name}"'
            problems.append(file.at_step(index, "unshown-picture", message))
    for name in hand_made.keys() - shown:
        line, column = declared.key_place((name,))
        message = f'no lesson shows "{name}"'
        problems.append(_at(HAND_MADE, line, column, "unshown-picture", message))
    lock = read_lock(root)
    problems += _changed_files(root, lock, shots)
    problems += _changed_journeys(root, lock, files, events)
    problems += _other_versions(root, lock)
    return without_repeats(problems)


def _shown(folder: Folder) -> set[str]:
    """The names of the pictures of docs/img/ that pages show."""
    files = (
        picture_file(use, page, folder)
        for page in folder.pages
        for use in picture_source(page).pictures
    )
    return {name.removeprefix("img/") for name in files if name and name.startswith("img/")}


def _undeclared(
    folder: Folder,
    shots: Mapping[str, tuple[JourneyFile, int, Shot]],
    hand_made: Mapping[str, object],
) -> Iterator[Diagnostic]:
    for page in folder.pages:
        for use in picture_source(page).pictures:
            name = (picture_file(use, page, folder) or "").removeprefix("img/")
            if name in shots:
                file, _, shot = shots[name]
                if use.alt != shot.alt:
                    message = f'the picture "{name}" has another text in {file.path}'
                    help = f'write "{shot.alt}"'
                    yield page.at(use.start, "picture-text-differs", message, help)
            elif name and name not in hand_made:
                near = nearest(name, shots)
                help = f'did you mean "{near}"? else ' if near else ""
                yield page.at(
                    use.src_start,
                    "undeclared-picture",
                    f'no journey takes the picture "{name}"',
                    f"{help}declare it in {HAND_MADE}, with a reason and a date",
                )


def _changed_files(
    root: Path, lock: Lock, shots: Mapping[str, tuple[JourneyFile, int, Shot]]
) -> Iterator[Diagnostic]:
    """Pictures that are not as they were captured, of the events that are there.

    Those that the events share are the example's.
    """
    folders = {"" if slug == DEFAULT_EVENT else slug for slug in event_slugs(root)}
    for name, (file, index, _) in shots.items():
        if name not in lock.pictures and "" in folders:
            message = f'the picture "{name}" has not been taken'
            yield file.at_step(index, "stale-picture", message, _UPDATE)
    for name, digest in lock.pictures.items():
        path = root / "docs/img" / name
        shown = f"docs/img/{name}"
        folder, _, file_name = name.rpartition("/")
        light = file_name.replace(".dark.", ".")
        if folder not in folders:
            continue
        if light not in shots:
            message = f'no journey takes "{light}" any more'
            yield _at(shown, 1, 1, "stale-picture", message, _UPDATE)
        elif not path.is_file():
            yield _at(shown, 1, 1, "stale-picture", f'"{name}" is not there', _UPDATE)
        elif picture_digest(path) != digest:
            message = f'"{name}" is not as it was captured'
            yield _at(shown, 1, 1, "stale-picture", message, _UPDATE)


def _changed_journeys(
    root: Path, lock: Lock, files: Sequence[JourneyFile], events: Sequence[Event]
) -> Iterator[Diagnostic]:
    """Journeys that do something else now. An event that has no pictures yet has no old ones."""
    for event in events:
        noted = lock.journeys.get(event.slug)
        if noted is None:
            continue
        context = Site(root, event).context()
        for file in files:
            if not file.journey.each_event and event.slug != DEFAULT_EVENT:
                continue
            try:
                digest = journey_digest(file.filled_in(context), stage_of(event))
            except Problems as found:
                yield from found.diagnostics
                continue
            if noted.get(file.name) != digest:
                message = (
                    f'"{file.name}" has changed for {event.slug} since its pictures were taken'
                )
                yield _at(file.path, 1, 1, "stale-picture", message, f"{_UPDATE} {event.slug}")


def _other_versions(root: Path, lock: Lock) -> Iterator[Diagnostic]:
    """Programs that are required in another version than the events' pictures show."""
    path = root / REQUIREMENTS
    has_pictures = path.is_file() and not lock.journeys.keys().isdisjoint(event_slugs(root))
    lines = path.read_text("utf-8").splitlines() if has_pictures else []
    for number, line in enumerate(lines, start=1):
        found = re.match(r"([\w-]+)==([\w.]+)", line)
        shown = lock.versions.get(found[1]) if found else None
        if found and shown and shown != found[2]:
            message = f'the pictures show {found[1]} "{shown}", and "{found[2]}" is required'
            yield _at(REQUIREMENTS, number, 1, "stale-picture", message, _UPDATE)


def _stale_schema(root: Path) -> list[Diagnostic]:
    path = root / SCHEMA
    if path.is_file() and path.read_text("utf-8") == schema():
        return []
    message = "the schema is not that of the journey model"
    return [_at(SCHEMA, 1, 1, "stale-schema", message, "run: python -m hackweek schema")]


def _at(path: str, line: int, column: int, rule: str, message: str, help: str = "") -> Diagnostic:
    return Diagnostic(path=path, line=line, column=column, rule=rule, message=message, help=help)
