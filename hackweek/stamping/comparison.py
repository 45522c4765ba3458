"""What was stamped, compared byte for byte with what a true build gives."""

import itertools
from pathlib import Path


def first_difference(stamped: Path, built: Path) -> str:
    """The first file in which two folders differ, and how; empty where they are equal."""
    names = sorted({*_files(stamped), *_files(built)})
    for name in names:
        if not (built / name).is_file():
            return f'"{name}" was stamped, and a true build has no such file'
        if not (stamped / name).is_file():
            return f'"{name}" was not stamped, and a true build has it'
        one, other = (stamped / name).read_bytes(), (built / name).read_bytes()
        if one != other:
            return _told(name, one, other)
    return ""


def _files(folder: Path) -> list[str]:
    """All but PDF files, in which a browser writes when it made them."""
    files = (path for path in folder.rglob("*") if not path.is_dir() and path.suffix != ".pdf")
    return [path.relative_to(folder).as_posix() for path in files]


def _told(name: str, one: bytes, other: bytes) -> str:
    pairs = enumerate(itertools.zip_longest(one, other))
    at = next(index for index, (here, there) in pairs if here != there)
    line = one.count(b"\n", 0, at) + 1
    return f"{name}:{line}: stamped {_around(one, at)}, truly built {_around(other, at)}"


def _around(data: bytes, at: int) -> str:
    """Some characters before and behind a byte, in quotes."""
    text = data[max(at - 10, 0) : at + 20].decode("utf-8", errors="replace")
    return f'"{" ".join(text.split())}"'
