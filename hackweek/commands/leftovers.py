"""Processes that outlive the shell that started them."""

import contextlib
import os
import signal
from pathlib import Path


def end_processes(folder: Path) -> None:
    """Ends every process that was started with this folder in its environment.

    A process can leave its group and its terminal, as `setsid` does, but not its environment:
    https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html. Where there is no /proc, none
    is found.
    """
    mark = os.fsencode(folder)
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (entry / "environ").read_bytes():
                os.kill(int(entry.name), signal.SIGKILL)
