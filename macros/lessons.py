"""What a lesson says about itself and about the others."""

from collections.abc import Iterable, Mapping
from typing import Any

from hackweek.diagnostics import counted
from hackweek.glossary import UNMARKED_BOX
from hackweek.lesson import Lesson


def lesson_header(meta: Mapping[str, Any]) -> str:
    """A box with the lesson's time, questions and objectives, from its front matter."""
    title = f"This lesson takes about {counted(meta['minutes'], 'minute')}"
    body = [
        "It answers:",
        "",
        *_items(meta["questions"]),
        "",
        "At the end you can:",
        "",
        *_items(meta["objectives"]),
    ]
    return _box("abstract", title, body)


def key_points(meta: Mapping[str, Any]) -> str:
    """A box with what to remember, from the lesson's front matter."""
    return _box("success", "Key points", _items(meta["keypoints"]))


def lesson_list(lessons: Iterable[Lesson]) -> str:
    """A numbered list of lessons with links from the start page, minutes and descriptions."""
    return "\n".join(
        f"{number}. [{each.title}]({each.page}) ({counted(each.minutes, 'minute')}): "
        f"{each.meta.get('description', '')}"
        for number, each in enumerate(lessons, start=1)
    )


def total_minutes(lessons: Iterable[Lesson]) -> int:
    """The time that the lessons take together, in minutes."""
    return sum(each.minutes for each in lessons)


def _items(texts: Iterable[str]) -> list[str]:
    return [f"- {text}" for text in texts]


def _box(kind: str, title: str, body: list[str]) -> str:
    return "\n".join(
        [f'!!! {kind} {UNMARKED_BOX} "{title}"', "", *(f"    {line}".rstrip() for line in body)]
    )
