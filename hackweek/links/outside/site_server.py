"""The built site on this machine, at the path where it will be published."""

import contextlib
import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@contextlib.contextmanager
def served(site: Path, base_path: str) -> Iterator[str]:
    """The address of the site, which is there until the end of the `with` block."""
    base = f"/{base_path.strip('/')}/".replace("//", "/")
    handler = functools.partial(_Handler, base=base, directory=str(site))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}{base}"
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    # A crawler that is stopped leaves connections in the middle of a request.
    block_on_close = False

    def handle_error(self, *_connection: Any) -> None:
        """A client that has gone is no news."""


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, base: str, **options: Any) -> None:
        self._base = base
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        """A file of the site; nothing outside of the base path."""
        if self.path.startswith(self._base):
            super().do_GET()
        else:
            self.send_error(404)

    def translate_path(self, path: str) -> str:
        """The file behind a path."""
        return super().translate_path("/" + path.removeprefix(self._base))

    def log_message(self, *_message: Any) -> None:
        """Nobody reads a log of requests."""
