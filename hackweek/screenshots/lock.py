"""What the pictures in `docs/img/` were taken of: `journeys/lock.json`, written by machine."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from hackweek.publish import replace_file

if TYPE_CHECKING:  # every build reads the lock, and needs no journey
    from hackweek.screenshots.journey import Journey
    from hackweek.screenshots.stage import Stage

LOCK = "journeys/lock.json"
DENSITY = 2
"""Pixels of a captured picture for each CSS pixel."""


@dataclass(slots=True)
class Lock:
    """Digests (SHA-256, hexadecimal) and versions as they were when pictures were accepted."""

    versions: dict[str, str] = field(default_factory=dict)
    """Of each package that the pictures show."""
    journeys: dict[str, dict[str, str]] = field(default_factory=dict)
    """For each event, the digest of each of its journeys by name."""
    pictures: dict[str, str] = field(default_factory=dict)
    """The digest of each picture's file, by its path below docs/img/."""

    def write(self, root: Path) -> None:
        """Writes the file, sorted, all at once."""
        text = json.dumps(asdict(self), indent=2, sort_keys=True)
        replace_file(root / LOCK, f"{text}\n")


def read_lock(root: Path) -> Lock:
    """The lock file; an empty one where there is none, or none that can be read."""
    try:
        values = json.loads((root / LOCK).read_text("utf-8"))
        return Lock(**values) if isinstance(values, dict) else Lock()
    except (OSError, ValueError, TypeError):
        return Lock()


def captured_pictures(root: Path) -> Collection[str]:
    """The captured pictures, by their paths below docs/img/; read anew when the file changes."""
    try:
        written = (root / LOCK).stat().st_mtime_ns
    except OSError:
        return ()
    return _captured(root, written)


@lru_cache(maxsize=8)
def _captured(root: Path, _written: int) -> frozenset[str]:
    return frozenset(read_lock(root).pictures)


def picture_digest(path: Path) -> str:
    """The digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def journey_digest(journey: "Journey", stage: "Stage") -> str:
    """The digest of what a journey does for an event; texts about it do not count."""
    values = journey.model_dump(exclude={"title": True, "steps": {"__all__": {"alt", "seconds"}}})
    return _digest({"journey": values, "stage": asdict(stage)})


def _digest(values: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
