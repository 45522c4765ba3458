"""Whole sites: defects planted at random, what leaves the site, and whatever a file may hold."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackweek.links.inside.addresses import absolute
from hackweek.links.inside.check import check_inside
from hackweek.links.placed import TracedSite, inside_problems

HOST = "https://jo.github.io"
BASE = f"{HOST}/lessons/"
SECTIONS, PAGES = 10, 10
PIECES = """<a href=|"|'|>|</a>|<img srcset="|../|./|/|#|?|%|%zz|%C3|:|//|http:|https:/|mailto:|\
tel:|<!--|-->|<script>|</script>|<style>|url(|)|@import|<base href=|<svg>|<template>|<noscript>|\
<meta http-equiv=refresh content="0;url=|<article>|id=x|name=x|{{|&amp;|&#0;|\x00|\ufeff|\
\U0010ffff|x|a b|[""".split("|")
PLANTED = [
    ('<a href="../zebra-{n}/">x</a>', 'missing-page: "../zebra-{n}/" is not on the site'),
    ('<img src="../zebra-{n}.png">', 'missing-file: "../zebra-{n}.png" is not on the site'),
    (
        '<img src="../../pic.png" srcset="../../zebra-{n}.png 2x">',
        'missing-file: "../../zebra-{n}.png" is not on the site',
    ),
    ('<a href="#zebra-{n}">x</a>', 'missing-anchor: "#zebra-{n}" names no element of this page'),
    (
        '<a href="../page-{p}/#zebra-{n}">x</a>',
        'missing-anchor: "../page-{p}/#zebra-{n}" names no element of {there}',
    ),
    (
        '<a href="../page-{p}?{n}">x</a>',
        'missing-slash: "../page-{p}?{n}" is a folder, and has no slash',
    ),
    (
        '<a href="../PAGE-{p}/?{n}">x</a>',
        'wrong-letter-case: "../PAGE-{p}/?{n}" has the wrong letter case',
    ),
    (
        '<a href="/section-{s}/page-{p}/?{n}">x</a>',
        'missing-base-path: "/section-{s}/page-{p}/?{n}" lacks the site\'s own path "/lessons/"',
    ),
    (
        '<a href="https://jo.github.io/lessons/?{n}">x</a>',
        'own-host: "https://jo.github.io/lessons/?{n}" leads to this very site',
    ),
    (
        '<a href="../../../zebra-{n}/">x</a>',
        'outside-site: "../../../zebra-{n}/" leads out of the site\'s folder',
    ),
    (
        '<a href="https:/pangeo.io/{n}">x</a>',
        'broken-address: "https:/pangeo.io/{n}" begins with "https:/"',
    ),
    ('<p id="pair-{n}"><p id="pair-{n}">', 'duplicate-id: "pair-{n}" is the id of 2 elements'),
    (
        '<a href="mailto:jo{n}">x</a>',
        'wrong-mail-link: "mailto:jo{n}" is no mail address',
    ),
    (
        '<a href="javascript:go({n})">x</a>',
        'javascript-link: "javascript:go({n})" does nothing without scripts',
    ),
    ('<p style="background: url(bg-{n}.png)">', 'missing-file: "bg-{n}.png" is not on the site'),
    ('<a href="" title="{n}">x</a>', 'empty-address: "" leads nowhere'),
]


def name(number):
    return f"section-{number // PAGES}/page-{number % PAGES}/index.html"


def page(number, planted):
    menu = "".join(f'<a href="../../{name(each)[:-10]}">x</a>' for each in range(SECTIONS * PAGES))
    parts = [
        f'<h2 id="part-{part}">x</h2><a href="#part-{part}">x</a>'
        f'<a href="../page-{(number + part) % PAGES}/#part-{part}">x</a>{"".join(planted[part::9])}'
        for part in range(9)
    ]
    return f"<title>x</title><nav>{menu}</nav><article>{''.join(parts)}</article>"


