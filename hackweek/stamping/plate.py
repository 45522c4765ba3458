"""A built folder, taken apart at its tokens, from which other events' folders are written."""

import gzip
import os
import re
import shutil
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from hackweek.event_files import EVENT_FILES
from hackweek.offline.forms import archived_files
from hackweek.offline.worker import digest, kept_files
from hackweek.stamping.decisions import Decisions, decisions_of
from hackweek.stamping.tokens import (
    MARKER,
    Pieces,
    Slot,
    filled_in,
    slots_of,
    split,
    texts_of,
)

_MARKER = re.compile(MARKER.encode(), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _File:
    """A built file that holds tokens."""

    name: str
    pieces: Pieces
    is_json: bool
    compressed_at: int | None
    """The time that a gzip file tells, in seconds since 1970; None for other files."""

    def bytes_for(self, texts: dict[Slot, str]) -> bytes:
        data = filled_in(self.pieces, texts).encode()
        return data if self.compressed_at is None else _compressed(self, data)


@dataclass(frozen=True)
class Plate:
    """What the folders of several events are written from."""

    folder: Path
    """The build with the tokens."""
    folders: tuple[str, ...]
    same: tuple[str, ...]
    """Files that all the events have in common."""
    files: tuple[_File, ...]
    archived: dict[str, Pieces | bytes]
    """What is in the archive, by name; an event's own files are empty."""
    kept: dict[str, str | None]
    """That of `hackweek.offline.worker.write_worker`."""
    decisions: Decisions

    @cached_property
    def _slots(self) -> dict[bool, frozenset[Slot]]:
        """Every slot of the JSON files (True), and of the others."""
        return {
            as_json: frozenset().union(
                *(slots_of(file.pieces) for file in self.files if file.is_json is as_json),
                *() if as_json else (self.decisions.slots, *self._archived_slots),
            )
            for as_json in (True, False)
        }

    @property
    def _archived_slots(self) -> Iterator[set[Slot]]:
        return (slots_of(each) for each in self.archived.values() if isinstance(each, tuple))

    def _texts(self, values: Sequence[str]) -> dict[bool, dict[Slot, str]]:
        """What stands in each slot for an event."""
        return {
            as_json: texts_of(slots, values, as_json=as_json)
            for as_json, slots in self._slots.items()
        }

    def fits(self, values: Sequence[str]) -> bool:
        """Whether nothing is decided otherwise for an event than for the tokens."""
        return self.decisions.stand(self._texts(values)[False])

    def stamp(self, values: Sequence[str], target: Path) -> dict[str, bytes]:
        """Writes an event's folder; returns what is in its archive, but its own files."""
        target.mkdir()
        for name in self.folders:
            os.mkdir(f"{target}/{name}")  # noqa: PTH102 - in the innermost loop
        source, to = f"{self.folder}/", f"{target}/"
        for name in self.same:
            _link(source + name, to + name)
        texts = self._texts(values)
        for file in self.files:
            data = file.bytes_for(texts[file.is_json])
            with open(to + file.name, "wb") as written:  # noqa: PTH123 - in the innermost loop
                written.write(data)
        return {
            name: each if isinstance(each, bytes) else filled_in(each, texts[False]).encode()
            for name, each in self.archived.items()
        }


def plate_of(folder: Path, tokens: Sequence[str], asked: frozenset[str]) -> Plate:
    """The plate of a folder that was built with tokens.

    `asked` is that of `hackweek.lighter.lighten_site`.

    Raises `UnknownFormError` where a token came out in a form that cannot be told.
    """
    folders, same, files = [], [], []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            folders.append(name)
        if path.is_dir() or name in EVENT_FILES:
            continue
        data = path.read_bytes()
        time = struct.unpack("<I", data[4:8])[0] if path.suffix == ".gz" else None
        data = data if time is None else gzip.decompress(data)
        if not _MARKER.search(data):
            same.append(name)
            continue
        text, is_json = data.decode(), path.suffix == ".json"
        files.append(_File(name, split(text, tokens, as_json=is_json), is_json, time))
    archived = {
        name: split(data.decode(), tokens, as_json=False) if _MARKER.search(data) else data
        for name, data in archived_files(folder).items()
    }
    unchanging = frozenset(same)
    kept = {
        name: digest((folder / name).read_bytes()) if name in unchanging else None
        for name in kept_files(folder)
    }
    decisions = decisions_of(folder, tokens, asked)
    return Plate(folder, tuple(folders), tuple(same), tuple(files), archived, kept, decisions)


def _link(source: str, target: str) -> None:
    """Makes a file be there twice, where the disk can: nothing writes to a published file."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def _compressed(file: _File, data: bytes) -> bytes:
    """As MkDocs writes the sitemap: https://www.rfc-editor.org/rfc/rfc1952."""
    buffer = BytesIO()
    with gzip.GzipFile(
        filename=file.name, mode="wb", fileobj=buffer, mtime=file.compressed_at
    ) as compressed:
        compressed.write(data)
    return buffer.getvalue()
