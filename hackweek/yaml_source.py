"""YAML read with the place of every key and value.

The text is composed to nodes and never constructed, so a value cannot run code and
keeps the spelling of its author: 3.10 stays "3.10" beside the number 3.1 that YAML sees.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from hackweek.diagnostics import Diagnostic

Location = tuple[str | int, ...]
"""A value's keys and 0-based list positions, from the outside in."""
Place = tuple[int, int]
"""1-based line and column."""

_TAG = "tag:yaml.org,2002:"
_TAGS = {"null", "bool", "int", "float", "timestamp", "str", "map", "seq"}
_WORDS = {"true": True, "false": False}


@dataclass(slots=True)
class Source:
    """A YAML mapping as plain Python values, with the places of its parts."""

    path: str
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[Location, Place] = field(default_factory=dict)
    """Where each value begins; a key's own place is under its location and `"@key"`."""
    spans: dict[Location, tuple[int, int]] = field(default_factory=dict)
    """Where each value begins and ends, as 0-based offsets; an alias has its anchor's."""
    spelled: dict[Location, str] = field(default_factory=dict)
    """Each scalar as it is written, without quotes."""
    unreadable: set[Location] = field(default_factory=set)
    """Values that are None because of a problem that is reported already."""
    problems: list[Diagnostic] = field(default_factory=list)
    first_line: int = 1

    def report(self, place: Place, rule: str, message: str, help: str = "") -> None:
        """Adds a problem of this file."""
        line, column = place
        self.problems.append(
            Diagnostic(
                path=self.path, line=line, column=column, rule=rule, message=message, help=help
            )
        )

    def place(self, location: Location) -> Place:
        """Where a value begins; for one that is not there, its nearest container."""
        while location and location not in self.places:
            location = location[:-1]
        return self.places.get(location, (self.first_line, 1))

    def key_place(self, location: Location) -> Place:
        """Where the key of a value begins."""
        return self.places.get((*location, "@key"), self.place(location))