def write(site, path, content):
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("seed", range(3))
def test_every_planted_defect_is_reported_and_nothing_else(tmp_path, seed):
    chance = random.Random(seed)
    planted = {number: [] for number in range(SECTIONS * PAGES)}
    expected = []
    for n in range(118):
        html, said = PLANTED[n % len(PLANTED)]
        number = chance.randrange(SECTIONS * PAGES)
        s, p = number // PAGES, chance.choice([x for x in range(PAGES) if x != number % PAGES])
        values = {"n": 1000 + n, "s": s, "p": p, "there": name(s * PAGES + p)}
        planted[number].append(html.format(**values))
        expected.append(f"{name(number)}: {said.format(**values)}")
    for number, defects in planted.items():
        write(tmp_path, name(number), page(number, defects))
    write(tmp_path, "index.html", "<title>x</title>")
    write(tmp_path, "pic.png", "")
    inside = check_inside(tmp_path, BASE)
    found = [f"{each.reference.file}: {each.rule}: {each.message}" for each in inside.faults]
    assert sorted(found) == sorted(expected)
    assert inside.pages == SECTIONS * PAGES + 1
    told = inside_problems(TracedSite(tmp_path, BASE, "built"))
    assert sorted(f"{each.path}: {each.rule}: {each.message}" for each in told) == sorted(
        f"built/{each}" for each in expected
    )
    for each in told:
        lines = (tmp_path / each.path.removeprefix("built/")).read_text("utf-8").split("\n")
        assert lines[each.line - 1][each.column - 1 :].startswith(each.message.split('"')[1])


def test_what_leaves_the_site_is_handed_on_with_its_place(tmp_path):
    write(
        tmp_path,
        "a/index.html",
        '<nav><a href="https://pangeo.io">x</a></nav><article><a href=" https://pangeo.io">x</a>'
        '<a href="https://pangeo.io">x</a><img src="https://pangeo.io"></article>'
        '<a href="https://pangeo.io">x</a><a href="//pangeo.io/a b">x</a><a href="/other/">x</a>'
        '<a href="mailto:jo@pangeo.io">x</a><style>b { background: url(https://x.io/b) }</style>',
    )
    inside = check_inside(tmp_path, BASE)
    assert inside.faults == []
    assert inside.links == 9
    assert [(e.element, e.attribute, e.nth, e.in_article) for e in inside.outside] == [
        ("a", "href", 0, False),
        ("a", "href", 0, True),
        ("a", "href", 0, True),
        ("img", "src", 1, True),
        ("a", "href", 3, False),
        ("a", "href", 0, False),
        ("a", "href", 0, False),
        ("css", "", 0, False),
    ]
    assert [absolute(each, BASE) for each in inside.outside] == [
        *["https://pangeo.io"] * 5,
        "https://pangeo.io/a b",
        "https://jo.github.io/other/",
        "https://x.io/b",
    ]


def test_what_no_reader_meets_is_not_handed_on(tmp_path):
    write(
        tmp_path,
        "index.html",
        '<link rel="preconnect" href="https://a.io"><link rel="dns-prefetch" href="//a.io">'
        "<style>@namespace svg url(http://www.w3.org/2000/svg); /* url(https://a.io) */</style>"
        '<script>"https://a.io"</script><svg xmlns="http://www.w3.org/2000/svg"></svg>',
    )
    assert check_inside(tmp_path, BASE).outside == []


def test_a_page_that_shows_itself_anew_is_no_loop(tmp_path):
    write(tmp_path, "index.html", '<meta http-equiv="refresh" content="300; url=./">')
    assert check_inside(tmp_path, BASE).faults == []


def test_a_page_without_articles_is_all_its_own_text(tmp_path):
    write(tmp_path, "index.html", '<a href="https://pangeo.io">x</a>')
    assert [each.in_article for each in check_inside(tmp_path, BASE).outside] == [True]


def test_a_base_on_another_host_takes_every_relative_address_there(tmp_path):
    write(tmp_path, "index.html", '<base href="https://pangeo.io/"><a href="zebra/#x">x</a>')
    inside = check_inside(tmp_path, BASE)
    assert (inside.faults, len(inside.outside)) == ([], 1)


