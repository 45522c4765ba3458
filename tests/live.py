"""`serve` as an author uses it: the real command, in a copy of the repository."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

from playwright.sync_api import expect

from repository import copy_repository

expect.set_options(timeout=30_000)

SERVE = ["-m", "hackweek", "serve", "example-2027", "--port=0"]
"""The command, as arguments of Python."""


class Served:
    """A running `serve`, and the folder whose files it shows."""

    def __init__(self, folder, temporary, command=SERVE):
        self.folder = folder
        self.output = temporary.with_name(f"{temporary.name}.txt")
        self._read = 0
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=folder,
                env={
                    **os.environ,
                    "PYTHONDONTWRITEBYTECODE": "",
                    "TMPDIR": str(temporary),
                },
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.url = re.search(r"http://127\.0\.0\.1:\d+/", self.read_until("open http"))[0]

    def read(self):
        """What was printed since it was read last."""
        printed = self.output.read_text("utf-8")[self._read :]
        self._read += len(printed)
        return printed

    def read_until(self, words):
        """The same with what comes, up to the end of the line that holds such words."""
        found = ""
        while not re.search(rf"{re.escape(words)}.*\n", found):
            assert self.process.poll() is None, found
            time.sleep(0.02)
            found += self.read()
        return found

    def interrupt(self):
        """Ctrl+C; returns the exit status and what is printed then."""
        self.read()
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30), self.read()

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


@contextmanager
def serving_a_copy(tmp_path_factory):
    """The same in a copy of the repository, for tests that put back what they edit."""
    copy = copy_repository(tmp_path_factory.mktemp("copy") / "copy", edits_code=True)
    with running(copy, tmp_path_factory.mktemp("temporary")) as served:
        yield served
