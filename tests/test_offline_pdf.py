"""The PDF of every event, printed by a real browser and read as other programs read it."""

import os
import subprocess
import sys
from urllib.parse import urljoin

import pypdf
import pytest
from selectolax.lexbor import LexborHTMLParser

from hackweek.offline.pdf import PrintError, printing_browser, write_pdf
from published import LIVE, SITES, URL, build_sites
from repository import copy_repository

MOST_BYTES = 5_000_000


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pdf") / "site"
    return build_sites(folder, browser=printing_browser())


@pytest.fixture(scope="module", params=SITES)
def slug(request):
    return request.param


@pytest.fixture(scope="module")
def pdf(built, slug):
    return pypdf.PdfReader(built / slug / f"{slug}-lessons.pdf")


@pytest.fixture(scope="module")
def page(built, slug):
    return LexborHTMLParser((built / slug / "print/index.html").read_text("utf-8"))


def words(node):
    return " ".join(node.text().split())


def titles(outline):
    for each in outline:
        if isinstance(each, list):
            yield from titles(each)
        else:
            yield each.title


def links(pdf):
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            yield note.get_object()


def elements(node):
    """The tags of a PDF, from the top down."""
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from elements(each)
    elif isinstance(node, dict):
        yield from [node] if "/S" in node else []
        yield from elements(node["/K"]) if "/K" in node else []


def test_the_file_is_small(built, slug):
    assert 100_000 < (built / slug / f"{slug}-lessons.pdf").stat().st_size <= MOST_BYTES


def test_it_has_a_title_a_language_and_tags(pdf, slug):
    assert pdf.metadata.title == f"All lessons - {SITES[slug].event.name}"
    assert pdf.root_object["/Lang"] == "en"
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    tags = {each["/S"] for each in elements(pdf.root_object["/StructTreeRoot"])}
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/Figure", "/Link"} <= tags


def test_its_outline_is_that_of_the_headings(pdf, page):
    headings = [words(each) for each in page.css("h1, h2, h3, h4, h5, h6")]
    assert [" ".join(each.split()) for each in titles(pdf.outline)] == headings


def test_its_links_lead_within_it_and_to_other_sites(pdf, page, slug):
    written = [link.attributes["href"] for link in page.css("nav a, main a")]
    inside = [note["/Dest"] for note in links(pdf) if "/Dest" in note]
    assert set(inside) <= set(pdf.named_destinations)
    assert {each.removeprefix("/") for each in inside} == {
        href.removeprefix("#") for href in written if href.startswith("#")
    }
    outside = {note["/A"]["/URI"] for note in links(pdf) if "/A" in note}
    address = f"{SITES[slug].url(URL)}print/"
    assert {each.rstrip("/") for each in outside} == {
        urljoin(address, href).rstrip("/") for href in written if not href.startswith("#")
    }


def test_its_pictures_have_their_texts(pdf, page):
    shown = [picture.attributes["alt"] for picture in page.css("img")]
    figures = [
        each["/Alt"] for each in elements(pdf.root_object["/StructTreeRoot"]) if "/Alt" in each
    ]
    assert figures == shown
    assert len(shown) > 10


def test_the_first_page_names_it_with_its_size(built, slug):
    page = LexborHTMLParser((built / slug / "index.html").read_text("utf-8"))
    [link] = page.css(f"article ~ div a[href='{slug}-lessons.pdf']")
    size = (built / slug / f"{slug}-lessons.pdf").stat().st_size
    assert words(link.parent) == f"All lessons as PDF ({size / 1e6:.1f} MB)."


@pytest.mark.parametrize("each", SITES)
def test_nothing_is_left_beside_the_page_that_was_printed(built, each):
    assert [path.name for path in (built / each / "print").iterdir()] == ["index.html"]


def test_a_browser_that_fails_is_quoted(built, tmp_path):
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\necho the disk is full >&2\nexit 3\n")
    program.chmod(0o755)
    with pytest.raises(PrintError, match=r"\Athe disk is full\Z"):
        write_pdf(str(program), built / LIVE / "print/index.html", "", tmp_path / "lost.pdf")


def test_without_a_browser_nothing_is_published(tmp_path):
    copy_repository(tmp_path / "repository")
    done = subprocess.run(
        [sys.executable, "-m", "hackweek", "build", LIVE, "--pdf"],
        cwd=tmp_path / "repository",
        env={**os.environ, "CHROMIUM": "no-such-browser"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        'hackweek: no PDF, and nothing was written: CHROMIUM names no program: "no-such-browser"\n'
    )
    assert not (tmp_path / "repository/site").exists()
