"""`journeys/*.yml` read, checked, and every mistake in them reported at its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hackweek.diagnostics import Diagnostic, did_you_mean, relative
from hackweek.lesson import Lesson
from hackweek.render import Context, fill_in
from hackweek.screenshots.journey import (
    ACTIONS,
    HandMadePicture,
    Journey,
    Shot,
    Upload,
    action,
)  # fmt: skip
from hackweek.template import scan
from hackweek.template_faults import render
from hackweek.yaml_source import Location, Source, decode, read_mapping

FOLDER = "journeys"
HAND_MADE = f"{FOLDER}/hand-made.yml"
"""The pictures that no journey takes, each with a reason and a date."""


@dataclass(frozen=True, slots=True)
class JourneyFile:
    """A journey with the places of its steps, and its text for another event's values."""

    path: str
    text: str
    source: Source
    journey: Journey

    @property
    def name(self) -> str:
        """As `--only` calls it: the file's name without .yml."""
        return Path(self.path).stem

    def filled_in(self, context: Context) -> Journey:
        """The journey with an event's values.

        Raises `Problems` with every value that the event does not have.
        """
        render(Lesson(self.path, self.path, self.text), context)
        return Journey.model_validate(_filled(self.source.values, context))

    def at_step(self, index: int, rule: str, message: str, help: str = "") -> Diagnostic:
        """A problem at a step, counted from 0."""
        line, column = self.source.place(("steps", index))
        return Diagnostic(
            path=self.path, line=line, column=column, rule=rule, message=message, help=help
        )


def read_journeys(root: Path) -> tuple[list[JourneyFile], list[Diagnostic]]:
    """The journeys of a repository, sorted by name, and what is wrong with their files."""
    journeys: list[JourneyFile] = []
    problems: list[Diagnostic] = []
    for path in sorted((root / FOLDER).glob("*.yml")):
        shown = relative(path, root)
        if shown == HAND_MADE:
            continue
        text, undecodable = decode(shown, path.read_bytes())
        source = read_mapping(shown, text, as_mkdocs=True) if not undecodable else Source(shown)
        journey = _validated(Journey, source)
        problems += [*undecodable, *source.problems]
        if isinstance(journey, Journey) and not source.problems:
            journeys.append(JourneyFile(shown, text, source, journey))
    return journeys, [*problems, *_repeated_names(journeys), *_missing_uploads(journeys)]


def read_hand_made(root: Path) -> tuple[Mapping[str, HandMadePicture], Source]:
    """The pictures that are made by hand, by name, and where each is declared."""
    path = root / HAND_MADE
    if not path.is_file():
        return {}, Source(HAND_MADE)
    text, undecodable = decode(HAND_MADE, path.read_bytes())
    source = read_mapping(HAND_MADE, text)
    source.problems += undecodable
    pictures = {}
    for name, value in source.values.items():
        try:
            pictures[name] = HandMadePicture.model_validate(value)
        except ValidationError as error:
            for details in error.errors(include_url=False):
                _report(source, (name, *details["loc"]), details, HandMadePicture)
    return pictures, source


def _validated(model: type[BaseModel], source: Source) -> BaseModel | None:
    if not source.values:
        return None
    try:
        return model.model_validate(source.values)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            location = _in_file(details["loc"])
            if location not in source.unreadable:
                _report(source, location, details, _model_of(model, location, source))
        return None


def _in_file(location: Location) -> Location:
    """A location without what pydantic adds to tell the kinds of steps apart."""
    return tuple(
        part
        for index, part in enumerate(location)
        if not (index == 2 and location[0] == "steps" and part in ACTIONS)
        and part not in ("constrained-str", "str")
    )


def _model_of(model: type[BaseModel], location: Location, source: Source) -> type[BaseModel]:
    """The model of the group of keys that a location is in."""
    if location[:1] != ("steps",) or len(location) < 3:
        return model
    return ACTIONS[action(source.values["steps"][location[1]]) or "goto"]


