"""The front matter of a hackweek lesson: what must be in it, and whether it can be true."""

import re
from collections.abc import Iterator
from typing import Any

from hackweek.checks.page import Page
from hackweek.diagnostics import Diagnostic, counted, did_you_mean, nearest
from hackweek.reading import Kind
from hackweek.rules import Rule

FRONT_MATTER_RULES = (
    Rule(
        name="missing-front-matter",
        why="The title, the time and the questions of a lesson are shown from its front matter; "
        "search engines and the list of lessons need them too.",
        bad="---\ntitle: Git\n---",
        good="---\ntitle: Git\ndescription: …\nminutes: 20\nquestions: [ … ]\n---",
    ),
    Rule(
        name="wrong-front-matter",
        why="A description that is too short says nothing and one that is too long is cut off; "
        "a time or a list that cannot be read is not shown.",
        bad="minutes: half an hour",
        good="minutes: 30",
    ),
    Rule(
        name="unknown-front-matter-key",
        why="A key that nothing reads is a spelling mistake, and its value is never shown.",
        bad="keypoint:",
        good="keypoints:",
    ),
    Rule(
        name="unbelievable-minutes",
        why="Participants plan their evening by the time that a lesson says it takes.",
        bad="minutes: 240 (for a page of 200 words)",
        good="minutes: 5",
    ),
)

_TEXTS = ("title", "description")
_LISTS = ("questions", "objectives", "keypoints")
_REQUIRED = ("title", "description", "minutes", *_LISTS)
_KNOWN = (*_REQUIRED, "hide", "icon", "search", "social", "status", "subtitle", "tags", "template")
"""Ours, and those that Material for MkDocs reads."""
_SHORTEST, _LONGEST = 50, 160
"""Characters of a description: what search engines show."""
_EXAMPLES = {
    "title": '"Git on the hub"',
    "description": '"…", 50 to 160 characters that say what the page is for',
    "minutes": "20",
}
_TEMPLATE = re.compile(r"<< |<% ")
_STEP = re.compile(r"[ \t]*\d+[.)][ \t]+\S")
_SHELLS = ("bash", "sh", "shell", "zsh", "powershell")


def check_front_matter(page: Page) -> Iterator[Diagnostic]:
    """What is wrong with a lesson's front matter; how it is written is another check's matter."""
    source = page.lesson.front_matter
    if source.problems and not source.values:
        return
    if not page.lesson.body_offset:
        yield page.at_line(
            1,
            1,
            "missing-front-matter",
            "the lesson has no front matter",
            f'begin the file with "---", then {", ".join(_REQUIRED)}, then "---"',
        )
        return
    misspelled = set()
    for key in source.values:
        if key not in _KNOWN:
            misspelled.add(nearest(key, _REQUIRED))
            yield page.at_line(
                *source.key_place((key,)),
                "unknown-front-matter-key",
                f'"{key}" is no key of the front matter',
                did_you_mean(key, _KNOWN) or f"delete it; known are {', '.join(_KNOWN)}",
            )
    for key in _REQUIRED:
        if key not in source.values and key not in misspelled:
            yield page.at_line(1, 1, "missing-front-matter", f'"{key}" is missing', _example(key))
        elif key in source.values and (key,) not in source.unreadable:
            yield from _check_value(page, key, source.values[key])


def _example(key: str) -> str:
    return f"write {key}: {_EXAMPLES[key]}" if key in _EXAMPLES else f'write {key}: and "- …" below'


def _check_value(page: Page, key: str, value: Any) -> Iterator[Diagnostic]:
    source = page.lesson.front_matter
    if key in _LISTS:
        yield from _check_list(page, key, value)
        return
    fault, help = _text_fault(key, value) if key in _TEXTS else _minutes_fault(value)
    if fault:
        yield page.at_line(*source.key_place((key,)), "wrong-front-matter", fault, help)
    elif key == "minutes":
        yield from _check_time(page, value)


def _check_list(page: Page, key: str, value: Any) -> Iterator[Diagnostic]:
    source = page.lesson.front_matter
    if not isinstance(value, list) or not value:
        what = "empty" if value in (None, "", []) else "not a list"
        message = f'"{key}" is {what}'
        yield page.at_line(*source.key_place((key,)), "wrong-front-matter", message, _example(key))
        return
    for index, each in enumerate(value):
        if isinstance(each, str) and each.strip():
            continue
        shown = source.spelled.get((key, index), "")
        message = f'"{shown}" in "{key}" is not text' if shown else f'an item of "{key}" is no text'
        place = source.place((key, index))
        yield page.at_line(*place, "wrong-front-matter", message, "write text in quotes")


def _text_fault(key: str, value: Any) -> tuple[str, str]:
    if not isinstance(value, str) or not value.strip():
        what = "empty" if value in (None, "") or isinstance(value, str) else "not text"
        return f'"{key}" is {what}', _example(key)
    length = len(value)
    if key == "description" and not _TEMPLATE.search(value):
        if length < _SHORTEST:
            message = f'the description "{value}" has {length} characters'
            return message, f"write {_SHORTEST} to {_LONGEST} characters"
        if length > _LONGEST:
            message = f'the description "{value[:40]}…" has {length} characters'
            return message, f"cut it to {_LONGEST} at most"
    return "", ""


def _minutes_fault(value: Any) -> tuple[str, str]:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return "", ""
    shown = "" if value is None else value
    return f'minutes is not a whole number above 0: "{shown}"', "write a number, such as 20"


def _check_time(page: Page, minutes: int) -> Iterator[Diagnostic]:
    words, steps, commands = _work(page)
    least = (words / 250 + (steps + commands) / 4) / 3
    most = 15 + 1.5 * (words / 100 + steps) + commands / 2
    if not least <= minutes <= most:
        work = f"{counted(words, 'word')}, {counted(steps, 'step')}, {counted(commands, 'command')}"
        yield page.at_line(
            *page.lesson.front_matter.key_place(("minutes",)),
            "unbelievable-minutes",
            f'"{minutes}" minutes for {work}',
            f"write a number between {max(1, round(least * 2))} and {round(most / 2)}",
        )


def _work(page: Page) -> tuple[int, int, int]:
    """How many words to read, numbered steps to take, and commands to type."""
    words = len(page.reading.prose.split())
    steps = sum(
        line.kind is Kind.TEXT and bool(_STEP.match(line.text)) for line in page.reading.lines
    )
    commands = sum(
        bool(line.text.strip())
        for fence in page.reading.fences
        if fence.info.split(" ")[0].lower() in _SHELLS
        for line in fence.body
    )
    return words, steps, commands
