"""Values that still name the year of the event that they were copied from.

Only keys that name the event or something made for it are looked at: a data set, a tutorial or
a place may well have a year of its own. A year is a word, or a part of one with letters on one
side: "2024", "hackweek2024", and with the letters that an event's slug begins with "ohw26".
"""

import re
from collections.abc import Collection, Iterator

from hackweek.diagnostics import Diagnostic
from hackweek.event import Event
from hackweek.rules import Rule
from hackweek.yaml_source import Location, Source, leaves, spoken

RULES = (
    Rule(
        name="other-year",
        why="The value was copied from another year's event, and leads participants there."
        " In a draft it is only worth knowing.",
        bad="name: ICESat-2 Hackweek 2024    # and start_date is 2027-08-16",
        good="name: ICESat-2 Hackweek 2027",
    ),
)

_NAMES_THE_EVENT = {
    "slug", "name", "short_name", "website_url", "contact_email", "github_org",
    "participants_team", "practice_repo", "project_prefix", "jupyterhub_url", "slack_url",
    "help_channel", "calendar_url", "env_name",
}  # fmt: skip
_SPEAKS_OF_THE_EVENT = {"location", "description", "institution", "admin_contact"}
"""Keys of free text, in which only a year beside the event's name counts."""
_WORD = re.compile(r"(?<![^\W_])[^\W_]+(?![^\W_])")
_YEAR = re.compile(r"[A-Za-z]*(20\d\d)|(20\d\d)[A-Za-z]*")
_FIRST_YEAR = 2010


def check(source: Source, event: Event, slugs: Collection[str]) -> Iterator[Diagnostic]:
    """Each value that names another year than the event's; `slugs` are those of all events."""
    if event.archived:
        return
    own = years_of(event)
    for location, value in leaves(source.values):
        named = years_named(location, value, {event.slug, *slugs}, event.short_name)
        others = sorted(year for year in named if _FIRST_YEAR <= year <= max(own) + 1)
        if others and not own & named:
            line, column = source.place(location)
            yield Diagnostic(
                path=source.path,
                line=line,
                column=column,
                rule="other-year",
                message=f"{spoken(location)} names {others[-1]}, and the event begins on"
                f' {event.start_date}: "{value}"',
                warning=event.status == "draft",
            )


def years_of(event: Event) -> set[int]:
    """The years of an event's first and last day."""
    return {event.start_date.year, event.end_date.year}


def years_named(location: Location, value: object, slugs: Collection[str], name: str) -> set[int]:
    """The years that a value names as an event's; none where its key may have its own.

    `slugs` are those of events, `name` is the event's short name.
    """
    if not isinstance(value, str) or len(location) != 1:
        return set()
    if location[0] in _SPEAKS_OF_THE_EVENT:
        value = " ".join(_beside_a_name(value, name))
    elif location[0] not in _NAMES_THE_EVENT:
        return set()
    return {year for word in _words(value) for year in _years(word, slugs)}


def _words(value: str) -> Iterator[str]:
    for found in _WORD.finditer(value):
        version = re.match(r"\.\d", value[found.end() :]) or re.search(
            r"\d\.$", value[: found.start()]
        )
        if not version:
            yield found[0]


def _years(word: str, slugs: Collection[str]) -> Iterator[int]:
    if found := _YEAR.fullmatch(word):
        yield int(found[1] or found[2])
    for slug in slugs:
        stem = re.fullmatch(r"([a-z]+)-?\d\d", slug)
        if stem and (found := re.fullmatch(rf"{stem[1]}(\d\d)", word, re.IGNORECASE)):
            yield 2000 + int(found[1])


def _beside_a_name(value: str, name: str) -> Iterator[str]:
    """Years of a text that stand beside the event's name or the word hackweek."""
    names = rf"(?:\w*hackweek|{re.escape(name)})"
    for found in re.finditer(rf"{names}\W{{1,2}}(20\d\d)|(20\d\d)\W{{1,2}}{names}", value, re.I):
        yield found[1] or found[2]
