"""How a page is built: its title, its headings, its place in the navigation, its front matter."""

import re
from collections.abc import Iterator

from hackweek.checks.conditions import exclusive
from hackweek.checks.front_matter import FRONT_MATTER_RULES, check_front_matter
from hackweek.checks.headings import Heading, headings
from hackweek.checks.navigation import left_out, navigation, published
from hackweek.checks.page import Folder, Page
from hackweek.diagnostics import Diagnostic
from hackweek.reading import Kind
from hackweek.rules import Rule

RULES = (
    Rule(
        name="missing-title",
        why="A page without a heading of level 1 has no title to be found by, neither by a reader "
        "who jumps between headings nor by a search engine.",
        bad="## Install git",
        good="# Install git",
    ),
    Rule(
        name="second-title",
        why="A page has one title. With two, screen readers and search engines do not know which "
        "one names it, and the table of contents shows neither.",
        bad="# Git\n\n# Install",
        good="# Git\n\n## Install",
    ),
    Rule(
        name="skipped-heading-level",
        why="People who cannot see the page move through it by the levels of its headings; "
        "a missing level looks like a missing part.",
        bad="## Install\n\n#### Windows",
        good="## Install\n\n### Windows",
    ),
    Rule(
        name="empty-heading",
        why="A heading without words is an empty line in the table of contents and is announced "
        "as nothing.",
        bad="##",
        good="## Install",
    ),
    Rule(
        name="duplicate-anchor",
        why="A link reaches the first of two headings with one anchor. The second one's becomes "
        '"install_1", which changes when headings are added or moved.',
        bad="## Install\n\n## Install",
        good="## Install on Windows\n\n## Install on Linux",
    ),
    Rule(
        name="page-not-in-navigation",
        why="Nobody finds a page that the navigation leaves out.",
        bad="nav: [index.md] (and a file docs/git.md)",
        good="nav: [index.md, git.md]",
    ),
    *FRONT_MATTER_RULES,
)

_HTML_TITLE = re.compile(r"<h1[\s>]", re.IGNORECASE)
_BROUGHT_IN = re.compile(r"--8<--|\{\{|\{%|\{!|^[ \t]*:::", re.MULTILINE)
"""Text that a plugin makes, which may begin with a title."""


def check(page: Page, folder: Folder) -> Iterator[Diagnostic]:
    """What is wrong with one page's headings and front matter."""
    if page.lesson.undecodable:
        return
    shown = headings(page)
    extra = _second_titles(shown)
    yield from _report_second_titles(page, shown, extra)
    yield from _skipped_levels(page, shown, extra)
    yield from _empty_headings(page, shown)
    yield from _duplicate_anchors(page, shown)
    if folder.ours:
        yield from check_front_matter(page)


def check_folder(folder: Folder) -> Iterator[Diagnostic]:
    """Pages without a title, and pages that the navigation leaves out."""
    named = navigation(folder)
    hidden = left_out(folder, "exclude_docs", "not_in_nav", "draft_docs")
    for page in published(folder):
        path = page.path.as_posix()
        if not page.lesson.undecodable and _lacks_title(page, folder):
            yield _missing_title(page)
        if named is not None and path not in named and not hidden.match_file(path):
            yield page.at_line(
                1,
                1,
                "page-not-in-navigation",
                f'"{path}" is not in the navigation',
                f'add "- {path}" under "nav:" in mkdocs.yml',
            )


def _lacks_title(page: Page, folder: Folder) -> bool:
    meta = page.lesson.meta
    if any(heading.level == 1 for heading in headings(page)):
        return False
    if _HTML_TITLE.search(page.reading.prose):
        return False
    if folder.ours:
        return True
    if meta.get("title") or meta.get("template") or page.lesson.front_matter.problems:
        return False
    return not _BROUGHT_IN.search(page.lesson.body)


def _missing_title(page: Page) -> Diagnostic:
    written = (Kind.HEADER, Kind.BLANK, Kind.TAG, Kind.COMMENT)
    first = next((line.number for line in page.reading.lines if line.kind not in written), 1)
    title = headings(page)[:1]
    words = title[0].text if title and title[0].text else "Title of the page"
    return page.at_line(
        first, 1, "missing-title", "the page has no heading of level 1", f'write "# {words}"'
    )


def _second_titles(shown: tuple[Heading, ...]) -> dict[int, int]:
    """The line of each title that is one too many, with the line of the title before it."""
    titles: list[Heading] = []
    extra: dict[int, int] = {}
    for heading in shown:
        if heading.level != 1 or heading.nested or not heading.text:
            continue
        first = _rival(heading, titles)
        if first:
            extra[heading.line] = first.line
        titles.append(heading)
    return extra


def _rival(heading: Heading, before: list[Heading]) -> Heading | None:
    """The first of some headings that a reader can see together with another one."""
    # Whoever writes ten alternatives of one heading has not read any of this.
    return next((e for e in before[:9] if not exclusive(e.conditions, heading.conditions)), None)


def _report_second_titles(
    page: Page, shown: tuple[Heading, ...], extra: dict[int, int]
) -> Iterator[Diagnostic]:
    for heading in shown:
        if heading.line in extra:
            yield page.at_line(
                heading.line,
                heading.column,
                "second-title",
                f'"{heading.text}" is a second heading of level 1, after line '
                f"{extra[heading.line]}",
                f'write "## {heading.text}"',
            )


def _skipped_levels(
    page: Page, shown: tuple[Heading, ...], extra: dict[int, int]
) -> Iterator[Diagnostic]:
    first = 1 if page.lesson.meta.get("title") else 6
    seen: list[Heading] = []
    for heading in shown:
        if heading.nested or not heading.text:
            continue
        last = _rival(heading, seen[:-10:-1])
        # A title too many is reported already, and will become a heading of level 2.
        level = first if last is None else 2 if last.line in extra else last.level
        seen.append(heading)
        if heading.level > level + 1:
            yield page.at_line(
                heading.line,
                heading.column,
                "skipped-heading-level",
                f'"{heading.text}" has level {heading.level}, after level {level}',
                f'write "{"#" * (level + 1)} {heading.text}"',
            )


def _empty_headings(page: Page, shown: tuple[Heading, ...]) -> Iterator[Diagnostic]:
    for heading in shown:
        if not heading.text:
            yield page.at_line(
                heading.line,
                heading.column,
                "empty-heading",
                f'"{"#" * heading.level}" is a heading without words',
                "write words after it, or delete it",
            )


def _duplicate_anchors(page: Page, shown: tuple[Heading, ...]) -> Iterator[Diagnostic]:
    seen: dict[str, list[Heading]] = {}
    for heading in shown:
        # Headings without a letter of the alphabet are numbered: "_1", "_2".
        if heading.anchor in (None, "_1") or heading.nested or not heading.text:
            continue
        same = seen.setdefault(str(heading.anchor), [])
        first = _rival(heading, same)
        same.append(heading)
        if first:
            yield page.at_line(
                heading.line,
                heading.column,
                "duplicate-anchor",
                f'"{heading.text}" has the anchor "#{heading.anchor}" of line {first.line}',
                "say in the heading what it is about there, or end it with an anchor of its own, "
                f'such as "{{#{heading.anchor}-2}}"',
            )
