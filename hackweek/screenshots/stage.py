"""What of an event shows on the hub: the stage on which a journey is played."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from hackweek.event import Event

PARTICIPANT = "your-github-name"
"""Who is signed in: the name that stands for the reader's own in the lessons."""
_IMAGE = ("Hackweek image", "Python, JupyterLab and the tutorial libraries")
"""The choice on the form, for events that do not tell theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The values of an event that the hub and GitHub's stand-in show or obey."""

    organization: str
    """Who may sign in: the members of this organization on GitHub."""
    repository: str
    """The practice repository, as owner/name."""
    tutorials: tuple[str, ...]
    """The repositories of the tutorials, in the same way."""
    hub_name: str
    hub_url: str
    image_title: str
    image_description: str
    logout_stops_server: bool

    @property
    def repositories(self) -> tuple[str, ...]:
        """Every repository that can be cloned: the participant's fork as well."""
        fork = f"{PARTICIPANT}/{self.repository.partition('/')[2]}"
        return tuple(dict.fromkeys((self.repository, fork, *self.tutorials)))

    def write(self, path: Path) -> None:
        """Writes it for the hub's configuration."""
        path.write_text(json.dumps(asdict(self)), "utf-8")


def stage_of(event: Event) -> Stage:
    """The stage for an event."""
    image = event.hub_image
    return Stage(
        organization=event.github_org,
        repository=event.practice_repo,
        tutorials=tuple(each.repo for each in event.tutorials),
        hub_name=event.hub_name,
        hub_url=event.jupyterhub_url,
        image_title=image.title if image else _IMAGE[0],
        image_description=image.description if image else _IMAGE[1],
        logout_stops_server=event.hub_logout_stops_server,
    )
