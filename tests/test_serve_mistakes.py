"""Mistakes are shown in the page, at their place, until they are mended."""

import re

import pytest
from playwright.sync_api import expect

from browser import AXE
from live import running, serving_a_copy
from repository import copy_repository, replace_in

GIT = "docs/preliminary/git.md"
HEADING = "## Tell git who you are"
EVENT = "events/example-2027.yml"
MACROS = "macros/lessons.py"
FOOTER = "overrides/partials/site-footer.html"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving_a_copy(tmp_path_factory) as served:
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
    "in a lesson": (
        (GIT, HEADING, f"Open << jupyterhub_ulr >>.\n\n{HEADING}"),
        f'{GIT}:35:9 undefined-variable "jupyterhub_ulr" is not in {EVENT}\n'
        "Open << jupyterhub_ulr >>.\n"
        "        ^\n"
        'help: did you mean "jupyterhub_url"?',
    ),
    "in an event file": (
        (EVENT, "start_date: 2027-06-14", "start_date: June 14"),
        f'{EVENT}:9:13 invalid-value start_date is not a date: "June 14"\n'
        "start_date: June 14\n"
        "            ^\n"
        "help: write it as 2027-06-14",
    ),
    "in a macro's syntax": (
        (MACROS, "    return _box(", "    retrun _box("),
        f'{MACROS}:23:12 code-error "retrun _box("abstract", title, body)": invalid syntax\n'
        '    retrun _box("abstract", title, body)\n'
        "           ^",
    ),
    "in a name that macros use": (
        ("macros/__init__.py", "import date, date_range", "import date"),
        'macros/__init__.py:37:15 code-error "env.macro(date_range)":'
        ' raises NameError: name "date_range" is not defined\n'
        "    env.macro(date_range)\n"
        "              ^",
    ),
    "in a template": (
        (FOOTER, "<footer", "{% if %}<footer"),
        f'{FOOTER}:13:1 code-error "{{% if %}}<footer class="md-footer">":'
        ' expected an expression, got "end of statement block"\n'
        '{% if %}<footer class="md-footer">\n'
        "^",
    ),
    "in a template's names": (
        ("overrides/main.html", "  {{ super() }}", "  {{ nothing.at_all }}"),
        'overrides/main.html:60:1 code-error "{{ nothing.at_all }}":'
        ' raises UndefinedError: "nothing" is undefined\n'
        "  {{ nothing.at_all }}\n"
        "^",
    ),
    "in mkdocs.yml": (
        ("mkdocs.yml", "nav:", "nav: ["),
        "mkdocs.yml:43:3 not-yaml did not find expected node content\n  - index.md\n  ^",
    ),
    "in a setting": (
        ("mkdocs.yml", "nav:", "use_directory_urls: 7\nnav:"),
        "mkdocs.yml:42:1 invalid-value use_directory_urls:"
        ' Expected type: <class "bool"> but received: <class "int">\n'
        "use_directory_urls: 7\n"
        "^",
    ),
    "in a link": (
        (GIT, HEADING, f"[There](nowhere.md).\n\n{HEADING}"),
        f'{GIT}:35:9 broken-link link "nowhere.md": but the target "preliminary/nowhere.md"'
        " is not found among documentation files\n"
        "[There](nowhere.md).\n"
        "        ^",
    ),
    "in a link to a part of another page": (
        (GIT, HEADING, f"[There](jupyterhub.md#nowhere).\n\n{HEADING}"),
        f'{GIT}:35:9 broken-link link "jupyterhub.md#nowhere": but the doc'
        ' "preliminary/jupyterhub.md" does not contain an anchor "#nowhere"\n'
        "[There](jupyterhub.md#nowhere).\n"
        "        ^",
    ),
}
"""Each with the edit that makes it, and what the page says then, below the count."""


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_shown_where_it_is_until_it_is_mended(page, served, mistake):
    edit, said = MISTAKES[mistake]
    with served.edited(*edit):
        assert alert(page) == f"1 problem in 1 file\n{said}"
    mended(page)


def test_a_file_that_is_missing_is_named_without_a_traceback(page, served):
    path = served.folder / "mkdocs.yml"
    served.read()
    path.rename(path.with_name("mkdocs.old"))
    try:
        said = 'mkdocs.yml:1:1 code-error "mkdocs.yml": no such file or directory'
        assert alert(page) == f"1 problem in 1 file\n{said}"
    finally:
        path.with_name("mkdocs.old").rename(path)
    mended(page)
    assert "Traceback" not in served.read_until("mkdocs.yml: shown again")


def test_mistakes_in_two_files_are_shown_together_and_go_one_by_one(page, served):
    one = (GIT, HEADING, f"<< one >>\n\n{HEADING}")
    other = ("docs/help.md", "\n## ", "\n<< other >>\n\n## ")
    with served.edited(*one):
        with served.edited(*other):
            expect(page.get_by_role("alert")).to_contain_text("2 problems in 2 files")
            expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(2)
        expect(page.get_by_role("alert")).to_contain_text("1 problem in 1 file")
    mended(page)


def test_a_reader_of_any_colours_can_read_what_is_wrong(served, browser):
    with served.edited(GIT, HEADING, f"[There](nowhere.md).\n\n{HEADING}"):
        for colours in ("light", "dark"):
            page = browser.new_page(color_scheme=colours)
            page.goto(served.url + "preliminary/git/")
            alert(page)
            page.evaluate(AXE)
            found = page.evaluate("axe.run('.live-problems').then((all) => all.violations)")
            page.close()
            assert found == []


def test_the_terminal_says_the_same(served):
    served.read()
    with served.edited(GIT, HEADING, f"Open << jupyterhub_ulr >>.\n\n{HEADING}"):
        said = served.read_until("in 1 file")
    assert said.endswith(
        f'{GIT}:35:9: undefined-variable: "jupyterhub_ulr" is not in {EVENT}\n'
        '  help: did you mean "jupyterhub_url"?\n'
        "1 problem in 1 file\n"
    )
    assert re.fullmatch(
        rf"no problems any more\n{re.escape(GIT)}: shown again after \d\.\d\d s\n",
        served.read_until("shown again"),
    )


@pytest.mark.parametrize("mistake", ["in an event file", "in a macro's syntax"])
def test_what_is_wrong_from_the_start_is_shown_until_it_is_mended(tmp_path, tab, mistake):
    (path, old, new), said = MISTAKES[mistake]
    copy = copy_repository(tmp_path / "copy", edits_code=True)
    replace_in(copy / path, old, new)
    with running(copy, tmp_path / "temporary") as served:
        answer = tab.goto(served.url + "preliminary/git/")
        assert (answer.status, alert(tab)) == (500, f"1 problem in 1 file\n{said}")
        expect(tab.get_by_role("heading")).to_have_text("These lessons cannot be shown")
        replace_in(copy / path, new, old)
        mended(tab)
