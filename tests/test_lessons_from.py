"""An event that is over is built from the lessons that it was taught from, and runs nothing old."""

import os
import re
import subprocess
import sys

import pytest
from selectolax.lexbor import LexborHTMLParser

from hackweek.build import checked_sites
from hackweek.events import load_event
from hackweek.new_event import from_event
from hackweek.site import Site
from history import EVENT, NOW, THEN, built, commit, git, teach_from, with_history
from repository import append, replace_in

OTHER = "icesat2-2024"


@pytest.fixture
def history(tmp_path):
    return with_history(tmp_path / "repository")


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory):
    """A history that no test changes."""
    return with_history(tmp_path_factory.mktemp("history") / "repository")


def article(page):
    return LexborHTMLParser(page.read_text("utf-8")).css_first("article").text()


# What is built.


def test_the_lessons_are_those_of_the_tag_and_other_events_have_those_of_today(unchanged):
    site, _ = built(unchanged, EVENT, OTHER)
    assert THEN in article(site / EVENT / "help/index.html")
    assert NOW in article(site / OTHER / "help/index.html")


def test_the_navigation_is_that_of_the_tag(unchanged):
    site, _ = built(unchanged, EVENT, OTHER)
    assert (site / EVENT / "preliminary/python/index.html").is_file()
    assert not (site / OTHER / "preliminary/python").exists()
    assert 'href="preliminary/python/"' in (site / EVENT / "index.html").read_text("utf-8")


def test_a_banner_says_that_the_lessons_are_those_of_then(unchanged):
    site, _ = built(unchanged, EVENT, OTHER)

    def banner(slug):
        page = LexborHTMLParser((site / slug / "help/index.html").read_text("utf-8"))
        return page.css_first(".archived").text()

    assert banner(EVENT) == (
        "ICESat-2 Hackweek 2020 is over. It took place on 15–18 June 2020; its hub can no longer"
        " be used. These are the lessons that it was taught from, as they were then."
    )
    assert banner(OTHER).endswith(
        " its hub can no longer be used. These lessons stay here to be read."
    )


def test_both_engines_publish_the_same_articles(unchanged):
    site, _ = built(unchanged)
    with_mkdocs = {path.name: article(path) for path in (site / EVENT).rglob("index.html")}
    site, _ = built(unchanged, engine="zensical")
    assert {path.name: article(path) for path in (site / EVENT).rglob("index.html")} == with_mkdocs


