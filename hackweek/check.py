"""Everything that is wrong with the events and the lessons, in one run."""

import datetime
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from hackweek.checks import events as event_checks
from hackweek.checks import silence, values
from hackweek.checks.page import Folder, Page
from hackweek.checks.registry import ALL_RULES, FAMILIES, FOLDER_FAMILIES
from hackweek.diagnostics import Diagnostic, Problems, relative, without_repeats
from hackweek.event import Event
from hackweek.event_file import read_event, schema
from hackweek.events import event_slugs, load_event, published_slugs
from hackweek.glossary import definitions
from hackweek.lesson import read_lessons
from hackweek.past.addresses import publication
from hackweek.past.redirects import REDIRECTS, judged, read_redirects
from hackweek.screenshots import freshness
from hackweek.site import Site
from hackweek.template_faults import render
from hackweek.yaml_source import decode, read_mapping
from macros.variables import BEHIND

SCHEMA = "events/event.schema.json"
_SHOWN_BY_THE_SITE = {
    "slug", "name", "start_date", "end_date", "status", "location", "format", "description",
    "lessons", "lessons_from", "earthdata_required",
}  # fmt: skip
"""Keys that the navigation, the banner and the front page show or follow."""


@dataclass
class Findings:
    """What a check found, and what it read."""

    problems: list[Diagnostic] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    silences: list[silence.Silence] = field(default_factory=list)

    def settled(self, select: Collection[str], ignore: Collection[str]) -> list[Diagnostic]:
        """The problems that are to be reported, each once, sorted.

        Rules of style are left out unless they are selected.
        """
        style = {rule.name for rule in ALL_RULES.values() if rule.style}
        off = (style - set(select)) | set(ignore)
        left = [each for each in without_repeats(self.problems) if each.rule not in off]
        left = silence.apply(left, self.silences, ALL_RULES)
        return sorted(each for each in left if not select or each.rule in select)


def check_repository(root: Path, slugs: Sequence[str], today: datetime.date) -> Findings:
    """The repository, for the named events."""
    findings = Findings(read={SCHEMA}, problems=_stale_schema(root))
    folder = read_folder(root / "docs", ours=True)
    used = _keys_used(folder.pages)
    events = []
    for slug in slugs:
        event = _check_event_file(findings, root, root / "events" / f"{slug}.yml", used, today)
        if event:
            events.append(event)
            try:
                Site(root, event).rendered  # noqa: B018 - raises what is wrong with templates
            except Problems as found:
                findings.problems += found.diagnostics
    _check_pages(findings, folder, _all_events(root, events), {event.slug for event in events})
    present = [event for event in events if not event.lessons_from]
    findings.problems += freshness.check(root, folder, present)
    _check_redirects(findings, root)
    return findings


def check_folder(docs: Path, event_file: Path | None, root: Path, today: datetime.date) -> Findings:
    """Any folder of Markdown written for MkDocs, for one event or for none."""
    findings = Findings()
    folder = read_folder(docs, ours=False)
    events = []
    if event_file:
        used = _keys_used(folder.pages)
        event = _check_event_file(findings, root, event_file, used, today)
        if event:
            events.append(event)
            site = Site(root, event)
            for page in folder.pages:
                try:
                    render(page.lesson, site.context(page.lesson))
                except Problems as found:
                    findings.problems += found.diagnostics
    checked = {event.slug for event in events}
    _check_pages(findings, folder, _all_events(root, events) if events else [], checked)
    return findings


def read_folder(docs: Path, *, ours: bool) -> Folder:
    """A folder's pages, and the configuration beside it."""
    config = docs.parent / "mkdocs.yml"
    settings = {}
    if config.is_file():
        text, _ = decode("mkdocs.yml", config.read_bytes())
        settings = read_mapping("mkdocs.yml", text, as_mkdocs=True).values
    return Folder(docs, tuple(map(Page, read_lessons(docs))), ours, settings)


def _check_pages(
    findings: Findings, folder: Folder, events: Sequence[Event], checked: set[str]
) -> None:
    known = values.Values(events)
    glossary = _glossary(folder)
    for page in folder.pages:
        findings.read.add(page.lesson.path)
        findings.problems += page.lesson.undecodable
        findings.problems += page.lesson.front_matter.problems
        findings.silences += silence.in_page(page)
        for family in FAMILIES:
            findings.problems += family.check(page, folder)
        findings.problems += known.check(page, checked=checked, glossary=glossary)
    for each in FOLDER_FAMILIES:
        findings.problems += each.check_folder(folder)


def _check_redirects(findings: Findings, root: Path) -> None:
    if (root / REDIRECTS).is_file():
        findings.read.add(REDIRECTS)
        redirects, problems = read_redirects(root)
        findings.problems += problems
        findings.problems += judged(redirects, publication(root, published_slugs(root)))


def _glossary(folder: Folder) -> Collection[str]:
    pages = [page for page in folder.pages if page.path.name == "glossary.md"]
    return definitions(pages[0].text) if pages else {}


def _check_event_file(
    findings: Findings, root: Path, path: Path, used: Set[str], today: datetime.date
) -> Event | None:
    """The event of a file, if it makes one; what is wrong with it is added to the findings."""
    shown = relative(path, root)
    findings.read.add(shown)
    if not path.is_file():
        try:
            return load_event(root, path.stem)
        except Problems as found:
            findings.problems += found.diagnostics
            return None
    text, undecodable = decode(shown, path.read_bytes())
    findings.problems += undecodable
    event, source = read_event(shown, text)
    findings.silences += silence.in_event(shown, text)
    findings.problems += source.problems
    if event and event.lessons_from:
        used = used | _keys_used_then(Site(root, event))
    findings.problems += event_checks.check(
        source, text, event, used=used, today=today, slugs=event_slugs(root)
    )
    return event if all(each.warning for each in source.problems) else None


def _all_events(root: Path, checked: Sequence[Event]) -> list[Event]:
    """The checked events and every other one that can be read."""
    events = {event.slug: event for event in checked}
    for slug in event_slugs(root):
        if slug not in events:
            try:
                events[slug] = load_event(root, slug)
            except Problems:
                continue
    return list(events.values())


def _keys_used(pages: Iterable[Page]) -> set[str]:
    """The keys of event files that some lesson shows or asks for."""
    names = {name for page in pages for tag in page.reading.tags for name, _ in tag.names()}
    behind = {key for name in names for key in BEHIND.get(name, ())}
    return names | behind | _SHOWN_BY_THE_SITE


def _keys_used_then(site: Site) -> set[str]:
    """The same for lessons of the past; what is wrong with those is found elsewhere."""
    try:
        return _keys_used(map(Page, site.pages))
    except Problems:
        return set()


def _stale_schema(root: Path) -> list[Diagnostic]:
    path = root / SCHEMA
    if path.is_file() and path.read_text("utf-8") == schema():
        return []
    message = "the schema is not that of the event model"
    help = "run: python -m hackweek schema"
    return [
        Diagnostic(path=SCHEMA, line=1, column=1, rule="stale-schema", message=message, help=help)
    ]
