"""The links inside a built site, judged without a network."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hackweek.links.inside.addresses import resolve
from hackweek.links.inside.built_site import BuiltSite, Place
from hackweek.links.inside.css import css_addresses
from hackweek.links.inside.elements import Use
from hackweek.links.inside.html_page import HtmlPage, Written
from hackweek.links.inside.judge import ELSEWHERE, Judge
from hackweek.links.inside.listings import is_list, listed
from hackweek.links.inside.redirects import detours
from hackweek.links.inside.rules import RULES
from hackweek.links.inside.site_files import address
from hackweek.links.references import Fault, Reference

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


def check_inside(site: Path, base_url: str, *, only: Collection[str] = ()) -> Inside:
    """Judges every reference in the built files of `site`, which is published at `base_url`.

    `only` names the files whose references are judged, if not all.
    Raises OSError where a file cannot be read.
    """
    built = BuiltSite(site, base_url)
    judge = Judge(built)
    found = Inside(pages=len(built.pages))
    for name in only or built.files.names:
        _judge_all(_addresses(name, built), judge, built.place(name), found)
    _add_repeated_ids(built, found)
    _add_detours(built, judge, found)
    if _is_house_style(found):
        found.faults = [fault for fault in found.faults if fault.rule != "own-host"]
    found.faults.sort(key=lambda fault: fault.reference.file)
    return found


def _addresses(name: str, built: BuiltSite) -> Iterable[Written]:
    """The addresses in a file."""
    if page := built.pages.get(name):
        return _said_once(page, built.place(name)) if page.redirect else page.addresses
    if name.endswith(".css"):
        return _in_style_sheet(built.files.read(name))
    return listed(name, built.files.read(name)) if is_list(name) else ()


def _said_once(page: HtmlPage, place: Place) -> Iterator[Written]:
    """A redirect's addresses; those that repeat where it leads are as right or wrong as that."""
    onward = resolve(page.redirect, place.document).path
    for written in page.addresses:
        sends = written.attribute == "content" and written.url == page.redirect
        if sends or resolve(written.url, place.document).path != onward:
            yield written


def _in_style_sheet(data: bytes) -> Iterator[Written]:
    counts: Counter[str] = Counter()
    for url in css_addresses(data.decode("utf-8", errors="replace")):
        yield Written(url, Use.FILE, "css", "", counts[url], False)
        counts[url] += 1


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
            rule, message, help = verdict.rule, verdict.message, verdict.help
            found.faults.append(Fault(reference=reference, rule=rule, message=message, help=help))


def _add_repeated_ids(built: BuiltSite, found: Inside) -> None:
    for page in built.pages.values():
        for reference, count in page.repeated_ids:
            message = f'"{reference.url}" is the id of {count} elements'
            found.faults.append(Fault(reference=reference, rule="duplicate-id", message=message))


def _add_detours(built: BuiltSite, judge: Judge, found: Inside) -> None:
    """Says of each chain and loop of redirects that it is one, where it begins."""
    for steps in detours(built.redirects):
        page = built.pages[steps[0]]
        sends = next(each for each in page.addresses if each.url == page.redirect)
        reference = sends.reference(page.file)
        way = " → ".join(address(step) or "./" for step in steps)
        if steps[0] == steps[-1]:
            rule, message, help = "redirect-loop", f'"{page.redirect}" never arrives: {way}', ""
        else:
            rule, message = "redirect-chain", f'"{page.redirect}" takes detours: {way}'
            help = judge.onward(steps[-1], page.redirect, built.place(page.file))
        found.faults.append(Fault(reference=reference, rule=rule, message=message, help=help))


def _is_house_style(found: Inside) -> bool:
    """Whether most addresses have the site's host: that is a choice, and no slip."""
    own = sum(fault.rule == "own-host" for fault in found.faults)
    return own > max(_FEW, (found.links - len(found.outside)) // 2)
