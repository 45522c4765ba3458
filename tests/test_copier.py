"""Another organization's site, made by copier of this repository and kept up with it."""

import re
import shutil
import subprocess
import sys

import pytest
from copier import run_copy

from hackweek.event_file import read_event
from repository import ROOT, append, replace_in

ANSWERS = {
    "name": "Ærø & Ice Hackweek 2028",
    "slug": "ice-2028",
    "institution": "University of Ærø",
    "start_date": "2028-02-07",
    "end_date": "2028-02-11",
    "timezone": "Europe/Copenhagen",
    "contact_email": "ice@aeroe.dk",
    "github_org": "aeroe-ice",
    "jupyterhub_url": "https://hub.aeroe.dk",
}
OURS = re.compile(
    "example-?hackweek|example-2027|oceanhackweek|ohw|icesat|cryocloud", re.IGNORECASE
)
EVENT = "events/ice-2028.yml"


def git(folder, *arguments):
    command = ["git", "-C", folder, "-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def commit(folder, *, tag=""):
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "state")
    if tag:
        git(folder, "tag", tag)


def python(folder, *arguments):
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def contents(folder, *patterns):
    """The bytes of the files that patterns find, by their paths."""
    files = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files)}


PAGE = """\
---
title: At sea
description: What a boat needs before it leaves the harbour, and who has to be told of it.
minutes: 5
questions: [Who must know?]
objectives: [Tell the harbour.]
keypoints: [The harbour knows.]
---

# At sea

Tell the harbour when you leave.
"""


def add_page(root, page, *, after):
    """Adds a page to a site, in the navigation behind another one."""
    (root / "docs" / page).write_text(PAGE)
    settings = root / "mkdocs.yml"
    [indent] = re.findall(rf"^( +)- {after}$", settings.read_text("utf-8"), re.MULTILINE)
    replace_in(settings, f"- {after}\n", f"- {after}\n{indent}- {page}\n")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """This repository in its first version, without much that a copy has nothing of."""
    folder = tmp_path_factory.mktemp("template") / "lessons"
    left_out = (".git", ".venv", "site", ".*cache", ".hypothesis", "__pycache__", "cases",
                "schemas", "test_[b-z]*.py")  # fmt: skip
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*left_out), symlinks=True)
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder, tag="1.0.0")
    return folder


@pytest.fixture(scope="module")
def site(template):
    """A copy of the first version, as copier leaves it."""
    folder = template.parent / "ice"
    run_copy(str(template), folder, data=ANSWERS, defaults=True, quiet=True)
    return folder


@pytest.fixture(scope="module")
def built(site):
    """The same, checked and built."""
    said = python(site, "hackweek", "check")
    assert "no problems and " in said
    python(site, "hackweek", "build", "--all")
    return site / "site"


@pytest.fixture(scope="module")
def updated(built, site, template):
    """The copy after a year: changed by its owners, and updated to a second version."""
    git(site, "init", "--quiet", "--initial-branch", "main")
    commit(site)
    append(site / "docs/help.md", "\nThe kiosk at the pier has coffee.\n")
    append(site / EVENT, "location: the island\n")
    add_page(site, "workflows/boats.md", after="workflows/project.md")
    replace_in(site / "mkdocs.yml", "primary: indigo", "primary: teal")
    replace_in(site / "macros/links.py", "text or ", "text.strip() or ")
    commit(site)

    append(template / "docs/help.md", "\nOur newer words.\n")
    append(template / "docs/preliminary/git.md", "\nOur newer words.\n")
    add_page(template, "ships.md", after="help.md")
    append(template / "events/ohw26.yml", "\nlocation: here\n")
    append(template / "events/{{ slug }}.yml.jinja", "location: anywhere\n")
    replace_in(template / "macros/links.py", '"branch": tutorial', '"branch" : tutorial')
    replace_in(template / "hackweek/checks/spelling.py", "def check_", "def  check_")
    replace_in(template / ".github/workflows/site.yml", "name: Site\n", "name: The site\n")
    commit(template, tag="1.1.0")
    before = contents(site, "docs/**/*", "events/*.yml")
    python(site, "copier", "update", "--defaults", "--quiet")
    return before


def test_a_copy_has_one_event_and_the_tests_that_hold_for_any_site(site):
    events = list(contents(site, "events/*", "docs/img/*/*"))
    assert events == ["events/event.schema.json", EVENT]
    assert list(contents(site, "tests/**/*", "copier.yml", "**/*.jinja", "benchmarks/*")) == [
        "tests/browser.py",
        "tests/conftest.py",
        "tests/install_browser.py",
        "tests/published.py",
        "tests/test_any_site.py",
    ]
    assert (site / "img").readlink().as_posix() == "docs/img"
    for each in (ROOT / "docs").rglob("*.md"):
        assert (site / each.relative_to(ROOT)).read_bytes() == each.read_bytes()


def test_the_tests_of_a_copy_have_all_that_they_import(site):
    collected = python(site, "pytest", "--collect-only", "-n", "0").splitlines()
    assert "tests/test_any_site.py::test_each_event_has_a_site_with_its_name[ice-2028]" in (
        collected
    )


def test_the_readme_of_a_copy_is_theirs(site):
    readme = (site / "README.md").read_text("utf-8")
    assert readme.startswith("# Hackweek lessons of University of Ærø\n\nBefore a hackweek, ")
    assert not OURS.search(readme.replace("example-2027", ""))
    ours = (ROOT / "README.md").read_text("utf-8")
    assert readme.splitlines()[2:8] == ours.splitlines()[2:8]


