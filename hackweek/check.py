"""Everything that is wrong with the events and their lessons, in one run."""

from collections.abc import Sequence
from pathlib import Path

from hackweek.build import without_repeats
from hackweek.diagnostics import Diagnostic, Problems
from hackweek.event_file import load_event, schema
from hackweek.site import Site

SCHEMA = "events/event.schema.json"


def check(root: Path, slugs: Sequence[str]) -> tuple[list[Diagnostic], int]:
    """The problems of the named events' files and lessons, and how many files were read."""
    problems: list[Diagnostic] = []
    read = {SCHEMA}
    for slug in slugs:
        read.add(f"events/{slug}.yml")
        try:
            site = Site(root, load_event(root, slug))
            read.update(lesson.path for lesson in site.pages)
            site.rendered  # noqa: B018 - raises what is wrong with the lessons
        except Problems as found:
            problems += found.diagnostics
    problems += _stale_schema(root)
    return without_repeats(problems), len(read)


def _stale_schema(root: Path) -> list[Diagnostic]:
    path = root / SCHEMA
    if path.is_file() and path.read_text("utf-8") == schema():
        return []
    message = "the schema is not that of the event model"
    help = "run: python -m hackweek schema"
    return [
        Diagnostic(path=SCHEMA, line=1, column=1, rule="stale-schema", message=message, help=help)
    ]
