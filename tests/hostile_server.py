"""Servers on this machine that do everything wrong, each address in its own way.

`AsHost` serves the paths of `PATHS` at one of the machine's own addresses, and counts who asks.
"""

import asyncio
import contextlib
import datetime
import gzip
import threading
import zlib
from collections import Counter
from email.utils import format_datetime

PAGE = (
    "<!doctype html><html><head><title>A page</title></head><body>"
    '<h1 id="here">Here</h1><p>Something to read.</p><a name="old-style"></a>'
    "<!-- <p id=commented></p> --><script>'<p id=scripted></p>'</script>"
    "<h2 id='caf\u00e9'>Café</h2><h2 id=user-content-install>Install</h2>"
    '<p title="a > b" id=quoted>…</p></body></html>'
)
_PACKER = zlib.compressobj(9, zlib.DEFLATED, 31)
BOMB = b"".join(_PACKER.compress(b"<p>" + b" " * 2**20) for _ in range(200)) + _PACKER.flush()
"""200 MiB, packed."""
TWO_SECONDS = datetime.timedelta(seconds=2)


def answer(status="200 OK", body=PAGE, headers=(), kind="text/html; charset=utf-8"):
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", "Connection: close", f"Content-Length: {len(data)}", *headers]
    if kind:
        lines.append(f"Content-Type: {kind}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + data


def to(location, status=302, *headers):
    return answer(f"{status} See There", "", (f"Location: {location}", *headers))


def head(*headers, status="200 OK", kind="text/html"):
    lines = [f"HTTP/1.1 {status}", "Connection: close", f"Content-Type: {kind}", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


class Request:
    """One request, and what the server knows about those before."""

    def __init__(self, server, method, path, headers, writer):
        self.server = server
        self.method = method
        self.path = path
        self.headers = headers
        self.writer = writer
        self.nth = server.counts[path]

    async def send(self, data):
        self.writer.write(data)
        await self.writer.drain()


async def endless(request, start, piece, pause=0):
    await request.send(start)
    while True:
        await request.send(piece)
        await asyncio.sleep(pause)


async def silent(request):
    await asyncio.sleep(60)


async def dripping_head(request):
    await endless(request, b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.2)


async def dripping_page(request):
    await endless(request, head() + b"<!doctype html><p>" + b"x" * 2000, b"x", 0.2)


async def endless_body(request):
    await endless(request, head(kind="application/octet-stream"), b"x" * 65536)


async def endless_html(request):
    await endless(request, head() + b"<!doctype html>", b"<p class=a>Again.</p>\n" * 1000)


async def endless_html_with_anchor(request):
    start = head() + b"<!doctype html>" + b"<p>Long before.</p>" * 5000 + b"<p id=here>"
    await endless(request, start, b"<p>Again.</p>\n" * 1000)


async def endless_redirect(request):
    await endless(request, head("Location: /ok", status="302 Found"), b"x" * 65536)


async def endless_tag(request):
    await endless(request, head() + b"<!doctype html><p title=", b"x" * 65536)


async def slow(request):
    await asyncio.sleep(2)
    await request.send(answer())


async def gzip_bomb(request):
    await request.send(head("Content-Encoding: gzip") + BOMB)


async def reset(request):
    transport = request.writer.transport
    transport.get_extra_info("socket").setsockopt(1, 13, b"\1\0\0\0\0\0\0\0")  # SO_LINGER
    transport.abort()


def only_get(request):
    return answer() if request.method == "GET" else answer("405 Method Not Allowed", "")


def refuses_head(status):
    return lambda request: answer() if request.method == "GET" else answer(status, "")


def recovers(status, times, *headers):
    def route(request):
        return answer() if request.nth > times else answer(status, "", headers)

    return route


def limited_until_date(request):
    if request.nth > 2:
        return answer()
    date = format_datetime(datetime.datetime.now(datetime.UTC) + TWO_SECONDS, usegmt=True)
    return answer("429 Too Many Requests", "", (f"Retry-After: {date}",))


def wants_cookie(request):
    if "seen=1" in request.headers.get("cookie", ""):
        return answer()
    return to(request.path, 302, "Set-Cookie: seen=1; Path=/")


def wants_new_cookie(request):
    return to(request.path, 302, f"Set-Cookie: seen={request.nth}; Path=/")


def hop(request):
    number = int(request.path.rpartition("/")[2])
    return answer() if number == 0 else to(f"/hops/{number - 1}", 302)


PATHS = {
    "/ok": answer(),
    "/no-content": answer("204 No Content", ""),
    "/empty": answer(body=""),
    "/pdf": answer(body=b"%PDF-1.7 \0\0", kind="application/pdf"),
    "/pdf-as-html": answer(body=b"%PDF-1.7 \0\0", kind="text/html"),
    "/html-as-text": answer(kind="text/plain"),
    "/html-as-binary": answer(kind="application/octet-stream"),
    "/html-without-type": answer(kind=None),
    "/latin-1": answer(
        body=PAGE.replace("…", "").encode("latin-1"), kind="text/html; charset=latin-1"
    ),
    "/packed": answer(body=gzip.compress(PAGE.encode()), headers=["Content-Encoding: gzip"]),
    "/badly-packed": answer(headers=["Content-Encoding: gzip"]),
    "/shell": answer(body="<!doctype html><script src=app.js></script><div id=root></div>"),
    "/refresh": answer(body='<!doctype html><meta http-equiv=refresh content="0; url=/ok">'),
    "/renewed": answer(body='<!doctype html><meta http-equiv=refresh content="5; url=/renewed">'),
    "/moved": to("/ok", 301),
    "/moved-308": to("/ok", 308),
    "/moved-twice": to("/moved", 301),
    "/moved-with-place": to("/ok#old-style", 301),
    "/moved-to-nothing": to("/404", 301),
    "/found": to("/ok", 302),
    "/see-other": to("/ok", 303),
    "/found-then-moved": to("/moved", 302),
    "/to-ftp": to("ftp://files.example.org/x"),
    "/to-script": to("javascript:alert(1)"),
    "/to-nonsense": to("http://[::1"),
    "/to-blanks": to("/with blank"),
    "/with%20blank": answer(),
    "/nowhere": answer("302 Found", ""),
    "/loop": to("/loop"),
    "/loop-a": to("/loop-b", 301),
    "/loop-b": to("/loop-a", 301),
    "/cookie": wants_cookie,
    "/new-cookie": wants_new_cookie,
    **{f"/hops/{number}": hop for number in range(31)},
    "/400": answer("400 Bad Request", ""),
    "/401": answer("401 Unauthorized", "", ['WWW-Authenticate: Basic realm="x"']),
    "/403": answer("403 Forbidden", ""),
    "/404": answer("404 Not Found", PAGE),
    "/410": answer("410 Gone", ""),
    "/418": answer("418 I'm a teapot", ""),
    "/451": answer("451 Unavailable For Legal Reasons", ""),
    "/challenge": answer("403 Forbidden", "", ["cf-mitigated: challenge"]),
    "/only-get": only_get,
    "/head-501": refuses_head("501 Not Implemented"),
    "/head-403": refuses_head("403 Forbidden"),
    "/head-404": refuses_head("404 Not Found"),
    "/429": answer("429 Too Many Requests", ""),
    "/429-once": recovers("429 Too Many Requests", 2),
    "/429-for-a-second": recovers("429 Too Many Requests", 2, "Retry-After: 1"),
    "/429-until-date": limited_until_date,
    "/429-for-an-hour": answer("429 Too Many Requests", "", ["Retry-After: 3600"]),
    "/500": answer("500 Internal Server Error", ""),
    "/500-twice": recovers("500 Internal Server Error", 3),
    "/503": answer("503 Service Unavailable", ""),
    "/999": answer("999 Request Denied", ""),
    "/no-answer": b"",
    "/reset": reset,
    "/not-http": b"SSH-2.0-OpenSSH_9.6\r\n",
    "/http-0.9": PAGE.encode(),
    "/long-header": answer(headers=[f"X-Long: {'x' * 70_000}"]),
    "/endless-header": b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 2_000_000,
    "/slow": slow,
    "/silent": silent,
    "/dripping-head": dripping_head,
    "/dripping-page": dripping_page,
    "/endless": endless_body,
    "/endless-html": endless_html,
    "/endless-html-with-anchor": endless_html_with_anchor,
    "/endless-redirect": endless_redirect,
    "/endless-tag": endless_tag,
    "/gzip-bomb": gzip_bomb,
}


class AsHost:
    """A server at an address of this machine; a `with` block's worth of time."""

    def __init__(self, address="127.0.0.1", secured=None, paths=None):
        self.address = address
        self.secured = secured
        self.paths = PATHS if paths is None else paths
        self.counts = Counter()
        self.requests = []
        self.now = 0
        self.most_at_once = 0

    def __enter__(self):
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        assert started.wait(10)
        scheme = "https" if self.secured else "http"
        self.url = f"{scheme}://{self.address}:{self.port}"
        return self

    def __exit__(self, *_error):
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join(10)
        self._loop.close()

    def _run(self, started):
        self._loop.run_until_complete(self._serve(started))

    async def _serve(self, started):
        self._stopped = asyncio.Event()
        self._tasks = set()
        self._loop.set_exception_handler(lambda *_: None)
        server = await asyncio.start_server(self._connected, self.address, 0, ssl=self.secured)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await self._stopped.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader, writer):
        self._tasks.add(asyncio.current_task())
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await self._answer(reader, writer)
        finally:
            writer.close()
            self._tasks.discard(asyncio.current_task())

    async def _answer(self, reader, writer):
        start = await reader.readexactly(1)
        if start == b"\x16":  # the client begins a secured connection
            writer.write(answer("400 Bad Request"))
            return
        text = (start + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = text.splitlines()
        method, path, _ = first.split(" ", 2)
        headers = {k.lower(): v.strip() for k, _, v in (each.partition(":") for each in lines)}
        self.counts[path] += 1
        self.requests.append((method, path, headers))
        self.now += 1
        self.most_at_once = max(self.most_at_once, self.now)
        try:
            route = self.paths.get(path, PATHS["/404"])
            request = Request(self, method, path, headers, writer)
            result = route(request) if callable(route) else route
            if asyncio.iscoroutine(result):
                await result
            else:
                if method == "HEAD" and result.startswith(b"HTTP"):
                    result = result.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
                await request.send(result)
        finally:
            self.now -= 1
