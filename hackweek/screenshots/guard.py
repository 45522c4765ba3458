"""Runs a program and ends everything that it started, however it or its starter ends.

`python guard.py PROGRAM ARGUMENT …` with a pipe as its standard input: when the other end of
the pipe is closed, be it by a kill that nobody can catch, nothing of the program is left: no
process, and nothing in its folder for temporary files.
"""

import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence

import psutil

_SET_DEATH_SIGNAL, _SET_SUBREAPER = 1, 36  # https://man7.org/linux/man-pages/man2/prctl.2.html
_SECONDS = 0.2


def main(command: Sequence[str]) -> int:
    """Runs the command to its end, or until the pipe is closed; returns its exit status."""
    _prctl(_SET_SUBREAPER, 1)
    signals = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    for number in signals:
        signal.signal(number, _stop)
    child = None
    temporary = tempfile.mkdtemp(prefix="shots-")
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": temporary},
            preexec_fn=_die_with_parent,
        )
        while child.poll() is None and not _is_closed():
            pass
    except _Stopped:
        pass
    finally:
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        end_descendants()
        shutil.rmtree(temporary, ignore_errors=True)
    return child.returncode if child and child.returncode is not None else 1


def _is_closed() -> bool:
    """Whether the other end of the pipe is; waits a moment for it."""
    ready, _, _ = select.select([sys.stdin], [], [], _SECONDS)
    return bool(ready) and not os.read(sys.stdin.fileno(), 1)


def end_descendants() -> None:
    """Kills every process below this one, those started meanwhile as well."""
    while below := psutil.Process().children(recursive=True):
        for each in below:
            try:
                each.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(below, timeout=1)


class _Stopped(Exception):  # noqa: N818 - a signal came; nothing failed
    pass


def _stop(_number: int, _frame: object) -> None:
    raise _Stopped


def _die_with_parent() -> None:
    _prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)


def _prctl(option: int, value: int) -> None:
    """On Linux, orphans come to this process, and its child ends with it; elsewhere nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
