"""`links-allowed.yml`: addresses that are not judged, each with a reason and a last day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hackweek.diagnostics import Diagnostic, did_you_mean
from hackweek.links.outside.address import is_web_address
from hackweek.yaml_source import Location, Place, Source, decode, read_mapping

ALLOW_LIST = "links-allowed.yml"
_KEYS = ("url", "reason", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedLink:
    """An address, or all that begin like it, that may fail until a day."""

    url: str
    """Exact, or the beginning with a `*` at its end."""
    reason: str
    until: datetime.date
    """The last day on which it is allowed."""
    place: Place

    def covers(self, url: str) -> bool:
        """Whether this entry is about the address."""
        return url.startswith(self.url[:-1]) if self.url.endswith("*") else url == self.url


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowList:
    """What the file says, and everything that is wrong with it."""

    entries: tuple[AllowedLink, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    path: str = ALLOW_LIST

    def find(self, url: str, today: datetime.date) -> AllowedLink | None:
        """The entry that allows the address today."""
        entries = (each for each in self.entries if each.covers(url) and today <= each.until)
        return next(entries, None)

    def stale(self, urls: Iterable[str], today: datetime.date) -> list[Diagnostic]:
        """The entries that have expired, and those that none of the links needs."""
        links = list(urls)
        found = []
        for entry in self.entries:
            if not any(map(entry.covers, links)):
                message = f'no page links to "{entry.url}"'
                found.append(self._about(entry, "allowed-link-unused", message, "remove it"))
            elif today > entry.until:
                message = f'"{entry.url}" was allowed until {entry.until}'
                help = "look at the link, then remove it from the list or write a later day"
                found.append(self._about(entry, "allowed-link-expired", message, help))
        return found

    def _about(self, entry: AllowedLink, rule: str, message: str, help: str) -> Diagnostic:
        line, column = entry.place
        return Diagnostic(
            path=self.path, line=line, column=column, rule=rule, message=message, help=help
        )


def load_allow_list(root: Path) -> AllowList:
    """The repository's list; an empty one where there is no file."""
    path = root / ALLOW_LIST
    if not path.is_file():
        return AllowList()
    text, undecodable = decode(ALLOW_LIST, path.read_bytes())
    return AllowList(problems=tuple(undecodable)) if undecodable else parse_allow_list(text)


def parse_allow_list(text: str) -> AllowList:
    """The list that a text holds: `allowed:`, and below it entries of url, reason and until."""
    source = read_mapping(ALLOW_LIST, text)
    if all(each.rule == "empty-file" for each in source.problems) and not source.values:
        return AllowList()
    for key in source.values:
        if key != "allowed":
            message = f'"{key}" is not a key of {ALLOW_LIST}'
            place = source.key_place((key,))
            source.report(place, "unknown-key", message, did_you_mean(key, ["allowed"]))
    entries = source.values.get("allowed")
    if entries is not None and not isinstance(entries, list):
        help = "begin each entry with a hyphen on a line of its own"
        source.report(source.place(("allowed",)), "invalid-value", "allowed is not a list", help)
    items = enumerate(entries if isinstance(entries, list) else [])
    read = [_entry(source, ("allowed", index), item) for index, item in items]
    return AllowList(
        entries=tuple(each for each in read if each), problems=tuple(sorted(source.problems))
    )


def _entry(source: Source, at: Location, item: Any) -> AllowedLink | None:
    """An entry; None, and the reasons reported, where it is not whole."""
    if not isinstance(item, dict):
        if at not in source.unreadable:
            help = 'write "url:" before it, and "reason:" and "until:" below'
            message = f"an entry has url, reason and until: {_shown(source, at, item)}"
            source.report(source.place(at), "invalid-value", message, help)
        return None
    for key in item:
        if key not in _KEYS:
            message = f'"{key}" is not a key of an allowed link'
            place = source.key_place((*at, key))
            source.report(place, "unknown-key", message, did_you_mean(key, _KEYS))
    before = len(source.problems)
    url, reason, until = (_value(source, (*at, key), item) for key in _KEYS)
    if len(source.problems) > before or None in (url, reason, until):
        return None
    return AllowedLink(url=url, reason=reason, until=until, place=source.place((*at, "url")))


def _value(source: Source, at: Location, item: dict[str, Any]) -> Any:
    """One value of an entry, if it is of its kind; else None, and the reason reported."""
    key = str(at[-1])
    if key not in item:
        source.report(source.place(at[:-1]), "missing-key", f'"{key}" is missing', f"add: {key}: …")
        return None
    if at in source.unreadable:
        return None
    value = item[key]
    fault = _FAULTS[key](value)
    if fault:
        message, help = fault
        shown = f"{message}: {_shown(source, at, value)}"
        source.report(source.place(at), "invalid-value", shown, help)
        return None
    return value


def _url_fault(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, str) or not is_web_address(value):
        return "url is not an address on the web", "begin it with https://"
    if "*" in value[:-1]:
        return 'url has a "*" that is not at its end', "keep the one at the end, or none"
    return None


def _reason_fault(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, str) or not value.strip():
        return "reason is no text", "say why the link may fail"
    return None


def _until_fault(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, datetime.date):
        return "until is not a date", "write it as year-month-day: 2027-06-14"
    return None


_FAULTS = {"url": _url_fault, "reason": _reason_fault, "until": _until_fault}


def _shown(source: Source, at: Location, value: Any) -> str:
    if isinstance(value, dict):
        return "keys with values"
    return "a list" if isinstance(value, list) else f'"{source.spelled.get(at, "")}"'
