"""The environment variables: addresses, looked at before anything is built, and the event meant."""

import os
import re
from pathlib import Path

from hackweek.events import DEFAULT_EVENT, event_slugs

_ADDRESS = r"https?://([\w.-]+|\[[\da-f:.]+\])(:\d+)?"
_FORMS = {
    "SITE_URL": (
        re.compile(rf"{_ADDRESS}(/[^\s?#\"<>]*)?"),
        "the address at which all events are published, such as https://owner.github.io/lessons/",
    ),
    "REPO_URL": (
        re.compile(
            rf"(?!https://github\.com/){_ADDRESS}/\S+|https://github\.com/[\w.-]+/[\w.-]+/?"
        ),
        "the lessons' repository, such as https://github.com/owner/lessons",
    ),
}


class WrongVariable(Exception):  # noqa: N818 - somebody's slip; nothing failed in the program
    """An environment variable holds no address that can be used; the text says what to write."""


def check_environment() -> None:
    """Raises `WrongVariable` unless each variable is empty, missing, or of its form."""
    for name, (form, meaning) in _FORMS.items():
        value = os.environ.get(name)
        if value and not form.fullmatch(value):
            raise WrongVariable(f'{name} is "{value}"\n  help: write {meaning}, or leave it out')


def current_slug(root: Path) -> str:
    """The slug in the environment variable EVENT, else the example's, else the last by name."""
    slugs = event_slugs(root) or [DEFAULT_EVENT]
    fallback = DEFAULT_EVENT if DEFAULT_EVENT in slugs else slugs[-1]
    return os.environ.get("EVENT") or fallback
