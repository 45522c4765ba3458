"""What is said of links, of a page's structure, and of code and words, word for word."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from hackweek.checks import (
    checklists,
    placeholders,
    source_links,
    structure,
    unread_markdown,
    words,
)
from hackweek.checks.page import Folder, Page
from hackweek.diagnostics import report
from hackweek.lesson import Lesson, read_lesson, read_lessons

CASES = Path(__file__).parent / "cases"
FAMILIES = {
    "checklists": checklists,
    "placeholders": placeholders,
    "source_links": source_links,
    "structure": structure,
    "unread_markdown": unread_markdown,
    "words": words,
}
ALL_CASES = [
    (name, case)
    for name in FAMILIES
    for case in sorted((CASES / name).iterdir())
    if case.suffix != ".txt"
]


def found_in(family, folder):
    found = [each for page in folder.pages for each in family.check(page, folder)]
    if hasattr(family, "check_folder"):
        found += family.check_folder(folder)
    return sorted(found)


def folder_of(case):
    if case.is_dir():
        config = (
            YAML(typ="safe").load(case / "mkdocs.yml") if (case / "mkdocs.yml").exists() else {}
        )
        pages = tuple(map(Page, read_lessons(case / "docs")))
        return Folder(docs=case / "docs", pages=pages, ours=False, config=config)
    text = read_lesson(case.parent, case.name).text
    page = Page(Lesson(f"docs/{case.name}", case.name, text))
    return Folder(docs=case / "none", pages=(page,), ours=case.name.startswith("ours-"))


@pytest.mark.parametrize(
    ("name", "case"), ALL_CASES, ids=[f"{name}-{case.stem}" for name, case in ALL_CASES]
)
def test_a_case_is_reported_word_for_word(name, case):
    found = found_in(FAMILIES[name], folder_of(case))
    golden = case.with_suffix(".txt").read_text("utf-8")
    assert (report(found) + "\n" if found else "") == golden


@pytest.mark.parametrize("name", FAMILIES)
def test_every_rule_has_a_case_that_fires_it(name):
    golden = "".join(path.read_text("utf-8") for path in (CASES / name).glob("*.txt"))
    assert [rule.name for rule in FAMILIES[name].RULES if f": {rule.name}: " not in golden] == []


@pytest.mark.parametrize("name", FAMILIES)
def test_a_near_miss_is_not_reported(name):
    near_misses = (CASES / name).glob("*-not.txt")
    assert [path.name for path in near_misses if path.read_text("utf-8")] == []


@pytest.mark.parametrize("name", FAMILIES)
def test_our_own_lessons_are_clean(name, root):
    pages = tuple(map(Page, read_lessons(root / "docs")))
    assert found_in(FAMILIES[name], Folder(docs=root / "docs", pages=pages, ours=True)) == []


PIECES = st.lists(
    st.sampled_from(
        [
            *("# ", "\n", "\n\n", "[", "](", ")", "![", "<% if a %>", "<% endif %>", "<% else %>"),
            *(
                "<< b >>",
                "```",
                "```bash\n",
                "$ ",
                "    ",
                "- ",
                "<div>",
                "</div>",
                "{#a}",
                "---\n",
            ),
            *("teh ", "http://", "https:/", "a.md", "#a", "mailto:", "<!--", "-->", "\0", "é", "`"),
            *("[a]: b\n", "glossary.md", "=== ", "title: ", "minutes: ", "../", "\\\\", "\u2028"),
        ]
    )
    | st.text(max_size=3)
).map("".join)


@pytest.mark.parametrize("name", FAMILIES)
@settings(max_examples=150)
@given(text=PIECES | st.text(), ours=st.booleans())
def test_whatever_is_written_is_reported_within_the_file(name, text, ours):
    text = text.replace("\r", "\n")
    pages = tuple(Page(Lesson(f"docs/{n}.md", f"{n}.md", text)) for n in ("a", "glossary"))
    for each in found_in(FAMILIES[name], Folder(docs=Path("none"), pages=pages, ours=ours)):
        lines = text.split("\n")
        assert 1 <= each.line <= len(lines)
        assert 1 <= each.column <= len(lines[each.line - 1]) + 1
