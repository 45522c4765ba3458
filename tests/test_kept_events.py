"""An event file that was found right is not checked again; anything else is."""

import shutil
import subprocess
import sys

import pytest

from hackweek import event_file, events, kept_events
from hackweek.diagnostics import Problems
from hackweek.events import load_event
from repository import ROOT, append, copy_repository, replace_in

SLUG = "example-2027"


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A copy that keeps nothing yet, and the files that are checked in it."""
    folder = copy_repository(tmp_path / "repository")
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    read = []

    def parse(path, text, parse_event=event_file.parse_event):
        read.append(path)
        return parse_event(path, text)

    monkeypatch.setattr(event_file, "parse_event", parse)
    return folder, read


def loaded(folder, slug=SLUG):
    """The event, as another process loads it."""
    events._parsed.cache_clear()
    kept_events._surroundings.cache_clear()
    return load_event(folder, slug)


def kept_file(folder):
    [file] = (folder / ".cache").rglob(f"{SLUG}.yml")
    return file


def test_an_event_is_the_same_the_second_time_and_was_checked_once(repository):
    folder, read = repository
    assert loaded(folder) == loaded(folder)
    assert read == [f"events/{SLUG}.yml"]


def test_an_edited_file_is_checked(repository):
    folder, _ = repository
    loaded(folder)
    replace_in(folder / f"events/{SLUG}.yml", "disk_gb: ", "disk_gb: 1")
    changed = loaded(folder)
    append(folder / f"events/{SLUG}.yml", "\nwrong: 1\n")
    with pytest.raises(Problems):
        loaded(folder)
    assert changed.disk_gb > 9


def test_what_was_renewed_checks_again(repository):
    folder, read = repository
    loaded(folder)
    append(folder / "requirements.txt", "# newer\n")
    loaded(folder)
    assert len(read) == 2


def test_a_warning_is_given_each_time(repository):
    folder, read = repository
    file = folder / f"events/{SLUG}.yml"
    replace_in(file, "status: live", "status: draft")
    replace_in(file, "hub_cloud: AWS", "hub_cloud: AWS  # review")
    loaded(folder)
    loaded(folder)
    assert len(read) == 2


@pytest.mark.parametrize(
    "spoil",
    [lambda data: data[:-9], lambda data: b"", lambda data: data[:40] + b"x" + data[41:]],
    ids=["cut", "empty", "other"],
)
def test_a_spoiled_copy_is_not_used(repository, spoil):
    folder, read = repository
    event = loaded(folder)
    kept_file(folder).write_bytes(spoil(kept_file(folder).read_bytes()))
    assert loaded(folder) == event
    assert len(read) == 2


def test_where_nothing_can_be_kept_every_file_is_checked(repository):
    folder, read = repository
    (folder / ".cache").write_text("a file where the folder would be")
    assert loaded(folder) == loaded(folder)
    assert len(read) == 2


def test_all_code_that_reads_and_checks_a_file_counts():
    script = (
        "import sys; from pathlib import Path; from hackweek.event_file import parse_event;"
        f"parse_event('x', Path('events/{SLUG}.yml').read_text('utf-8'));"
        "print(*(name[9:] for name in sys.modules if name.startswith('hackweek.')))"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert {*run.stdout.split(), "kept_events"} == set(kept_events.CODE)
