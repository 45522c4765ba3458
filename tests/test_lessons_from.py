"""An event that is over is built from the lessons that it was taught from, and runs nothing old."""

import os
import re
import subprocess
import sys

import pytest
from selectolax.lexbor import LexborHTMLParser

from hackweek.build import Request, build, checked_sites
from hackweek.check import check_repository
from hackweek.diagnostics import Problems, report
from hackweek.event_file import load_event
from hackweek.new_event import from_event
from hackweek.site import Site
from history import EVENT, NOW, THEN, commit, git, line_of_key, teach_from, with_history
from repository import append, replace_in
from test_checks_events import TODAY

OTHER = "icesat2-2024"


@pytest.fixture
def history(tmp_path):
    return with_history(tmp_path / "repository")


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory):
    """A history that no test changes."""
    return with_history(tmp_path_factory.mktemp("history") / "repository")


def built(root, *slugs, engine="mkdocs", **options):
    """The folder of a build, and what the build said that it did."""
    steps = []
    build(Request(root, slugs or (EVENT,), root / "site", engine, **options), steps.append)
    return root / "site", steps


def article(page):
    return LexborHTMLParser(page.read_text("utf-8")).css_first("article").text()


def said(root, *slugs):
    """What a build has against events, as people read it."""
    with pytest.raises(Problems) as raised:
        checked_sites(root, slugs or (EVENT,))
    return report(raised.value.diagnostics)


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


# What is wrong, and where.


def test_what_an_old_lesson_needs_and_today_lacks_is_told_at_its_line_in_the_commit(history):
    append(history / "docs/help.md", "\n<< gone() >> and << jupyterhub_ulr >>\n")
    commit(history, "broken")
    git(history, "checkout", "--quiet", "now", "--", "docs")
    teach_from(history, "broken")
    line = git(history, "show", "broken:docs/help.md").count("\n") + 1
    assert said(history) == (
        f'broken:docs/help.md:{line}:4: unknown-macro: there is no macro "gone"\n'
        '  help: if it is text and no template, write "\\<<"\n'
        f'broken:docs/help.md:{line}:21: undefined-variable: "jupyterhub_ulr" is not in'
        f' events/{EVENT}.yml\n  help: did you mean "jupyterhub_url"?\n'
        "2 problems in 1 file"
    )


def test_a_link_of_then_that_leads_nowhere_is_told_at_its_line_in_the_commit(history):
    append(history / "docs/help.md", "\n[Later](#later)\n")
    commit(history, "broken")
    git(history, "checkout", "--quiet", "now", "--", "docs")
    teach_from(history, "broken")
    with pytest.raises(Problems) as raised:
        built(history)
    assert {each.path for each in raised.value.diagnostics} == {"broken:docs/help.md"}
    assert not (history / "site").exists()


def test_a_template_that_the_theme_had_then_is_told_at_the_page(history):
    replace_in(history / "docs/help.md", "---\n", "---\ntemplate: gone.html\n")
    commit(history, "broken")
    git(history, "checkout", "--quiet", "now", "--", "docs")
    teach_from(history, "broken")
    with pytest.raises(Problems) as raised:
        built(history)
    assert str(raised.value) == (
        'broken:docs/help.md:2:11: unknown-template: the theme has no template "gone.html"'
    )


def test_an_old_commit_is_not_checked_for_style(history):
    git(history, "checkout", "--quiet", "then", "--", "docs", "mkdocs.yml")
    append(history / "docs/help.md", "\n# A second title\n\n[here](git.md)\n![](img/gone.png)\n")
    replace_in(history / "docs/help.md", "[here](git.md)\n![](img/gone.png)\n", "teh end\n")
    commit(history, "careless")
    git(history, "checkout", "--quiet", "now", "--", "docs", "mkdocs.yml")
    git(history, "clean", "-qfd", "docs")
    teach_from(history, "careless")
    found = check_repository(history, [EVENT], TODAY).settled((), ())
    assert [str(each) for each in found if "careless" in each.path] == []


