"""A web host that can go away, break, fall silent and publish something else."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from urllib.parse import urlsplit

from browser import Handler


class Host:
    """Serves a folder at one address of this machine, as long as it is told to."""

    def __init__(self, folder: Path, base: str) -> None:
        self.folder = folder
        self.base = base
        self.port = 0
        self.answers = {}
        """What is answered in place of the file: a status, or a text, by the address's end."""
        self.sent = {}
        """The bytes that were sent for each address."""
        self.asked = Queue()
        """Every address that was asked for, in order."""
        self.silent = Event()
        """While it is set requests are taken and not answered."""
        self.talks_again = Event()
        self._server = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base}"

    @property
    def running(self) -> bool:
        return self._server is not None

    def start(self) -> None:
        """Begins to answer, at the same port as before."""
        handler = partial(_HostHandler, host=self)
        self._server = _Server(("127.0.0.1", self.port), handler)
        self.port = self._server.server_port
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}).start()

    def stop(self) -> None:
        """Nothing answers any more, on old connections neither."""
        server, self._server = self._server, None
        self.silent.clear()
        self.talks_again.set()
        if server:
            server.shutdown()
            server.server_close()

    def wait_for(self, path: str) -> None:
        """Returns when such an address has been asked for; raises Empty after 30 s."""
        while path not in self.asked.get(timeout=30):
            pass

    def answer(self, path: str) -> int | str | None:
        """What stands in for the file at an address, if anything."""
        path = urlsplit(path).path
        return next((given for end, given in self.answers.items() if path.endswith(end)), None)


class _HostHandler(Handler):
    def __init__(self, *args, host: Host) -> None:
        self.host = host
        super().__init__(*args, base=host.base, directory=str(host.folder))

    def do_GET(self) -> None:  # noqa: N802 - http.server calls it
        self.host.asked.put(self.path)
        if self.host.silent.is_set():
            self.host.talks_again.wait()
        if not self.host.running:
            self.close_connection = True
            return
        self.directory = str(self.host.folder)
        given = self.host.answer(self.path)
        if given is None:
            super().do_GET()
            return
        body = given.encode() if isinstance(given, str) else b"broken"
        self.send_response(200 if isinstance(given, str) else given)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def copyfile(self, source, outputfile) -> None:
        body = source.read()
        self.host.sent[self.path] = len(body)
        outputfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves a page hangs up on what it no longer needs."""


@contextmanager
def hosted(folder: Path, base: str) -> Iterator[Host]:
    """A host that serves a folder, stopped at the end."""
    host = Host(folder, base)
    host.start()
    try:
        yield host
    finally:
        host.stop()
