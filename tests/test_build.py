"""What is published: all of it or nothing, and nothing that was left over."""

import hashlib
import os
import re
import resource
import subprocess
import sys

import pytest

from hackweek import publish
from hackweek.build import Request, build
from hackweek.diagnostics import Problems, report
from hackweek.offline import print_page
from hackweek.publish import NotASite, replace_folder, staging_folder
from repository import append, copy_repository, replace_in


def built(root, *slugs, output=None):
    build(Request(root, slugs or ["ohw26"], output or root / "site", "mkdocs"), lambda step: None)
    return output or root / "site"


def digest(folder):
    """One number for everything in a folder but the times of its files."""
    parts = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".gz":
            parts.append(
                f"{path.relative_to(folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}"
            )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@pytest.fixture
def repository(tmp_path):
    return copy_repository(tmp_path / "repository")


def test_the_root_leads_to_each_event_that_was_built(repository):
    site = built(repository, "ohw26", "example-2027")
    links = re.findall(r'<a href="([^"]+)">([^<]+)', (site / "index.html").read_text("utf-8"))
    assert links == [("example-2027/", "Example Hackweek 2027"), ("ohw26/", "OceanHackWeek 2026")]


def test_a_second_event_joins_the_first_on_the_root_page(repository):
    built(repository, "ohw26")
    site = built(repository, "icesat2-2020")
    front_page = (site / "index.html").read_text("utf-8")
    assert 'href="ohw26/"' in front_page
    assert 'href="icesat2-2020/"' in front_page


def test_two_builds_of_one_state_are_equal(repository, tmp_path):
    one = built(repository, output=tmp_path / "one")
    two = built(repository, output=tmp_path / "two")
    assert digest(one) == digest(two)


def test_a_lesson_with_faults_leaves_the_published_site_as_it_was(repository):
    site = built(repository)
    before = digest(site)
    append(repository / "docs/help.md", "\n<< nobody >>\n")
    append(repository / "docs/preliminary/git.md", "\n<% if x\n<< github_org | shout >>\n")
    with pytest.raises(Problems) as raised:
        built(repository)
    assert [(d.path, d.rule) for d in raised.value.diagnostics] == [
        ("docs/help.md", "undefined-variable"),
        ("docs/preliminary/git.md", "unrendered-template"),
        ("docs/preliminary/git.md", "unknown-filter"),
    ]
    assert digest(site) == before
    assert [path.name for path in repository.iterdir() if "staging" in path.name] == []


def test_a_fault_in_one_event_keeps_all_from_being_published(repository):
    replace_in(repository / "events/ohw26.yml", "format: in_person", "format: on_a_ship")
    with pytest.raises(Problems):
        built(repository, "example-2027", "ohw26")
    assert not (repository / "site").exists()


def test_a_link_to_a_page_that_is_not_there_is_reported_at_its_line(repository):
    lesson = repository / "docs/help.md"
    append(lesson, "\nSee [more](nowhere.md).\n")
    with pytest.raises(Problems) as raised:
        built(repository)
    [found] = raised.value.diagnostics
    assert (found.path, found.line) == ("docs/help.md", lesson.read_text().count("\n"))


def test_a_lesson_that_an_event_leaves_out_is_nowhere_on_its_site(repository):
    append(repository / "events/ohw26.yml", "\nlessons: [git, github]\n")
    site = built(repository) / "ohw26"
    assert sorted(path.name for path in (site / "preliminary").iterdir()) == ["git", "github"]
    home = (site / "index.html").read_text("utf-8")
    assert home.index('href="preliminary/git/"') < home.index('href="preliminary/github/"')
    everything = "".join(p.read_text("utf-8") for p in site.rglob("*.html"))
    assert "preliminary/jupyterhub" not in everything + (site / "sitemap.xml").read_text()
    assert 'href="../jupyterhub/' not in everything


def test_a_lesson_that_does_not_exist_is_reported_in_the_event_file(repository):
    event = repository / "events/ohw26.yml"
    append(event, "\nlessons: [github, jupiterhub]\n")
    with pytest.raises(Problems) as raised:
        built(repository)
    line = event.read_text().count("\n")
    assert report(raised.value.diagnostics) == (
        f'events/ohw26.yml:{line}:19: unknown-lesson: there is no lesson "jupiterhub"\n'
        '  help: did you mean "jupyterhub"?\n'
        "1 problem in 1 file"
    )


