"""The check as a whole: of the repository, of any folder, and of whatever a file may hold."""

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackweek.check import check_folder, check_repository
from hackweek.checks.page import Page
from hackweek.checks.registry import ALL_RULES, FAMILIES, SECTIONS
from hackweek.events import event_slugs
from hackweek.lesson import Lesson
from repository import ROOT, append, copy_repository

TODAY = datetime.date(2026, 11, 23)
MARKS = """!!! note|"T"|???|=== |- |1. |> |```|~~~|![|](|)|[|]|<img src=|<!--|-->|<< | >>
<% if x %>|<% endif %>|#|# |---|===|`|``|$ |http://a|a b|é|{#id}|{ .x }|:::|> [!NOTE]|*|_|&amp;
</div>|<div markdown>""".replace("\n", "|").split("|")
BLANKS = ["\n", "\n\n", "    ", "  ", "\t", "|", "\\", "\u2028", "\x00", "\ufeff", "\ud7ff"]
PIECES = st.sampled_from([*MARKS, *BLANKS])
TEXT = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)


def found_in(docs):
    findings = check_folder(docs, None, ROOT, TODAY)
    return findings.settled((), ())


def test_the_repository_is_clean():
    assert check_repository(ROOT, event_slugs(ROOT), TODAY).settled((), ()) == []


def test_every_rule_has_one_section_and_examples_that_differ():
    names = [rule.name for rules in SECTIONS.values() for rule in rules]
    assert len(names) == len(set(names))
    assert all(rule.why and rule.bad and rule.good != rule.bad for rule in ALL_RULES.values())


@given(text=TEXT)
@settings(max_examples=300)
def test_whatever_a_lesson_holds_is_read_or_reported_within_it(tmp_path_factory, text):
    docs = tmp_path_factory.mktemp("any") / "docs"
    docs.mkdir()
    (docs / "index.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for each in found_in(docs):
        assert 1 <= each.line <= len(lines)
        assert each.column >= 1
        assert each.rule in ALL_RULES


@pytest.mark.parametrize(
    "data",
    [
        b"# A\n\n" + b"x" * 5_000_000,
        b"# A\n\n" + b"!!! note\n" * 2_000,
        b"# A\n\n" + b"> " * 3_000 + b"deep",
        b"# A\n\n" + b"- a\n    " * 2_000,
        b"# A\n\n" + b"[" * 20_000,
        b"# A\n\n" + b"![a](" * 5_000,
        b"# A\n\n" + b"`" * 20_001,
        b"# A\n\n" + b"<div>" * 3_000,
        b"# A\x00\n\n\x00",
        b"# A\n\n\xff\xfe",
        b"# A\r\n\r\n!!! note\r\r\n    x\n",
        b"",
        b"---\n",
        b"---\ntitle: [\n---\n# A\n",
    ],
    ids=range(14),
)
def test_extremes_are_read_in_bounded_time(tmp_path, data):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-m", "hackweek", "check", "--docs", docs, "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode in (0, 1), done.stderr
    assert json.loads(done.stdout)["checked"] == 1


def test_a_folder_that_links_to_itself_ends(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "again").symlink_to(docs)
    (docs / "index.md").write_text("# A\n\nText.\n")
    assert found_in(docs) == []


def test_any_folder_is_checked_without_our_conventions(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(
        "# A site of somebody else\n\nSome text, {{ macro() }}, << x >>.\n"
    )
    assert found_in(docs) == []


def test_a_rule_of_style_is_reported_only_when_it_is_selected():
    style = [rule.name for rule in ALL_RULES.values() if rule.style]
    findings = check_repository(ROOT, event_slugs(ROOT), TODAY)
    assert {each.rule for each in findings.settled(style, ())} <= set(style)


def test_each_family_is_silent_on_an_empty_page(tmp_path):
    page = Page(Lesson("docs/a.md", "a.md", ""))
    from hackweek.check import read_folder

    folder = read_folder(tmp_path, ours=False)
    for family in FAMILIES:
        assert [each.rule for each in family.check(page, folder)] in ([], ["missing-h1"])


def test_a_check_of_the_command_line_reports_in_the_form_that_was_asked_for(tmp_path):
    root = copy_repository(tmp_path / "repository")
    append(root / "docs/help.md", "\n<< nobody >>\n")
    done = subprocess.run(
        [sys.executable, "-m", "hackweek", "check", "--format", "sarif", "--output", "out.sarif"],
        cwd=root,
        capture_output=True,
        text=True,
    )
    log = json.loads(Path(root / "out.sarif").read_text("utf-8"))
    assert [each["ruleId"] for each in log["runs"][0]["results"]] == ["undefined-variable"]
    assert done.stdout == "1 problem in 1 file (17 checked)\n"
    assert done.returncode == 1
