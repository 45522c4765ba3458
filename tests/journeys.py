"""What is said of the journeys and the pictures of a repository."""

from pathlib import Path

from hackweek.check import read_folder
from hackweek.events import event_slugs, load_event
from hackweek.screenshots import freshness


def stale(root: Path) -> str:
    """What is wrong with the pictures of a repository."""
    events = [load_event(root, slug) for slug in event_slugs(root)]
    found = freshness.check(root, read_folder(root / "docs", ours=True), events)
    return "\n".join(map(str, sorted(found)))


def line_of(path: Path, text: str) -> int:
    """The first line that has a text."""
    lines = path.read_text("utf-8").splitlines()
    return next(number for number, each in enumerate(lines, start=1) if text in each)