def _report(
    source: Source, location: Location, details: ErrorDetails, model: type[BaseModel]
) -> None:
    """One of pydantic's findings in our words, at its place in the file."""
    key = str(location[-1])
    place = source.place(location)
    shown = f'"{source.spelled.get(location, "")}"'
    match details["type"]:
        case "union_tag_not_found" | "union_tag_invalid":
            _report_step(source, location, details["input"])
        case "extra_forbidden":
            known = [each.alias or name for name, each in model.model_fields.items()]
            message = f'"{key}" is not a key of {_owner(location, source)}'
            help = did_you_mean(key, known) or f"the keys are: {', '.join(known)}"
            source.report(source.key_place(location), "unknown-key", message, help)
        case "missing":
            message = f'"{key}" is missing in {_owner(location, source)}'
            source.report(source.place(location[:-1]), "missing-key", message, f"add: {key}: …")
        case "literal_error":
            choices = re.findall(r"'([^']+)'|\b(\d+)\b", details["ctx"]["expected"])
            words = ", ".join(one or other for one, other in choices)
            source.report(place, "invalid-value", f"{key} is {shown}", f"write one of: {words}")
        case _:
            said = details["msg"][:1].lower() + details["msg"][1:].replace("'", '"')
            message = f"{_named(location)} is not as it should be: {said}"
            source.report(place, "invalid-value", message)


def _report_step(source: Source, location: Location, step: Any) -> None:
    """A step that is none, or several at once."""
    keys = list(step) if isinstance(step, dict) else []
    known = [key for key in keys if key in ACTIONS]
    if len(known) > 1:
        listed = " and ".join(f'"{key}"' for key in known)
        message, help = f"a step does one thing, and this one has {listed}", "make two steps of it"
        source.report(source.key_place((*location, known[1])), "unknown-step", message, help)
    elif keys:
        message = f'"{keys[0]}" is not a step'
        help = did_you_mean(keys[0], ACTIONS) or f"the steps are: {', '.join(ACTIONS)}"
        source.report(source.key_place((*location, keys[0])), "unknown-step", message, help)
    else:
        message = "a step is a key with a value"
        source.report(source.place(location), "unknown-step", message, "write - click: …")


def _owner(location: Location, source: Source) -> str:
    if location[:1] == ("steps",) and len(location) > 2:
        kind = action(source.values["steps"][location[1]])
        return f'the step "{kind}"'
    return "a journey" if len(location) == 1 else str(location[0])


def _named(location: Location) -> str:
    """A value's name: "steps 4 clip"."""
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in location)


def _repeated_names(journeys: list[JourneyFile]) -> Iterator[Diagnostic]:
    """Two pictures of one name."""
    first: dict[str, str] = {}
    for each in journeys:
        for index, step in enumerate(each.journey.steps):
            if isinstance(step, Shot) and step.shot in first:
                message = f'the picture "{step.shot}" is already taken in {first[step.shot]}'
                yield each.at_step(index, "repeated-picture", message, "give it another name")
            elif isinstance(step, Shot):
                first[step.shot] = each.path


def _missing_uploads(journeys: list[JourneyFile]) -> Iterator[Diagnostic]:
    """Files that are to be uploaded, and that the journey does not have."""
    for each in journeys:
        for index, step in enumerate(each.journey.steps):
            if isinstance(step, Upload) and step.upload not in each.journey.uploads:
                message = f'"{step.upload}" is not one of the uploads of this journey'
                help = did_you_mean(step.upload, each.journey.uploads) or "add it to uploads"
                yield each.at_step(index, "missing-upload", message, help)


def _filled(value: Any, context: Context) -> Any:
    """A value of a journey file in which every text is filled in."""
    if isinstance(value, dict):
        return {key: _filled(each, context) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, context) for each in value]
    return fill_in(value, scan(value, context.names), context) if isinstance(value, str) else value
