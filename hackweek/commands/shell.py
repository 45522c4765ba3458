"""One bash for one page, on a terminal of its own, in which command follows command."""

import contextlib
import os
import pty
import re
import secrets
import select
import signal
import subprocess
import termios
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from hackweek.commands.network import Network
from hackweek.commands.screen import as_shown

_LOOP = r"""
exec 8<&0 9>&1 </dev/null
while IFS= read -r -d "" hackweek_command <&8; do
  eval "$hackweek_command" 8<&- 9>&-
  printf '\036TOKEN %d\036' "$?" >&9
done
"""
"""Runs what comes, up to each NUL, and tells the status on the terminal, after all output."""
_LINES, _COLUMNS = 24, 80
_MOST = 1_000_000
"""Bytes that one command may print."""
_TICK = 0.1
"""Seconds after which a silent shell is looked after."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    status: int
    """Its exit status; of one that had to be stopped, 137, as bash has it."""
    output: str
    """What stands on the terminal, standard output and error in the order in which they came."""
    stopped: str = ""
    """Why it had to be stopped; empty if it ended by itself."""


class Shell:
    """A bash that keeps its folder and its variables from one command to the next.

    When a command ends it, as `exit` does, the next one gets a new one, as in a new window.
    """

    def __init__(self, environment: Mapping[str, str], folder: Path, network: Network) -> None:
        self._environment = dict(environment)
        self._folder = folder
        self._network = network
        token = secrets.token_hex(8)
        self._loop = _LOOP.replace("TOKEN", token)
        self._end = re.compile(rf"\x1e{token} (\d+)\x1e".encode())
        self._process: subprocess.Popen[bytes] | None = None
        self._terminal = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def run(self, command: str, seconds: float) -> Ran:
        """Runs a command, which may be several lines; stops it after these seconds."""
        process = self._started()
        deadline = time.monotonic() + seconds
        assert process.stdin  # noqa: S101 - for the type checker: it is a pipe
        with contextlib.suppress(BrokenPipeError):  # the shell is gone, which reading finds out
            process.stdin.write(command.encode() + b"\0")
            process.stdin.flush()
        printed = b""
        while time.monotonic() < deadline and len(printed) < _MOST:
            chunk, ended = self._read(process)
            printed += chunk
            if found := self._end.search(printed, max(0, len(printed) - len(chunk) - 64)):
                return Ran(int(found[1]), _as_typed(printed[: found.start()]))
            if ended:
                self.close()
                return Ran(process.returncode, _as_typed(printed))
        self.close()
        why = f"did not end within {seconds:g} seconds"
        if len(printed) >= _MOST:
            why = f"printed more than {_MOST:,} bytes"
        return Ran(128 + signal.SIGKILL, _as_typed(printed), why)

    def close(self) -> None:
        """Ends the shell and everything that it started."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        os.close(self._terminal)
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()  # type: ignore[union-attr]  # it is a pipe
        self._process.wait()
        self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._terminal, inner = pty.openpty()
            termios.tcsetwinsize(inner, (_LINES, _COLUMNS))
            bash = self._network.confined("bash", "--norc", "--noprofile", "-c", self._loop, "bash")
            self._process = subprocess.Popen(
                bash,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=inner,
                stderr=inner,
                start_new_session=True,
            )
            os.close(inner)
        return self._process

    def _read(self, process: subprocess.Popen[bytes]) -> tuple[bytes, bool]:
        """What came on the terminal within a tick, and whether nothing more can come."""
        ready, _, _ = select.select([self._terminal], [], [], _TICK)
        if not ready:
            return b"", process.poll() is not None
        with contextlib.suppress(OSError):  # EIO: nobody has the other end any more
            if chunk := os.read(self._terminal, 65536):
                return chunk, False
        process.wait()
        return b"", True


def _as_typed(printed: bytes) -> str:
    """What came, as from a bash that a person types into, which counts no lines."""
    return re.sub(r"^bash: line \d+: ", "bash: ", as_shown(printed), flags=re.MULTILINE)
