"""`serve` as an author uses it: the real command, in a copy of the repository."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager

from playwright.sync_api import expect

expect.set_options(timeout=30_000)

SERVE = ["-m", "hackweek", "serve", "example-2027", "--port=0"]
"""The command, as arguments of Python."""


class Served:
    """A running `serve`, the folder whose files it shows, and what it has printed."""

    def __init__(self, folder, temporary, command=SERVE):
        self.folder = folder
        self.printed = []
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.url = re.search(r"http://127\.0\.0\.1:\d+/", self.read_until("open http"))[0]

    def read_until(self, words):
        """Everything that is printed up to the line that holds such words."""
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if words in line:
                break
        self.printed += lines
        return "".join(lines)

    def interrupt(self):
        """Ctrl+C; returns the exit status and what is printed then."""
        self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate(timeout=30)
        return self.process.returncode, rest

    @contextmanager
    def edited(self, name, old, new):
        """A file with other words, until the end."""
        path = self.folder / name
        before = path.read_bytes()
        text = before.decode()
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        try:
            yield path
        finally:
            path.write_bytes(before)


@contextmanager
def running(folder, temporary, command=SERVE):
    """A running `serve`, ended at the end."""
    served = Served(folder, temporary, command)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.interrupt()
        served.process.stdout.close()
