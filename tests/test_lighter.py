"""A small built site made light."""

import pytest

from hackweek.lighter import lighten_site

PAGE = """\
<html class="no-js">
  <head>
    <link rel="stylesheet" href="{base}assets/stylesheets/theme.css">
    <link rel="stylesheet" href="{base}assets/own.css">
  </head>
  <body>
    <article class="lesson">
<pre>
  kept
    as it is
</pre>
    </article>
    <script src="{base}assets/bundle.js"></script>
    <script src="{base}assets/own.js"></script>
  </body>
</html>
"""


def site(tmp_path, css=".lesson { color: red; }"):
    (tmp_path / "assets/stylesheets").mkdir(parents=True)
    (tmp_path / "deep/page").mkdir(parents=True)
    (tmp_path / "assets/stylesheets/theme.css").write_text(".gone{top:0}.lesson{top:1px}")
    (tmp_path / "assets/stylesheets/theme.css.map").write_text("{}")
    (tmp_path / "assets/own.css").write_text(css)
    (tmp_path / "assets/bundle.js").write_text("first();")
    (tmp_path / "assets/own.js").write_text("second();")
    for name, base in (("index.html", ""), ("deep/page/index.html", "../../"), ("404.html", "/x/")):
        (tmp_path / name).write_text(PAGE.format(base=base))
    lighten_site(tmp_path)
    return tmp_path


def test_stylesheets_and_scripts_become_one_each_in_their_order(tmp_path):
    assets = site(tmp_path) / "assets"
    assert (assets / "lessons.css").read_text() == ".lesson{top:1px}.lesson{color: red}"
    assert (assets / "lessons.js").read_text() == "first();\nsecond();"
    assert sorted(path.name for path in assets.rglob("*.*")) == ["lessons.css", "lessons.js"]


def test_a_page_refers_to_them_from_where_it_is(tmp_path):
    assert (
        (site(tmp_path) / "deep/page/index.html").read_text()
        == """\
<html class="no-js">
<head>
<link rel="stylesheet" href="../../assets/lessons.css?504cb914">
</head>
<body>
<article class="lesson">
<pre>
  kept
    as it is
</pre>
    </article>
<script src="../../assets/lessons.js?0748e7f2"></script>
</body>
</html>
"""
    )


def test_the_page_for_missing_addresses_refers_to_them_by_their_whole_path(tmp_path):
    assert 'href="/x/assets/lessons.css?' in (site(tmp_path) / "404.html").read_text()


def test_a_changed_stylesheet_has_another_address(tmp_path):
    first = (site(tmp_path / "first") / "index.html").read_text()
    second = (site(tmp_path / "second", ".lesson { color: blue; }") / "index.html").read_text()
    assert first.partition("css?")[2][:8] != second.partition("css?")[2][:8]
    assert first.partition("js?")[2][:8] == second.partition("js?")[2][:8]


def test_a_page_without_them_stays_without(tmp_path):
    (tmp_path / "page.html").write_text("<p>Text.</p>")
    site(tmp_path)
    assert (tmp_path / "page.html").read_text() == "<p>Text.</p>"


def test_a_script_of_one_page_stays_a_file_of_its_own_with_the_rules_that_it_needs(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/own.css").write_text('[data-it="shown"]{top:1px}[data-it="not"]{top:2px}')
    (tmp_path / "assets/late.js").write_text('it = "shown";')
    page = (
        '<link rel="stylesheet" href="assets/own.css"><script defer src="assets/late.js"></script>'
    )
    (tmp_path / "index.html").write_text(page)

    lighten_site(tmp_path)

    assert '<script defer src="assets/late.js?62657f63"></script>' in (
        tmp_path / "index.html"
    ).read_text("utf-8")
    assert (tmp_path / "assets/late.js").read_text() == 'it = "shown";'
    assert (tmp_path / "assets/lessons.css").read_text() == '[data-it="shown"]{top:1px}'


@pytest.mark.parametrize(
    ("index", "config", "is_kept"),
    [
        ("search/search_index.json", '{"lang": ["en"]}', False),
        ("search.json", '{"lang": ["en"]}', False),
        ("search/search_index.json", '{"lang": ["en", "de"]}', True),
        ("search.json", '{"lang": ["ja"]}', True),
        ("search.json", "{}", True),
    ],
)
def test_what_other_languages_are_searched_with_stays_where_one_is(
    tmp_path, index, config, is_kept
):
    (tmp_path / index).parent.mkdir(exist_ok=True)
    (tmp_path / index).write_text(f'{{"config": {config}, "docs": []}}')
    stemmer = tmp_path / "assets/javascripts/lunr/min/lunr.de.min.js"
    stemmer.parent.mkdir(parents=True)
    stemmer.write_text("stem();")

    lighten_site(tmp_path)

    assert stemmer.exists() is is_kept
