"""What is wrong with old lessons, or keeps them from being had, is told where it is."""

import pytest

from hackweek.build import checked_sites
from hackweek.check import check_repository
from hackweek.diagnostics import Problems, report
from hackweek.events import load_event
from hackweek.past.lessons import FOLDER
from history import EVENT, THEN, built, commit, git, line_of_key, teach_from, with_history
from repository import append, replace_in
from test_checks_events import TODAY


@pytest.fixture
def history(tmp_path):
    return with_history(tmp_path / "repository")


def said(root, *slugs):
    """What a build has against events, as people read it."""
    with pytest.raises(Problems) as raised:
        checked_sites(root, slugs or (EVENT,))
    return report(raised.value.diagnostics)


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


def test_a_picture_of_then_that_only_git_lfs_has_is_told_with_its_commit(history):
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    (history / "docs/img/terminal.webp").write_bytes(pointer)
    commit(history, "elsewhere")
    git(history, "checkout", "--quiet", "now", "--", "docs")
    teach_from(history, "elsewhere")
    assert said(history) == (
        f"events/{EVENT}.yml:{line_of_key(history)}:15: unusable-commit:"
        ' "docs/img/terminal.webp" in "elsewhere" is kept with Git LFS\n'
        "  help: mend that in a commit that follows it, and name the new one\n"
        "1 problem in 1 file"
    )


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
    assert not (history / FOLDER).exists()


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
