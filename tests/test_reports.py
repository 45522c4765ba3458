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
]


def made(name, found=FOUND):
    return FORMS[name](found, 5, list(ALL_RULES.values()))


def test_text_is_sorted_and_counts():
    assert made("text") == (
        "docs/a b.md:2:1: placeholder: bad \\x07 bell\n"
        'docs/a b.md:17:38: undefined-variable: "100 %, x:y" is not in events/x.yml\n'
        '  help: did you mean "z"?\n'
        "2 problems in 1 file (5 checked)\n"
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
        "2 problems in 1 file (5 checked)\n"
    )


@pytest.mark.parametrize("found", [FOUND, []])
def test_sarif_is_valid_against_its_schema(found):
    log = json.loads(made("sarif", found))
    assert not list(Draft4Validator(SARIF).iter_errors(log))
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == sorted(
        {each.rule for each in found}
    )


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
    }


def test_junit_can_be_read_whatever_a_message_holds():
    suite = ElementTree.fromstring(made("junit")).find("testsuite")
    assert suite.get("failures") == "2"
    assert [case.get("classname") for case in suite] == ["placeholder", "undefined-variable"]


def test_junit_of_a_clean_run_has_a_test_that_passes():
    suite = ElementTree.fromstring(made("junit", [])).find("testsuite")
    assert (suite.get("tests"), suite.get("failures"), len(suite)) == ("1", "0", 1)
