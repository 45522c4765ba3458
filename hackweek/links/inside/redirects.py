"""Pages that send their readers on: where they end, and those that never end."""

from collections.abc import Iterator, Mapping


def end(file: str, redirects: Mapping[str, str | None]) -> str | None:
    """The page that a reader arrives at; `None` if that is not on the site or never comes.

    `redirects` has the file that each redirecting file leads to, `None` for one elsewhere.
    """
    seen = set()
    while file in redirects:
        onward = redirects[file]
        if file in seen or onward is None:
            return None
        seen.add(file)
        file = onward
    return file


def detours(redirects: Mapping[str, str | None]) -> Iterator[list[str]]:
    """Each chain of two redirects or more, and each loop, once.

    A chain ends with its page, a loop with the file that it begins with.
    """
    led_to = set(redirects.values())
    in_loops: set[str] = set()
    for start in sorted(redirects, key=lambda file: (file in led_to, file)):
        steps = _steps(start, redirects)
        last = steps[-1]
        if last in steps[:-1]:
            loop = steps[steps.index(last) :]
            if last not in in_loops:
                in_loops.update(loop)
                first = min(loop)
                at = loop.index(first)
                yield [*loop[at:-1], *loop[:at], first]
        elif start not in led_to and len(steps) > 2:
            yield steps


def _steps(file: str, redirects: Mapping[str, str | None]) -> list[str]:
    """The files that a reader passes, until they arrive or are back where they were."""
    steps = [file]
    while onward := redirects.get(steps[-1]):
        steps.append(onward)
        if onward in steps[:-1]:
            break
    return steps
