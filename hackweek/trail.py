"""How far somebody is who reads the lessons in their order."""

from collections.abc import Sequence

from hackweek.lesson import Lesson


def trail(lessons: Sequence[Lesson]) -> list[dict[str, str | int]]:
    """Each lesson's `address` below the site's, its own `minutes`, and those that are `left`.

    What is left begins with the lesson itself, as for somebody who has just opened it.
    """
    return [
        {
            "address": f"{each.page.removesuffix('.md')}/",
            "minutes": each.minutes,
            "left": sum(later.minutes for later in lessons[number:]),
        }
        for number, each in enumerate(lessons)
    ]
