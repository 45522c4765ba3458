"""Boxes and tabs: what is reported, what is not, and that nothing breaks the check."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackweek.checks.block_probe import Outcome, outcomes, read_tokens, token
from hackweek.checks.blocks import RULES, check
from hackweek.checks.page import Folder, Page
from hackweek.diagnostics import report
from hackweek.lesson import Lesson
from hackweek.reading import Kind, read

CASES = Path(__file__).parent / "cases" / "blocks"
LESSONS = Path(__file__).parents[1] / "docs"


def found(text, *, name="page", docs=CASES, config=None):
    page = Page(Lesson(f"docs/{name}.md", f"{name}.md", text))
    folder = Folder(docs=docs, pages=(page,), ours=False, config=config or {})
    return sorted(check(page, folder))


def rules(text, **kwargs):
    return [each.rule for each in found(text, **kwargs)]


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_a_case_is_reported_exactly(case):
    problems = found(case.read_text("utf-8"), name=case.stem)
    golden = case.with_suffix(".txt").read_text("utf-8")
    assert (f"{report(problems)}\n" if problems else "") == golden


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_a_case_that_fires_it_and_nothing_else(rule):
    text = (CASES / f"{rule.name}.md").read_text("utf-8")
    assert set(rules(text)) == {rule.name}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_a_near_miss_that_is_silent(rule):
    assert (CASES / f"{rule.name}-not.txt").read_text("utf-8") == ""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rules_examples_are_true(rule):
    body = "" if "\n" in rule.bad else "\n    text"
    assert rules(rule.bad + body) == [rule.name]
    assert rules(rule.good + ("" if "\n" in rule.good else "\n    text")) == []


@pytest.mark.parametrize("path", sorted(LESSONS.rglob("*.md")), ids=lambda path: path.stem)
def test_our_own_lessons_are_clean(path):
    assert found(path.read_text("utf-8")) == []


def test_what_the_help_says_to_type_is_right():
    for rule in RULES:
        for each in found((CASES / f"{rule.name}.md").read_text("utf-8")):
            if typed := re.match(r"write: ((?:!!!|\?\?\?|===).*?)(?:, and .*)?$", each.help):
                assert rules(f"{typed[1]}\n    text") == [], each


def test_a_type_of_a_style_sheet_in_the_folder_is_known(tmp_path):
    (tmp_path / "extra.css").write_text(".md-typeset .admonition.mybox { color: red }")
    assert rules("!!! mybox\n    text", docs=tmp_path) == []


def test_a_type_of_a_style_sheet_in_the_themes_folder_is_known(tmp_path):
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides" / "extra.css").write_text("details.mybox { color: red }")
    config = {"theme": {"custom_dir": "overrides"}, "extra_css": ["extra.css"]}
    assert rules("??? mybox\n    text", docs=tmp_path / "docs", config=config) == []


def test_a_type_with_an_icon_is_known():
    config = {"theme": {"name": "material", "icon": {"admonition": {"mybox": "fontawesome/x"}}}}
    assert rules("!!! mybox\n    text", config=config) == []


def test_of_a_theme_that_is_not_material_only_a_type_that_is_nearly_known_is_reported():
    config = {"theme": "readthedocs"}
    text = "!!! mybox\n    text\n\n!!! wraning\n    text"
    assert [each.line for each in found(text, config=config)] == [4]


def test_callouts_are_right_where_an_extension_reads_them():
    config = {"markdown_extensions": [{"pymdownx.quotes": {"callouts": True}}]}
    assert rules("> [!NOTE]\n> text\n\n```{note}\n```", config=config) == []


def test_the_probe_tells_boxes_text_code_and_raw_html_apart():
    starts = {
        "!!! {}\n    text": Outcome.BOX,
        "??? {}\n    text": Outcome.BOX,
        '=== "{}"\n    text': Outcome.BOX,
        "  !!! {}\n      text": Outcome.TEXT,
        "    !!! {}\n        text": Outcome.CODE,
        "<pre>\n!!! {}\n</pre>": Outcome.LOST,
    }
    for source, outcome in starts.items():
        text = source.format("note")
        lines = read(text).lines
        number = 2 if source.startswith("<") else 1
        tagged = {number: source.split("\n")[number - 1].format(token(number))}
        assert outcomes(lines, tagged) == {number: outcome}


@pytest.mark.parametrize("theme", [None, {"icon": []}, {"icon": {"admonition": 5}}])
def test_a_strange_configuration_breaks_nothing(theme):
    config = {"theme": theme, "extra_css": 7, "plugins": None}
    assert rules("!!! mybox\n    text", config=config) == ["unknown-box-type"]


WORDS = st.sampled_from(
    [
        *("!!!", "???", "===", "??+", "!!", "====", "note", "tip:", '"T"', "“T”", "-", "1.", ">"),
        *("```", "~~~", ":::", "[!NOTE]", "..", "note::", "{note}", "`", "\\", "[^1]:", "text"),
        *("<div>", "</div>", "<!--", "-->", "<% if %>", "<< x >>", "{% if %}", "\0", "\u00a0"),
        *("\n", "\n\n", "\t", "  ", "    ", "\n    ", "\n        ", "\n!!! note\n    "),
    ]
)


@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_gives_places_within_it(text):
    text = text.replace("\r", "")
    lines = text.split("\n")
    for each in found(text):
        assert 1 <= each.line <= len(lines)
        assert 1 <= each.column <= len(lines[each.line - 1]) + 1
        assert each.rule in {rule.name for rule in RULES}


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=40).map(" ".join), st.sampled_from(["!!! {}", '=== "{}"', "{}."]))
def test_at_the_margin_the_outcome_is_certain_without_reading_the_page(text, start):
    source = f"{text}\n{start.format(token(1))}"
    number = source.count("\n") + 1
    lines = read(source.replace(start.format(token(1)), "!!! note")).lines
    if lines[-1].kind is Kind.TEXT and not any(each in text for each in ("<", "```", "~~~", "[^")):
        expected = Outcome.TEXT if start == "{}." else Outcome.BOX
        assert outcomes(lines, {number: lines[-1].text}) == {number: Outcome.BOX}
        assert read_tokens(source).get(1, Outcome.TEXT) is expected


@settings(max_examples=100)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_a_line_is_reported_once_but_for_style(text):
    style = {rule.name for rule in RULES if rule.style}
    lines = [each.line for each in found(text) if each.rule not in style]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize(
    "text",
    [
        "!!! note " * 500_000,
        "!!! note\n" * 10_000,
        "!!! note\n    x\n" * 10_000,
        "  !!! note\n" * 10_000,
        "=== Tab\n\n" * 10_000,
        '!!! note "' + "a " * 500 + "\n    x\n",
        "> " * 5_000 + "!!! note",
        "".join(f"{'    ' * depth}!!! note\n" for depth in range(300)),
        "- " * 50_000 + "!!! note",
        "???\n" + " \n" * 50_000,
        "!!! a" + " b" * 400 + "'\n" * 1_000,
    ],
    ids=range(11),
)
def test_time_grows_with_the_text(text):
    start = time.process_time()
    found(text)
    assert time.process_time() - start < 10
