"""Takes the pictures of one event, in a process of its own.

`python -m hackweek.screenshots.worker REQUEST` with a request as JSON; see `Request`. Each line
that it prints is a piece of news as JSON; see `main`.
"""

import dataclasses
import importlib.metadata
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Error as BrowserError

from hackweek.browser import NoBrowser
from hackweek.diagnostics import Diagnostic
from hackweek.events import load_event
from hackweek.screenshots.actor import Actor, StepFailed
from hackweek.screenshots.album import Album
from hackweek.screenshots.browser import open_browser
from hackweek.screenshots.hub import HubFailed, running_hub
from hackweek.screenshots.journey_file import JourneyFile, read_journeys
from hackweek.screenshots.stage import stage_of
from hackweek.site import Site

PACKAGES = ("jupyterhub", "jupyterhub-kubespawner", "jupyterlab", "nbgitpuller", "oauthenticator")
"""What the pictures show; their versions are noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a worker is asked for."""

    event: str
    journeys: tuple[str, ...]
    """By name, in the order in which they are played."""
    folder: str
    """Where the pictures go."""


def main(argument: str) -> int:
    """Prints `{"picture": name}` for each one taken, and `{"problem": …}`; 1 if there is one."""
    request = Request(**json.loads(argument))
    problems = 0
    try:
        for news in take_pictures(Path.cwd(), request):
            if isinstance(news, Diagnostic):
                problems += 1
                _tell(problem=dataclasses.asdict(news))
            else:
                _tell(picture=news)
    except (HubFailed, NoBrowser, BrowserError, httpx.HTTPError) as why:
        _tell(failure=str(why))
        return 2
    return int(problems > 0)


def take_pictures(root: Path, request: Request) -> Iterator[str | Diagnostic]:
    """The name of each picture's file as soon as it is there, and what is wrong with journeys."""
    event = load_event(root, request.event)
    context = Site(root, event).context()
    stage = stage_of(event)
    folder = Path(request.folder)
    files = {each.name: each for each in read_journeys(root)[0]}
    with running_hub(stage) as hub, open_browser(hub.world.environment) as browser:
        album = Album(root, request.event, folder)
        actor = Actor(hub, stage, browser, album)
        for name in request.journeys:
            try:
                yield from actor.play(files[name].filled_in(context))
            except StepFailed as failed:
                yield _explained(failed, files[name], folder)


def versions() -> dict[str, str]:
    """The versions of what the pictures show, as they are installed here."""
    return {name: importlib.metadata.version(name) for name in PACKAGES}


def _explained(failed: StepFailed, file: JourneyFile, folder: Path) -> Diagnostic:
    """A failed step as a problem of the journey's file, with a picture of what there was."""
    picture = folder / f"{file.name}.failed.png"
    help = ""
    if failed.png:
        picture.write_bytes(failed.png)
        help = f"look at what the browser showed: {picture}"
    return file.at_step(failed.index, "journey-failed", str(failed), help)


def _tell(**news: object) -> None:
    print(json.dumps(news), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