def test_the_sites_host_is_a_choice_where_most_addresses_have_it(tmp_path):
    links = f'<a href="{BASE}a/">x</a>' * 30
    write(tmp_path, "index.html", f'{links}<a href="{BASE}b/">x</a>')
    write(tmp_path, "a/index.html", f'<a href="{BASE}">x</a>' + '<a href="../">x</a>' * 20)
    assert [each.message for each in check_inside(tmp_path, BASE).faults] == [
        f'"{BASE}b/" is not on the site'
    ]


def test_one_address_with_the_sites_host_is_no_choice(tmp_path):
    write(tmp_path, "index.html", f'<a href="{BASE}">x</a>')
    assert [each.rule for each in check_inside(tmp_path, BASE).faults] == ["own-host"]


def test_the_sites_host_belongs_on_the_page_for_missing_addresses_only(tmp_path):
    write(tmp_path, "404.html", f'<a href="{BASE}">x</a><a href="/lessons/">x</a><a href="#">x</a>')
    write(tmp_path, "index.html", f'<a href="{BASE}">x</a>')
    assert [each.reference.file for each in check_inside(tmp_path, BASE).faults] == ["index.html"]


def test_a_page_for_missing_addresses_may_say_what_its_own_are_relative_to(tmp_path):
    write(tmp_path, "404.html", '<base href="/lessons/"><a href="./">x</a><a href="b/">x</a>')
    write(tmp_path, "index.html", "x")
    assert [each.message for each in check_inside(tmp_path, BASE).faults] == [
        '"b/" is not on the site'
    ]


def test_a_page_before_the_one_for_missing_addresses_does_not_speak_for_it(tmp_path):
    for name in ("2026/index.html", "hub/index.html"):
        write(tmp_path, name, '<a href="../hub/">x</a>')
    write(tmp_path, "404.html", '<a href="hub/">x</a>')
    assert [each.rule for each in check_inside(tmp_path, BASE).faults] == ["relative-on-404"]


def test_pages_of_one_folder_do_not_speak_for_each_others_anchors(tmp_path):
    for name, id in (("a.html", "café"), ("b.html", "tea")):
        write(tmp_path, name, f'<p id="{id}"><a href="#caf%C3%A9">x</a>')
    assert [each.reference.file for each in check_inside(tmp_path, BASE).faults] == ["b.html"]


def test_no_page_is_said_to_have_meant_itself(tmp_path):
    write(tmp_path, "zebra/index.html", '<a href="../zebras/">x</a>')
    assert [each.help for each in check_inside(tmp_path, BASE).faults] == [""]


def test_a_suggestion_names_the_index_where_the_address_does(tmp_path):
    write(tmp_path, "hubble/index.html", "x")
    write(tmp_path, "nebula/index.html", '<a href="../hubbel/index.html">x</a>')
    faults = check_inside(tmp_path, BASE).faults
    assert [each.help for each in faults] == ['did you mean "../hubble/index.html"?']


def test_faults_are_in_the_order_of_their_files(tmp_path):
    write(tmp_path, "a.html", '<p id="x"><p id="x">')
    write(tmp_path, "b.html", '<a href="zebra/">x</a>')
    write(tmp_path, "c.html", '<p id="x"><p id="x">')
    files = [each.reference.file for each in check_inside(tmp_path, BASE).faults]
    assert files == ["a.html", "b.html", "c.html"]


def test_a_file_may_be_called_like_an_address(tmp_path):
    write(tmp_path, "www.pangeo.io/index.html", "x")
    write(tmp_path, "jo@pangeo.io", "x")
    write(tmp_path, "index.html", '<a href="www.pangeo.io/">x</a><a href="jo@pangeo.io">x</a>')
    assert check_inside(tmp_path, BASE).faults == []


def test_numbers_and_names_that_programs_give_are_never_guessed(tmp_path):
    write(tmp_path, "day-1/index.html", '<p id="id7"><p id="__tabbed">')
    write(
        tmp_path,
        "index.html",
        '<a href="day-2/">x</a><a href="#id7">x</a><a href="day-1/#_tabbed">x</a>',
    )
    assert [each.help for each in check_inside(tmp_path, BASE).faults] == ["", "", ""]


