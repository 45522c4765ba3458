"""Every check and every rule."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Protocol

from hackweek import code_faults
from hackweek.checks import (
    blocks,
    checklists,
    events,
    picture_files,
    pictures,
    placeholders,
    run_instructions,
    silence,
    source_links,
    structure,
    template,
    unread_markdown,
    values,
    words,
)
from hackweek.checks.page import Folder, Page
from hackweek.commands import rules as commands
from hackweek.diagnostics import Diagnostic
from hackweek.links.inside import rules as inside
from hackweek.links.outside import rules as outside
from hackweek.past import rules as past
from hackweek.rules import Rule
from hackweek.screenshots import freshness


class Family(Protocol):
    """A module that checks pages."""

    @property
    def RULES(self) -> tuple[Rule, ...]:  # noqa: N802 - a constant of the module
        """The rules that it checks."""

    def check(self, page: Page, folder: Folder, /) -> Iterable[Diagnostic]:
        """Everything that is wrong on one page."""


FAMILIES: tuple[Family, ...] = (
    blocks,
    pictures,
    structure,
    source_links,
    words,
    placeholders,
    unread_markdown,
    checklists,
    run_instructions,
)
"""Every such module."""

FOLDER_FAMILIES = (picture_files, structure, source_links, placeholders)
"""Modules with a `check_folder`, for what only the whole folder shows."""

SECTIONS: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "Event files": (*events.FILE_RULES, *events.RULES),
        "Templates": template.RULES,
        "Code that makes pages": code_faults.RULES,
        "Event values written by hand": values.RULES,
        "Admonitions, details and tabs": blocks.RULES,
        "Pictures": (*pictures.RULES, *picture_files.RULES),
        "Structure": (*structure.RULES, *unread_markdown.RULES, *checklists.RULES),
        "Links": source_links.RULES,
        "Code and words": (*words.RULES, *placeholders.RULES),
        "Silencing": silence.RULES,
        "Commands in lessons": commands.RULES,
        "Pictures of the hub": freshness.RULES,
        "Old addresses": past.RULES,
        "Links of a built site": (*inside.RULES, *outside.RULES),
    }
)
"""Every rule, by the heading of the rules page."""

ALL_RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.name: rule for rules in SECTIONS.values() for rule in rules}
)
"""Every rule by its name."""
