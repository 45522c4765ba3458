"""JupyterLab's terminal, read and typed into."""

import json
import re
import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, WebSocketRoute

_SOCKET = re.compile(r"/terminals/websocket/")
_MEASURED = (
    (
        re.compile(r"(Receiving objects: 100% \(\d+/\d+\))(?:, [^,\r\n]+)?, done"),
        r"\1, 10.51 KiB | 1.31 MiB/s, done",
    ),
    (
        re.compile(r"reused \d+ \(delta \d+\), pack-reused \d+(?: \(from \d+\))?"),
        "reused 0 (delta 0), pack-reused 0 (from 0)",
    ),
)
"""What git measures, or words differently from version to version, and what is shown for it."""
_READ = """() => {
  const terminal = window.jupyterapp?.shell.currentWidget?.content?._term;
  if (!terminal) return null;
  const buffer = terminal.buffer.active;
  let text = "";
  for (let row = 0; row < buffer.length; row++) {
    const line = buffer.getLine(row);
    text += (row && !line.isWrapped ? "\\n" : "") + line.translateToString(true);
  }
  return text.trimEnd();
}"""
_POLL = 50
"""Milliseconds."""


def settle_measurements(context: BrowserContext) -> None:
    """Shows the same figures in every terminal of a browser, however fast the machine is."""
    context.route_web_socket(_SOCKET, _relay)


def shown(page: Page) -> str | None:
    """What the terminal in front shows; None where something else is in front."""
    text = page.evaluate(_READ)
    return None if text is None else str(text)


def wait_for_prompt(page: Page, seconds: float, *, after: int = -1) -> bool:
    """Waits for a prompt in the last line, with more prompts than `after` in all."""

    def at_prompt() -> bool:
        text = shown(page) or ""
        return text.endswith("$") and prompts(text) > after

    return _wait(page, seconds, at_prompt)


def wait_for_echo(page: Page, text: str, seconds: float) -> bool:
    """Waits until the terminal shows what was typed."""
    return _wait(page, seconds, lambda: (shown(page) or "").endswith(text.rstrip()))


def prompts(text: str) -> int:
    """How many prompts a terminal's text has."""
    return len(re.findall(r"^jovyan@\S+\$", text, re.MULTILINE))


def _wait(page: Page, seconds: float, ready: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        page.wait_for_timeout(_POLL)
    return True


def _relay(route: WebSocketRoute) -> None:
    server = route.connect_to_server()
    server.on_message(lambda message: route.send(_settled(message)))
    route.on_message(server.send)


def _settled(message: str | bytes) -> str | bytes:
    if isinstance(message, bytes):
        return message
    kind, *rest = json.loads(message)
    if kind == "stdout":
        for measured, fixed in _MEASURED:
            rest[0] = measured.sub(fixed, rest[0])
    return json.dumps([kind, *rest])
