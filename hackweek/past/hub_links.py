"""Links to the hub of an event that is over, shown as their text: nobody would answer there."""

from html import escape
from html.parser import HTMLParser
from itertools import accumulate
from urllib.parse import urlsplit

from markdown import Markdown
from markdown.postprocessors import Postprocessor

from hackweek.event import Event


class HubLinks(Postprocessor):
    """Unwraps the links of a page's finished HTML, whether written as Markdown or as HTML."""

    def __init__(self, md: Markdown, host: str) -> None:
        super().__init__(md)
        self._host = host

    def run(self, text: str) -> str:
        """The HTML without links to the host."""
        return without_links_to(self._host, text)


def switched_off_host(event: Event) -> str:
    """The host of an event's hub if that is off; else empty."""
    return host_of(event.jupyterhub_url) if event.archived else ""


def host_of(url: str) -> str:
    """The host that an address names; empty where it names none."""
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:  # half an IPv6 address
        return ""


def without_links_to(host: str, html: str) -> str:
    """HTML in which each link to a host is what it shows, with its id if others may lead there."""
    if host not in html.casefold():
        return html
    links = _Links(host, html)
    pieces, position = [], 0
    for start, end, new in links.changes:
        pieces += [html[position:start], new]
        position = end
    return "".join([*pieces, html[position:]])


class _Links(HTMLParser):
    """Finds the tags of links to a host."""

    def __init__(self, host: str, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.changes: list[tuple[int, int, str]] = []
        """Start, end and new text of each tag, in order."""
        self._host = host
        self._html = html
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self._ends: list[str | None] = []
        """For each open link what its end becomes; None: it stays."""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "a":
            return
        given = dict(reversed(attrs))  # of two attributes of one name, the first counts
        if host_of(given.get("href") or "") != self._host:
            self._ends.append(None)
            return
        id = given.get("id") or given.get("name")
        self._change(len(self.get_starttag_text() or ""), f'<span id="{escape(id)}">' if id else "")
        self._ends.append("</span>" if id else "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # browsers ignore the slash

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._ends:
            new = self._ends.pop()
            if new is not None:
                start = self._offset()
                self._change(self._html.find(">", start) + 1 - start, new)

    def _change(self, length: int, new: str) -> None:
        start = self._offset()
        self.changes.append((start, start + length, new))

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
