"""Anchors found in HTML that arrives in pieces, and in HTML that is meant to do harm."""

import pytest

from hackweek.links.outside import anchors
from hackweek.links.outside.anchors import AnchorSearch

PAGES = {
    '<p id="x">': True,
    "<P ID=x>": True,
    "<p\nclass=a\n id = 'x' >": True,
    "<p id=x/>": False,
    "<p id=x />": True,
    "<br/id=x>": True,
    '<a name="x">': True,
    '<p name="x">': False,
    '<p id="X">': False,
    '<p id="a" id="x">': False,
    '<p data-id="x">': False,
    '<p title="<p id=x>">': False,
    "<p title='a > b' id=x>": True,
    "<p title=it's id=x>": True,
    "<p id=&#120;>": True,
    "<p hidden id=x>": True,
    "a < b <p id=x>": True,
    "<!-- <p id=x> -->": False,
    "<!--> <p id=x>": True,
    "<!-- a --!> <p id=x>": True,
    "<!doctype html><p id=x>": True,
    "<?php echo ?><p id=x>": True,
    "</p><p id=x>": True,
    "<script><p id=x></script>": False,
    "<script>1</script><p id=x>": True,
    "<SCRIPT>'</scripts>'</Script ><p id=x>": True,
    "<textarea><p id=x></textarea>": False,
    "<title>a<b</title><p id=x>": True,
    "<style id=x>": True,
    "<p id=x": False,
}
TEXT = "Words that make the page long enough for the faster way. " * 5


def found(pieces):
    search = AnchorSearch(["x"])
    for piece in pieces:
        search.feed(piece)
    search.read_on()
    return not search.missing


@pytest.mark.parametrize(("page", "expected"), PAGES.items(), ids=PAGES)
@pytest.mark.parametrize("before", ["", TEXT], ids=["short", "long"])
def test_an_anchor_is_found_where_a_browser_finds_it(page, expected, before):
    assert found([before + page]) is expected


@pytest.mark.parametrize(("page", "expected"), PAGES.items(), ids=PAGES)
@pytest.mark.parametrize("before", ["", TEXT], ids=["short", "long"])
def test_it_does_not_matter_where_a_page_is_cut(page, expected, before):
    cuts = range(1, len(page))
    assert {found([before + page[:cut], page[cut:]]) for cut in cuts} == {expected}
    assert found([before, *page]) is expected


@pytest.mark.parametrize("hostile", ["<p title='", "<p ", "<p title=", "<" + "p" * 9])
def test_a_tag_without_an_end_is_given_up(monkeypatch, hostile):
    monkeypatch.setattr(anchors, "LONGEST_TOKEN", 1000)
    search = AnchorSearch(["x"])
    search.feed(hostile)
    for _ in range(20):
        search.feed("y" * 100)
    search.read_on()
    assert search.given_up


@pytest.mark.parametrize("harmless", ["<!--", "<script>", "</p ", "text"])
def test_what_need_not_be_kept_is_not(harmless):
    search = AnchorSearch(["x"])
    search.feed(harmless)
    for _ in range(100):
        search.feed("y" * 100)
    assert len(search._rest) < 1000


@pytest.mark.parametrize(
    ("page", "is_shell"),
    [
        ("<script src=app.js></script><div id=root></div>", True),
        ("<script src=app.js></script><noscript>Switch it on.</noscript>", True),
        ("<script src=app.js></script><h1>A short page</h1>", False),
        ("<div id=root></div>", False),
        (f"<script src=app.js></script><div id=root>{TEXT}</div>", False),
    ],
)
def test_an_empty_page_with_scripts_is_made_by_them(page, is_shell):
    search = AnchorSearch(["x"])
    search.feed(page)
    search.read_on()
    assert search.made_by_scripts is is_shell


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0; url=../new/", "../new/"),
        ("0;URL='/new/'", "/new/"),
        ("5, /new/", "/new/"),
        ("60; url=/new/", None),
        ("300", None),
        ("soon; url=/new/", None),
    ],
)
def test_a_page_that_only_redirects_says_where_to(content, target):
    search = AnchorSearch(["x"])
    search.feed(f'<meta http-equiv="Refresh" content="{content}">')
    search.read_on()
    assert search.refresh == target