def test_a_plain_mkdocs_builds_the_lessons_of_then(unchanged, tmp_path):
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "-d", tmp_path / EVENT],
        cwd=unchanged,
        check=True,
        env={**os.environ, "EVENT": EVENT, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert THEN in article(tmp_path / EVENT / "help/index.html")


def test_a_commit_can_be_named_by_some_digits_or_all(history):
    name = git(history, "rev-parse", "then")
    for spelled in (name, name[:9]):
        teach_from(history, f'"{spelled}"')
        [site] = checked_sites(history, [EVENT])
        assert THEN in site.rendered["help.md"]
        assert site.pages[0].path == f"{spelled}:docs/{site.pages[0].page}"


def test_a_signed_or_annotated_tag_means_its_commit(history):
    git(history, "tag", "--annotate", "taught", "--message", "as taught", "then")
    teach_from(history, "taught")
    assert THEN in checked_sites(history, [EVENT])[0].rendered["help.md"]


def test_a_tag_wins_over_a_branch_of_the_same_name(history):
    git(history, "branch", "then", "now")
    assert THEN in checked_sites(history, [EVENT])[0].rendered["help.md"]


def test_a_project_that_is_a_folder_of_a_repository_finds_its_history(history, tmp_path):
    for each in sorted(history.glob(".git")):
        each.rename(tmp_path / "history-of-then")
    outer = tmp_path / "outer"
    outer.mkdir()
    history.rename(outer / "lessons")
    git(outer, "init", "--quiet")
    commit(outer, "then")
    replace_in(outer / "lessons/docs/help.md", NOW, "Later.")
    [site] = checked_sites(outer / "lessons", [EVENT])
    assert NOW in site.rendered["help.md"]


def test_nothing_that_the_old_commit_could_run_is_run(history):
    git(history, "checkout", "--quiet", "then", "--", "docs", "mkdocs.yml")
    append(history / "hackweek/site.py", "\nraise SystemExit('old code')\n")
    append(history / "macros/__init__.py", "\nraise SystemExit('old macros')\n")
    append(history / "overrides/main.html", "OLD THEME")
    replace_in(history / "mkdocs.yml", "  - search:", "  - no-such-plugin\n  - search:")
    append(history / "mkdocs.yml", "\nhooks: [evil.py]\n")
    commit(history, "evil")
    git(history, "checkout", "--quiet", "now", "--", ".")
    teach_from(history, "evil")
    site, _ = built(history)
    page = (site / EVENT / "help/index.html").read_text("utf-8")
    assert THEN in page
    assert "OLD THEME" not in page


def test_pictures_are_those_of_the_commit_and_as_large_as_then(history):
    picture = "docs/img/picture.svg"
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"/>'
    (history / picture).write_text(drawing.format(40))
    append(history / "docs/help.md", "\n![A square](img/picture.svg)\n")
    commit(history, "square")
    (history / picture).write_text(drawing.format(90))
    teach_from(history, "square")
    site, _ = built(history)
    image = LexborHTMLParser((site / EVENT / "help/index.html").read_text("utf-8")).css_first(
        "img[alt='A square']"
    )
    assert image.attributes["width"] == "40"
    assert "40 40" in (site / EVENT / "img/picture.svg").read_text()


def test_what_was_no_part_of_the_site_then_is_none_now(history):
    (history / "docs/drafts").mkdir()
    for page in ("drafts/a.md", "drafts/keep.md", "later.md", "unlisted.md"):
        (history / "docs" / page).write_text("# A page\n")
    append(
        history / "mkdocs.yml", "\nexclude_docs: |\n  drafts/*\n  !keep.md\ndraft_docs: later.md\n"
    )
    commit(history, "drafts")
    git(history, "checkout", "--quiet", "now", "--", "mkdocs.yml")
    teach_from(history, "drafts")
    site, _ = built(history)
    assert [page.name for page in (site / EVENT / "drafts").iterdir()] == ["keep"]
    assert (site / EVENT / "unlisted/index.html").is_file()
    assert not (site / EVENT / "later").exists()


def test_the_working_tree_is_left_alone_and_nothing_half_done_stays(history):
    before = git(history, "status", "--porcelain")
    checked_sites(history, [EVENT])
    assert git(history, "status", "--porcelain") == before
    names = [path.name for path in (history / ".cache/lessons").iterdir()]
    assert names == [git(history, "rev-parse", "then")]


def test_the_program_for_the_hub_leads_to_pages_of_then(unchanged):
    site, _ = built(unchanged)
    program = (site / EVENT / "preliminary/ready.py").read_text("utf-8")
    found = re.findall(rf"localhost:8000/{EVENT}/([^']*)'", program)
    assert found
    for address in found:
        assert (site / EVENT / address / "index.html").is_file(), address


# Builds that are shared.


def archive_copies(root, *slugs):
    """More events that are over, which differ from `EVENT` in values only."""
    text = (root / f"events/{EVENT}.yml").read_text("utf-8")
    for number, slug in enumerate(slugs):
        changed = text.replace(EVENT, slug).replace("ICESat-2 Hackweek 2020", f"Week {number}")
        (root / f"events/{slug}.yml").write_text(changed, "utf-8")


def test_events_from_one_commit_share_a_build_and_those_from_others_do_not(history):
    (history / "docs/img/data.txt").write_text("no page says this")
    commit(history, "same-pages")
    archive_copies(history, "week-a", "week-b", "week-c", "week-d")
    for slug, tag in (("week-c", "now"), ("week-d", "same-pages")):
        teach_from(history, tag, slug)
    replace_in(history / "events/week-b.yml", "lessons_from: then", "lessons_from: also-then")
    git(history, "tag", "also-then", "then")
    site, steps = built(history, "week-a", "week-b", "week-c", "week-d", verify=True)
    assert steps == [
        "building what 2 events have in common",
        "writing week-a",
        "comparing week-a with a true build",
        "writing week-b",
        "comparing week-b with a true build",
        "building week-c",
        "building week-d",  # the same pages, and another file
    ]
    assert (site / "week-d/img/data.txt").is_file()


def test_each_commit_has_a_glossary_of_its_own(history):
    append(history / "docs/glossary.md", "\nPolar\n:   Near a pole.\n")
    append(history / "docs/help.md", "\nWelcome to << hub_name >>.\n")
    commit(history, "polar")
    archive_copies(history, "week-a", "week-b", "week-c")
    for slug, hub in (("week-b", "Polar Hub"), ("week-c", "Other Hub")):
        teach_from(history, "polar", slug)
        replace_in(history / f"events/{slug}.yml", "hub_name: Pangeo", f"hub_name: {hub}")
    site, _ = built(history, "week-a", "week-b", "week-c", verify=True)
    page = (site / "week-b/help/index.html").read_text("utf-8")
    assert '<abbr title="Near a pole.">Polar</abbr> Hub' in page


# A new event.


def test_a_new_event_does_not_inherit_the_lessons_of_then(unchanged):
    text = (unchanged / f"events/{EVENT}.yml").read_text("utf-8")
    assert "lessons_from" not in from_event(f"events/{EVENT}.yml", text, "icesat2-2028")


def test_a_site_with_lessons_of_today_asks_for_no_history(tmp_path, unchanged, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Site(unchanged, load_event(unchanged, OTHER)).home == unchanged
