"""An answer's body, read only as far as it is needed, whatever its server packed into it."""

import codecs
import re
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator

import httpx

LONGEST_BODY = 4 * 2**20
"""Bytes, unpacked."""
_PIECE = 2**16
_SNIFFED = 1024
"""Bytes that tell what a body is."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_GZIP_OR_ZLIB = 47
"""zlib's `wbits` for either."""


class HtmlBody:
    """The text of a body, if it is HTML, in pieces of which none is large."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self.is_html = False
        self.was_cut = False
        """Whether there was more than `LONGEST_BODY`."""

    async def texts(self) -> AsyncGenerator[str, None]:
        """The text as it comes; nothing if it is not HTML. Raises zlib.error."""
        start, decoder = b"", None
        async for piece in self._unpacked():
            if decoder is None:
                start += piece
                if len(start) < _SNIFFED:
                    continue
                if not _is_html(self._response, start):
                    return
                decoder, piece = self._begin(start), start
            yield decoder.decode(piece)
        if decoder is None and _is_html(self._response, start):
            yield self._begin(start).decode(start)

    def _begin(self, start: bytes) -> codecs.IncrementalDecoder:
        self.is_html = True
        return _decoder(self._response, start)

    async def _unpacked(self) -> AsyncIterator[bytes]:
        # httpx unpacks whatever arrives as a whole, and gzip holds a thousand times its size.
        packed = self._response.headers.get("content-encoding", "").strip().lower()
        unpacker = _Unpacker() if packed in ("gzip", "x-gzip", "deflate") else None
        length = 0
        async for raw in self._response.aiter_raw():
            for piece in unpacker.unpack(raw) if unpacker else [raw]:
                yield piece
                length += len(piece)
                if length >= LONGEST_BODY:
                    self.was_cut = True
                    return


class _Unpacker:
    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_GZIP_OR_ZLIB)

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Small pieces of what the data holds; one packed file may follow another."""
        while data:
            yield self._stream.decompress(data, _PIECE)
            data = self._stream.unconsumed_tail
            if self._stream.eof:
                data = self._stream.unused_data
                self._stream = zlib.decompressobj(_GZIP_OR_ZLIB)


def _decoder(response: httpx.Response, start: bytes) -> codecs.IncrementalDecoder:
    """Makes text of a body that begins with these bytes; what cannot be text is replaced."""
    declared = _CHARSET.search(start[:_SNIFFED])
    for name in (response.charset_encoding, declared[1].decode() if declared else None):
        try:
            return codecs.getincrementaldecoder(name or "")(errors="replace")
        except LookupError:
            continue
    return codecs.getincrementaldecoder("utf-8")(errors="replace")


def _is_html(response: httpx.Response, start: bytes) -> bool:
    """By its type or, since that can be wrong, by how it begins."""
    if b"\0" in start[:_SNIFFED] or start.startswith(b"%PDF-"):
        return False
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml") or bool(_HTML.match(start))
