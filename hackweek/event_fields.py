"""What the event model says of each key: what it holds, and what it may be."""

import ast
import inspect
from functools import cache
from itertools import pairwise
from typing import Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from hackweek import event
from hackweek.event import NEEDED_UNLESS_ARCHIVED
from hackweek.event_model import MODEL
from hackweek.yaml_source import Location


@cache
def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model, each described by the text that stands below it in the source.

    The source is that of the class in `hackweek.event`.
    """
    [definition] = ast.parse(inspect.getsource(getattr(event, model.__name__))).body
    for above, below in pairwise(definition.body if isinstance(definition, ast.ClassDef) else ()):
        match above, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                model.model_fields[name].description = inspect.cleandoc(text)
    return model.model_fields


def describe(model: type[BaseModel]) -> None:
    """Puts the descriptions of a model, and of the groups in it, into its JSON Schema."""
    for field in fields_of(model).values():
        if group := group_of(field):
            describe(group)
    model.model_rebuild(force=True)


def group_of(field: FieldInfo) -> type[BaseModel] | None:
    """The model of the group of keys that a field holds, or a list of which it holds."""
    for each in (field.annotation, *get_args(field.annotation)):
        if isinstance(each, type) and issubclass(each, BaseModel):
            return each
    return None


def is_list(field: FieldInfo) -> bool:
    """Whether a field holds a list."""
    kinds = (field.annotation, *get_args(field.annotation))
    return any(get_origin(each) is list for each in kinds)


def keys_of(location: Location) -> dict[str, FieldInfo]:
    """The keys that the group of keys at a location may have."""
    model = MODEL
    for part in location:
        if isinstance(part, str):
            model = group_of(fields_of(model)[part]) or model
    return fields_of(model)


def field_at(location: Location) -> FieldInfo | None:
    """The field that holds the value at a location; None where the model has none."""
    names = tuple(part for part in location if isinstance(part, str))
    try:
        return keys_of(names[:-1]).get(names[-1])
    except KeyError:
        return None


def may_be_left_out(location: Location, *, archived: bool) -> bool:
    """Whether an event can do without the value at a location, archived or not."""
    field = field_at(location)
    needed = len(location) == 1 and location[0] in NEEDED_UNLESS_ARCHIVED and not archived
    is_entry = isinstance(location[-1], int)
    return field is not None and not field.is_required() and not needed and not is_entry


def help_to_fill(location: Location, *, archived: bool) -> str:
    """Help where a value is empty: what belongs there, and whether it can be left out."""
    field = field_at(location)
    what = described(field) if field else ""
    left_out = ", or leave the key out" if may_be_left_out(location, archived=archived) else ""
    return f"write a value{what and f' ({what})'}{left_out}"


def described(field: FieldInfo) -> str:
    """What a field holds, in words that can stand within a sentence, and its choices."""
    words = (field.description or "").strip().removesuffix(".")
    first = words.partition(" ")[0]
    if first and (len(first) == 1 or not first.isupper()):
        words = words[0].lower() + words[1:]
    choices = [
        str(choice)
        for each in (field.annotation, *get_args(field.annotation))
        if get_origin(each) is Literal
        for choice in get_args(each)
    ]
    if choices and choices[0] not in words:
        words += f": {', '.join(choices[:-1])} or {choices[-1]}"
    return words