def test_a_key_that_only_the_lessons_of_then_show_is_used(history):
    for page in ("index.md", "preliminary/checklist.md"):
        replace_in(history / "docs" / page, "meeting_platform", "dataset")
    replace_in(
        history / f"events/{EVENT}.yml", "github_org:", "meeting_platform: Zoom\ngithub_org:"
    )

    def unused():
        found = check_repository(history, [EVENT], TODAY).settled((), ())
        return [each.message for each in found if each.rule == "unused-key"]

    assert unused() == []
    replace_in(history / f"events/{EVENT}.yml", "lessons_from: then\n", "")
    assert unused() == ['no lesson uses "meeting_platform"']


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("thn", 'there is no tag and no commit "thn"\n  help: did you mean "then"?'),
        (
            "nothing-like-it",
            'there is no tag and no commit "nothing-like-it"\n  help: run: git fetch --tags',
        ),
        (
            '"0123456789"',
            'there is no tag and no commit "0123456789"\n  help: run: git fetch --tags',
        ),
        ("HEAD^{tree}", None),
    ],
)
def test_a_commit_that_there_is_not_is_told_at_its_key(history, revision, message):
    teach_from(history, revision)
    place = f"events/{EVENT}.yml:{line_of_key(history)}:15"
    if message is None:
        expected = (
            f'{place}: invalid-value: lessons_from is not a tag or a commit: "HEAD^{{tree}}"\n'
            '  help: write one as "git tag" or "git log" shows it'
        )
    else:
        expected = f"{place}: unknown-commit: {message}"
    assert said(history) == f"{expected}\n1 problem in 1 file"


@pytest.mark.parametrize("name", ["main", "HEAD"])
def test_a_name_that_moves_is_refused_with_the_commit_to_write(history, name):
    teach_from(history, name)
    assert said(history).splitlines()[:2] == [
        f"events/{EVENT}.yml:{line_of_key(history)}:15: unknown-commit:"
        f' "{name}" is not a tag or a commit: what it means changes',
        f'  help: write "{git(history, "rev-parse", "now")[:12]}", the commit that it means now',
    ]


def test_a_clone_without_its_history_says_what_to_type(history, tmp_path):
    commit(history, "event")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{history}", clone)
    place = f"events/{EVENT}.yml:{line_of_key(clone)}:15"
    assert said(clone) == (
        f'{place}: unknown-commit: "then" is not in this clone, which holds only the newest'
        " commits\n"
        '  help: run: git fetch --unshallow --tags (in a workflow, write "fetch-depth: 0" below'
        ' the checkout\'s "with:")\n1 problem in 1 file'
    )
    git(clone, "fetch", "--quiet", "--unshallow", "--tags")
    assert THEN in checked_sites(clone, [EVENT])[0].rendered["help.md"]


def test_lessons_without_their_repository_say_how_to_get_it(history, monkeypatch):
    for each in history.glob(".git"):
        each.rename(history.parent / "elsewhere")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(history.parent))
    first, help, _ = said(history).splitlines()
    assert first.startswith(
        f"events/{EVENT}.yml:{line_of_key(history)}:15: unknown-commit: git cannot"
    )
    assert help == '  help: get the lessons with "git clone", not as an archive'


def test_a_computer_without_git_is_told_where_to_get_it(history, monkeypatch):
    monkeypatch.setenv("PATH", str(history))
    assert said(history).splitlines()[1] == "  help: install it: https://git-scm.com/downloads"


@pytest.mark.parametrize("status", ["live", "draft"])
def test_only_an_event_that_is_over_has_lessons_of_then(history, status):
    replace_in(history / f"events/{EVENT}.yml", "status: archived", f"status: {status}")
    with pytest.raises(Problems) as raised:
        load_event(history, EVENT)
    assert (
        f"events/{EVENT}.yml:{line_of_key(history)}:15: invalid-value: lessons_from is only for an"
        f' archived event, and status is "{status}"\n'
        "  help: delete the line: the lessons are those of docs/"
    ) in str(raised.value)


