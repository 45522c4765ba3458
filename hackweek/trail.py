"""How far somebody is who reads the lessons in their order."""

from collections.abc import Sequence

from hackweek.lesson import Lesson


def trail(lessons: Sequence[Lesson]) -> list[dict[str, str | int | float]]:
    """Each lesson's `address` below the site's, its `share` of all minutes, and those `left`.

    The share is in percent. What is left is in minutes, and begins with the lesson itself, as
    for somebody who has just opened it.
    """
    total = sum(each.minutes for each in lessons) or 1
    return [
        {
            "address": f"{each.page.removesuffix('.md')}/",
            "share": round(100 * each.minutes / total, 1),
            "left": sum(later.minutes for later in lessons[number:]),
        }
        for number, each in enumerate(lessons)
    ]