def test_what_is_built_has_their_names_and_none_of_ours(built):
    pages = [path for path in built.rglob("*.html") if "archive" not in path.name]
    assert len(pages) > 10
    for page in pages:
        text = page.read_text("utf-8")
        assert "Ærø &amp; Ice Hackweek 2028" in text
        assert not OURS.search(text), page
    hub = (built / "ice-2028/preliminary/jupyterhub/index.html").read_text("utf-8")
    assert 'href="https://hub.aeroe.dk"' in hub


def test_an_update_leaves_lessons_and_events_as_they_are(updated, site, template):
    after = contents(site, "docs/**/*", "events/*.yml")
    assert after.pop("docs/ships.md") == (template / "docs/ships.md").read_bytes()
    assert after == updated


def test_an_update_brings_macros_checks_and_workflows(updated, site):
    assert '"branch" : tutorial' in (site / "macros/links.py").read_text("utf-8")
    assert "def  check_" in (site / "hackweek/checks/spelling.py").read_text("utf-8")
    assert "name: The site\n" in (site / ".github/workflows/site.yml").read_text("utf-8")


def test_an_update_carries_over_what_they_changed_beside_what_is_new(updated, site):
    settings = (site / "mkdocs.yml").read_text("utf-8")
    assert "primary: teal" in settings
    assert "  - ships.md\n" in settings
    assert "text.strip() or " in (site / "macros/links.py").read_text("utf-8")
    assert "no problems and " in python(site, "hackweek", "check")
    assert git(site, "diff", "--check") == ""
    assert contents(site, "**/*.rej") == {}


# The questions


@pytest.fixture
def questions(tmp_path):
    """What copier asks, and the event that it makes of the answers, without all the rest."""
    folder = tmp_path / "questions"
    (folder / "events").mkdir(parents=True)
    for path in ("copier.yml", "events/{{ slug }}.yml.jinja"):
        shutil.copy(ROOT / path, folder / path)
    return folder


def event_of(questions, **answers):
    """The event that copier makes of answers, the path of its file, and what is open in it."""
    target = questions.parent / "target"
    run_copy(str(questions), target, data=answers, defaults=True, quiet=True)
    [path] = (target / "events").glob("*.yml")
    event, source = read_event(f"events/{path.name}", path.read_text("utf-8"))
    return event, source.problems


def test_an_event_has_every_answer_and_marks_what_nobody_confirmed(questions):
    event, problems = event_of(questions, **ANSWERS)
    assert {key: str(getattr(event, key)) for key in ANSWERS} == ANSWERS
    assert (event.status, event.short_name) == ("draft", "Ærø & Ice Hackweek")
    marked = {each.message.partition(" ")[0] for each in problems}
    assert {each.rule for each in problems} == {"to-review"}
    assert marked.isdisjoint(ANSWERS)


def test_an_answer_that_was_only_suggested_is_marked_for_review(questions):
    event, problems = event_of(questions)
    assert event.slug == "our-hackweek-2027"
    marked = {each.message.partition(" ")[0] for each in problems}
    assert marked >= ANSWERS.keys() - {"slug"} | {"format"}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("2028", '2028'),
        ("Null", "null"),
        ("It's \"Ice\": #1, 2028", "it-s-ice-1-2028"),
        ("- Ice {{ week }} & << more >>", "ice-week-more"),
        ("@Ærø, a hackweek with a name that is much longer than a line of YAML, 2028",
         "r-a-hackweek-with-a-name-that-is-much-longer-than-a-line-of-yaml-2028"),
    ],
)  # fmt: skip
def test_a_hackweek_can_have_any_name(questions, name, slug):
    event, _ = event_of(questions, name=name)
    assert (event.name, event.slug) == (name, slug)


@pytest.mark.parametrize(
    ("key", "answer", "message"),
    [
        ("name", " ", "the name is empty"),
        ("slug", "Ice_28", '"Ice_28" is not a slug; use lower-case letters, digits and hyphens'),
        ("institution", "", "the name is empty"),
        ("start_date", "June 3", '"June 3" is not a day; write it as 2027-06-14'),
        ("start_date", "2027-06-31", '"2027-06-31" is not a day; write it as 2027-06-14'),
        ("end_date", "2027-6-18", '"2027-6-18" is not a day; write it as 2027-06-18'),
        ("end_date", "2027-06-13", "the last day 2027-06-13 is before the first, 2027-06-14"),
        ("timezone", "PST", '"PST" is not an IANA time zone; write a name such as'
         " America/Los_Angeles"),
        ("contact_email", "Ada", '"Ada" is not an e-mail address; write it as name@example.org'),
        ("github_org", "https://github.com/ice", '"https://github.com/ice" is not the name of a'
         " GitHub organization; write what follows github.com/"),
        ("jupyterhub_url", "hub.ice.org", '"hub.ice.org" is not an https URL; write it as'
         " https://hub.example.org"),
        ("jupyterhub_url", "https://me@hub.ice.org", '"https://me@hub.ice.org" is not an https URL;'
         " write it as https://hub.example.org"),
    ],
)  # fmt: skip
def test_an_answer_that_makes_no_event_is_refused(questions, key, answer, message):
    with pytest.raises(
        ValueError, match=re.escape(f"Validation error for question '{key}': {message}")
    ):
        event_of(questions, **{key: answer})
    assert not (questions.parent / "target").exists()
