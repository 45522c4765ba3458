"""One hackweek's facts: the model that `events/<slug>.yml` is checked against.

Its JSON Schema (2020-12, https://json-schema.org) is what editors complete from.
"""

import datetime
import functools
import re
import zoneinfo
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from hackweek.diagnostics import did_you_mean


def _refuse(message: str, help: str = "") -> PydanticCustomError:
    # The message may hold braces of the author's, which pydantic would fill in.
    return PydanticCustomError("refused", "{message}", {"message": message, "help": help})


def _text(value: str) -> str:
    value = value.strip()
    if not value:
        raise _refuse("is empty", "write a value, or leave the key out")
    if len(value.splitlines()) > 1:
        raise _refuse("has more than one line", "write it on one line")
    if strange := next((each for each in value if not each.isprintable()), None):
        raise _refuse(f"holds a character that cannot be shown: U+{ord(strange):04X}")
    return value


def _https_url(value: str) -> str:
    value = _text(value)
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise _refuse(f'is not a URL: "{value}"') from None
    if "@" in parts.netloc:
        raise _refuse("holds a user name or password", "write the URL without it")
    if parts.scheme == "http" and host:
        raise _refuse(f'is not an https URL: "{value}"', f'write "https{value[4:]}"')
    if "://" not in value and re.fullmatch(r"[\w.-]+\.[a-z]{2,}(/\S*)?", value, re.IGNORECASE):
        raise _refuse(f'is not a URL: "{value}"', f'write "https://{value}"')
    if parts.scheme != "https" or not re.fullmatch(r"[a-z0-9.-]+\.[a-z0-9-]+", host):
        raise _refuse(f'is not a URL: "{value}"', 'write it as "https://host.name/path"')
    if re.search(r"[\s<>\"]", value):
        raise _refuse(f'holds a character that a URL cannot have: "{value}"')
    return value.rstrip("/") if not parts.query and not parts.fragment else value


def _email(value: str) -> str:
    value = _text(value).removeprefix("mailto:")
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}", value):
        raise _refuse(f'is not an e-mail address: "{value}"', 'write it as "name@example.org"')
    return value


_GITHUB_NAME = r"[A-Za-z0-9](?:-?[A-Za-z0-9])*"


def _github_name(value: str) -> str:
    value = _text(value)
    if re.fullmatch(_GITHUB_NAME, value):
        return value
    meant = re.search(rf"(?:github\.com/(?:orgs/)?|^@)({_GITHUB_NAME})(?:/|$)", value)
    raise _refuse(
        f'is not the name of a GitHub organization: "{value}"',
        f'write "{meant[1]}"' if meant else "",
    )


def _repository(value: str) -> str:
    value = _text(value)
    if re.fullmatch(r"[A-Za-z0-9-]+/[\w.-]+(?<!\.git)", value):
        return value
    found = re.search(r"(?:github\.com[/:]|^)([A-Za-z0-9-]+/[\w.-]+?)(?:\.git)?/?$", value)
    raise _refuse(
        f'is not a GitHub repository: "{value}"',
        f'write "{found[1]}"' if found else 'write it as "owner/name"',
    )


_time_zones = functools.cache(zoneinfo.available_timezones)


def _timezone(value: str) -> str:
    value = _text(value)
    if value not in _time_zones():
        near = did_you_mean(value, _time_zones())
        raise _refuse(
            f'is not an IANA time zone: "{value}"',
            near or 'write an IANA name such as "America/Los_Angeles"',
        )
    return value


def _date(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise _refuse(f'is a day that does not exist: "{value}"') from None
    return value


def _local_time(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d", value):
        try:
            return datetime.datetime.fromisoformat(value)
        except ValueError:
            raise _refuse(f'is a time that does not exist: "{value}"') from None
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise _refuse(f'is not a slug: "{value}"', "use lower-case letters, digits and hyphens")
    return value


Text = Annotated[str, AfterValidator(_text)]
Slug = Annotated[str, AfterValidator(_slug)]
HttpsUrl = Annotated[str, AfterValidator(_https_url), Field(json_schema_extra={"format": "uri"})]
Email = Annotated[str, AfterValidator(_email), Field(json_schema_extra={"format": "email"})]
GitHubName = Annotated[str, AfterValidator(_github_name)]
Repository = Annotated[str, AfterValidator(_repository)]
TimeZone = Annotated[str, AfterValidator(_timezone)]
Date = Annotated[datetime.date, BeforeValidator(_date)]
LocalTime = Annotated[
    datetime.datetime,
    BeforeValidator(_local_time),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d$"}),
]
Count = Annotated[int, Field(ge=1)]


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True
    )


class HubImage(_Model):
    """The single choice on the hub's "Server Options" page."""

    title: Text
    description: Text


class Tutorial(_Model):
    """A tutorial that a launch link opens on the hub."""

    title: Text
    repo: Repository
    """The repository on GitHub, as owner/name."""
    branch: Text
    urlpath: Text
    """What nbgitpuller opens, for example "lab/tree/repository/notebook.ipynb"."""


class Resource(_Model):
    """Something to read or open that belongs to an entry of the schedule."""

    title: Text
    url: HttpsUrl


class Session(_Model):
    """An entry of the schedule, in the event's time zone."""

    start: LocalTime
    """Local time, as 2027-06-14 09:00."""
    end: LocalTime
    """Local time, as 2027-06-14 10:30."""
    title: Text
    key: Slug | None = None
    """Keeps the entry the same one in readers' calendars although its start is moved."""
    place: Text | None = None
    resources: list[Resource] = []


class Member(_Model):
    """Somebody who helps to run the event."""

    name: Text
    role: Text
    affiliation: Text


class Event(_Model):
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
    conduct_contacts: list[Text] = []
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
    hub_home: Annotated[str, Field(pattern="^/"), AfterValidator(_text)] | None = None
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
    help_channel: Annotated[str, Field(pattern="^#"), AfterValidator(_text)] | None = None
    """The chat's channel for questions, with its "#", in quotes."""
    calendar_url: HttpsUrl | None = None
    """The event's calendar."""
    meeting_platform: Text | None = None
    """What online meetings are held with."""

    python_version: (
        Annotated[str, Field(pattern=r"^\d+\.\d+(\.\d+)?$"), AfterValidator(_text)] | None
    ) = None
    """The tutorials' Python, in quotes: "3.12"."""
    env_name: Annotated[str, Field(pattern=r"^[\w.-]+$"), AfterValidator(_text)] | None = None
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
    tutorials: list[Tutorial] = []
    schedule: list[Session] = []
    team: list[Member] = []

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
"""Keys without which nobody can take part, and which the past may no longer know."""
