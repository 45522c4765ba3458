"""Findings in the forms that people, GitHub and other programs read."""

import json
import re
from collections.abc import Callable, Sequence
from types import MappingProxyType
from urllib.parse import quote
from xml.etree import ElementTree

from hackweek.diagnostics import Diagnostic, report
from hackweek.rules import Rule

Form = Callable[[Sequence[Diagnostic], int, Sequence[Rule]], str]
"""Findings, the number of files read, and every rule, made into text that ends its last line."""


def text(found: Sequence[Diagnostic], checked: int, _rules: Sequence[Rule]) -> str:
    """Two lines for each finding, and a last line that counts."""
    return report(found, checked=checked) + "\n"


def coloured(found: Sequence[Diagnostic], checked: int, rules: Sequence[Rule]) -> str:
    """The same for a terminal."""
    shown = text(found, checked, rules)
    shown = re.sub(
        r"^(\S+:\d+:\d+:) ([\w-]+:)", "\033[1m\\1\033[0m \033[31m\\2\033[0m", shown, flags=re.M
    )
    return re.sub(r"^  help:", "  \033[36mhelp:\033[0m", shown, flags=re.M)


def github(found: Sequence[Diagnostic], checked: int, rules: Sequence[Rule]) -> str:
    """Annotations on a pull request, and the count.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    lines = [
        f"::error file={_property(each.path)},line={each.line},col={each.column},"
        f"title={_property(each.rule)}::{_message(_with_help(each))}"
        for each in sorted(found)
    ]
    count = text(found, checked, rules).splitlines()[-1]
    return "\n".join([*lines, count]) + "\n"


def as_json(found: Sequence[Diagnostic], checked: int, _rules: Sequence[Rule]) -> str:
    """An object with the files read and a list of findings, each with all its parts."""
    problems = [
        {
            "path": each.path,
            "line": each.line,
            "column": each.column,
            "rule": each.rule,
            "message": each.message,
            "help": each.help or None,
        }
        for each in sorted(found)
    ]
    return json.dumps({"checked": checked, "problems": problems}, indent=2) + "\n"


def junit(found: Sequence[Diagnostic], _checked: int, _rules: Sequence[Rule]) -> str:
    """A test case for each finding, or one that passes.

    https://github.com/testmoapp/junitxml
    """
    suite = ElementTree.Element(
        "testsuite", name="hackweek check", tests=str(len(found) or 1), failures=str(len(found))
    )
    for each in sorted(found):
        case = ElementTree.SubElement(
            suite, "testcase", classname=each.rule, name=f"{each.path}:{each.line}:{each.column}"
        )
        failure = ElementTree.SubElement(case, "failure", message=_legal(each.message))
        failure.text = _legal(str(each))
    if not found:
        ElementTree.SubElement(suite, "testcase", classname="check", name="no problems")
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + (
        ElementTree.tostring(suites, encoding="unicode") + "\n"
    )


def sarif(found: Sequence[Diagnostic], _checked: int, rules: Sequence[Rule]) -> str:
    """SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html"""
    driver = {
        "name": "hackweek",
        "rules": [
            {"id": rule.name, "shortDescription": {"text": rule.why}}
            for rule in sorted(rules, key=lambda rule: rule.name)
        ],
    }
    results = [
        {
            "ruleId": each.rule,
            "level": "error",
            "message": {"text": _with_help(each)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(each.path)},
                        "region": {"startLine": each.line, "startColumn": each.column},
                    }
                }
            ],
        }
        for each in sorted(found)
    ]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        ],
    }
    return json.dumps(log, indent=2) + "\n"


FORMS: MappingProxyType[str, Form] = MappingProxyType(
    {"text": text, "github": github, "sarif": sarif, "junit": junit, "json": as_json}
)
"""Each form by the name that `--format` calls it."""


def _with_help(each: Diagnostic) -> str:
    return f"{each.message}\nhelp: {each.help}" if each.help else each.message


def _message(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _message(value).replace(":", "%3A").replace(",", "%2C")


def _legal(value: str) -> str:
    """Without the characters that XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets"""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "�", value)
