"""Event values that stand in a lesson as literal text, where `<< name >>` belongs.

A copied lesson keeps last year's hub, organization and dates unless each is a value. What is
reported has to be unmistakable: an address, a repository, a channel, a day, or a name that is
no ordinary word. A name that the glossary explains, that stands in one of the page's headings
or that the page links to a site of its own is the lesson's subject, and is not reported.
"""

import datetime
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from hackweek.checks.page import Page
from hackweek.diagnostics import Diagnostic
from hackweek.event import Event
from hackweek.rules import Rule

RULES = (
    Rule(
        name="hand-written-value",
        why="The lesson serves every hackweek, and this value is right for one of them only."
        " Names that are ordinary words, that the glossary explains, or that are the page's own"
        " subject (in a heading, or linked to a site of their own) are left alone.",
        bad="Open https://hub.cryointhecloud.com.",
        good="Open << jupyterhub_url >>.",
    ),
    Rule(
        name="value-of-another-event",
        why="The lesson sends this event's participants to another event's hub, chat or people.",
        bad="Write to escience-hackweeks@uw.edu.",
        good="Write to << contact() >>.",
    ),
)

_SHARED_HOSTS = {
    "bit.ly", "calendar.google.com", "docs.google.com", "forms.gle", "github.com", "github.io",
    "outlook.com", "raw.githubusercontent.com", "slack.com", "tinyurl.com", "zoom.us",
}  # fmt: skip
"""Hosts that belong to nobody's event: there the whole address is the value."""
_URLS = ("jupyterhub_url", "slack_url", "website_url", "hub_docs_url", "calendar_url",
         "environment_url", "anonymous_report_url")  # fmt: skip
_NAMES = ("name", "short_name", "hub_name", "institution")
_CODES = ("participants_team", "project_prefix", "help_channel", "env_name", "hub_region")
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


@dataclass(frozen=True, slots=True)
class _Value:
    """A value as it may stand in a lesson."""

    anchor: str
    """What the lesson holds, folded, wherever the pattern matches: quick to look for."""
    pattern: str
    write: str
    """What belongs in its place."""
    key: str
    slug: str
    is_name: bool = False
    """Whether it may be a lesson's own subject."""


class Values:
    """The unmistakable values of some events."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._values = [value for event in events for value in _values_of(event)]

    def check(
        self, page: Page, *, checked: Collection[str], glossary: Collection[str]
    ) -> Iterator[Diagnostic]:
        """Each value that stands in a page by hand.

        `checked` are the slugs of the events that the page is checked for.
        """
        text = _without_tags(page)
        found = self._found(text)
        subjects = {term.casefold() for term in glossary} | _subjects(page) if found else set()
        for (start, end), values in found.items():
            written = text[start:end]
            if not (values[0].is_name and written.casefold() in subjects):
                yield _reported(page, start, written, values, checked)

    def _found(self, text: str) -> dict[tuple[int, int], list[_Value]]:
        """Where values stand, from the first to the last; of two that overlap, the longer."""
        folded = text.casefold()
        places: dict[tuple[int, int], list[_Value]] = {}
        for value in self._values:
            if value.anchor in folded:
                for found in re.finditer(value.pattern, text, re.IGNORECASE):
                    places.setdefault(found.span(), []).append(value)
        kept: dict[tuple[int, int], list[_Value]] = {}
        end = 0
        for span in sorted(places, key=lambda span: (span[0], -span[1])):
            if span[0] >= end:
                kept[span] = places[span]
                end = span[1]
        return kept


def _reported(
    page: Page, start: int, written: str, values: list[_Value], checked: Collection[str]
) -> Diagnostic:
    slugs = sorted({value.slug for value in values})
    rule = "hand-written-value" if set(slugs) & set(checked) else "value-of-another-event"
    message = f'"{written}" is the {values[0].key} of {", ".join(slugs)}'
    return page.at(start, rule, message, f'write "{values[0].write}"')


def _without_tags(page: Page) -> str:
    """The page's text with its template tags blanked."""
    pieces, position = [], 0
    for tag in page.reading.tags:
        pieces += [page.text[position : tag.start], " " * (tag.end - tag.start)]
        position = tag.end
    return "".join([*pieces, page.text[position:]])


