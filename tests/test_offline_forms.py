"""The page to print and the archive of every event, as readers get them."""

import re
import shutil
import zipfile
from functools import cache
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from browser import AXE, axe_findings
from hackweek.links.inside.check import check_inside
from hackweek.offline.archive import files_to_archive, write_archive
from published import BASE, LIVE, SITES, addresses, build_sites
from repository import append, copy_repository

BLOCKS = "p, pre, td, th, dt, dd, summary, figcaption, li:not(:has(p, div))"
PICTURES = """async () => {
  const shown = [...document.querySelectorAll("img")].filter((each) => each.checkVisibility());
  for (const each of shown) each.loading = "eager";
  await Promise.all(shown.map((each) => each.decode()));
  return shown.map((each) => each.alt);
}"""


def parsed(path):
    return LexborHTMLParser(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def one_page(built):
    """The page to print of each event."""
    return {slug: parsed(built / slug / "print/index.html") for slug in SITES}


def words(node):
    return " ".join(node.text().replace("¶", "").split())


def article(built, page):
    """What a page says, without what is not for paper."""
    [found] = parsed(built / page / "index.html").css("article")
    for left_out in found.css(".only-dark, .tabbed-labels, .trail, .page-foot, script, style"):
        left_out.decompose()
    return found


# The page to print


@pytest.mark.parametrize("slug", SITES)
def test_the_page_to_print_says_all_that_the_pages_say(built, one_page, slug):
    whole = [words(each) for each in one_page[slug].css(BLOCKS)]
    for page in addresses(slug):
        for block in article(built, page).css(BLOCKS):
            assert words(block) in whole


@pytest.mark.parametrize("slug", SITES)
def test_the_page_to_print_follows_the_navigation(one_page, slug):
    keys = [each.attributes["id"] for each in one_page[slug].css("main > article")]
    order = [page.removesuffix(".md") for page in SITES[slug].reading_order]
    assert keys == [page.replace("/", "-").replace("index", "start") for page in order]
    assert len(keys) == len(addresses(slug))


@pytest.mark.parametrize("slug", SITES)
def test_headings_of_the_page_to_print_leave_no_level_out(one_page, slug):
    levels = [int(each.tag[1]) for each in one_page[slug].css("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert levels.count(2) == len(addresses(slug))
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("slug", SITES)
def test_links_between_pages_stay_on_the_page_to_print(one_page, slug):
    page = one_page[slug]
    links = [each.attributes["href"] for each in page.css("main a, nav a")]
    anchors = {each.attributes["id"] for each in page.css("[id]")}
    inside = [link.removeprefix("#") for link in links if link.startswith("#")]
    assert set(inside) <= anchors
    assert len(inside) > 50
    others = {link for link in links if not link.startswith("#")}
    assert {urlsplit(link).scheme for link in others - {"../calendar.ics"}} <= {"https", "mailto"}


def test_each_tab_of_the_page_to_print_has_its_title(one_page):
    titles = [words(each) for each in one_page[LIVE].css(".tab > .tab-title:first-child")]
    assert titles[:4] == ["Windows", "macOS, Apple silicon", "macOS, Intel", "Linux"]
    assert not one_page[LIVE].css("[class^=tabbed], input[type=radio]")


@pytest.mark.parametrize("slug", SITES)
def test_nothing_of_the_page_to_print_is_closed_dark_or_late(one_page, slug):
    page = one_page[slug]
    assert page.css("details[open]")
    assert not page.css("details:not([open]), .only-dark, [src*='.dark.'], [loading], .headerlink")


@pytest.mark.parametrize("slug", SITES)
def test_axe_finds_nothing_on_the_page_to_print(tab, base, slug):
    tab.goto(f"{base}{slug}/print/")
    tab.evaluate(AXE)
    # The colours are the same for each event.
    colours = {} if slug == LIVE else {"color-contrast": {"enabled": False}}
    assert axe_findings(tab, rules=colours) == []


@pytest.mark.parametrize("slug", SITES)
def test_the_page_to_print_shows_every_picture(tab, built, base, slug):
    tab.goto(f"{base}{slug}/print/")
    expected = [
        picture.attributes["alt"]
        for page in SITES[slug].reading_order
        for picture in article(built, f"{slug}/{page}"[:-3].removesuffix("index")).css("img")
    ]
    assert tab.evaluate(PICTURES) == expected
    assert len(expected) > 10


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_to_print_fits_its_window(tab, base, width):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(f"{base}{LIVE}/print/")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_an_address_stands_behind_a_link_that_does_not_spell_it(tab, base):
    tab.goto(f"{base}{LIVE}/print/")
    tab.emulate_media(media="print")
    behind = """(link) => getComputedStyle(link, "::after").content"""
    spelled = tab.locator("a[href='https://conda-forge.org/download/']").first
    assert spelled.evaluate(behind) == '" (https://conda-forge.org/download/)"'
    plain = tab.get_by_role("link", name=SITES[LIVE].event.jupyterhub_url, exact=True).first
    assert plain.evaluate(behind) == "none"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white(tab, base, scheme):
    tab.emulate_media(media="print", color_scheme=scheme)
    tab.goto(f"{base}{LIVE}/print/")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


# The archive


@pytest.fixture(scope="module")
def unpacked(built, tmp_path_factory):
    """Unpacks the archive of an event once, into a folder whose name has a blank and a hash."""

    @cache
    def folder(slug):
        target = tmp_path_factory.mktemp("a stick #1")
        with zipfile.ZipFile(built / slug / f"{slug}-lessons.zip") as archive:
            archive.extractall(target)
        [top] = target.iterdir()
        return top

    return folder


@pytest.mark.parametrize("slug", SITES)
def test_every_page_of_the_archive_is_read_from_the_file_system(tab, unpacked, slug):
    """Follows each link from the first page on; all of them name files that are there."""
    said, asked = [], []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("requestfailed", lambda request: said.append(request.url))
    links = "[...document.links].map((each) => each.href.split('#')[0])"
    waiting, seen = [(unpacked(slug) / "index.html").as_uri()], {}
    while waiting:
        url = waiting.pop()
        tab.goto(url)
        tab.evaluate(PICTURES)
        seen[url] = tab.inner_text("h1")
        found = {each for each in tab.evaluate(links) if each.startswith("file:")}
        pages = {each for each in found if each.endswith(".html")}
        waiting += pages - set(seen) - set(waiting)
        assert not [each for each in found - pages if each.endswith("/")]
    assert len(seen) == len(addresses(slug)) + 1
    assert said == []
    assert {urlsplit(url).scheme for url in asked} <= {"file", "data"}


def test_a_page_of_the_archive_looks_and_works_as_it_should(tab, unpacked):
    tab.goto((unpacked(LIVE) / "preliminary/jupyterhub/index.html").as_uri())
    position = "getComputedStyle(document.querySelector('.md-header')).position"
    assert tab.evaluate(position) == "sticky"
    tab.get_by_role("button", name="Switch to dark").click()
    tab.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    assert tab.get_by_role("search").count() == 0
    assert tab.get_by_role("button", name="Search").count() == 0
    tab.keyboard.press("s")


@pytest.mark.parametrize("slug", SITES)
def test_links_within_the_archive_are_whole(unpacked, slug):
    assert check_inside(unpacked(slug), f"http://127.0.0.1{BASE}{slug}/").faults == []


def test_equal_sites_make_equal_archives(built, tmp_path):
    archives = []
    for name in ("one", "two"):
        shutil.copytree(built / LIVE, tmp_path / name)
        for path in (tmp_path / name).rglob("*"):
            path.touch()
        archives.append(tmp_path / name / "lessons.zip")
        write_archive(archives[-1], files_to_archive(tmp_path / name))
    assert archives[0].read_bytes() == archives[1].read_bytes()


def test_the_archive_has_only_what_is_read(unpacked):
    files = {path.relative_to(unpacked(LIVE)).as_posix() for path in unpacked(LIVE).rglob("*.*")}
    others = sorted(path for path in files if not path.endswith((".html", ".webp", ".svg")))
    assert others == [
        "LICENSE.txt",
        "assets/checklist.js",
        "assets/lessons.css",
        "assets/lessons.js",
        "calendar.ics",
        "preliminary/ready.py",
    ]


@pytest.mark.parametrize("slug", SITES)
def test_the_first_page_names_each_form_with_its_size(built, slug):
    page = parsed(built / slug / "index.html")
    links = {
        link.attributes["href"]: words(link.parent)
        for link in page.css("article ~ div li > a:first-child")
        if re.match(r"print/|[\w-]+\.zip", link.attributes["href"])
    }
    size = (built / slug / f"{slug}-lessons.zip").stat().st_size
    assert links == {
        "print/": "All lessons on one page, to print.",
        f"{slug}-lessons.zip": (
            f"All lessons in a ZIP archive ({size / 1e6:.1f} MB), for a USB stick: unpack it and"
            " open index.html."
        ),
    }


# What a lesson may hold, too

UNUSUAL = """
![A map](assets/images/map.webp)

<img alt="Elsewhere" src="https://example.org/x.png">
<img alt="A dot" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">

A <a href="http://[x/">broken host</a>, a [picture](img/terminal.webp), the [licence](LICENSE.txt).

=== "Outer *one*"

    === "Inner"

        First.

    === "Other"

        Second.

=== "Outer two"

    Third.
"""


@pytest.fixture(scope="module")
def unusual(tmp_path_factory):
    repository = copy_repository(tmp_path_factory.mktemp("unusual") / "repository")
    append(repository / "docs/help.md", UNUSUAL)
    (repository / "docs/assets/images").mkdir(parents=True)
    shutil.copy(repository / "docs/img/terminal.webp", repository / "docs/assets/images/map.webp")
    build_sites(repository / "site", repository, [LIVE])
    return repository / "site" / LIVE


def test_an_unusual_page_is_printed_whole(unusual):
    [part] = parsed(unusual / "print/index.html").css("article#help")
    assert [words(each) for each in part.css(".tab-title")] == [
        "Outer one",
        "Inner",
        "Other",
        "Outer two",
    ]
    assert [each.attributes["src"][:25] for each in part.css("img")][-2:] == [
        "https://example.org/x.png",
        "data:image/gif;base64,R0l",
    ]
    links = [each.attributes["href"] for each in part.css("p > a")][-3:]
    assert links == ["http://[x/", "../img/terminal.webp", "../LICENSE.txt"]


def test_an_unusual_page_is_kept_and_packed(unusual):
    script = (unusual / "worker.js").read_text("utf-8")
    assert '["help/"' in script
    assert '["assets/images/map.webp"' in script
    assert "example.org/x.png" not in script
    with zipfile.ZipFile(unusual / f"{LIVE}-lessons.zip") as archive:
        page = archive.read(f"{LIVE}-lessons/help/index.html").decode()
        names = archive.namelist()
    assert f"{LIVE}-lessons/assets/images/map.webp" in names
    assert 'href="http://[x/"' in page
    assert 'href="../LICENSE.txt"' in page