def tree(root, *entries):
    """A commit of the tag `odd` whose tree git's own commands would not make."""
    blob = git(root, "hash-object", "-w", "--stdin", given="# Text\n")
    configuration = git(root, "hash-object", "-w", "--stdin", given="nav: [a.md]\n")

    def made(lines):
        return git(root, "mktree", "--missing", given="".join(f"{each}\n" for each in lines))

    filled = [each.format(blob=blob, commit="1" * 40) for each in entries]
    docs = made(sorted([f"100644 blob {blob}\ta.md", *filled]))
    whole = made([f"040000 tree {docs}\tdocs", f"100644 blob {configuration}\tmkdocs.yml"])
    git(root, "tag", "odd", git(root, "commit-tree", whole, "-m", "odd"))
    teach_from(root, "odd")


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (
            "120000 blob {blob}\tlink.md",
            '"docs/link.md" in "odd" is a symbolic link, which is not followed',
        ),
        (
            "160000 commit {commit}\tother",
            '"docs/other" in "odd" is another repository, which is not followed',
        ),
        (
            "100644 blob {blob}\t..",
            '"docs/.." in "odd" is not a path that can be written everywhere',
        ),
        (
            "100644 blob {blob}\t.GIT",
            '"docs/.GIT" in "odd" is not a path that can be written everywhere',
        ),
        (
            "100644 blob {blob}\tC:x",
            '"docs/C:x" in "odd" is not a path that can be written everywhere',
        ),
        (
            "100644 blob {blob}\ta\\b",
            '"docs/a\\b" in "odd" is not a path that can be written everywhere',
        ),
        (
            "100644 blob {blob}\ta\x1bb",
            '"docs/a\\x1bb" in "odd" is not a path that can be written everywhere',
        ),
    ],
)
def test_a_commit_that_reaches_out_of_its_lessons_is_refused(history, entry, reason):
    tree(history, entry)
    assert said(history) == (
        f"events/{EVENT}.yml:{line_of_key(history)}:15: unusable-commit: {reason}\n"
        "  help: mend that in a commit that follows it, and name the new one\n"
        "1 problem in 1 file"
    )
    assert not (history / ".cache").exists()


def test_an_old_file_that_is_a_program_is_a_file(history):
    tree(history, "100755 blob {blob}\tb.md")
    assert [each.page for each in checked_sites(history, [EVENT])[0].pages] == ["a.md", "b.md"]


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        (
            None,
            f'events/{EVENT}.yml:{{line}}:15: unusable-commit: "odd" has no'
            " mkdocs.yml, which puts the lessons in order",
        ),
        (
            "site_name: x\n",
            'odd:mkdocs.yml:1:1: unusable-commit: there is no "nav" that lists the pages',
        ),
        ("nav: [\n", "odd:mkdocs.yml:1:7: not-yaml:"),
        (
            "nav:\n  - Start: index.md\n  - ../README.md\n",
            'odd:mkdocs.yml:3:5: unusable-commit: the navigation names "../README.md",'
            " which is not there",
        ),
        (
            "nav: [index.md, 3]\n",
            'odd:mkdocs.yml:1:17: unusable-commit: the navigation names "3", which is not there',
        ),
        (
            "x: !ENV Y\nnav: [https://example.org, gone.md]\n",
            'odd:mkdocs.yml:2:28: unusable-commit: the navigation names "gone.md",'
            " which is not there",
        ),
    ],
)
def test_a_commit_whose_navigation_cannot_be_used_is_refused(history, configuration, expected):
    if configuration is None:
        (history / "mkdocs.yml").unlink()
    else:
        (history / "mkdocs.yml").write_text(configuration)
    commit(history, "odd")
    git(history, "checkout", "--quiet", "now", "--", "mkdocs.yml")
    teach_from(history, "odd")
    assert said(history).startswith(expected.format(line=line_of_key(history)))


# A new event.


def test_a_new_event_does_not_inherit_the_lessons_of_then(unchanged):
    text = (unchanged / f"events/{EVENT}.yml").read_text("utf-8")
    assert "lessons_from" not in from_event(f"events/{EVENT}.yml", text, "icesat2-2028")


def test_a_site_with_lessons_of_today_asks_for_no_history(tmp_path, unchanged, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Site(unchanged, load_event(unchanged, OTHER)).home == unchanged
