"""A journey: what a reader does on the hub, step by step, and the pictures taken on the way.

The model that `journeys/*.yml` is checked against; its JSON Schema (2020-12,
https://json-schema.org) is what editors complete from.
"""

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

SCHEMA = "journeys/journey.schema.json"
Line = Annotated[str, Field(min_length=1, pattern=r"^[^\n]*$")]
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Selector = Line
Length = Annotated[int, Field(ge=40, le=2000)]
Size = Annotated[list[Annotated[int, Field(ge=200, le=2000)]], Field(min_length=2, max_length=2)]


class _Model(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True
    )


class _Step(_Model):
    seconds: Annotated[int, Field(ge=1, le=300)] = 20
    """How long the step may take."""


class Goto(_Step):
    """Opens an address, as the browser's address bar does."""

    goto: Line
    """An address on the hub or on GitHub, as the lesson has it."""


class Click(_Step):
    """Clicks what is visible and matches."""

    click: Selector
    """A selector of Playwright's: https://playwright.dev/python/docs/other-locators"""
    button: Literal["left", "right"] = "left"
    times: Literal[1, 2] = 1


class Type(_Step):
    """Types a text where the cursor is."""

    type: Line


class Run(_Step):
    """Types a command in the terminal, presses Enter, and waits until the prompt is back."""

    run: Line


class Press(_Step):
    """Presses a key."""

    press: Line
    """A key by its name: https://developer.mozilla.org/docs/Web/API/UI_Events/Keyboard_event_key_values"""


class Upload(_Step):
    """Clicks what is visible and matches, and chooses one of the journey's uploads."""

    upload: Name | Annotated[str, Field(pattern=r"^[\w.-]+$")]
    """The file's name."""
    click: Selector


class Wait(_Step):
    """Waits until something is visible."""

    wait: Selector
    gone: bool = False
    """true: until it is not there any more."""


class Expect(_Step):
    """Asserts what the lesson says. Fails when it does not come true in time."""

    expect: Line
    """A text; for the server, running or stopped."""
    where: Line = Field(default="page", alias="in")
    """page: it is visible; terminal: the terminal shows it; server: what the hub says of it;
    or a selector of an element that shows it."""


class Release(_Step):
    """Lets the server start that the hub was asked for; until then it waits, for pictures."""

    release: Literal["server"]


class Shot(_Step):
    """Takes a picture, light and dark."""

    shot: Name
    """The picture's name: docs/img/name.webp."""
    alt: Line
    """What there is to see, for those who cannot see it; the lesson has the same text."""
    clip: Annotated[list[Selector], Field(min_length=1)]
    """What the picture shows: all of these, each wholly."""
    margin: Annotated[int, Field(ge=0, le=200)] = 16
    """CSS pixels around it, as far as the window goes."""
    width: Length | None = None
    """CSS pixels from the left to keep; left out: all of it."""
    height: Length | None = None
    """CSS pixels from the top to keep; left out: all of it."""
    highlight: list[Selector] = []
    """What is to be pressed, ringed; numbered where there are several."""
    ring: Annotated[int, Field(ge=0, le=12)] = 6
    """CSS pixels between what is ringed and the middle of the ring."""


_STEPS = (Goto, Click, Type, Run, Press, Upload, Wait, Expect, Release, Shot)
ACTIONS = {each.__name__.lower(): each for each in _STEPS}
"""Each kind of step by the key that names it."""


def action(step: Any) -> str | None:
    """The key that names a step; None where there is none, or more than one."""
    keys = [key for key in ACTIONS if isinstance(step, dict) and key in step]
    if "upload" in keys and "click" in keys:
        keys.remove("click")
    return keys[0] if len(keys) == 1 else None


def _action_of(step: Any) -> str | None:
    return action(step) if isinstance(step, dict) else type(step).__name__.lower()


Step = Annotated[
    Annotated[Goto, Tag("goto")]
    | Annotated[Click, Tag("click")]
    | Annotated[Type, Tag("type")]
    | Annotated[Run, Tag("run")]
    | Annotated[Press, Tag("press")]
    | Annotated[Upload, Tag("upload")]
    | Annotated[Wait, Tag("wait")]
    | Annotated[Expect, Tag("expect")]
    | Annotated[Release, Tag("release")]
    | Annotated[Shot, Tag("shot")],
    Discriminator(_action_of),
]


class Journey(_Model):
    """One way through the hub, in one browser."""

    title: Line
    """What the reader does."""
    start: Literal["signed-out", "signed-in", "jupyterlab", "terminal"]
    """signed-out: a new browser, and no server runs; signed-in: the hub's page, and a server
    runs; jupyterlab: it is open, as on the first day; terminal: the same with a terminal."""
    each_event: bool = False
    """true: the event's values show, so that each event has pictures of its own."""
    window: Size = [1000, 640]
    """Width and height of the browser's page, in CSS pixels."""
    files: dict[Annotated[str, Field(pattern=r"^[\w.-]+$")], str] = {}
    """Text files in the home directory at the start."""
    uploads: dict[Annotated[str, Field(pattern=r"^[\w.-]+$")], str] = {}
    """Text files on the reader's own computer."""
    steps: Annotated[list[Step], Field(min_length=1)]

    @property
    def shots(self) -> list[Shot]:
        """Its pictures, in order."""
        return [step for step in self.steps if isinstance(step, Shot)]


class HandMadePicture(_Model):
    """Why a picture of a lesson is in no journey."""

    reason: Line
    date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    """When somebody last looked whether it is still right."""


def schema() -> str:
    """The JSON Schema of a journey, as it stands in `journeys/journey.schema.json`."""
    body = Journey.model_json_schema()
    body["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"
