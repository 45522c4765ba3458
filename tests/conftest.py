"""What several test modules start from."""

from pathlib import Path

import pytest
from hypothesis import settings

from hackweek.event import Event
from hackweek.event_file import load_event

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def event(root: Path) -> Event:
    """The event that a new one is copied from: live, with every kind of value."""
    return load_event(root, "example-2027")
