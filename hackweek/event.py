"""One hackweek's facts: what an event file says.

The text below a key describes it to editors, and where `new` asks for it. What a value must be
is in the annotation, of which `hackweek.event_model` makes what files are checked against.
"""

from __future__ import annotations  # what checks a value takes long to be loaded

import datetime
import zoneinfo
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from hackweek.event_values import (
        Channel,
        Count,
        Date,
        Email,
        EnvironmentName,
        GitHubName,
        HttpsUrl,
        HubFolder,
        LocalTime,
        PastRevision,
        PythonVersion,
        Repository,
        Slug,
        Text,
        TimeZone,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HubImage:
    """The single choice on the hub's "Server Options" page."""

    title: Text
    """What the image is called."""
    description: Text
    """The words below that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tutorial:
    """A tutorial that a launch link opens on the hub."""

    title: Text
    repo: Repository
    """The repository on GitHub, as owner/name."""
    branch: Text
    urlpath: Text
    """What nbgitpuller opens, for example "lab/tree/repository/notebook.ipynb"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something to read or open that belongs to an entry of the schedule."""

    title: Text
    url: HttpsUrl


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An entry of the schedule, in the event's time zone."""

    start: LocalTime
    """Local time, as 2027-06-14 09:00."""
    end: LocalTime
    """Local time, as 2027-06-14 10:30."""
    title: Text
    key: Slug | None = None
    """Keeps the entry the same one in readers' calendars although its start is moved."""
    place: Text | None = None
    resources: list[Resource] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who helps to run the event."""

    name: Text
    role: Text
    affiliation: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One hackweek. A key that is not needed is left out."""

    slug: Slug
    """The file's name without .yml; the last part of the site's address."""
    name: Text
    """The full name, with the year if it has one."""
    short_name: Text
    """What people say."""
    start_date: Date
    """First day, as 2027-06-14."""
    end_date: Date
    """Last day, as 2027-06-18."""
    timezone: TimeZone
    """IANA name, for example America/Los_Angeles."""
    format: Literal["in_person", "virtual", "hybrid"]
    """Where it takes place."""
    status: Literal["draft", "live", "archived"]
    """draft: in preparation; live: coming or running; archived: over, and the hub is off."""
    lessons_from: PastRevision | None = None
    """Only if archived: the tag or commit whose lessons the event was taught from."""
    location: Text | None = None
    """Venue and town."""
    website_url: HttpsUrl | None = None
    """The event's own site."""
    description: Text | None = None
    """One sentence: for whom and about what."""

    institution: Text | None = None
    """Who holds the event."""
    contact_email: Email | None = None
    """Where participants write to."""
    admin_contact: Text | None = None
    """A role or a name: who invites people to the organization."""
    conduct_contacts: list[Text] = field(default_factory=list)
    """Whom to tell when somebody behaves badly: names, roles or addresses."""
    anonymous_report_url: HttpsUrl | None = None
    """A form for reports without a name."""

    github_org: GitHubName
    """The organization on GitHub, as in its address."""
    participants_team: Text | None = None
    """The organization's team of participants."""
    github_invite_method: Literal["email", "form", "slack"] | None = None
    """How participants send their GitHub user name."""
    github_public_membership_required: bool | None = None
    """true: the hub lets in only those whose membership is public."""
    practice_repo: Repository
    """The repository that participants clone for practice, as owner/name."""
    project_prefix: Text | None = None
    """How the names of project repositories begin."""

    jupyterhub_url: HttpsUrl
    """The hub's address."""
    hub_name: Text
    """What the hub is called."""
    hub_docs_url: HttpsUrl | None = None
    """The hub's own documentation."""
    hub_image: HubImage | None = None
    """Title and description of the single choice of image."""
    hub_cloud: Text | None = None
    """The cloud provider, for example AWS."""
    hub_region: Text | None = None
    """The provider's region, for example us-west-2."""
    hub_memory_gb: Count | None = None
    """Memory of one server, in gigabytes."""
    hub_home: HubFolder | None = None
    """The home directory on the hub."""
    hub_startup_minutes: Count | None = None
    """How long a first start may take, in minutes."""
    hub_idle_minutes: Count | None = None
    """After how many minutes an idle server is stopped."""
    hub_logout_stops_server: bool
    """true: logging out stops the server."""
    hub_access_ends: Date | None = None
    """Last day on which participants can sign in."""

    slack_url: HttpsUrl | None = None
    """The chat's address."""
    help_channel: Channel | None = None
    """The chat's channel for questions, with its "#", in quotes."""
    calendar_url: HttpsUrl | None = None
    """The event's calendar."""
    meeting_platform: Text | None = None
    """What online meetings are held with."""

    python_version: PythonVersion | None = None
    """The tutorials' Python, in quotes: "3.12"."""
    env_name: EnvironmentName | None = None
    """The tutorials' environment."""
    environment_url: HttpsUrl | None = None
    """Where its environment.yml can be downloaded."""
    disk_gb: Count | None = None
    """Free disk space that the environment needs, in gigabytes."""

    dataset: Text | None = None
    """The data that the event is about."""
    data_archive: Text | None = None
    """Where the data come from."""
    earthdata_required: bool
    """true: participants need a NASA Earthdata login."""

    lessons: list[Slug] | None = None
    """The lessons that apply, in order; left out: all of them."""
    tutorials: list[Tutorial] = field(default_factory=list)
    schedule: list[Session] = field(default_factory=list)
    team: list[Member] = field(default_factory=list)

    @property
    def archived(self) -> bool:
        """Whether the event is over and its hub switched off."""
        return self.status == "archived"

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The time zone of the schedule and of the days."""
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def extent(self) -> tuple[datetime.datetime, datetime.datetime]:
        """The moments at which the first day begins and the last has ended."""
        midnight = datetime.time(tzinfo=self.zone)
        after = self.end_date + datetime.timedelta(days=1)
        combine = datetime.datetime.combine
        return combine(self.start_date, midnight), combine(after, midnight)


OPTIONAL = frozenset(
    each.name
    for each in fields(Event)
    if each.default is not MISSING or each.default_factory is not MISSING
)
"""Keys that may be left out."""
NEEDED_UNLESS_ARCHIVED = (
    "institution",
    "contact_email",
    "admin_contact",
    "github_invite_method",
    "github_public_membership_required",
    "hub_image",
    "hub_home",
    "hub_startup_minutes",
    "hub_idle_minutes",
    "python_version",
    "env_name",
    "disk_gb",
    "dataset",
)
"""Those of them without which nobody can take part, and which the past may no longer know."""
