"""A site's links, inside and outside, each finding once and at the line that somebody wrote."""

import datetime
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from hackweek.diagnostics import Diagnostic
from hackweek.links.inside.check import check_inside
from hackweek.links.outside.allow_list import AllowList
from hackweek.links.outside.crawl import Crawl, first_look
from hackweek.links.outside.judge import Judgement, Options, judge, user_agent
from hackweek.links.outside.rules import WARNINGS
from hackweek.links.outside.verdict import Outcome
from hackweek.links.outside.verdict_cache import VerdictCache
from hackweek.links.outside_links import OutsideLinks
from hackweek.links.placed import TracedSite, diagnostics


@dataclass
class LinkFindings:
    """What a look at a site's links found."""

    problems: list[Diagnostic]
    pages: int
    links: int
    outside: OutsideLinks = field(default_factory=OutsideLinks)
    judgement: Judgement = field(default_factory=Judgement)

    def summary(self) -> str:
        """How much was looked at, and how it did."""
        verdicts = self.judgement.verdicts.values()
        inside = f"{self.links} links on {self.pages} pages"
        if not self.outside.places:
            return f"{inside}, none of them to other sites"
        outside = f"{len(self.outside.places)} addresses of other sites"
        if not verdicts:
            return f"{inside}; {outside} not asked"
        counts = {each: sum(verdict.outcome is each for verdict in verdicts) for each in Outcome}
        words = {
            Outcome.OK: "fine",
            Outcome.WARN: "with a warning",
            Outcome.BROKEN: "broken",
            Outcome.UNKNOWN: "not asked",
        }
        told = ", ".join(f"{counts[each]} {word}" for each, word in words.items() if counts[each])
        return f"{inside}; {outside}: {told}"


@dataclass(frozen=True)
class Asking:
    """How outside addresses are asked."""

    contact: str
    """For those who run the servers: an address of a website or of mail."""
    allowed: AllowList
    cache: Path | None
    """The file in which verdicts are kept; None: everything is asked anew."""
    progress: Callable[[int, int], None]
    """Told how many addresses are judged, and of how many."""
    today: datetime.date


def check_links(site: TracedSite, asking: Asking | None) -> LinkFindings:
    """Judges a built site's links; without `asking`, none of those that leave it."""
    found = check_inside(site.folder, site.base_url)
    outside = OutsideLinks()
    outside.add(site, found.outside)
    faults = [(site, fault) for fault in found.faults]
    findings = LinkFindings([], found.pages, found.links, outside)
    stale: list[Diagnostic] = []
    if asking:
        findings.judgement = _asked(site, outside, asking)
        faults += outside.faults(findings.judgement.verdicts)
        stale = [*asking.allowed.problems, *asking.allowed.stale(outside.places, asking.today)]
    findings.problems = sorted([*diagnostics(faults, warnings=WARNINGS), *stale])
    return findings


def _asked(site: TracedSite, outside: OutsideLinks, asking: Asking) -> Judgement:
    def look(wanted: Set[str]) -> Crawl:
        path = urlsplit(site.base_url).path
        return first_look(site.folder, path, user_agent(asking.contact), wanted)

    options = Options(
        contact=asking.contact,
        allowed=asking.allowed,
        cache=VerdictCache(asking.cache) if asking.cache else None,
        first_look=look,
        progress=asking.progress,
    )
    return judge(outside.places, options)