def test_a_link_with_the_name_of_its_own_page_is_named_alike_on_every_page(tmp_path):
    for name in ("a.html", "b.html"):
        write(tmp_path, name, '<a href="b.html#x">x</a><a href="?#x">x</a>')
    assert [each.message for each in check_inside(tmp_path, BASE).faults] == [
        '"b.html#x" names no element of b.html',
        '"?#x" names no element of this page',
    ] * 2


def test_two_pages_that_lead_to_each_other_are_one_loop(tmp_path):
    for name, other in (("a", "b"), ("b", "a"), ("c", "a")):
        write(
            tmp_path, f"{name}.html", f'<meta http-equiv="refresh" content="0; url={other}.html">'
        )
    assert [each.message for each in check_inside(tmp_path, BASE).faults] == [
        '"b.html" never arrives: a.html → b.html → a.html'
    ]


def test_a_fragment_is_looked_for_on_its_own_page_only(tmp_path):
    write(tmp_path, "index.html", '<p id="x"><a href="b.html#y">x</a>')
    write(tmp_path, "b.html", '<p id="y"><a href="./#x">x</a><a href="index.html#x">x</a>')
    write(tmp_path, "c.html", '<a href="#x">x</a>')
    assert [each.reference.file for each in check_inside(tmp_path, BASE).faults] == ["c.html"]


def test_a_site_at_the_root_of_its_host_has_no_base_path_to_lack(tmp_path):
    write(tmp_path, "a/index.html", '<a href="/">x</a><a href="/a/">x</a><a href="../../a/">x</a>')
    write(tmp_path, "index.html", f'<a href="{HOST}">x</a><a href="/b/">x</a><a href="a/">x</a>')
    found = [f"{e.message}, {e.help}" for e in check_inside(tmp_path, HOST).faults]
    assert found == [
        '"../../a/" leads out of the site\'s folder, did you mean "./"?',
        '"https://jo.github.io" leads to this very site, write "./"',
        '"/b/" is not on the site, ',
    ]


def test_a_folder_that_links_to_itself_is_read_once(tmp_path):
    write(tmp_path, "a/index.html", '<a href="../a/">x</a>')
    (tmp_path / "a/again").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    assert check_inside(tmp_path, BASE).pages == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe<a href='\xff\xfe\x00'>",
        b"x" * 5_000_000,
        b"<a href='" + b"x" * 5_000_000,
        b"<div>" * 2_000 + b"<a href=y>",
        b"<b><i>" * 50_000,
        "<a href='é'>".encode("utf-16"),
        b"<p style='" + b"url(" * 100_000 + b"'>",
        b"<img srcset='" + b", (" * 20_000 + b"'>",
        b"<a href='tel:" + b"1" * 100_000 + b"x'>",
        b"<style>" + b"/*" * 100_000 + b"\\" * 100_000,
        b"<a href='" + b"../" * 100_000 + b"'>",
    ],
    ids=lambda data: repr(data[:20]),
)
@pytest.mark.parametrize("file", ["index.html", "a.css", "sitemap.xml", "a.webmanifest", "a.svg"])
def test_whatever_a_file_holds_is_read(tmp_path, data, file):
    write(tmp_path, file, data)
    assert all(each.reference.file == file for each in check_inside(tmp_path, BASE).faults)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_whatever_a_page_says_is_judged(tmp_path_factory, text):
    site = tmp_path_factory.mktemp("any")
    write(site, "index.html", text)
    write(site, "b.css", text)
    write(site, "feed.xml", f"<rss>{text}")
    inside = check_inside(site, BASE)
    assert all("\n" not in each.message for each in inside.faults)
    assert all(absolute(each, BASE) for each in inside.outside)


def test_names_that_are_no_text_are_found(tmp_path):
    with open(bytes(tmp_path) + b"/\xff%41.html", "wb") as file:  # noqa: PTH123 - not text
        file.write(b"<a href='%FF%2541.html'>x</a><a href='%FF%41.html'>x</a>")
    faults = check_inside(tmp_path, BASE).faults
    assert [each.message for each in faults] == ['"%FF%41.html" is not on the site']
