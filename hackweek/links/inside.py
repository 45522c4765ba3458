"""The links inside a built site, judged without a network."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hackweek.links.addresses import Home
from hackweek.links.css import css_addresses
from hackweek.links.elements import Use
from hackweek.links.html_page import HtmlPage, Written, read_page
from hackweek.links.inside_rules import RULES
from hackweek.links.judge import ELSEWHERE, Judge, Place
from hackweek.links.listings import is_list, listed
from hackweek.links.redirects import detours
from hackweek.links.references import Fault, Reference
from hackweek.links.site_files import PAGES, SiteFiles, address

__all__ = ["RULES", "Inside", "check_inside"]

_FEW = 20
"""So many addresses with the site's host are no house style, however small the site."""


@dataclass(slots=True, kw_only=True)
class Inside:
    """What a look at a built site found."""

    faults: list[Fault] = field(default_factory=list)
    """One for each reference that is wrong, by file, in the file's order."""
    outside: list[Reference] = field(default_factory=list)
    """Those to the web that leave the site; `addresses.absolute` completes them."""
    pages: int = 0
    links: int = 0
    """How many references there are, of whatever kind."""


def check_inside(site: Path, base_url: str) -> Inside:
    """Judges every reference in the built files of `site`, which is published at `base_url`.

    Raises OSError where a file cannot be read.
    """
    files = SiteFiles(site)
    pages = {
        name: read_page(name, files.read(name)) for name in files.names if name.endswith(PAGES)
    }
    judge = Judge(files, pages, Home(base_url))
    found = Inside(pages=len(pages))
    for name in files.names:
        if page := pages.get(name):
            _judge_page(page, judge, found)
        elif name.endswith(".css"):
            _judge_all(_styles(files.read(name)), judge, judge.place(name), found)
        elif is_list(name):
            _judge_all(listed(name, files.read(name)), judge, judge.list_place(name), found)
    _add_detours(pages, judge, found)
    return _without_house_style(found)


def _judge_all(addresses: Iterable[Written], judge: Judge, place: Place, found: Inside) -> None:
    for written in addresses:
        found.links += 1
        verdict = judge.verdict(written, place)
        if verdict is None:
            continue
        reference = written.reference(place.file)
        if verdict == ELSEWHERE:
            found.outside.append(reference)
        else:
            found.faults.append(
                Fault(
                    reference=reference,
                    rule=verdict.rule,
                    message=verdict.message,
                    help=verdict.help,
                )
            )


def _judge_page(page: HtmlPage, judge: Judge, found: Inside) -> None:
    place = judge.place(page.file, page.base)
    _judge_all(
        _said_once(page, judge, place) if page.redirect else page.addresses, judge, place, found
    )
    for reference, count in page.repeated_ids:
        message = f'"{reference.url}" is the id of {count} elements'
        found.faults.append(Fault(reference=reference, rule="duplicate-id", message=message))


def _said_once(page: HtmlPage, judge: Judge, place: Place) -> Iterator[Written]:
    """A redirect's addresses; those that repeat where it leads are as right or wrong as that."""
    onward = judge.way(page.redirect, place)
    for written in page.addresses:
        sends = written.attribute == "content" and written.url == page.redirect
        if sends or judge.way(written.url, place) != onward:
            yield written


def _styles(data: bytes) -> Iterator[Written]:
    """The addresses in a style sheet."""
    counts: Counter[str] = Counter()
    for url in css_addresses(data.decode("utf-8", errors="replace")):
        yield Written(url, Use.FILE, "css", "", counts[url], False)
        counts[url] += 1


def _add_detours(pages: Mapping[str, HtmlPage], judge: Judge, found: Inside) -> None:
    """Says of each chain and loop of redirects that it is one, where it begins."""
    for steps in detours(judge.redirects):
        page = pages[steps[0]]
        sends = next(each for each in page.addresses if each.url == page.redirect)
        way = " → ".join(address(step) or "./" for step in steps)
        loop = steps[0] == steps[-1]
        rule, what = (
            ("redirect-loop", "never arrives") if loop else ("redirect-chain", "takes detours")
        )
        help = (
            ""
            if loop
            else judge.onward(steps[-1], page.redirect, judge.place(page.file, page.base))
        )
        message = f'"{page.redirect}" {what}: {way}'
        found.faults.append(
            Fault(reference=sends.reference(page.file), rule=rule, message=message, help=help)
        )


def _without_house_style(found: Inside) -> Inside:
    """The same, silent on addresses with the site's host where most have it: that is a choice."""
    own = [fault for fault in found.faults if fault.rule == "own-host"]
    if len(own) > max(_FEW, (found.links - len(found.outside)) // 2):
        found.faults = [fault for fault in found.faults if fault.rule != "own-host"]
    found.faults.sort(key=lambda fault: fault.reference.file)
    return found