def decode(path: str, data: bytes) -> tuple[str, list[Diagnostic]]:
    """The text of a file, and the problem that keeps it from being read as UTF-8."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        return "", [
            Diagnostic(
                path=path,
                line=line,
                column=column,
                rule="not-utf-8",
                message=f"byte 0x{data[error.start]:02x} is not UTF-8",
                help="save the file with the encoding UTF-8",
            )
        ]


def read_mapping(path: str, text: str, *, first_line: int = 1, as_mkdocs: bool = False) -> Source:
    """The mapping that a text holds; whatever is wrong with it is in `problems`.

    `first_line` is the line of the file at which the text begins (front matter: 2). If
    `as_mkdocs`, it is read with PyYAML, as MkDocs reads front matter and `mkdocs.yml`, which
    is many times faster; else with ruamel.yaml, whose YAML 1.2 has fewer surprises.
    """
    source = Source(path, first_line=first_line)
    try:
        root = _compose_as_mkdocs(text) if as_mkdocs else _compose(text)
    except yaml.MarkedYAMLError as error:
        _report_unreadable(source, error, text)
        return source
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        place = (before.count("\n") + first_line, len(before.rpartition("\n")[2]) + 1)
        code = ord(text[error.position])
        source.report(place, "not-yaml", f"character U+{code:04X} is not allowed")
        return source
    except RecursionError:
        source.report((first_line, 1), "not-yaml", "values are nested too deeply")
        return source
    except (yaml.YAMLError, ValueError) as error:
        source.report((first_line, 1), "not-yaml", _plain(str(error)))
        return source
    if root is None or (root.id == "mapping" and not root.value):
        source.report((first_line, 1), "empty-file", "the file holds no keys")
    elif root.id != "mapping":
        kind = "a list" if root.id == "sequence" else "a single value"
        source.report(
            _place(root.start_mark, text, first_line),
            "not-a-mapping",
            f"the file holds {kind}, not keys with values",
            "begin each line with a key and a colon",
        )
    else:
        source.values = _Reader(source, text).mapping(root, ())
    return source


def _compose(text: str) -> Any:
    from hackweek.yaml_1_2 import compose  # not at the top: it takes long

    return compose(text)


def _compose_as_mkdocs(text: str) -> Any:
    # PyYAML without libyaml, which some platforms have, reads the same, more slowly.
    return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


class _Reader:
    """Turns nodes into values, and remembers where they stood."""

    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.text = text
        self.read: dict[int, Any] = {}
        """What was read of each list and mapping, so that an alias is not read again."""

    def place(self, node: Any) -> Place:
        return _place(node.start_mark, self.text, self.source.first_line)

    def mapping(self, node: Any, at: Location) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if key_node.id != "scalar" or not key_node.value or _is_broken(key_node.value):
                self.source.report(self.place(key_node), "not-yaml", "a key must be a word")
                continue
            key = str(key_node.value)
            if key in values:
                first, _ = self.source.key_place((*at, key))
                self.source.report(
                    self.place(key_node),
                    "duplicate-key",
                    f'"{key}" is already on line {first}',
                    "keep one of the two",
                )
                continue
            self.source.places[(*at, key, "@key")] = self.place(key_node)
            values[key] = self.value(value_node, (*at, key), after=key_node)
        return values

    def value(self, node: Any, at: Location, *, after: Any = None) -> Any:
        nothing = after is not None and node.start_mark.index == node.end_mark.index
        self.source.places[at] = (
            _place(after.end_mark, self.text, self.source.first_line, behind=1)
            if nothing
            else self.place(node)
        )
        self.source.spans[at] = node.start_mark.index, node.end_mark.index
        if str(node.tag).removeprefix(_TAG) not in _TAGS:
            return self.refused(node, at, f'tag "{node.tag}" has no use here')
        if node.id == "scalar":
            if node.style == ">":
                # ruamel.yaml marks where lines were folded, for writing them again.
                node.value = node.value.replace("\a", "")
            if _is_broken(node.value):
                return self.refused(node, at, "half a character stands here")
            self.source.spelled[at] = node.value
            return _scalar(node)
        if id(node) not in self.read:
            self.read[id(node)] = _UNFINISHED
            if node.id == "mapping":
                self.read[id(node)] = self.mapping(node, at)
            else:
                items = enumerate(node.value)
                self.read[id(node)] = [self.value(each, (*at, index)) for index, each in items]
        if self.read[id(node)] is _UNFINISHED:
            return self.refused(node, at, "a value must not contain itself")
        return self.read[id(node)]

    def refused(self, node: Any, at: Location, why: str) -> None:
        self.source.unreadable.add(at)
        self.source.report(self.place(node), "not-yaml", why)


_UNFINISHED = object()


def _is_broken(text: str) -> bool:
    """Whether a text holds half of a pair of surrogates, which no file can be written with."""
    return any("\ud800" <= each <= "\udfff" for each in text)


def _scalar(node: Any) -> Any:
    """What YAML 1.2 makes of a scalar; a date or number that does not exist stays text."""
    text = str(node.value)
    try:
        match str(node.tag).removeprefix(_TAG):
            case "null":
                return None
            case "bool":
                return _WORDS.get(text.lower(), text)
            case "int":
                return int(text.replace("_", ""), 0)
            case "float":
                return float(text.replace("_", ""))
            case "timestamp":
                return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    return text


def _place(mark: Any, text: str, first_line: int, behind: int = 0) -> Place:
    """A mark's place, or so many columns behind it, kept inside the text.

    YAML marks a text's end one line too far, and takes a lone carriage return for a line's end.
    """
    lines = text.split("\n")
    if lines[-1] == "" and len(lines) > 1:
        lines.pop()
    line = min(mark.line, len(lines) - 1)
    column = mark.column + behind if line == mark.line else len(lines[line])
    return first_line + line, min(column, len(lines[line])) + 1


_HELP = {
    "mapping values are not allowed here": "write a value that holds a colon in quotes",
    "found character '\\t' that cannot start any token": "indent with spaces instead of a tab",
    "could not find expected ':'": "write a colon after the key",
    "a quote begins here and does not end": "write the same quote at the end of the value",
}
"""What to type, by what the parser says."""


def _report_unreadable(source: Source, error: yaml.MarkedYAMLError, text: str) -> None:
    """What the parser says, at the place where it went wrong and not where that was noticed."""
    problem, mark = error.problem or error.context or "not YAML", error.problem_mark
    if "quoted scalar" in (error.context or "") and "end of stream" in problem:
        problem, mark = "a quote begins here and does not end", error.context_mark
    elif "simple key" in (error.context or ""):
        mark = error.context_mark
    help = _HELP.get(problem, "")
    if problem.startswith("but "):
        problem = f"{error.context} {problem}"
    mark = mark or error.context_mark
    place = _place(mark, text, source.first_line) if mark else (source.first_line, 1)
    source.report(place, "not-yaml", _plain(problem), help)


def _plain(message: str) -> str:
    """The parser's words as a line of ours."""
    return " ".join(message.split()).rstrip(".").replace("'", '"')


def spoken(location: Location) -> str:
    """A value's name as people say it: "start_date", "title of tutorials 2"."""
    names: list[str] = []
    for part in location:
        if isinstance(part, int):
            names[-1] = f"{names[-1]} {part + 1}"
        else:
            names.append(part)
    return " of ".join(reversed(names))


def leaves(values: Any, at: Location = ()) -> Iterator[tuple[Location, Any]]:
    """Every value that is neither a mapping nor a list, with its location."""
    if isinstance(values, dict):
        for key, value in values.items():
            yield from leaves(value, (*at, key))
    elif isinstance(values, list):
        for index, value in enumerate(values):
            yield from leaves(value, (*at, index))
    else:
        yield at, values
