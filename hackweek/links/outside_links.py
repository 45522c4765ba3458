"""Verdicts on outside addresses, told at the lines that hold them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hackweek.links.inside.addresses import absolute
from hackweek.links.outside.address import is_local
from hackweek.links.outside.verdict import Outcome, Verdict
from hackweek.links.placed import TracedSite
from hackweek.links.references import Fault, Reference

_SIGNED_IN = re.compile(r"https://github\.com/[^/]+/[^/]+/(?:edit/|issues/new\b)")
"""What GitHub shows to whoever has signed in; a program would only see the page to do so."""


@dataclass
class OutsideLinks:
    """Every outside address, and each place that holds it."""

    places: dict[str, list[tuple[TracedSite, Reference]]] = field(default_factory=dict)

    def add(self, site: TracedSite, references: Sequence[Reference]) -> None:
        """Adds what one site holds and a program can ask for.

        Left out is what is made up, on the reader's own machine, or shown after signing in.
        """
        for reference in references:
            address = absolute(reference, site.base_url)
            if is_local(address) or site.is_made_up(address) or _SIGNED_IN.match(address):
                continue
            self.places.setdefault(address, []).append((site, reference))

    def faults(self, verdicts: Mapping[str, Verdict]) -> Iterator[tuple[TracedSite, Fault]]:
        """What somebody should know of these addresses, for each place."""
        for address, places in self.places.items():
            verdict = verdicts.get(address)
            if verdict and verdict.outcome in (Outcome.WARN, Outcome.BROKEN):
                for site, reference in places:
                    yield site, _fault(reference, address, verdict)

    def listed(self) -> list[str]:
        """Each address with the first line that holds it, sorted."""
        lines = []
        for address, [(site, reference), *_] in sorted(self.places.items()):
            path, line, _ = site.source(reference) or site.built(reference)
            lines.append(f"{address}  {path}:{line}")
        return lines


def rule_of(verdict: Verdict) -> tuple[str, str]:
    """The rule that a verdict other than "ok" falls under, and what to type instead."""
    if verdict.outcome is not Outcome.WARN:
        return "broken-outside-link", ""
    if verdict.moved_to:
        return "moved-link", f'write "{verdict.moved_to}"'
    return "doubtful-link", ""


def _fault(reference: Reference, address: str, verdict: Verdict) -> Fault:
    rule, help = rule_of(verdict)
    message = f'"{address}" {verdict.reason}'
    return Fault(reference=reference, rule=rule, message=message, help=help)
