"""The program that a participant runs on the hub, as an event's site publishes it."""

from pathlib import Path
from pprint import pformat
from typing import Any

from hackweek.site import Site, published_at

PROGRAM = "preliminary/ready.py"
"""Its place within the site."""
_SOURCE = Path(__file__).with_name("ready.py")
_TO_FILL = "EVENT: dict[str, Any] = {}\n"
_LESSONS = {
    "identity": ("git", "tell-git-who-you-are"),
    "membership": ("github", "make-your-membership-public"),
    "repository": ("jupyterhub", "practise-clone-a-repository"),
    "earthdata": ("earthdata", "let-your-code-sign-in"),
}
"""Items that a lesson teaches: its id, and where in it."""


def has_program(site: Site) -> bool:
    """Whether an event's lessons offer the program."""
    return "checklist" in site.lessons


def write_program(site: Site, folder: Path) -> None:
    """Writes an event's program, if it has one, into the folder that holds its site."""
    if not has_program(site):
        return
    target = folder / PROGRAM
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(program(site), "utf-8")


def program(site: Site) -> str:
    """The text of an event's program."""
    event = site.event
    values: dict[str, Any] = {
        "name": event.name,
        "organization": event.github_org,
        "repository": event.practice_repo.partition("/")[2],
        "python": event.python_version,
        "items": _items(site),
    }
    filled = pformat(values, sort_dicts=False, width=100)
    return _SOURCE.read_text("utf-8").replace(_TO_FILL, f"EVENT: dict[str, Any] = {filled}\n")


def _items(site: Site) -> dict[str, str]:
    """The items that apply to an event, each with the address at which to read on."""
    address = site.url(published_at())
    left_out = {
        "membership": not site.event.github_public_membership_required,
        "python": not site.event.python_version,
    }
    is_past = site.event.lessons_from is not None  # its headings may have been others
    found = {
        item: f"{address}{Path(site.lessons[id].page).with_suffix('')}/"
        + ("" if is_past else f"#{place}")
        for item, (id, place) in _LESSONS.items()
        if id in site.lessons
    }
    help = f"{address}help/" if (site.docs / "help.md").is_file() else address
    found |= {"python": help, "disk": help}
    return {item: each for item, each in found.items() if not left_out.get(item)}
