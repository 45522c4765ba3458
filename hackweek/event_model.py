"""What event files are checked against: pydantic's models of the classes in `hackweek.event`.

The JSON Schema (2020-12, https://json-schema.org) of the models is what editors complete from.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model

from hackweek import event, event_values
from hackweek.event import Event


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _models() -> dict[str, type[BaseModel]]:
    """A model for each class, by its name."""
    models: dict[str, type[BaseModel]] = {}
    for kind in (
        event.HubImage,
        event.Tutorial,
        event.Resource,
        event.Session,
        event.Member,
        Event,
    ):
        known = {**vars(event_values), **models}
        hints = get_type_hints(kind, vars(event), known, include_extras=True)
        keys: dict[str, Any] = {
            each.name: (hints[each.name], _default(each)) for each in fields(kind)
        }
        name = kind.__name__
        models[name] = create_model(name, __base__=_Model, __doc__=kind.__doc__, **keys)
    return models


def _default(key: "Field[Any]") -> Any:
    if key.default is not MISSING:
        return key.default
    return ... if key.default_factory is MISSING else key.default_factory()


_MODELS = _models()
MODEL = _MODELS["Event"]
"""What a whole event file is checked against."""


def event_of(values: Mapping[str, Any]) -> Event:
    """The event that values describe; raises `pydantic.ValidationError`."""
    made: Event = _made(MODEL.model_validate(values))
    return made


def _made(value: Any) -> Any:
    """What a checked value is in `hackweek.event`."""
    if isinstance(value, list):
        return [_made(each) for each in value]
    if not isinstance(value, BaseModel):
        return value
    kind = getattr(event, type(value).__name__)
    return kind(**{name: _made(each) for name, each in value})
