"""What is said of code blocks, terms and spelling, word for word."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from hackweek.checks import words
from hackweek.checks.page import Folder, Page
from hackweek.diagnostics import report
from hackweek.lesson import Lesson, read_lesson, read_lessons

CASES = Path(__file__).parent / "cases" / "words"


def found_in(folder):
    found = [each for page in folder.pages for each in words.check(page, folder)]
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
    "case", sorted(p for p in CASES.iterdir() if p.suffix != ".txt"), ids=lambda p: p.stem
)
def test_a_case_is_reported_word_for_word(case):
    found = found_in(folder_of(case))
    golden = case.with_suffix(".txt").read_text("utf-8")
    assert (report(found) + "\n" if found else "") == golden


def test_every_rule_has_a_case_that_fires_it():
    golden = "".join(path.read_text("utf-8") for path in CASES.glob("*.txt"))
    assert [rule.name for rule in words.RULES if f": {rule.name}: " not in golden] == []


def test_a_near_miss_is_not_reported():
    assert [p.name for p in CASES.glob("*-not.txt") if p.read_text("utf-8")] == []


def test_our_own_lessons_are_clean(root):
    pages = tuple(map(Page, read_lessons(root / "docs")))
    assert found_in(Folder(docs=root / "docs", pages=pages, ours=True)) == []


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


@settings(max_examples=150, deadline=None)
@given(PIECES | st.text(), st.booleans())
def test_whatever_is_written_is_reported_within_the_file(text, ours):
    text = text.replace("\r", "\n")
    pages = tuple(Page(Lesson(f"docs/{n}.md", f"{n}.md", text)) for n in ("a", "glossary"))
    for each in found_in(Folder(docs=Path("none"), pages=pages, ours=ours)):
        lines = text.split("\n")
        assert 1 <= each.line <= len(lines)
        assert 1 <= each.column <= len(lines[each.line - 1]) + 1
