"""The events of a repository: which there are, and what they say."""

import os
from functools import lru_cache
from pathlib import Path

from hackweek.diagnostics import Diagnostic, Problems, nearest, relative
from hackweek.event import Event
from hackweek.kept_events import keep, kept
from hackweek.yaml_source import decode, read_mapping

DEFAULT_EVENT = "example-2027"
"""The event that a new one is copied from; built when none is named."""


def event_slugs(root: Path) -> list[str]:
    """The slugs of all event files, sorted."""
    folder = root / "events"
    names = os.listdir(folder) if folder.is_dir() else ()  # noqa: PTH208 - asked for each event
    return sorted(name.removesuffix(".yml") for name in names if name.endswith(".yml"))


def published_slugs(root: Path) -> list[str]:
    """The slugs of all events but drafts, sorted; of the drafts where there is nothing else."""
    slugs = event_slugs(root)
    return [slug for slug in slugs if not _is_draft(root, slug)] or slugs


def load_event(root: Path, slug: str) -> Event:
    """The event of `events/<slug>.yml`.

    Raises `Problems` with everything that is wrong with the file, or with the names of
    the events that there are when the file is not there.
    """
    event, problems = _parsed(root, f"events/{slug}.yml", event_text(root, slug))
    if event is None or not all(each.warning for each in problems):
        raise Problems(problems)
    return event


def event_text(root: Path, slug: str) -> str:
    """The text of `events/<slug>.yml`.

    Raises `Problems` if it is not UTF-8, or with the events that there are if it is not there.
    """
    known = event_slugs(root)
    path = root / "events" / f"{slug}.yml"
    shown = relative(path, root)
    if slug not in known:
        raise Problems([_no_such_event(shown, slug, known)])
    text, undecodable = decode(shown, path.read_bytes())
    if undecodable:
        raise Problems(undecodable)
    return text


@lru_cache(maxsize=1024)
def _parsed(root: Path, path: str, text: str) -> tuple[Event | None, tuple[Diagnostic, ...]]:
    if event := kept(root, path, text):
        return event, ()
    from hackweek.event_file import parse_event  # not at the top: it takes long

    event, problems = parse_event(path, text)
    if event and not problems:
        keep(root, path, text, event)
    return event, tuple(problems)


def _is_draft(root: Path, slug: str) -> bool:
    path = f"events/{slug}.yml"
    text, _ = decode(path, (root / path).read_bytes())
    event, _ = _parsed(root, path, text)
    status = event.status if event else read_mapping(path, text).values.get("status")
    return bool(status == "draft")


def _no_such_event(path: str, slug: str, known: list[str]) -> Diagnostic:
    near = nearest(slug, known)
    help = f'did you mean "{near}"? ' if near else ""
    return Diagnostic(
        path=path,
        line=1,
        column=1,
        rule="no-such-event",
        message=f'there is no event "{slug}"',
        help=f"{help}the events are: {', '.join(known) or 'none yet'}",
    )
