"""What the values of an event file may be: text, addresses, names, days and times."""

import datetime
import functools
import re
from collections.abc import Callable
from importlib.resources import files
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from hackweek.diagnostics import did_you_mean


def refuse(message: str, help: str = "") -> PydanticCustomError:
    """What a validator raises: what is wrong with a value, and what to type instead."""
    # The message may hold braces of the author's, which pydantic would fill in.
    return PydanticCustomError("refused", "{message}", {"message": message, "help": help})


def one_line(value: str) -> str:
    """A text of one line, without blanks around it; raises where it is none."""
    value = value.strip()
    if not value:
        raise refuse("is empty", "write a value, or leave the key out")
    if len(value.splitlines()) > 1:
        raise refuse("has more than one line", "write it on one line")
    if strange := next((each for each in value if not each.isprintable()), None):
        raise refuse(f"holds a character that cannot be shown: U+{ord(strange):04X}")
    return value


def _https_url(value: str) -> str:
    value = one_line(value)
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise refuse(f'is not a URL: "{value}"') from None
    if "@" in parts.netloc:
        raise refuse("holds a user name or password", "write the URL without it")
    if parts.scheme == "http" and host:
        raise refuse(f'is not an https URL: "{value}"', f'write "https{value[4:]}"')
    if "://" not in value and re.fullmatch(r"[\w.-]+\.[a-z]{2,}(/\S*)?", value, re.IGNORECASE):
        raise refuse(f'is not a URL: "{value}"', f'write "https://{value}"')
    if parts.scheme != "https" or not re.fullmatch(r"[a-z0-9.-]+\.[a-z0-9-]+", host):
        raise refuse(f'is not a URL: "{value}"', 'write it as "https://host.name/path"')
    if re.search(r"[\s<>\"]", value):
        raise refuse(f'holds a character that a URL cannot have: "{value}"')
    return value.rstrip("/") if not parts.query and not parts.fragment else value


def _email(value: str) -> str:
    value = one_line(value).removeprefix("mailto:")
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}", value):
        raise refuse(f'is not an e-mail address: "{value}"', 'write it as "name@example.org"')
    return value


_GITHUB_NAME = r"[A-Za-z0-9](?:-?[A-Za-z0-9])*"


def _github_name(value: str) -> str:
    value = one_line(value)
    if re.fullmatch(_GITHUB_NAME, value):
        return value
    meant = re.search(rf"(?:github\.com/(?:orgs/)?|^@)({_GITHUB_NAME})(?:/|$)", value)
    raise refuse(
        f'is not the name of a GitHub organization: "{value}"',
        f'write "{meant[1]}"' if meant else "",
    )


def _repository(value: str) -> str:
    value = one_line(value)
    if re.fullmatch(r"[A-Za-z0-9-]+/[\w.-]+(?<!\.git)", value):
        return value
    found = re.search(r"(?:github\.com[/:]|^)([A-Za-z0-9-]+/[\w.-]+?)(?:\.git)?/?$", value)
    raise refuse(
        f'is not a GitHub repository: "{value}"',
        f'write "{found[1]}"' if found else 'write it as "owner/name"',
    )


@functools.cache
def _time_zones() -> frozenset[str]:
    """Every IANA name, of the same list on each machine; `zoneinfo` would open 600 files."""
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def _timezone(value: str) -> str:
    value = one_line(value)
    if value not in _time_zones():
        near = did_you_mean(value, _time_zones())
        raise refuse(
            f'is not an IANA time zone: "{value}"',
            near or 'write an IANA name such as "America/Los_Angeles"',
        )
    return value


def _read_as(pattern: str, read: Callable[[str], Any], noun: str) -> BeforeValidator:
    """Reads a text of a form; what is of another form is left to the type to judge."""

    def reader(value: Any) -> Any:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            return value
        try:
            return read(value)
        except ValueError:
            raise refuse(f'is a {noun} that does not exist: "{value}"') from None

    return BeforeValidator(reader)


_DAY = r"\d{4}-\d\d-\d\d"


def _revision(value: str) -> str:
    value = one_line(value)
    # https://git-scm.com/docs/git-check-ref-format
    if value.startswith("-") or re.search(r"[\s~^:?*\[\\]|\.\.|@\{", value):
        raise refuse(
            f'is not a tag or a commit: "{value}"', 'write one as "git tag" or "git log" shows it'
        )
    return value


def _only_if_archived(value: str, info: ValidationInfo) -> str:
    if (status := info.data.get("status", "archived")) != "archived":
        raise refuse(
            f'is only for an archived event, and status is "{status}"',
            "delete the line: the lessons are those of docs/",
        )
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise refuse(f'is not a slug: "{value}"', "use lower-case letters, digits and hyphens")
    return value


Text = Annotated[str, AfterValidator(one_line)]
Slug = Annotated[str, AfterValidator(_slug)]
PastRevision = Annotated[str, AfterValidator(_revision), AfterValidator(_only_if_archived)]
HttpsUrl = Annotated[str, AfterValidator(_https_url), Field(json_schema_extra={"format": "uri"})]
Email = Annotated[str, AfterValidator(_email), Field(json_schema_extra={"format": "email"})]
GitHubName = Annotated[str, AfterValidator(_github_name)]
Repository = Annotated[str, AfterValidator(_repository)]
TimeZone = Annotated[str, AfterValidator(_timezone)]
Date = Annotated[datetime.date, _read_as(_DAY, datetime.date.fromisoformat, "day")]
LocalTime = Annotated[
    datetime.datetime,
    _read_as(rf"{_DAY}[ T]\d\d:\d\d", datetime.datetime.fromisoformat, "time"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d$"}),
]
Count = Annotated[int, Field(ge=1)]
HubFolder = Annotated[str, Field(pattern="^/"), AfterValidator(one_line)]
Channel = Annotated[str, Field(pattern="^#"), AfterValidator(one_line)]
PythonVersion = Annotated[str, Field(pattern=r"^\d+\.\d+(\.\d+)?$"), AfterValidator(one_line)]
EnvironmentName = Annotated[str, Field(pattern=r"^[\w.-]+$"), AfterValidator(one_line)]
