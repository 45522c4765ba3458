"""The environment variables that hold addresses, looked at before anything is built with them."""

import os
import re

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
