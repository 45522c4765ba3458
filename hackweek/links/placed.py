"""What is wrong with links, once each, at the line that somebody wrote."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hackweek.diagnostics import Diagnostic, counted
from hackweek.links.inside.addresses import absolute
from hackweek.links.inside.check import check_inside
from hackweek.links.positions import place_in
from hackweek.links.references import Fault, Reference
from hackweek.links.sources.source_map import Place


class Placing(Protocol):
    """What knows where a reference of a built site comes from."""

    def place(self, reference: Reference, /) -> Place | None:
        """Where to mend it; None where nothing tells."""


@dataclass(frozen=True)
class TracedSite:
    """A built site, and what it was built of."""

    folder: Path
    base_url: str
    """Where it is published."""
    shown_as: str
    """The folder as messages show it."""
    sources: Placing | None = None
    """None where nobody told what it was built of."""
    is_made_up: Callable[[str], bool] = lambda address: False
    """Whether an address is an example's, which nobody can reach."""

    def source(self, reference: Reference) -> tuple[str, int, int] | None:
        """File, line and column of what an author wrote."""
        place = self.sources.place(reference) if self.sources else None
        return (place.path, place.line, place.column) if place else None

    def built(self, reference: Reference) -> tuple[str, int, int]:
        """File, line and column in what was built."""
        text = (self.folder / reference.file).read_bytes().decode("utf-8", "replace")
        line, column = place_in(text, reference)
        return f"{self.shown_as}/{reference.file}", line, column


def diagnostics(
    found: Iterable[tuple[TracedSite, Fault]], *, warnings: frozenset[str] = frozenset()
) -> list[Diagnostic]:
    """The faults, each reported once with the number of pages that show it, sorted.

    `warnings` are the rules that stop nothing.
    """
    groups: dict[tuple[object, ...], list[tuple[TracedSite, Fault]]] = {}
    for site, fault in found:
        groups.setdefault(_group(site, fault), []).append((site, fault))
    return sorted(_reported(each, warnings) for each in groups.values())


def inside_problems(site: TracedSite) -> list[Diagnostic]:
    """What is wrong with the links that stay inside a built site."""
    found = check_inside(site.folder, site.base_url)
    return diagnostics((site, fault) for fault in found.faults)


def _group(site: TracedSite, fault: Fault) -> tuple[object, ...]:
    """What the faults of one mistake have in common."""
    reference = fault.reference
    if place := site.source(reference):
        return place
    if reference.in_article:
        return (fault.rule, site.folder, reference)
    return (fault.rule, site.shown_as, absolute(reference, site.base_url))


def _reported(faults: list[tuple[TracedSite, Fault]], warnings: frozenset[str]) -> Diagnostic:
    # A relative link in a template can be wrong in one way here and in another there.
    [(rule, _)] = Counter(fault.rule for _, fault in faults).most_common(1)
    site, fault = next(each for each in faults if each[1].rule == rule)
    path, line, column = site.source(fault.reference) or site.built(fault.reference)
    pages = len({(each.folder, other.reference.file) for each, other in faults})
    return Diagnostic(
        path=path,
        line=line,
        column=column,
        rule=fault.rule,
        message=fault.message if pages == 1 else f"{fault.message} (on {counted(pages, 'page')})",
        help=fault.help,
        warning=fault.rule in warnings,
    )
