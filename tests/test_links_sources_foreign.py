"""From a link of a built page back to the author's line, in anybody's site."""

from textwrap import dedent

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from built_references import references
from hackweek.links.references import Reference
from hackweek.links.sources.sources import Sources
from planted_site import FILES, HOST, SETTINGS


@pytest.fixture(scope="module", params=[True, False], ids=["directories", "files"])
def folder(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("foreign")
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(dedent(text), "utf-8")
    setting = f"use_directory_urls: {str(request.param).lower()}\n"
    (root / "mkdocs.yml").write_text(SETTINGS + setting, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        build(load_config("mkdocs.yml"))
    return root


@pytest.fixture(scope="module")
def sources(folder):
    return Sources.of_folder(folder / "docs", "their/docs")


@pytest.fixture(scope="module")
def built(folder):
    return list(references(folder / "site"))


@pytest.fixture(scope="module")
def shown(sources, built):
    """Where the references that end in some way are placed, in the order of a page."""

    def places(ending, file=""):
        return [
            as_text(sources.place(each))
            for each in built
            if each.url.endswith(ending) and each.in_article and each.file.startswith(file)
        ]

    return places


def as_text(place):
    return f"{place.path}:{place.line}:{place.column}" if place else None


def linked(file, url, nth=0):
    """A reference of an article's link."""
    return Reference(file=file, url=url, element="a", attribute="href", nth=nth, in_article=True)


def at(path, text, nth=0):
    """Where a text stands in a file, as a person would count."""
    lines = (SETTINGS if path == "mkdocs.yml" else dedent(FILES[path])).splitlines()
    found = [(n, line.index(text) + 1) for n, line in enumerate(lines, start=1) if text in line]
    line, column = found[nth]
    return f"their/{path}:{line}:{column}"


def test_every_reference_of_the_articles_is_placed(built, sources):
    lost = [each for each in built if each.in_article and not sources.place(each)]
    assert [each.url for each in lost] == []


@pytest.mark.parametrize(
    ("ending", "path", "text"),
    [
        ("/inline", "docs/README.md", f"{HOST}/inline"),
        ("/magic", "docs/README.md", f"{HOST}/magic"),
        ("/after", "docs/README.md", f"{HOST}/after"),
        ("/auto", "docs/README.md", f"{HOST}/auto"),
        ("/footnote", "docs/README.md", f"{HOST}/footnote)."),
        ("/raw", "docs/deep/page.md", f"{HOST}/raw"),
        ("/conditional", "docs/deep/page.md", f"{HOST}/conditional"),
        ("/literal", "docs/deep/page.md", f"{HOST}/literal"),
        ("data.csv", "docs/deep/page.md", "data.csv"),
        ("/index", "docs/deep/index.md", f"{HOST}/index"),
    ],
)
def test_an_address_in_a_page_is_placed_where_it_is_written(ending, path, text, shown):
    assert shown(ending) == [at(path, text)]


@pytest.mark.parametrize(
    ("ending", "path"),
    [
        ("/inner", "parts/nested.md"),
        ("/innermost", "parts/innermost.md"),
        ("/blockwise", "parts/blockwise.md"),
        ("/included", "parts/included.md"),
    ],
)
def test_an_address_in_an_included_file_is_placed_in_that_file(ending, path, shown):
    assert shown(ending) == [at(path, f"{HOST}{ending}")]


def test_a_file_included_twice_is_placed_twice(shown):
    place = at("parts/common.md", f"{HOST}/common")
    assert shown("/common") == [place, place]


def test_an_address_of_a_setting_is_placed_in_the_settings(shown):
    assert shown("/chat") == [at("mkdocs.yml", f"{HOST}/chat")]
    place = at("mkdocs.yml", f"{HOST}/files")
    assert shown("/files") == [place, place]
    assert shown("/mirror") == [at("docs/deep/page.md", f"{HOST}/mirror")]


def test_an_address_that_is_a_setting_only_in_part_is_placed_in_the_page(shown):
    assert shown("/part") == [at("docs/deep/page.md", "{{ chat }}/part")]


def test_an_address_with_a_part_that_is_not_known_is_placed_in_the_page(shown):
    assert shown("/unknown/path") == [at("docs/deep/page.md", "{{ nobody }}")]


def test_links_between_pages_are_placed_whatever_the_built_address_is(shown, built):
    start = next(each for each in built if each.file == "index.html" and "deep/page" in each.url)
    page = start.url.partition("#")[0]
    assert shown(page, "index.html") == [
        at("docs/README.md", "deep/page.md)"),
        at("docs/README.md", 'deep/page.md "Title'),
    ]
    assert shown(f"{page}#part-one") == [at("docs/README.md", "deep/page.md#part-one")]


def test_a_link_to_a_page_that_is_not_there_is_placed_at_the_link(shown):
    column = len("`gone.md` [gone](") + 1
    assert shown("gone.md") == [f"{at('docs/deep/page.md', '`gone').removesuffix(':1')}:{column}"]


def test_a_link_to_a_page_with_a_name_that_has_to_be_encoded_is_placed(shown, built):
    url = next(each.url for each in built if "zwei" in each.url and each.in_article)
    assert url != "zwei%20wörter.md"
    assert shown(url) == [at("docs/deep/page.md", "zwei%20wörter.md")]


def test_links_of_headings_and_footnotes_are_placed_at_these(shown):
    assert shown("#part-one", "deep/page") == [
        at("docs/deep/page.md", "## Part one"),
        at("docs/deep/page.md", "#part-one"),
    ]
    assert shown("#übersicht", "index.html") == [at("docs/README.md", "# Übersicht")]
    assert shown("#fn:1") == [at("docs/README.md", "[^1]")]
    assert shown("#fnref:1") == [at("docs/README.md", "[^1]:")]
    assert shown("#fnref2:two") == [at("docs/README.md", "[^two]:")]


@pytest.mark.parametrize(
    ("url", "path", "text"),
    [
        (f"{HOST}/copyright", "mkdocs.yml", f"{HOST}/copyright"),
        (f"{HOST}/navigation", "mkdocs.yml", f"{HOST}/navigation"),
        (f"{HOST}/announced", "theme/main.html", f"{HOST}/announced"),
    ],
)
def test_what_stands_around_an_article_is_placed(url, path, text, sources, built):
    around = next(each for each in built if each.url == url and not each.in_article)
    assert as_text(sources.place(around)) == at(path, text)


def test_the_navigation_is_placed_in_the_settings(sources, built):
    entries = [each for each in built if each.file == "index.html" and "deep/page" in each.url]
    around = next(each for each in entries if not each.in_article)
    assert as_text(sources.place(around)) == at("mkdocs.yml", "deep/page.md")


def test_an_address_in_a_style_is_placed_in_the_style(sources):
    style = Reference(
        file="styles/extra.css",
        url="missing.png",
        element="css",
        attribute="",
        nth=0,
        in_article=False,
    )
    assert as_text(sources.place(style)) == at("docs/styles/extra.css", "missing.png")


DEEP = ("deep/index.html", "deep/page/index.html", "deep/page.html")


def test_built_pages_lead_to_their_sources(sources, built):
    assert {each.file: sources.page(each.file) for each in built if each.file in DEEP} in (
        {
            "deep/index.html": "their/docs/deep/index.md",
            "deep/page/index.html": "their/docs/deep/page.md",
        },
        {
            "deep/index.html": "their/docs/deep/index.md",
            "deep/page.html": "their/docs/deep/page.md",
        },
    )
    assert sources.page("index.html") == "their/docs/README.md"


def test_a_folder_without_settings_is_placed_as_well(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text(f"[b](b.md) [c]({HOST}/c)[^1]\n\n[^1]: [d]({HOST}/d)\n")
    (tmp_path / "docs/b.md").write_text('--8<-- "docs/a.md"\n')
    sources = Sources.of_folder(tmp_path / "docs", "docs")
    urls = {f"{HOST}/c": "docs/a.md:1:15", f"{HOST}/d": "docs/a.md:3:11"}
    for url, place in urls.items():
        for file in ("a/index.html", "b/index.html"):
            reference = Reference(
                file=file, url=url, element="a", attribute="href", nth=0, in_article=True
            )
            assert as_text(sources.place(reference)) == place


def test_what_became_a_link_without_an_address_is_placed_at_its_abbreviation(shown):
    line = at("docs/README.md", "Issue #15")
    place = line.removesuffix(":1")
    assert shown("owner/name/issues/15") == [f"{place}:7", f"{place}:23"]
    assert shown("owner/name/pull/16") == [f"{place}:15"]
    assert shown("github.com/somebody") == [f"{place}:37"]
    assert shown("1f604.png") == [f"{place}:48"]


def test_the_link_of_a_line_of_code_is_placed_at_the_line(shown):
    line = at("docs/README.md", "x = 1")
    assert shown("#__codelineno-0-1") == [line]


def test_an_address_in_a_style_of_a_page_is_placed_in_the_page(sources):
    style = Reference(
        file="index.html",
        url=f"{HOST}/style.png",
        element="css",
        attribute="",
        nth=0,
        in_article=True,
    )
    assert as_text(sources.place(style)) == at("docs/README.md", f"{HOST}/style.png")


def test_files_that_include_each_other_come_to_an_end(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text(f'{{% include "b.md" %}}\n--8<-- "b.md"\n[a]({HOST}/a)\n')
    (tmp_path / "docs/b.md").write_text('{% include "a.md" %}\n--8<-- "a.md"\n')
    sources = Sources.of_folder(tmp_path / "docs", "docs")
    assert as_text(sources.place(linked("a/index.html", f"{HOST}/a", nth=9))) == "docs/a.md:3:5"


def test_a_file_outside_of_the_repository_is_not_read(tmp_path):
    (tmp_path / "site/docs").mkdir(parents=True)
    (tmp_path / "secret.md").write_text(f"[x]({HOST}/secret)\n")
    (tmp_path / "site/docs/a.md").write_text('--8<-- "../secret.md"\n')
    sources = Sources.of_folder(tmp_path / "site/docs", "docs")
    assert sources.place(linked("a/index.html", f"{HOST}/secret")) is None
