"""Verdicts on the addresses that lead out of the site."""

import asyncio
import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field

from hackweek.links.outside.address import (
    Address,
    NotAnAddress,
    host_key,
    is_web_address,
    parse_address,
)
from hackweek.links.outside.allow_list import AllowList
from hackweek.links.outside.answer import Failure, Kind
from hackweek.links.outside.certificates import trusting_context
from hackweek.links.outside.crawl import Crawl
from hackweek.links.outside.guarded_hosts import GUARDED_HOSTS
from hackweek.links.outside.judgement import judged
from hackweek.links.outside.network import has_network, needs_network
from hackweek.links.outside.second_look import Limits, SecondLook
from hackweek.links.outside.verdict import Outcome, Verdict, one_line
from hackweek.links.outside.verdict_cache import VerdictCache

NOT_ASKED = "not asked: there is no network"


def utc_now() -> datetime.datetime:
    """The moment of the call, in UTC."""
    return datetime.datetime.now(datetime.UTC)


def user_agent(contact: str) -> str:
    """How we introduce ourselves; the contact is an address where somebody can be reached."""
    return f"Mozilla/5.0 (compatible; hackweek-links; +{contact})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How addresses are judged."""

    contact: str
    """For those who run the servers: an address of a website or of mail."""
    allowed: AllowList = field(default_factory=AllowList)
    cache: VerdictCache | None = None
    limits: Limits = field(default_factory=Limits)
    guarded: frozenset[str] = GUARDED_HOSTS
    """Hosts known to turn programs away."""
    first_look: Callable[[Set[str]], Crawl] | None = None
    """LinkChecker, asked once about all that the cache and the allow list leave open."""
    progress: Callable[[int, int], None] = lambda done, of: None
    """Told how many addresses are judged, and of how many."""
    now: Callable[[], datetime.datetime] = utc_now


@dataclass(slots=True)
class Judgement:
    """A verdict on every address, and how the run went."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    """By the address as it was given; one that does not lead to the web has none."""
    no_network: bool = False
    """Whether there was no network: what needs one is then `unknown`."""
    trouble: str = ""
    """How LinkChecker failed; all that it did not judge has been judged without it."""


def judge(urls: Iterable[str], options: Options) -> Judgement:
    """A verdict on each address on the web.

    What is known when it is interrupted is in the cache. Raises OSError if that cannot be
    written.
    """
    run = _Run(options, [url for url in dict.fromkeys(urls) if is_web_address(url)])
    try:
        run.settle_without_asking()
        asyncio.run(run.look_for_network())
        run.take_first_look()
        asyncio.run(run.take_second_looks())
    finally:
        if options.cache:
            options.cache.save(options.now())
    return run.judgement


class _Run:
    """The addresses that are still open, and what is known of the others."""

    def __init__(self, options: Options, urls: list[str]) -> None:
        self.judgement = Judgement()
        self._options = options
        self._urls = urls
        self._trusted = trusting_context()
        self._headers = {
            "User-Agent": user_agent(options.contact),
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Language": "en,*;q=0.5",
            "Accept-Encoding": "gzip",
        }
        self._open: dict[str, Address] = {}
        self._looks: Crawl = Crawl()

    def settle_without_asking(self) -> None:
        """What the allow list, the cache or the address itself tells."""
        now = self._options.now()
        for url in self._urls:
            entry = self._options.allowed.find(url, now.date())
            known = self._options.cache.get(url, now) if self._options.cache else None
            try:
                if entry:
                    reason = f"allowed until {entry.until}: {entry.reason}"
                    self._settle(url, Outcome.OK, reason, keep=False)
                elif known:
                    self.judgement.verdicts[url] = known
                else:
                    self._open[url] = parse_address(url)
            except NotAnAddress as error:
                self._settle(url, Outcome.BROKEN, str(error), keep=False)
        self._tell()

    async def look_for_network(self) -> None:
        """Settles what needs a network if there is none."""
        asking = {url: each.url for url, each in self._open.items() if needs_network(each.url)}
        if asking and not await has_network(asking.values(), self._trusted, self._headers):
            for url in asking:
                self._without_network(url)
        self._tell()

    def take_first_look(self) -> None:
        """Settles what LinkChecker finds plainly fine."""
        if self._options.first_look and self._open:
            self._looks = self._options.first_look(self._open.keys())
            self.judgement.trouble = self._looks.trouble
        hosts: set[str] = set()
        for url in sorted(self._open):
            address, look = self._open[url], self._looks.find(url)
            # LinkChecker does not tell when a certificate expires: one look of ours at each host.
            is_known = address.url.startswith("http:") or host_key(address.url) in hosts
            hosts.add(host_key(address.url))
            if look and look.is_plainly_fine and not address.anchors and is_known:
                self._settle(url, Outcome.OK, f"answers {look.result}")
        self._tell()

    async def take_second_looks(self) -> None:
        """Settles the rest; addresses that differ in the fragment only are asked for once."""
        second_look = SecondLook(
            limits=self._options.limits,
            guarded=self._options.guarded,
            headers=self._headers,
            trusted=self._trusted,
            now=self._options.now,
        )
        pages: defaultdict[str, list[str]] = defaultdict(list)
        for url, address in self._open.items():
            pages[address.url].append(url)
        for page, (url, *_) in pages.items():
            if self._looks.has_failed(url):
                second_look.has_failed(page)
            if self._looks.got_no_answer(url):
                second_look.suspect(page)
        async with asyncio.TaskGroup() as tasks:
            looks = [tasks.create_task(self._look(second_look, *page)) for page in pages.items()]
        results = [each.result() for each in looks]
        lost = [page for page in results if page and needs_network(page)]
        reached = [page for page in pages if needs_network(page) and page not in lost]
        if lost and not await has_network(reached or lost, self._trusted, self._headers):
            for url in (url for page in lost for url in pages[page]):
                self._without_network(url)

    async def _look(self, second_look: SecondLook, page: str, urls: list[str]) -> str | None:
        """Settles the links to a page; the page itself if it could not be reached."""
        addresses = {url: self._open[url] for url in urls}
        anchors = frozenset(each.anchors for each in addresses.values() if each.anchors)
        outcome = await second_look.at(page, anchors)
        for url, address in addresses.items():
            finding = judged(address, outcome, second_look.turns_programs_away, self._options.now())
            self._settle(url, *finding)
        self._tell()
        is_lost = isinstance(outcome, Failure) and outcome.kind is Kind.UNREACHABLE
        return page if is_lost else None

    def _without_network(self, url: str) -> None:
        self.judgement.no_network = True
        self._settle(url, Outcome.UNKNOWN, NOT_ASKED)

    def _settle(
        self,
        url: str,
        outcome: Outcome,
        reason: str,
        moved_to: str | None = None,
        *,
        keep: bool = True,
    ) -> None:
        self._open.pop(url, None)
        verdict = Verdict(
            url=url,
            outcome=outcome,
            reason=one_line(reason),
            checked=self._options.now(),
            moved_to=moved_to,
        )
        self.judgement.verdicts[url] = verdict
        if self._options.cache and keep:
            self._options.cache.add(verdict)

    def _tell(self) -> None:
        self._options.progress(len(self.judgement.verdicts), len(self._urls))
