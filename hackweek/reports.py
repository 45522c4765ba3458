"""Findings in the forms that people, GitHub and other programs read."""

import json
import re
from collections.abc import Callable, Sequence
from types import MappingProxyType
from urllib.parse import quote
from xml.etree import ElementTree

from hackweek.diagnostics import Diagnostic, count, report
from hackweek.rules import Rule

Form = Callable[[Sequence[Diagnostic], int, Sequence[Rule]], str]
"""Findings, the number of files read, and every rule, made into text that ends its last line."""


def text(found: Sequence[Diagnostic], checked: int, _rules: Sequence[Rule]) -> str:
    """Two lines for each finding, and a last line that counts."""
    return report(found, checked=checked) + "\n"


def coloured(found: Sequence[Diagnostic], checked: int, _rules: Sequence[Rule]) -> str:
    """The same for a terminal: warnings yellow, all else red."""
    shown = [_painted(each) for each in sorted(found)]
    return "\n".join([*shown, count(found, checked=checked)]) + "\n"


def _painted(each: Diagnostic) -> str:
    place, rule = f"{each.path}:{each.line}:{each.column}:", f"{each.rule}:"
    rest = str(each).removeprefix(f"{place} {rule}")
    rest = rest.replace("\n  help:", "\n  \033[36mhelp:\033[0m", 1)
    return f"\033[1m{place}\033[0m \033[{33 if each.warning else 31}m{rule}\033[0m{rest}"


def github(found: Sequence[Diagnostic], checked: int, _rules: Sequence[Rule]) -> str:
    """Annotations on a pull request, and the count.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    lines = [
        f"::{_level(each)} file={_property(each.path)},line={each.line},col={each.column},"
        f"title={_property(each.rule)}::{_message(_with_help(each))}"
        for each in sorted(found)
    ]
    return "\n".join([*lines, count(found, checked=checked)]) + "\n"


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
            "level": _level(each),
        }
        for each in sorted(found)
    ]
    return json.dumps({"checked": checked, "problems": problems}, indent=2) + "\n"


def junit(found: Sequence[Diagnostic], _checked: int, _rules: Sequence[Rule]) -> str:
    """A test case for each finding, or one that passes; one that is a warning is skipped.

    https://github.com/testmoapp/junitxml
    """
    suite = ElementTree.Element(
        "testsuite",
        name="hackweek check",
        tests=str(len(found) or 1),
        failures=str(sum(not each.warning for each in found)),
        skipped=str(sum(each.warning for each in found)),
    )
    for each in sorted(found):
        case = ElementTree.SubElement(
            suite, "testcase", classname=each.rule, name=f"{each.path}:{each.line}:{each.column}"
        )
        result = "skipped" if each.warning else "failure"
        said = ElementTree.SubElement(case, result, message=_legal(each.message))
        said.text = _legal(str(each))
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
            "level": _level(each),
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


def markdown(found: Sequence[Diagnostic], checked: int, _rules: Sequence[Rule]) -> str:
    """A list for an issue: what to mend first, then what is only worth knowing."""
    lines = [f"{count(found, checked=checked)}\n"]
    for heading, warning in (("To mend", False), ("Worth knowing", True)):
        kind = [each for each in sorted(found) if each.warning is warning]
        if kind:
            lines += [f"## {heading}\n", *map(_item, kind), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


FORMS: MappingProxyType[str, Form] = MappingProxyType(
    {
        "text": text,
        "github": github,
        "sarif": sarif,
        "junit": junit,
        "json": as_json,
        "markdown": markdown,
    }
)
"""Each form by the name that `--format` calls it."""


def _level(each: Diagnostic) -> str:
    return "warning" if each.warning else "error"


def _item(each: Diagnostic) -> str:
    """A finding as an item of a list; nothing of an author's can become a mention or a link."""
    place = f"{each.path}:{each.line}"
    help = f"<br>{_as_code(each.help)}" if each.help else ""
    return f"- [ ] {_as_code(place)} {_as_code(each.message)}{help}"


def _as_code(value: str) -> str:
    """Text in as many backticks as it takes."""
    value = " ".join(_legal(value).split())
    marks = "`" * (1 + max((len(run) for run in re.findall("`+", value)), default=0))
    return f"{marks} {value} {marks}" if "`" in value else f"{marks}{value}{marks}"


def _with_help(each: Diagnostic) -> str:
    return f"{each.message}\nhelp: {each.help}" if each.help else each.message


def _message(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _message(value).replace(":", "%3A").replace(",", "%2C")


def _legal(value: str) -> str:
    """Without the characters that XML 1.0 cannot hold: https://www.w3.org/TR/xml/#charsets"""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "�", value)
