"""A picture is found where the lesson means it, with its size and its dark variant."""

import base64
import struct
import zlib
from pathlib import Path, PurePosixPath

import pytest

from hackweek.pictures import Picture, find_picture

PAGE = PurePosixPath("preliminary/git.md")


def png(width: int, height: int) -> bytes:
    """A grey PNG file: https://www.w3.org/TR/png-3/."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (
        zlib.compress(b"\0" + b"\x7f" * width)
        if height == 1
        else zlib.compress((b"\0" + b"\x7f" * width) * height)
    )
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def svg(attributes: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><path d="M0 0h9"/></svg>'.encode()


# 7 by 5 pixels, lossless, as Pillow writes it.
WEBP = base64.b64decode("UklGRiAAAABXRUJQVlA4TBQAAAAvBgABAAdQgVQIIAAKmv7HiIj+Bw==")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A docs/ whose img/ is empty."""
    (tmp_path / "docs" / "img").mkdir(parents=True)
    return tmp_path / "docs"


def put(docs: Path, name: str, data: bytes) -> None:
    path = docs / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def found(docs: Path, src: str, page: PurePosixPath = PAGE) -> Picture | None:
    return find_picture(docs, page, src, "ohw26")


def test_a_picture_has_its_size(docs):
    put(docs, "img/hub.png", png(4, 3))

    assert found(docs, "../img/hub.png") == Picture("../img/hub.png", "", 4, 3)


def test_from_the_start_page_the_way_is_short(docs):
    put(docs, "img/hub.png", png(4, 3))

    picture = found(docs, "img/hub.png", PurePosixPath("index.md"))

    assert picture == Picture("img/hub.png", "", 4, 3)


def test_an_event_s_own_picture_wins(docs):
    put(docs, "img/hub.png", png(4, 3))
    put(docs, "img/ohw26/hub.png", png(8, 6))

    assert found(docs, "../img/hub.png") == Picture("../img/ohw26/hub.png", "", 8, 6)


def test_an_event_s_own_picture_is_enough(docs):
    put(docs, "img/ohw26/hub.png", png(8, 6))

    assert found(docs, "../img/hub.png") == Picture("../img/ohw26/hub.png", "", 8, 6)


def test_another_event_s_picture_is_not_taken(docs):
    put(docs, "img/hub.png", png(4, 3))
    put(docs, "img/icesat2-2024/hub.png", png(8, 6))

    assert found(docs, "../img/hub.png") == Picture("../img/hub.png", "", 4, 3)


def test_only_a_picture_right_in_img_has_an_event_s_own(docs):
    put(docs, "img/git/hub.png", png(4, 3))
    put(docs, "img/ohw26/hub.png", png(8, 6))

    assert found(docs, "../img/git/hub.png") == Picture("../img/git/hub.png", "", 4, 3)


def test_a_dark_variant_stands_beside_its_picture(docs):
    put(docs, "img/hub.webp", WEBP)
    put(docs, "img/hub.dark.webp", WEBP)

    assert found(docs, "../img/hub.webp") == Picture(
        "../img/hub.webp", "../img/hub.dark.webp", 7, 5
    )


def test_an_event_s_own_picture_has_its_own_dark_variant(docs):
    put(docs, "img/hub.png", png(4, 3))
    put(docs, "img/hub.dark.png", png(4, 3))
    put(docs, "img/ohw26/hub.png", png(8, 6))
    put(docs, "img/ohw26/hub.dark.png", png(8, 6))

    assert found(docs, "../img/hub.png") == Picture(
        "../img/ohw26/hub.png", "../img/ohw26/hub.dark.png", 8, 6
    )


def test_the_common_dark_variant_does_not_belong_to_an_event_s_own_picture(docs):
    put(docs, "img/hub.png", png(4, 3))
    put(docs, "img/hub.dark.png", png(4, 3))
    put(docs, "img/ohw26/hub.png", png(8, 6))

    assert found(docs, "../img/hub.png") == Picture("../img/ohw26/hub.png", "", 8, 6)


