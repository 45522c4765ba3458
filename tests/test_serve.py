"""An author edits, and sees it in a browser that nobody touches."""

import os
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from browser import search_for
from host import hosted
from live import running, serving_a_copy
from published import build_sites
from repository import ROOT, copy_repository, replace_in

GIT = "docs/preliminary/git.md"
GIT_PAGE = "preliminary/git/"
HEADING = "## Tell git who you are"
SERVICE_WORKERS = "allow"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving_a_copy(tmp_path_factory) as served:
        yield served


@pytest.fixture
def page(served, tab):
    """The git lesson in a browser."""
    tab.goto(served.url + GIT_PAGE)
    return tab


def shows(page, words):
    """Waits until a page has some words, and not more than the page says is wrong."""
    expect(page.locator("body")).to_contain_text(words)


EDITS = {
    "a lesson": (GIT, HEADING, "## Tell git everything"),
    "another page's title": ("docs/glossary.md", '"Glossary"', '"Tell git everything"'),
    "an event": ("events/example-2027.yml", "name: Example", "name: Tell git everything"),
    "a macro": ("macros/lessons.py", "It answers:", "Tell git everything:"),
    "a template": ("overrides/main.html", "{{ super() }}", "{{ super() }} Tell git everything"),
    "mkdocs.yml": ("mkdocs.yml", "nav:\n", "nav:\n  - Tell git everything: https://x.example\n"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_shown_and_its_undoing_as_well(page, served, edit):
    with served.edited(*EDITS[edit]):
        shows(page, "Tell git everything")
    expect(page.locator("body")).not_to_contain_text("Tell git everything")
    expect(page.get_by_role("alert")).to_be_empty()


def test_a_macro_that_is_edited_twice_in_a_second_is_shown_as_it_is_at_last(page, served):
    with served.edited("macros/lessons.py", "It answers:", "Answer one:") as path:
        shows(page, "Answer one:")
        new, at = path.with_name("lessons.py~"), path.stat().st_mtime_ns
        new.write_text(path.read_text("utf-8").replace("Answer one:", "Answer two:"), "utf-8")
        os.utime(new, ns=(at, at + 1))
        new.replace(path)
        shows(page, "Answer two:")


@pytest.mark.parametrize("edit", ["a lesson", "mkdocs.yml"])
def test_what_an_editor_writes_elsewhere_and_renames_is_shown(page, served, edit):
    name, old, new = EDITS[edit]
    with served.edited(name, old, old) as path:
        other = path.with_name(f"{path.name}~")
        other.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        other.replace(path)
        shows(page, "Tell git everything")
    expect(page.locator("body")).not_to_contain_text("Tell git everything")


def test_an_edit_of_the_program_is_not_taken_for_one_of_the_site(served):
    served.read()
    with served.edited("hackweek/trail.py", '"""', '"""Or: '):
        said = served.read_until("hackweek/trail.py")
    assert said.endswith("hackweek/trail.py: to see this change, end this and start it again\n")


def test_a_style_that_is_edited_is_applied(page, served):
    with served.edited("overrides/assets/lessons.css", "", "h1 { color: rgb(1, 2, 3) !important }"):
        expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(1, 2, 3)")


def test_a_picture_that_is_replaced_is_shown(served, tab):
    tab.goto(served.url + "preliminary/jupyterhub/")
    picture = served.folder / "docs/img/hub-sign-in.webp"
    before, other = picture.read_bytes(), served.folder / "docs/img/terminal-button.webp"
    natural = """() => document.querySelector('img[src$="hub-sign-in.webp"]')?.naturalWidth"""
    tab.locator('img[src$="hub-sign-in.webp"]').first.scroll_into_view_if_needed()
    tab.wait_for_function(natural)
    width = tab.evaluate(natural)
    try:
        picture.write_bytes(other.read_bytes())
        tab.wait_for_function(f"() => ![0, {width}, undefined].includes(({natural})())")
    finally:
        picture.write_bytes(before)


def test_a_page_that_is_removed_is_missing_until_it_is_back(page, served):
    path = served.folder / GIT
    text = path.read_text("utf-8")
    path.unlink()
    try:
        shows(page, "Page not found")
    finally:
        path.write_text(text, "utf-8")
    shows(page, "Tell git who you are")


def test_a_new_page_is_there_and_has_to_be_put_into_the_navigation(served, tab):
    new = served.folder / "docs/preliminary/new.md"
    tab.goto(f"{served.url}preliminary/new/")
    shows(tab, "Page not found")
    new.write_text("---\ntitle: A new lesson\nminutes: 5\n---\n\n# A new lesson\n\nNew words.\n")
    try:
        shows(tab, "New words.")
        shows(tab, "The following pages exist in the docs directory")
        nav = "      - preliminary/git.md\n"
        with served.edited("mkdocs.yml", nav, f"{nav}      - preliminary/new.md\n"):
            expect(tab.get_by_role("alert")).to_be_empty()
            expect(tab.locator(".md-sidebar--primary")).to_contain_text("A new lesson")
    finally:
        new.unlink()
    shows(tab, "Page not found")


def test_the_search_finds_words_that_were_just_written(page, served):
    with served.edited(GIT, HEADING, "## Xylophones\n\nPlay.\n\n## Tell git who you are"):
        shows(page, "Xylophones")
        search_for(page, "xylophones")
        expect(page.locator(".md-search-result__item").first).to_contain_text("Xylophones")


def test_one_reads_on_where_one_was_with_what_one_has_unfolded(served, tab):
    tab.goto(served.url + "help/")
    with served.edited(
        "docs/help.md", "\n## ", '\n??? note "Folded"\n\n    Inside.\n\n## '
    ) as path:
        tab.get_by_text("Folded").click()
        expect(tab.get_by_text("Inside.")).to_be_visible()
        tab.evaluate("scrollTo(0, 300)")
        path.write_text(path.read_text("utf-8").replace("Inside.", "Inside it."), "utf-8")
        expect(tab.get_by_text("Inside it.")).to_be_visible()
        tab.wait_for_function("scrollY === 300")


def test_nothing_is_searched_until_somebody_searches(served, tab):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(served.url + GIT_PAGE, wait_until="networkidle")
    assert [url for url in asked if "search" in url] == []


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("assets/controls.js", "text/javascript; charset=utf-8"),
        ("assets/lessons.css", "text/css; charset=utf-8"),
        ("calendar.ics", "text/calendar; charset=utf-8"),
        ("img/hub-sign-in.webp", "image/webp"),
        ("img/hub-connectivity.svg", "image/svg+xml; charset=utf-8"),
        ("search/search_index.json", "application/json; charset=utf-8"),
    ],
)
def test_a_file_has_its_media_type(served, place, kind):
    with urlopen(served.url + place) as answer:
        assert answer.headers["Content-Type"] == kind


