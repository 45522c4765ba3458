"""A finished folder put in the place of the old one, all at once.

Whoever reads the site meanwhile, or kills the build, finds the old one or the new one whole.
"""

import contextlib
import ctypes
import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_STALE_SECONDS = 3600
_LEADS_ON = b'<meta http-equiv="refresh" content="0; url='
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # https://man7.org/linux/man-pages/man2/rename.2.html
_RENAME_SWAP = 2  # <sys/stdio.h> of macOS


class NotASite(Exception):  # noqa: N818 - it names what was found
    """The folder to be replaced holds something that no build made."""


@contextlib.contextmanager
def staging_folder(output: Path) -> Iterator[Path]:
    """A folder on the output's own disk, gone at the end.

    What a killed build left there more than an hour ago is removed as well. Raises OSError at
    once where nothing could be published in the end.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    if output.is_dir() and not os.access(output, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(output))
    prefix = f".{output.name}-staging-"
    for left in output.parent.glob(f"{prefix}*"):
        if time.time() - left.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        dir=output.parent, prefix=prefix, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def replace_folder(new: Path, target: Path) -> None:
    """Puts `new` at `target`; the old folder ends up at `new`. A page is put there as well.

    Raises `NotASite` if the old folder was not built by us, OSError if it cannot be replaced.
    """
    refuse_other_folders(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    if new.is_file():
        new.replace(target)
        return
    new.chmod(0o755)
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        old = new.with_name(f"{new.name}-old")
        target.rename(old)
        new.rename(target)


def refuse_other_folders(target: Path) -> None:
    """Raises `NotASite` if something stands at `target` that no build made."""
    if target.exists() and not (target / "sitemap.xml").is_file() and not _only_leads_on(target):
        raise NotASite(f"{target} holds files that no build made")


def _only_leads_on(folder: Path) -> bool:
    """Whether there is nothing in a folder but pages at old addresses, or it is one."""
    files = [path for path in (folder, *folder.rglob("*")) if not path.is_dir()]
    return all(path.suffix == ".html" and _LEADS_ON in path.read_bytes() for path in files)


def replace_file(path: Path, content: str | bytes) -> None:
    """Writes a file all at once."""
    new = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        new.write_bytes(content if isinstance(content, bytes) else content.encode())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _exchange(one: Path, other: Path) -> bool:
    """Swaps two folders in one step; False where the system cannot."""
    paths = os.fsencode(one), os.fsencode(other)
    with contextlib.suppress(AttributeError, OSError):
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*paths, _RENAME_SWAP) == 0)
        return bool(
            library.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0
        )
    return False
