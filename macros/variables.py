"""An event's values by the names that lessons use."""

from dataclasses import asdict
from typing import Any

from hackweek.event import Event
from macros.dates import date_range

DERIVED = {
    "dates": "First to last day, as people read it.",
    "days": "Number of days, first and last included.",
    "year": "Year of the first day.",
    "archived": "Whether the event is over and its hub switched off.",
    "github_org_url": "The organization's address.",
    "practice_repo_url": "The practice repository's address.",
    "practice_repo_name": "The practice repository's name without its owner.",
    "site_url": "The address at which the event's site is published.",
    "lessons": "Ids of the lessons that apply, in order.",
    "total_minutes": "Minutes that these lessons take together.",
}
"""What is worked out from the event file, and what it is."""


def event_variables(event: Event) -> dict[str, Any]:
    """Each key of the event file, None where it is left out, and what is derived from it."""
    return {
        **asdict(event),
        "dates": date_range(event.start_date, event.end_date),
        "days": (event.end_date - event.start_date).days + 1,
        "year": event.start_date.year,
        "archived": event.archived,
        "github_org_url": f"https://github.com/{event.github_org}",
        "practice_repo_url": f"https://github.com/{event.practice_repo}",
        "practice_repo_name": event.practice_repo.partition("/")[2],
    }


BEHIND = {
    "contact": ("admin_contact", "contact_email"),
    "dates": ("start_date", "end_date"),
    "days": ("start_date", "end_date"),
    "year": ("start_date",),
    "archived": ("status",),
    "github_org_url": ("github_org",),
    "hub_link": ("jupyterhub_url", "status"),
    "launch_link": ("jupyterhub_url", "status", "tutorials"),
    "now_and_next": ("start_date", "end_date", "timezone", "schedule"),
    "practice_repo_name": ("practice_repo",),
    "practice_repo_url": ("practice_repo",),
    "schedule_table": ("schedule", "timezone"),
    "time_zone": ("timezone",),
    "total_minutes": ("lessons",),
}
"""The keys of the event file that a macro or a derived value shows."""
