"""The items of a checklist, from Markdown to HTML, and the minutes that they stand for."""

import re

import pytest
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from hackweek.assistive import name_boxes
from hackweek.checklist.items import make_items
from hackweek.lesson import read_lesson
from published import SITES
from repository import ROOT

MINUTES = {"git.md": 40, "hub.md": 30, "ready.md": 8}


class Items(Extension):
    def extendMarkdown(self, md):  # noqa: N802 - Python-Markdown's name
        class Finish(Treeprocessor):
            def run(self, root):
                name_boxes(md, root)
                make_items(root, MINUTES, "ready.md", lambda link: link.get("href"))

        md.treeprocessors.register(Finish(md), "finish", 5)


def html(text):
    return Markdown(
        extensions=["attr_list", "pymdownx.tasklist", "pymdownx.superfences", Items()],
        extension_configs={"pymdownx.tasklist": {"custom_checkbox": True}},
    ).convert(text)


def item(id, words, minutes, rest=""):
    return (
        f'<li class="task-list-item" id="{id}"><label class="checklist-item"><input '
        f'data-minutes="{minutes}" disabled="disabled" name="{id}" type="checkbox" />'
        f"<strong>{words}</strong></label>{rest}</li>"
    )


def test_an_item_is_a_box_with_its_bold_words_as_its_label():
    assert html("- [ ] **Go `there`.**{ #gone } See.") == (
        '<ul class="task-list">\n'
        + item("gone", "Go <code>there</code>.", "8.00", " See.")
        + "\n</ul>"
    )


def test_an_item_that_holds_code_is_one_as_well():
    text = html("- [ ] **Go.**{ #gone } See.\n\n    ```\n    ls\n    ```\n")
    assert text.startswith(
        '<ul class="task-list">\n<li class="task-list-item" id="gone">\n<p><label'
        ' class="checklist-item"><input data-minutes="8.00" disabled="disabled" name="gone"'
        ' type="checkbox" /><strong>Go.</strong></label> See.</p>\n<div class="highlight">'
    )


@pytest.mark.parametrize(
    "text", ["- [ ] **Go.** See.", "- [ ] Go **there.**{ #gone }", "- **Go.**{ #gone }", "- [ ]"]
)
def test_what_is_no_item_keeps_what_it_has(text):
    assert "checklist-item" not in html(text)
    assert "data-minutes" not in html(text)


def test_the_items_of_a_lesson_share_its_minutes_and_all_share_those_of_their_page():
    text = html(
        "- [ ] **One.**{ #one } [Git](git.md), not [the hub](hub.md)\n"
        "- [ ] **Two.**{ #two } [Elsewhere](help.md), [Git](git.md)\n"
        "- [ ] **Three.**{ #three } [The hub](hub.md)\n"
        "- [ ] **Four.**{ #four } [This page](ready.md), [help](help.md)"
    )
    assert re.findall(r'data-minutes="([^"]+)"', text) == ["22.00", "22.00", "32.00", "2.00"]


@pytest.mark.parametrize("slug", SITES)
def test_the_minutes_of_all_items_are_those_of_all_lessons(slug):
    site = SITES[slug]
    page = site.lessons["checklist"].page
    used = {"preliminary/" + link for link in re.findall(r"\]\((\w+\.md)", site.markdown(page))}
    assert {each.page for each in site.lessons.values()} - used == {page}


@pytest.mark.parametrize("slug", SITES)
def test_every_item_of_the_lesson_has_a_name_of_its_own(slug):
    items = re.findall(r"^ *- \[ \] .*$", SITES[slug].markdown("preliminary/checklist.md"), re.M)
    names = [re.findall(r"^ *- \[ \] \*\*[^*]+\*\*\{ #([\w-]+) \}", each) for each in items]
    assert len(items) > 9
    assert all(len(found) == 1 for found in names), items
    assert len({found[0] for found in names}) == len(items)


@pytest.mark.parametrize("slug", SITES)
def test_every_item_tells_how_to_prove_it(slug):
    items = re.findall(r"^ *- \[ \] .*$", SITES[slug].markdown("preliminary/checklist.md"), re.M)
    assert [each for each in items if " Proof: " not in each] == []


def test_the_names_are_those_under_which_ticks_have_been_kept():
    """Whoever changes one here takes a tick away from every reader who has made it."""
    text = read_lesson(ROOT / "docs", "preliminary/checklist.md").text
    assert (
        re.findall(r"\{ #([\w-]+) \}", text)
        == (
            "signed-in two-factor member public-member hub-reached terminal-open code-in file-out"
            " hub-room session-ended git-identity pushed conflict-ended earthdata-login"
            " earthdata-code laptop-python whom-to-ask in-chat sound-and-picture"
        ).split()
    )
