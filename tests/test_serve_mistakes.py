"""Mistakes are shown in the page, at their place, until they are mended."""

import re

import axe_playwright_python
import pytest
from pathlib import Path
from playwright.sync_api import expect

from live import SERVE, running
from repository import append, copy_repository, replace_in

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
GIT = "docs/preliminary/git.md"
HEADING = "## Tell git who you are"
EVENT = "events/example-2027.yml"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """`serve` in a copy of the repository, for tests that put back what they edit."""
    temporary = tmp_path_factory.mktemp("temporary")
    with running(copy_repository(tmp_path_factory.mktemp("copy") / "copy"), temporary) as served:
        served.read_until("ready")
        yield served


@pytest.fixture
def page(served, tab):
    """The git lesson in a browser."""
    tab.goto(served.url + "preliminary/git/")
    return tab


def alert(page):
    """The text of what a page says is wrong, once it says anything; as one reads it."""
    said = page.get_by_role("alert")
    expect(said).not_to_be_empty()
    return re.sub(r"\n{2,}", "\n", said.inner_text()).strip()


def mended(page):
    """Waits until a page shows its lesson and has nothing to complain of."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Git on the hub¶")
    expect(page.get_by_role("alert")).to_be_empty()


MISTAKES = {
    "in a lesson": (GIT, HEADING, "Open << jupyterhub_ulr >>.\n\n" + HEADING),
    "in an event file": (EVENT, "start_date: 2027-06-14", "start_date: June 14"),
    "in a macro's syntax": ("macros/lessons.py", "    return _box(", "    retrun _box("),
    "in a macro's names": ("macros/lessons.py", "from hackweek.lesson import Lesson", "Lessn = 1"),
    "in a template": ("overrides/partials/site-footer.html", "<footer", "{% if %}<footer"),
    "in a template's names": ("overrides/main.html", "{{ super() }}", "{{ nothing.at_all }}"),
    "in mkdocs.yml": ("mkdocs.yml", "nav:", "nav: ["),
    "in a setting": ("mkdocs.yml", "  name: material", "  name: materiel"),
    "in a link": (GIT, HEADING, "[There](nowhere.md).\n\n" + HEADING),
    "in a link to a part of another page": (
        GIT, HEADING, "[There](jupyterhub.md#nowhere).\n\n" + HEADING),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_shown_where_it_is_until_it_is_mended(page, served, cases, mistake):
    with served.edited(*MISTAKES[mistake]):
        said = alert(page)
    print(mistake); print(said)
    mended(page)
