"""Findings in every form, each read back by what it is meant for."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator

from hackweek.checks.registry import ALL_RULES
from hackweek.diagnostics import Diagnostic
from hackweek.reports import FORMS, coloured

# From https://docs.oasis-open.org/sarif/sarif/v2.1.0/, with its blanks taken out.
SARIF = json.loads((Path(__file__).parent / "schemas/sarif-2.1.0-rtm.5.json").read_text())
FOUND = [
    Diagnostic(
        path="docs/a b.md",
        line=17,
        column=38,
        rule="undefined-variable",
        message='"100 %, x:y" is not in events/x.yml',
        help='did you mean "z"?',
    ),
    Diagnostic(path="docs/a b.md", line=2, column=1, rule="placeholder", message="bad \x07 bell"),
    Diagnostic(
        path="docs/c.md", line=3, column=4, rule="moved-link", message="moved `@c`", warning=True
    ),
]


def made(name, found=FOUND):
    return FORMS[name](found, 5, list(ALL_RULES.values()))


def test_text_is_sorted_and_counts():
    assert made("text") == (
        "docs/a b.md:2:1: placeholder: bad \\x07 bell\n"
        'docs/a b.md:17:38: undefined-variable: "100 %, x:y" is not in events/x.yml\n'
        '  help: did you mean "z"?\n'
        "docs/c.md:3:4: moved-link: moved `@c`\n"
        "2 problems and 1 warning in 2 files (5 checked)\n"
    )


def test_a_run_with_warnings_alone_has_no_problems():
    assert made("text", FOUND[2:]).splitlines()[-1] == (
        "no problems and 1 warning in 1 file (5 checked)"
    )


def test_colours_change_nothing_but_colours():
    shown = coloured(FOUND, 5, [])
    assert re.sub("\033\\[\\d+m", "", shown) == made("text")
    assert shown != made("text")


def test_github_gets_one_command_for_each_finding():
    assert made("github") == (
        "::error file=docs/a b.md,line=2,col=1,title=placeholder::bad \x07 bell\n"
        "::error file=docs/a b.md,line=17,col=38,title=undefined-variable::"
        '"100 %25, x:y" is not in events/x.yml%0Ahelp: did you mean "z"?\n'
        "::warning file=docs/c.md,line=3,col=4,title=moved-link::moved `@c`\n"
        "2 problems and 1 warning in 2 files (5 checked)\n"
    )


@pytest.mark.parametrize("found", [FOUND, []])
def test_sarif_is_valid_against_its_schema(found):
    log = json.loads(made("sarif", found))
    assert not list(Draft4Validator(SARIF).iter_errors(log))
    results = log["runs"][0]["results"]
    assert [each["ruleId"] for each in results] == [each.rule for each in sorted(found)]
    levels = {result["ruleId"]: result["level"] for result in results}
    assert all((level == "warning") is (rule == "moved-link") for rule, level in levels.items())


def test_every_rule_is_in_the_sarif_log():
    log = json.loads(made("sarif", []))
    assert {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]} == set(ALL_RULES)


def test_json_holds_every_part():
    assert json.loads(made("json"))["problems"][1] == {
        "path": "docs/a b.md",
        "line": 17,
        "column": 38,
        "rule": "undefined-variable",
        "message": '"100 %, x:y" is not in events/x.yml',
        "help": 'did you mean "z"?',
        "level": "error",
    }
    assert json.loads(made("json"))["problems"][2]["level"] == "warning"


def test_junit_can_be_read_whatever_a_message_holds():
    suite = ElementTree.fromstring(made("junit")).find("testsuite")
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "2", "1")
    results = [(case.get("classname"), case[0].tag) for case in suite]
    assert results == [
        ("placeholder", "failure"), ("undefined-variable", "failure"), ("moved-link", "skipped")
    ]  # fmt: skip


def test_markdown_lists_what_to_mend_before_what_to_know_and_nothing_in_it_acts():
    assert made("markdown") == (
        "2 problems and 1 warning in 2 files (5 checked)\n\n"
        "## To mend\n\n"
        "- [ ] `docs/a b.md:2` `bad \ufffd bell`\n"
        '- [ ] `docs/a b.md:17` `"100 %, x:y" is not in events/x.yml`<br>`did you mean "z"?`\n\n'
        "## Worth knowing\n\n"
        "- [ ] `docs/c.md:3` `` moved `@c` ``\n"
    )


def test_junit_of_a_clean_run_has_a_test_that_passes():
    suite = ElementTree.fromstring(made("junit", [])).find("testsuite")
    assert (suite.get("tests"), suite.get("failures"), len(suite)) == ("1", "0", 1)
