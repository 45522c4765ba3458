"""What a picture's file says besides the picture: where it was taken, who made it, its frames.

Read from the file's own blocks, without decoding a pixel.
JPEG and Exif: https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf
PNG: https://www.w3.org/TR/png-3/#5Chunk-layout
WebP: https://developers.google.com/speed/webp/docs/riff_container
GIF: https://www.w3.org/Graphics/GIF/spec-gif89a.txt
"""

import re
import struct
from collections.abc import Iterator

_GPS_BLOCK, _EXIF_BLOCK = 0x8825, 0x8769
_LATITUDE, _LONGITUDE = 2, 4
_AUTHORS = {0x013B: "the author", 0x9C9D: "the author", 0xA430: "the camera's owner"}
_XMP_PLACE = re.compile(rb"exif:GPSL(?:atitude|ongitude)")
_XMP_AUTHOR = re.compile(rb"<dc:creator>.{0,200}?<rdf:li[^>]*>\s*[^<\s]", re.DOTALL)
_IPTC_AUTHOR = b"\x1c\x02\x50"
"""The by-line: https://www.iptc.org/std/photometadata/specification/"""
_MOST_ENTRIES = 1000


def personal_data(data: bytes) -> tuple[str, ...]:
    """What a file tells of people: "the place", "the author"; sorted, empty where nothing."""
    found: set[str] = set()
    try:
        for kind, content in _blocks(data):
            found |= _told(kind, content)
    except (struct.error, IndexError):  # the file ends too early
        pass
    return tuple(sorted(found))


def _blocks(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Kind and content of each block that can hold metadata: exif, xmp, iptc or text."""
    if data.startswith(b"\xff\xd8"):
        yield from _jpeg_blocks(data)
    elif data.startswith(b"\x89PNG"):
        yield from _png_blocks(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        yield from _webp_blocks(data)
    elif data[:4] in (b"II*\0", b"MM\0*"):
        yield "exif", data


def _jpeg_blocks(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        marker, size = struct.unpack_from(">BH", data, at + 1)
        content = data[at + 4 : at + 2 + size]
        if marker == 0xE1 and content.startswith(b"Exif\0\0"):
            yield "exif", content[6:]
        elif marker == 0xE1:
            yield "xmp", content
        elif marker == 0xED:
            yield "iptc", content
        at += 2 + max(size, 2)


def _png_blocks(data: bytes) -> Iterator[tuple[str, bytes]]:
    kinds = {b"eXIf": "exif", b"tEXt": "text", b"zTXt": "text", b"iTXt": "text"}
    at = 8
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        if name in kinds:
            yield kinds[name], data[at + 8 : at + 8 + size]
        at += 12 + size


def _webp_blocks(data: bytes) -> Iterator[tuple[str, bytes]]:
    kinds = {b"EXIF": "exif", b"XMP ": "xmp"}
    at = 12
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        if name in kinds:
            yield kinds[name], data[at + 8 : at + 8 + size].removeprefix(b"Exif\0\0")
        at += 8 + size + size % 2


def _told(kind: str, content: bytes) -> set[str]:
    if kind == "exif":
        return set(_exif(content))
    if kind == "iptc":
        return {"the author"} if _IPTC_AUTHOR in content else set()
    found = {"the place"} if _XMP_PLACE.search(content) else set()
    name, _, value = content.partition(b"\0")
    named = kind == "text" and name.lower() in (b"author", b"artist", b"creator")
    if (named and value.strip(b"\0 ")) or _XMP_AUTHOR.search(content):
        found.add("the author")
    return found


def _exif(content: bytes) -> Iterator[str]:
    order = "<" if content[:2] == b"II" else ">"
    entries = _directory(content, order, struct.unpack_from(order + "I", content, 4)[0])
    if _EXIF_BLOCK in entries:
        entries = _directory(content, order, entries[_EXIF_BLOCK][1]) | entries
    for tag, who in _AUTHORS.items():
        count, value, at = entries.get(tag, (0, 0, 0))
        text = content[at : at + 4] if count <= 4 else content[value : value + count]
        if text[:count].strip(b"\0 "):
            yield who
    if _GPS_BLOCK in entries:
        place = _directory(content, order, entries[_GPS_BLOCK][1])
        if place.keys() & {_LATITUDE, _LONGITUDE}:
            yield "the place"


def _directory(content: bytes, order: str, start: int) -> dict[int, tuple[int, int, int]]:
    """For each tag the number of its values, the value or its place, and where that stands."""
    entries = {}
    (number,) = struct.unpack_from(order + "H", content, start)
    for at in range(start + 2, start + 2 + 12 * min(number, _MOST_ENTRIES), 12):
        tag, _, count, value = struct.unpack_from(order + "HHII", content, at)
        entries[tag] = (count, value, at + 8)
    return entries


def is_animated_gif(data: bytes) -> bool:
    """Whether a file is a GIF of more than one frame."""
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 13:
        return False
    frames, at = 0, 13 + _color_table(data[10])
    while at < len(data) and frames < 2:
        if data[at] == 0x2C and at + 9 < len(data):
            frames += 1
            at = _after_sub_blocks(data, at + 11 + _color_table(data[at + 9]))
        elif data[at] == 0x21:
            at = _after_sub_blocks(data, at + 2)
        else:
            break
    return frames > 1


def _color_table(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_sub_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1