def test_a_dark_variant_has_the_same_format(docs):
    put(docs, "img/hub.png", png(4, 3))
    put(docs, "img/hub.dark.webp", WEBP)

    assert found(docs, "../img/hub.png") == Picture("../img/hub.png", "", 4, 3)


@pytest.mark.parametrize(
    ("name", "src", "url"),
    [
        ("img/the hub.png", "../img/the%20hub.png", "../img/the%20hub.png"),
        ("img/the hub.png", "../img/the hub.png", "../img/the%20hub.png"),
        ("img/100%.png", "../img/100%25.png", "../img/100%25.png"),
        ("img/häufig.png", "../img/häufig.png", "../img/h%C3%A4ufig.png"),
        ("img/a#b.png", "../img/a%23b.png", "../img/a%23b.png"),
        ("img/hub.png", "../img/hub.png?v=2#part", "../img/hub.png"),
        ("img/hub.png", "./../img/./hub.png", "../img/hub.png"),
        ("preliminary/hub.png", "hub.png", "hub.png"),
        ("img/hub.v2.png", "../img/hub.v2.png", "../img/hub.v2.png"),
    ],
)
def test_a_picture_s_name_can_be_any(docs, name, src, url):
    put(docs, name, png(4, 3))

    assert found(docs, src) == Picture(url, "", 4, 3)


@pytest.mark.parametrize(
    "src",
    [
        "../img/missing.png",
        "../img",
        "../img/",
        "https://example.org/img/hub.png",
        "//example.org/img/hub.png",
        "file:../img/hub.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "/img/hub.png",
        "",
        "#hub",
        "?hub",
        "img/hub.png",
        "../img/%00.png",
        "https://[",
    ],
)
def test_what_is_no_file_of_ours_is_no_picture(docs, src):
    put(docs, "img/hub.png", png(4, 3))

    assert found(docs, src) is None


def test_a_name_that_is_too_long_is_no_picture(docs):
    assert found(docs, f"../img/{'x' * 300}.png") is None


def test_a_file_outside_docs_is_not_ours(docs):
    (docs.parent / "secret.png").write_bytes(png(4, 3))

    assert found(docs, "../../secret.png") is None


def test_an_absolute_path_is_not_ours(docs):
    put(docs, "img/hub.png", png(4, 3))

    assert found(docs, f"{docs}/img/hub.png") is None


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("a.png", png(7, 5), (7, 5)),
        ("a.webp", WEBP, (7, 5)),
        ("a.svg", svg('width="30" height="20"'), (30, 20)),
        ("a.svg", svg('width="30px" height="20px"'), (30, 20)),
        ("a.svg", svg('width="1in" height="2in"'), (96, 192)),
        ("a.svg", svg('width="30.6" height="20.4"'), (31, 20)),
        ("a.svg", b'<?xml version="1.0"?>\n<!-- a -->\n' + svg('width="3" height="2"'), (3, 2)),
        ("a.svg", svg('viewBox="0 0 30 20"'), (30, 20)),
        ("a.svg", svg('width="100%" viewBox="0 0 30 20"'), (30, 20)),
    ],
)
def test_a_size_is_in_css_pixels(docs, name, data, size):
    put(docs, f"img/{name}", data)

    picture = found(docs, f"../img/{name}")

    assert picture == Picture(f"../img/{name}", "", *size)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b""),
        ("a.png", b"not a picture"),
        ("a.png", png(4, 3)[:20]),
        ("a.webp", WEBP[:16]),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.svg", b"<svg"),
        ("a.svg", b"<html></html>"),
    ],
)
def test_a_file_without_a_size_is_no_picture(docs, name, data):
    put(docs, f"img/{name}", data)

    assert found(docs, f"../img/{name}") is None


def test_the_committed_pictures_have_sizes(root):
    names = [path.name for path in (root / "docs" / "img").iterdir() if path.is_file()]

    assert names
    assert [name for name in names if not found(root / "docs", f"../img/{name}")] == []
