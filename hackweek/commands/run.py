"""The commands of every lesson run for some events."""

import signal
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Never

from hackweek.checklist.program import write_program
from hackweek.commands.blocks import Block, Script
from hackweek.commands.fixtures import new_world, repositories, write_github
from hackweek.commands.network import Network, least_network
from hackweek.commands.report import Fate, Finding, Report, not_reached
from hackweek.commands.requirements import require_programs
from hackweek.commands.source_lines import rendered_lesson
from hackweek.commands.story import Story, read_story
from hackweek.lesson import Lesson
from hackweek.links.sources.traced_lesson import LessonTracer
from hackweek.reading import read
from hackweek.site import Site

SECONDS = 120.0
"""How long one command may take."""
NETWORK = "network"
"""What a block needs that reaches the internet."""

Steps = tuple[Block | Script, ...]


def run_commands(
    sites: Sequence[Site],
    *,
    available: Collection[str] = (),
    seconds: float = SECONDS,
    say: Callable[[str], None] = lambda step: None,
) -> Report:
    """Runs every page's commands, each page in a shell and a home of its own.

    `available` is what blocks may need and this machine has; `say` hears of each page. What is
    the same for several events is run once. Raises `Problems` for lessons that cannot be
    rendered, `MissingProgram` where bash, git or Python's venv is not there.
    """
    require_programs()
    from hackweek.commands.reader import Reader  # not at the top: Windows has no such terminals

    report = Report(network=Network.OPEN if NETWORK in available else least_network())
    seen: set[Steps] = set()
    with _ending_cleanly(), tempfile.TemporaryDirectory(prefix="hackweek-github-") as folder:
        github = Path(folder) / "github"
        write_github(github, repositories(site.event for site in sites))
        for site, lesson, story in _stories(sites):
            if story.problems:
                # What such a page would run is not what its author means.
                report.add(map(Finding, story.problems), not_reached(story.steps))
                continue
            steps = _without_excused(story, available, report)
            if steps not in seen and any(isinstance(step, Block) for step in steps):
                say(f"running {lesson.path} for {site.event.slug}")
                with new_world(github, report.network) as world:
                    write_program(site, world.site)
                    reader = Reader(world, site.event, seconds)
                    reader.follow(steps)
                report.add(reader.findings, reader.fates)
            seen.add(steps)
    return report


def _stories(sites: Sequence[Site]) -> Iterator[tuple[Site, Lesson, Story]]:
    for site in sites:
        site.rendered  # noqa: B018 - raises everything that keeps the lessons from being read
    for site in sites:
        tracer = LessonTracer(site)
        for lesson in site.pages:
            rendered = rendered_lesson(tracer, lesson)
            story = read_story(lesson.path, read(rendered.text), rendered.source_line)
            yield site, lesson, story


def _without_excused(story: Story, available: Collection[str], report: Report) -> Steps:
    """The steps that can be taken; the blocks that cannot are noted in the report."""
    steps = []
    for step in story.steps:
        if isinstance(step, Block) and step.needs and step.needs not in available:
            report.excused[step.path, step.line] = step
            report.fates[step.path, step.line] = Fate.EXCUSED
        else:
            steps.append(step)
    return tuple(steps)


@contextmanager
def _ending_cleanly() -> Iterator[None]:
    """Lets an order to end this process unwind it, so that nothing stays behind."""

    def unwind(number: int, frame: FrameType | None) -> Never:
        raise SystemExit(128 + number)

    main = threading.current_thread() is threading.main_thread()  # no other gets signals
    numbers = (signal.SIGTERM, signal.SIGHUP) if main else ()
    before = {number: signal.signal(number, unwind) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
