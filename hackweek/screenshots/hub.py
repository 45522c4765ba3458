"""A JupyterHub on loopback, at any free ports, that ends with this process."""

import json
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from hackweek.screenshots.github import github_stand_in
from hackweek.screenshots.stage import PARTICIPANT, Stage
from hackweek.screenshots.world import PROXY, World

_CONFIGURATION = Path(__file__).parent / "jupyterhub_config.py"
_SECONDS = 120
_LINES = 15


class HubFailed(Exception):  # noqa: N818 - raised for the hub's own failure
    """The hub did not start, or not answer; the text has what it said last."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub that runs, and what can be asked of it."""

    url: str
    github_url: str
    world: World
    api: httpx.Client

    def hold(self) -> None:
        """Lets no server start until `release`."""
        (self.world.run / "hold").touch()

    def release(self) -> None:
        """Lets servers start."""
        (self.world.run / "hold").unlink(missing_ok=True)

    def server_runs(self) -> bool:
        """Whether the participant's server runs, or is on its way."""
        answer = self.api.get(f"/hub/api/users/{PARTICIPANT}")
        return answer.status_code == 200 and bool(answer.json()["servers"])

    def start_server(self) -> None:
        """Starts the participant's server, and waits until it answers."""
        self.release()
        deadline = time.monotonic() + _SECONDS
        self.api.post(f"/hub/api/users/{PARTICIPANT}/server")
        while not self._server_is_ready():
            if time.monotonic() > deadline:
                raise HubFailed("the server does not start")
            time.sleep(0.1)

    def _server_is_ready(self) -> bool:
        answer = self.api.get(f"/hub/api/users/{PARTICIPANT}").raise_for_status()
        return any(each["ready"] for each in answer.json()["servers"].values())

    def stop_server(self) -> None:
        """Stops the participant's server, and waits for its end."""
        self.release()
        deadline = time.monotonic() + _SECONDS
        while self.server_runs():
            self.api.delete(f"/hub/api/users/{PARTICIPANT}/server")
            if time.monotonic() > deadline:
                raise HubFailed("the server does not stop")
            time.sleep(0.1)

    def clear(self) -> None:
        """Makes a running server as it was on the first day: no terminal, no kernel, no file."""
        for kind, key in (("terminals", "name"), ("kernels", "id"), ("sessions", "id")):
            address = f"/user/{PARTICIPANT}/api/{kind}"
            for each in self.api.get(address).raise_for_status().json():
                self.api.delete(f"{address}/{each[key]}")
        self.world.clear_home()


@contextmanager
def running_hub(stage: Stage) -> Iterator[Hub]:
    """A hub for an event; its folder is removed at the end, and so are its processes.

    Raises `HubFailed`.
    """
    with (
        tempfile.TemporaryDirectory(prefix="hub-", ignore_cleanup_errors=True) as folder,
        github_stand_in(stage) as github_url,
    ):
        world = World(Path(folder))
        world.build(stage)
        token = secrets.token_hex(16)
        urls = [f"http://127.0.0.1:{port}" for port in _free_ports(3)]
        environment = world.environment | {
            "HUB_RUN": folder,
            "HUB_URLS": json.dumps([*urls, github_url]),
            "HUB_PROXY": json.dumps([str(PROXY)]),
            "HUB_TOKEN": token,
            "CONFIGPROXY_AUTH_TOKEN": secrets.token_hex(16),
        }
        command = [sys.executable, "-m", "jupyterhub", "-f", str(_CONFIGURATION)]
        log = world.run / "hub.log"
        with log.open("wb") as said:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        headers = {"Authorization": f"token {token}"}
        with httpx.Client(base_url=urls[0], headers=headers, timeout=_SECONDS) as api:
            try:
                _wait_for(api, process, log)
                yield Hub(urls[0], github_url, world, api)
            finally:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a hub with its proxy and its servers, which would outlive it."""
    below = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.kill()
    process.wait()
    for each in below:
        with suppress(psutil.NoSuchProcess):
            each.kill()


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens at."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _wait_for(api: httpx.Client, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if api.get("/hub/api/users").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    last = log.read_text("utf-8", "replace").splitlines()[-_LINES:]
    raise HubFailed("\n".join(["the hub does not start; it says:", *last]))