def test_an_address_without_its_last_slash_leads_to_the_page(served, tab):
    tab.goto(served.url + GIT_PAGE.rstrip("/"))
    assert tab.url == served.url + GIT_PAGE


def test_the_site_is_what_mkdocs_builds(tmp_path, root, event):
    from hackweek.engines import BUILDERS
    from hackweek.engines.preview import preview_of
    from hackweek.site import LOCAL_URL, Site

    BUILDERS["mkdocs"](Site(root, event), tmp_path / "built")
    preview = preview_of(root, event.slug, LOCAL_URL)
    built = sorted(path for path in (tmp_path / "built").rglob("*") if path.is_file())
    different = [
        place
        for path in built
        if path.name != "sitemap.xml.gz"  # no author looks at it
        and (preview.answer(place := path.relative_to(tmp_path / "built").as_posix()) or [None])[0]
        != path.read_bytes()
    ]
    assert (different, preview.problems) == ([], [])


def test_a_port_that_is_in_use_is_named(root):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "hackweek", "serve", f"--port={port}"]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    said = f"hackweek: port {port} is in use\n  help: name another with --port {port + 1}\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_an_interrupt_ends_it_without_a_word_or_a_leftover(tmp_path):
    (tmp_path / "temporary").mkdir()
    with running(ROOT, tmp_path / "temporary") as served:
        served.read_until("ready")
        assert served.interrupt() == (0, "\n")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_what_an_earlier_look_at_the_same_port_left_does_not_answer(tmp_path, tab):
    site = build_sites(tmp_path / "site", slugs=["example-2027"]) / "example-2027"
    copy = copy_repository(tmp_path / "copy", edits_code=True)
    replace_in(copy / GIT, HEADING, "## Tell git everything")
    with hosted(site, "/") as host:
        tab.goto(host.url + GIT_PAGE)
        tab.evaluate("navigator.serviceWorker.ready.then(() => {})")
        tab.reload()
        assert tab.evaluate("Boolean(navigator.serviceWorker.controller)")
    with running(
        copy, tmp_path / "temporary", ["-m", "hackweek", "serve", f"--port={host.port}"]
    ) as served:
        served.read_until("ready")
        tab.goto(host.url + GIT_PAGE)
        shows(tab, "Tell git everything")
        tab.wait_for_function("navigator.serviceWorker.getRegistrations().then((r) => !r.length)")
