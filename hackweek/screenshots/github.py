"""A stand-in for GitHub on loopback: its sign-in, as OAuthenticator asks for it, and drawings.

https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
The pages are drawn by us, in a plain style, and show nothing of GitHub's own but its words.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hackweek.screenshots.stage import PARTICIPANT, Stage

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
)
_USER = {"login": PARTICIPANT, "id": 1, "name": "Your Name", "email": None}


@contextmanager
def github_stand_in(stage: Stage) -> Iterator[str]:
    """The address of a stand-in that knows one participant, a member of the organization."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_GitHub, stage=stage)) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


class _GitHub(BaseHTTPRequestHandler):
    tokens: set[str] = set()  # noqa: RUF012 - of the process: one stand-in runs in it
    codes: set[str] = set()  # noqa: RUF012

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        self.stage = stage
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """The page that asks for permission, the API, and a repository's page."""
        address = urlsplit(self.path)
        organization = f"/api/v3/orgs/{self.stage.organization}".lower()
        path = address.path.lower()
        if address.path == "/login/oauth/authorize":
            self._page("authorize.html", request=dict(parse_qsl(address.query)))
        elif path.startswith(f"{organization}/public_members/"):  # which everybody may ask
            self._answer(204 if path.endswith(f"/{PARTICIPANT}") else 404)
        elif address.path.startswith("/api/") and not self._is_authorized():
            self._answer(401)
        elif address.path == "/api/v3/user":
            self._json(_USER)
        elif path == f"{organization}/members/{PARTICIPANT}":
            self._answer(204)
        elif address.path == f"/{self.stage.repository}":
            self._page("repository.html")
        else:
            self._answer(404)

    def do_POST(self) -> None:
        """Permission given, and a code that is traded for a token."""
        length = int(self.headers.get("Content-Length", 0))
        form = dict(parse_qsl(self.rfile.read(length).decode()))
        if self.path == "/login/oauth/authorize":
            code = secrets.token_hex(8)
            self.codes.add(code)
            query = urlencode({"code": code, "state": form["state"]})
            self._answer(302, headers={"Location": f"{form['redirect_uri']}?{query}"})
        elif self.path == "/login/oauth/access_token" and form.get("code") in self.codes:
            token = secrets.token_hex(8)
            self.codes.remove(form["code"])
            self.tokens.add(token)
            self._json({"access_token": token, "token_type": "bearer", "scope": "read:org"})
        else:
            self._answer(404)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""

    def _is_authorized(self) -> bool:
        return self.headers.get("Authorization", "").rpartition(" ")[2] in self.tokens

    def _page(self, name: str, **values: Any) -> None:
        page = _PAGES.get_template(name).render(stage=self.stage, user=PARTICIPANT, **values)
        self._answer(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def _json(self, value: Mapping[str, Any]) -> None:
        self._answer(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _answer(
        self, status: int, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
