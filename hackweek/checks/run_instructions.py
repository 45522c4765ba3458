"""What keeps a lesson's commands from being run: comments that nobody understands, and sessions
without a prompt.
"""

from collections.abc import Iterable

from hackweek.checks.page import Folder, Page
from hackweek.commands.rules import TOLD
from hackweek.commands.story import read_story
from hackweek.diagnostics import Diagnostic

RULES = TOLD


def check(page: Page, folder: Folder) -> Iterable[Diagnostic]:
    """Everything that is wrong on one page; only our lessons are run."""
    if not folder.ours:
        return ()
    return read_story(page.lesson.path, page.reading).problems
