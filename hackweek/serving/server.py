"""The server of a session: pages for browsers on this machine, and news of what has changed."""

import hashlib
import os
import re
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from hackweek.serving.live_page import CHANGES
from hackweek.serving.session import Answer, Session

_HEARTBEAT = 15.0
"""Seconds after which a page is told that there is nothing new: it shows whether it is there."""
_LASTING = re.compile(r"\.[0-9a-f]{8}\.min\.css$")
"""What the theme calls a stylesheet whose content never changes."""


class Server(ThreadingHTTPServer):
    """Serves a session at a port of this machine alone, `url`; at a free one where it is 0.

    `session_at` makes the session, given the address. Raises OSError where the port cannot be had.
    """

    daemon_threads = True
    # On Windows, this would let two servers have one port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, port: int, session_at: Callable[[str], Session]) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/"
        self.session = session_at(self.url)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves a page hangs up on what it no longer needs."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == CHANGES:
            self._tell_changes()
            return
        place = path.lstrip("/")
        answer = self._answer(f"{place}index.html" if path.endswith("/") else place)
        if answer.status == HTTPStatus.NOT_FOUND and not path.endswith("/"):
            page = self._answer(f"{place}/index.html")
            if page.status == HTTPStatus.OK:
                self._send(HTTPStatus.FOUND, b"", {"Location": quote(f"/{place}/")})
                return
        mark = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == mark:
            self._send(HTTPStatus.NOT_MODIFIED, b"", {"ETag": mark})
        else:
            self._send(answer.status, answer.body, {"Content-Type": answer.kind, "ETag": mark})

    do_HEAD = do_GET  # noqa: N815 - the same

    def _answer(self, place: str) -> Answer:
        return self.server.session.answer(place)

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        stays = _LASTING.search(self.path) and status == HTTPStatus.OK
        self.send_header("Cache-Control", "max-age=31536000, immutable" if stays else "no-cache")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _tell_changes(self) -> None:
        """Keeps the connection, and writes the state of the session whenever it is another one.

        https://html.spec.whatwg.org/multipage/server-sent-events.html
        """
        session = self.server.session
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(b"retry: 300\n\n")
        told = None
        while True:
            with session.changed:
                session.changed.wait_for(lambda: session.state != told, _HEARTBEAT)  # noqa: B023
                is_new, told = session.state != told, session.state
            self.wfile.write(session.news().encode() if is_new else b":\n\n")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""