def _subjects(page: Page) -> set[str]:
    """Names that a page is itself about: in its headings, or linked to a site of their own."""
    headings = re.findall(r"^#{1,6}[ \t]+(.+)$", page.reading.prose, re.MULTILINE)
    linked = re.findall(r"\[([^\]\n]{1,80})\]\(https://[^)\s]+\)", page.reading.prose)
    words = {word for heading in headings for word in re.findall(r"[\w.-]+", heading)}
    return {each.casefold() for each in {*words, *headings, *linked}}


def _values_of(event: Event) -> Iterator[_Value]:
    def value(key: str, anchor: str, write: str, pattern: str, *, is_name: bool = False) -> _Value:
        return _Value(anchor.casefold(), pattern, write, key, event.slug, is_name)

    for key in _URLS:
        if url := getattr(event, key):
            address = _own_address(url)
            pattern = rf"(?:https?://)?(?<![\w.@-]){re.escape(address)}(?![\w-]|\.\w)"
            yield value(key, address, f"<< {key} >>", pattern)
    for key, word, write in _words_of(event):
        yield value(key, word, write, _word_pattern(word), is_name=key in _NAMES)
    for key, repository, write in _repositories_of(event):
        in_address = rf"(?:https?://)?github\.com/{re.escape(repository)}(?![\w-])"
        write_url = write if "(" in write else f"<< {key}_url >>"
        yield value(key, repository, write_url, in_address)
        yield value(key, repository, write, rf"(?<![\w/.#-]){re.escape(repository)}(?![\w-]|\.\w)")
    if event.python_version:
        pattern = rf"\bPython {re.escape(event.python_version)}(?![\w.]*\d)"
        yield value("python_version", "python", "Python << python_version >>", pattern)
    for key in ("start_date", "end_date", "hub_access_ends"):
        if day := getattr(event, key):
            month = _MONTHS[day.month - 1]
            yield value(key, day.isoformat(), f"<< date({key}) >>", rf"\b{day.isoformat()}\b")
            yield value(key, month[:3], f"<< date({key}) >>", _day_pattern(day, month))


def _own_address(url: str) -> str:
    """A host that is the event's own, or the whole address where the host is everybody's."""
    host = urlsplit(url).hostname or ""
    return url.removeprefix("https://") if host in _SHARED_HOSTS else host


def _words_of(event: Event) -> Iterator[tuple[str, str, str]]:
    """Key, value and what to write, of what stands as a word of its own."""
    for address in [event.contact_email, *(c for c in event.conduct_contacts if "@" in c)]:
        if address:
            yield "contact_email", address, "<< contact() >>"
    if event.hub_home:
        yield "hub_home", event.hub_home, "<< hub_home >>"
    for key in (*_CODES, *_NAMES):
        if (word := getattr(event, key)) and _unmistakable(word):
            yield key, word, f"<< {key} >>"


def _repositories_of(event: Event) -> Iterator[tuple[str, str, str]]:
    """Key, value and what to write, of what has an address on GitHub."""
    yield "practice_repo", event.practice_repo, "<< practice_repo >>"
    yield "github_org", event.github_org, "<< github_org >>"
    for each in event.tutorials:
        if each.repo != event.practice_repo:
            yield "tutorials", each.repo, "<< launch_link(tutorial) >>"


def _word_pattern(word: str) -> str:
    end = "" if word.endswith("-") else r"(?![\w-])"
    return rf"(?<![\w-]){re.escape(word)}{end}"


def _unmistakable(text: str) -> bool:
    """Whether a name is no ordinary word: several words, digits, marks or capitals within."""
    return bool(re.search(r"\s|\d|[-_#]|[a-z][A-Z]", text))


def _day_pattern(day: datetime.date, month: str) -> str:
    """A day in the ways in which people write it in words."""
    name = rf"(?:{month}|{month[:3]}\.?)"
    number = rf"{day.day}(?:st|nd|rd|th)?"
    year = rf"(?:,? {day.year})?(?!,? \d{{4}})"
    through = r"(?:\s?[-–]\s?\d+(?:st|nd|rd|th)?)?"
    return rf"\b{number} {name}{year}\b|\b{name} {number}{through}\b{year}"