TAKEN = {
    "print.md": "the page with all lessons",
    "print/index.md": "the page with all lessons",
    "print/README.md": "the page with all lessons",
    "calendar.ics": "the event's calendar",
    "preliminary/ready.py": "the program that proves the checklist",
    "worker.js": "what keeps the lessons on a device",
    "ohw26-lessons.zip": "all lessons as ZIP",
    "ohw26-lessons.pdf": "all lessons as PDF",
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_at_an_address_that_the_build_needs_is_not_lost(repository, name):
    file = repository / "docs" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("---\ntitle: Posters\n---\n\n# Posters\n")
    with pytest.raises(Problems) as raised:
        built(repository)
    assert report(raised.value.diagnostics) == (
        f"docs/{name}:1:1: taken-address: at the address of this file, the build puts"
        f" {TAKEN[name]}\n  help: give the file another name\n1 problem in 1 file"
    )


def test_the_build_puts_something_at_each_address_that_it_needs(repository):
    site = built(repository) / "ohw26"
    written = {path.relative_to(site).as_posix() for path in site.rglob("*")}
    needed = {re.sub(r"^print\b.*", "print/index.html", name) for name in TAKEN}
    assert needed - written == {"ohw26-lessons.pdf"}


def test_an_events_own_picture_takes_the_place_of_the_shared_one(repository):
    own = repository / "docs/img/ohw26"
    other = repository / "docs/img/icesat2-2020"
    for folder in (own, other):
        folder.mkdir(exist_ok=True)
        (folder / "hub-connectivity.svg").write_bytes(
            (repository / "docs/img/hub-connectivity.svg").read_bytes()
        )
    site = built(repository) / "ohw26"
    lesson = (site / "preliminary/jupyterhub/index.html").read_text("utf-8")
    assert 'src="../../img/ohw26/hub-connectivity.svg"' in lesson
    assert not (site / "img/icesat2-2020").exists()


@pytest.mark.parametrize(
    "text",
    [
        "Ask INSERT_NAME_HERE.",
        "Macro Rendering Error",
        '<span title="<< github_org >>">x</span>',
        "jinja2.exceptions",
    ],
)
def test_what_a_template_of_the_theme_leaves_over_is_not_published(repository, text):
    replace_in(
        repository / "overrides/main.html",
        "{% block footer %}",
        "{% block footer %}" + text,
    )
    with pytest.raises(Problems) as raised:
        built(repository)
    assert {d.rule for d in raised.value.diagnostics} == {"left-over"}
    assert not (repository / "site").exists()


def test_what_is_wrong_on_the_page_to_print_alone_is_found(repository, monkeypatch):
    text = '<a href="nowhere/">INSERT_IT</a>'
    monkeypatch.setattr(print_page, "_lowered", lambda body: body + text)
    with pytest.raises(Problems) as raised:
        built(repository)
    assert {(d.rule, d.path) for d in raised.value.diagnostics} == {
        ("left-over", "site/ohw26/print/index.html"),
        ("missing-page", "site/ohw26/print/index.html"),
    }


def test_a_placeholder_in_a_lesson_is_reported_at_its_line(repository):
    lesson = repository / "docs/help.md"
    append(lesson, "\nWrite to INSERT_ADDRESS.\n")
    with pytest.raises(Problems) as raised:
        built(repository)
    line = lesson.read_text().count("\n")
    assert report(raised.value.diagnostics) == (
        f'docs/help.md:{line}:10: left-over: "INSERT_ADDRESS" was left over\n1 problem in 1 file'
    )


def test_what_a_killed_build_left_is_cleared_away_later(tmp_path):
    left = tmp_path / ".site-staging-killed"
    left.mkdir()
    os.utime(left, (0, 0))
    with staging_folder(tmp_path / "site"):
        assert not left.exists()


def folder(path, text):
    path.mkdir(parents=True)
    (path / "sitemap.xml").write_text(text)
    return path


def test_replacing_a_folder_never_leaves_a_moment_without_one(tmp_path):
    target = folder(tmp_path / "site", "old")
    replace_folder(folder(tmp_path / "new", "new"), target)
    assert (target / "sitemap.xml").read_text() == "new"
    assert (tmp_path / "new/sitemap.xml").read_text() == "old"


def test_folders_are_replaced_where_the_system_cannot_swap_them(tmp_path, monkeypatch):
    monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    target = folder(tmp_path / "site", "old")
    replace_folder(folder(tmp_path / "new", "new"), target)
    assert (target / "sitemap.xml").read_text() == "new"


def test_a_folder_that_no_build_made_is_never_replaced(repository):
    mine = repository / "site/ohw26/thesis.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("years of work")
    with pytest.raises(NotASite):
        built(repository)
    assert mine.read_text() == "years of work"


def test_a_disk_that_takes_no_more_leaves_the_published_site_as_it_was(repository):
    site = built(repository)
    before = digest(site)
    done = subprocess.run(
        [sys.executable, "-m", "hackweek", "build", "ohw26"],
        cwd=repository,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("hackweek: File too large: ")
    assert done.stderr.endswith("; what was published stays as it was\n")
    assert digest(site) == before
