"""What README and CONTRIBUTING say, held against what there is."""

import re

import pytest

from hackweek.cli import parser
from hackweek.events import load_event
from hackweek.lesson import Lesson
from hackweek.rules_page import rules_page
from hackweek.site import Site
from hackweek.template_faults import render
from macros.variables import DERIVED
from repository import ROOT

README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
SITE = Site(ROOT, load_event(ROOT, "example-2027"))


def rendered(text):
    lesson = Lesson("docs/example.md", "example.md", text)
    return render(lesson, SITE.context(lesson))


def rows(text, heading):
    """The cells of each row of the first table below a heading."""
    table = text.split(heading, 1)[1].split("\n\n|", 1)[1].split("\n\n", 1)[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[2:]]


def test_every_module_stands_in_the_picture_of_the_layout():
    picture = README.split("## Where things are", 1)[1]
    modules = {path.name for path in (ROOT / "hackweek").glob("[a-z]*.py")}
    assert modules == set(re.findall(r"^  (\w+\.py) ", picture, re.MULTILINE))


def test_everything_in_the_picture_of_the_layout_exists():
    picture = README.split("## Where things are", 1)[1].split("```")[1]
    names = re.findall(r"^(  )?([\w./*-]+) {2,}", picture, re.MULTILINE)
    for inner, name in names:
        assert list((ROOT / "hackweek" if inner else ROOT).glob(name.rstrip("/"))), name


def test_every_command_stands_in_the_readme():
    commands = next(a for a in parser()._actions if a.dest == "==SUPPRESS==" or a.choices).choices
    assert [row[0].strip("`").split()[0] for row in rows(README, "## Commands")] == list(commands)


def test_every_macro_and_derived_value_stands_in_the_contributor_documentation():
    macros = {row[0].strip("`< >").partition("(")[0] for row in rows(CONTRIBUTING, "### Macros")}
    derived = {row[0].strip("`"): row[2] for row in rows(CONTRIBUTING, "worked out from")}
    assert macros == set(SITE.context().macros)
    assert set(derived) == set(DERIVED)
    assert all(derived[name].startswith(what.rstrip(".")) for name, what in DERIVED.items())


@pytest.mark.parametrize("row", rows(CONTRIBUTING, "### Macros")[:5], ids=lambda row: row[0])
def test_a_macro_gives_what_the_contributor_documentation_says(row):
    assert rendered(row[0].strip("`")) == row[1]


@pytest.mark.parametrize(
    "row",
    [r for r in rows(CONTRIBUTING, "worked out from") if "*" not in r[1]],
    ids=lambda row: row[0],
)
def test_a_derived_value_is_what_the_contributor_documentation_says(row):
    assert rendered(f"<< {row[0].strip('`')} >>") == row[1]


def test_the_example_of_a_lesson_can_be_rendered():
    example = CONTRIBUTING.split("```markdown\n", 1)[1].split("```", 1)[0]
    assert "Ask in `#help-2027`." in rendered(example)


def test_the_rules_page_is_that_of_the_rules():
    assert (ROOT / "RULES.md").read_text("utf-8") == rules_page()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_no_package_index(name):
    assert not re.search(r"^-|https?://", (ROOT / name).read_text("utf-8"), re.MULTILINE)
