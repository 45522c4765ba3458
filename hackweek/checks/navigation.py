"""What `mkdocs.yml` says of pages: which are in the navigation, and which are none."""

import re
from collections.abc import Iterator
from typing import Any

from pathspec.gitignore import GitIgnoreSpec

from hackweek.checks.headings import plugins
from hackweek.checks.page import Folder, Page

_ORDERED_BY_PLUGINS = {
    *("awesome-nav", "awesome-pages", "blog", "gen-files", "i18n", "literate-nav", "monorepo"),
    *("multirepo", "mkdocs-nav-weight", "nav-weight", "pages-from-files", "section-order"),
}
"""Plugins that put pages into the navigation themselves."""
_INCLUDED = re.compile(
    r"(?:--8<--|\{%-?[ ]*include[\w-]*|\{!)[ ]*[\"']?([^\s\"'!]+)|^[ \t]*([\w./-]+\.md)[ \t]*$",
    re.MULTILINE,
)


def navigation(folder: Folder) -> frozenset[str] | None:
    """The pages that the navigation names, or None where it is made by MkDocs or a plugin."""
    nav = folder.config.get("nav")
    if not isinstance(nav, list) or not nav or plugins(folder) & _ORDERED_BY_PLUGINS:
        return None
    entries = tuple(_entries(nav))
    if any(entry.startswith("!") or entry.endswith(("/", "*")) for entry in entries):
        return None
    return frozenset(entry.removeprefix("./") for entry in entries)


def _entries(nav: Any) -> Iterator[str]:
    """Every page and address, from the outside in; a depth-first walk without recursion."""
    left = [nav]
    while left:
        each = left.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            left.extend(each.values())
        elif isinstance(each, list):
            left.extend(each)


def left_out(folder: Folder, *keys: str) -> GitIgnoreSpec:
    """The patterns that keep pages out: `exclude_docs`, `not_in_nav`, `draft_docs`.

    https://www.mkdocs.org/user-guide/configuration/#exclude_docs
    """
    texts = [folder.config.get(key) for key in keys]
    lines = [line for text in texts if isinstance(text, str) for line in text.splitlines()]
    try:
        return GitIgnoreSpec.from_lines([".*", "/templates/", *lines])
    except ValueError:
        return GitIgnoreSpec.from_lines(["*"])


def included(folder: Folder) -> frozenset[str]:
    """The names of files that pages take in as a part of their own."""
    return frozenset(
        (found[1] or found[2]).rpartition("/")[2]
        for page in folder.pages
        if "--8<--" in page.text or "{% include" in page.text or "{!" in page.text
        for found in _INCLUDED.finditer(page.text)
    )


def published(folder: Folder) -> Iterator[Page]:
    """The pages that are pages of their own."""
    excluded, parts = left_out(folder, "exclude_docs"), included(folder)
    for page in folder.pages:
        index = page.path.with_name("index.md").as_posix()
        shadowed = page.path.name == "README.md" and index in folder.files
        if not (shadowed or page.path.name in parts or excluded.match_file(page.path.as_posix())):
            yield page
