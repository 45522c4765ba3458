"""The types of boxes that a folder's theme draws, and the classes its style sheets know."""

import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from hackweek.checks.page import Folder, Page
from hackweek.diagnostics import nearest

_TYPES = frozenset(
    """
    note abstract summary tldr info todo tip hint important success check done question help faq
    warning caution attention failure fail missing danger error bug example quote cite seealso
    """.split()
)
"""Material's types and their aliases, and those of Python-Markdown's own documentation."""
_PLACES = frozenset("inline end annotate left right highlight".split())
"""Words that may follow a type: they place the box or what is in it."""
_CSS_TYPE = re.compile(
    r"(?:admonition|details)\.(?P<type>[A-Za-z][\w-]*)"
    r"|\.(?P<titled>[A-Za-z][\w-]*)[ ]*>[ ]*(?:\.admonition-title|summary)"
)
_CSS_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_SAME = {
    "warn": "warning",
    "warnings": "warning",
    "information": "info",
    "informational": "info",
    "alert": "warning",
    "exercise": "example",
    "solution": "success",
    "answer": "success",
    "definition": "info",
    "reminder": "tip",
    "tips": "tip",
}
"""What authors write who come from another system, and the type they will find."""


class BoxTypes:
    """What may stand after the marks of a page's boxes."""

    def __init__(self, page: Page, folder: Folder) -> None:
        self._page = page
        self._folder = folder

    @cached_property
    def known(self) -> frozenset[str]:
        """The types that need no style sheet to be looked into."""
        icons = _group(_group(_group(self._folder.config, "theme"), "icon"), "admonition")
        return _TYPES | {str(each) for each in icons}

    @cached_property
    def has_callouts(self) -> bool:
        """Whether an extension or a plugin makes boxes of other systems' callouts."""
        config = self._folder.config
        loaded = f"{config.get('plugins')} {config.get('markdown_extensions')}"
        return "callouts" in loaded or "pymdownx.blocks" in loaded

    def is_known(self, type: str) -> bool:
        """Whether the theme or a style sheet has a look for the type."""
        return type.lower() in self.known or type.lower() in self._styled[0]

    def is_class(self, word: str) -> bool:
        """Whether a word after the type is a class, and no word of a title."""
        return (
            word in _PLACES
            or bool(re.search(r"\w[-_]\w|\d", word))
            or word.lower() in self._styled[1]
        )

    def nearest(self, type: str) -> str | None:
        """The type that was meant, if one is near."""
        lower = type.lower()
        return _SAME.get(lower) or nearest(lower, self.known | self._styled[0])

    @property
    def are_all_known(self) -> bool:
        """Whether the theme is Material, and draws no types but those known here."""
        theme = self._folder.config.get("theme")
        name = theme.get("name") if isinstance(theme, dict) else theme
        return name in (None, "material")

    @cached_property
    def _styled(self) -> tuple[frozenset[str], frozenset[str]]:
        """The types that style sheets draw, and every class that they name."""
        files = tuple(sorted((path, path.stat().st_mtime_ns) for path in self._sheets()))
        types, classes = _read_sheets(files)
        if "<style" not in self._page.text:
            return types, classes
        own_types, own_classes = _names(self._page.text)
        return types | own_types, classes | own_classes

    def _sheets(self) -> set[Path]:
        docs, config = self._folder.docs, self._folder.config
        found = {path for name, path in self._folder.files.items() if name.endswith(".css")}
        extra = config.get("extra_css")
        custom = _group(config, "theme").get("custom_dir")
        for sheet in extra if isinstance(extra, list) else []:
            if isinstance(sheet, str) and "\0" not in sheet:
                found.add(docs / sheet)
                if isinstance(custom, str):
                    found.add(docs.parent / custom / sheet)
        return {path for path in found if path.is_file()}


def _group(values: Any, name: str) -> dict[Any, Any]:
    """A group of a configuration that may be anything."""
    group = values.get(name) if isinstance(values, dict) else None
    return group if isinstance(group, dict) else {}


@lru_cache(maxsize=8)
def _read_sheets(files: tuple[tuple[Path, int], ...]) -> tuple[frozenset[str], frozenset[str]]:
    return _names("\n".join(path.read_text("utf-8", errors="replace") for path, _ in files))


def _names(sheet: str) -> tuple[frozenset[str], frozenset[str]]:
    types = {(each["type"] or each["titled"]).lower() for each in _CSS_TYPE.finditer(sheet)}
    return frozenset(types), frozenset(each[1].lower() for each in _CSS_CLASS.finditer(sheet))
