"""A ZIP file of small files: equal contents give equal bytes, and none is compressed twice.

https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

_STORED, _DEFLATED = 0, 8
_VERSION = 20
_MADE_BY = 3 << 8 | _VERSION
"""Unix, on Windows as well."""
_IS_UTF8 = 1 << 11
_EARLIEST = 1 << 5 | 1
"""1 January 1980, as a date of MS-DOS (4.4.6)."""
_READABLE = 0o100644 << 16


def write_zip(target: Path, files: Iterable[tuple[str, bytes, bool]]) -> None:
    """Writes a ZIP file of names and contents, each with whether compressing makes it smaller."""
    entries: list[bytes] = []
    directory: list[bytes] = []
    offset = count = 0
    for name, content, is_smaller in files:
        path = name.encode()
        method, data, digest = _compressed(content) if is_smaller else _stored(content)
        sizes = (0, _EARLIEST, digest, len(data), len(content), len(path), 0)
        common = struct.pack("<HHHHHIIIHH", _VERSION, _IS_UTF8, method, *sizes)
        entries += [b"PK\x03\x04", common, path, data]
        rest = struct.pack("<HHHII", 0, 0, 0, _READABLE, offset)
        directory += [b"PK\x01\x02", struct.pack("<H", _MADE_BY), common, rest, path]
        offset += 30 + len(path) + len(data)
        count += 1
    listed = b"".join(directory)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(listed), offset, 0)
    target.write_bytes(b"".join([*entries, listed, end]))


@lru_cache(maxsize=128)
def _compressed(content: bytes) -> tuple[int, bytes, int]:
    compressor = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = compressor.compress(content) + compressor.flush()
    return _DEFLATED, data, zlib.crc32(content)


def _stored(content: bytes) -> tuple[int, bytes, int]:
    return _STORED, content, zlib.crc32(content)
