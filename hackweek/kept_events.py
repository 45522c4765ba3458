"""Events whose files were found right, kept on disk: to check a file takes a sixth of a build.

An event is kept with a mark of the file's text, of the code that reads and checks it, and of the
packages that this needs, so what is taken from here is what reading the file would give.
"""

import contextlib
import hashlib
import pickle
import sys
from functools import cache
from pathlib import Path

from hackweek.compiled import FOLDER
from hackweek.event import Event
from hackweek.publish import replace_file

CODE = (
    "diagnostics",
    "event",
    "event_faults",
    "event_fields",
    "event_file",
    "event_model",
    "event_values",
    "kept_events",
    "review",
    "yaml_1_2",
    "yaml_source",
)
"""The modules of which it depends what an event is, and whether its file is right."""
_MARK_SIZE = hashlib.sha256().digest_size


def kept(root: Path, path: str, text: str) -> Event | None:
    """The event of a file of this text, if it was found right before."""
    try:
        data = _file(root, path).read_bytes()
        mark, content = data[:_MARK_SIZE], data[_MARK_SIZE:]
        if mark != _mark(root, path, text, content):
            return None
    except OSError:
        return None
    event: Event = pickle.loads(content)  # noqa: S301 - who can write it can edit our code
    return event


def keep(root: Path, path: str, text: str, event: Event) -> None:
    """Keeps the event of a file of this text, unless the disk is full or locked."""
    content = pickle.dumps(event)
    file = _file(root, path)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, _mark(root, path, text, content) + content)


def _file(root: Path, path: str) -> Path:
    return root / FOLDER / path


def _mark(root: Path, path: str, text: str, content: bytes) -> bytes:
    return _digest(_surroundings(root), path.encode(), text.encode(), content)


@cache
def _surroundings(root: Path) -> bytes:
    """The code, the versions of the packages, and that of Python."""
    here = Path(__file__).parent
    files = [*(here / f"{name}.py" for name in CODE), root / "requirements.txt"]
    return _digest(sys.version.encode(), *(file.read_bytes() for file in files))


def _digest(*parts: bytes) -> bytes:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.digest()
