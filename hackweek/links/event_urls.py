"""The addresses that an event file holds or means: what must answer on the event's first day."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from hackweek.event import Event, Tutorial
from hackweek.yaml_source import Location, Source

_HELD = {
    "website_url": "the event's website",
    "anonymous_report_url": "the form for reports",
    "slack_url": "the chat",
    "calendar_url": "the calendar",
    "environment_url": "the environment file",
}
"""Keys whose value is an address, and what it is the address of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventUrl:
    """An address, what answers there, and where the event file says so."""

    what: str
    """For example "the hub"."""
    url: str
    line: int
    """1-based, in the event file."""
    column: int
    members_only: bool = False
    """Whether GitHub answers 404 to everybody who is not signed in as a member."""


def event_urls(event: Event, source: Source) -> Iterator[EventUrl]:
    """Every address of an event, each with its place; of an archived one, none of its hub's.

    The hub's health answer: https://jupyterhub.readthedocs.io/en/stable/reference/rest-api.html
    """
    for what, url, location in _addresses(event):
        line, column = source.place(location)
        yield EventUrl(what=what, url=url, line=line, column=column, members_only="/orgs/" in url)


def _addresses(event: Event) -> Iterator[tuple[str, str, Location]]:
    if not event.archived:
        hub = event.jupyterhub_url.rstrip("/")
        yield "the hub", event.jupyterhub_url, ("jupyterhub_url",)
        yield "the hub's health", f"{hub}/hub/health", ("jupyterhub_url",)
        if event.hub_docs_url:
            yield "the hub's documentation", event.hub_docs_url, ("hub_docs_url",)
    for key, what in _HELD.items():
        if url := getattr(event, key):
            yield what, url, (key,)
    organization = f"https://github.com/{event.github_org}"
    yield "the organization", organization, ("github_org",)
    if event.participants_team:
        team = f"https://github.com/orgs/{event.github_org}/teams/{event.participants_team}"
        yield "the participants' team", team, ("participants_team",)
    practice = f"https://github.com/{event.practice_repo}"
    yield "the practice repository", practice, ("practice_repo",)
    for index, tutorial in enumerate(event.tutorials):
        yield from _of_tutorial(tutorial, ("tutorials", index))
    for index, session in enumerate(event.schedule):
        for number, resource in enumerate(session.resources):
            at = ("schedule", index, "resources", number, "url")
            yield f'"{resource.title}"', resource.url, at


def _of_tutorial(tutorial: Tutorial, at: Location) -> Iterator[tuple[str, str, Location]]:
    """Its branch, and the file in it that a launch link opens."""
    repository = f"https://github.com/{tutorial.repo}"
    branch = quote(tutorial.branch)
    what = f'the branch of "{tutorial.title}"'
    yield what, f"{repository}/tree/{branch}", (*at, "branch")
    folder = f"lab/tree/{tutorial.repo.partition('/')[2]}/"
    if tutorial.urlpath.startswith(folder) and tutorial.urlpath != folder:
        path = quote(tutorial.urlpath.removeprefix(folder))
        yield (
            f'the notebook of "{tutorial.title}"',
            f"{repository}/blob/{branch}/{path}",
            (*at, "urlpath"),
        )
