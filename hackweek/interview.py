"""A new event's open values, asked for one by one."""

import json
from collections.abc import Callable

from hackweek.diagnostics import Diagnostic
from hackweek.event_fields import described, field_at, is_list, may_be_left_out
from hackweek.event_file import read_event
from hackweek.review import empty_values, marks, spans_of_was, unquoted
from hackweek.yaml_edit import Edits
from hackweek.yaml_source import Location, spoken

INTRODUCTION = (
    "Enter takes what stands in [brackets], and leaves an empty value for later; ? leaves any\n"
    "value for later; - leaves a key out; Ctrl-D stops, and what was answered is kept."
)


def interview(path: str, text: str, ask: Callable[[str], str], say: Callable[[str], None]) -> str:
    """An event file's text with the answers in it.

    `ask` shows a question and returns what was typed; when it raises EOFError or
    KeyboardInterrupt, what was answered until then is returned, and the rest stays open.
    """
    say(INTRODUCTION)
    try:
        for values in _open_values(path, text):
            for location in values:
                answered = _answered(path, text, location, ask, say)
                if answered is None:
                    break
                text = answered
            else:
                text = _without_comments(path, text, values[-1])
    except (EOFError, KeyboardInterrupt):
        say("\nstopped: what was not answered is still empty or marked")
    return text


def _open_values(path: str, text: str) -> list[tuple[Location, ...]]:
    """What to ask for, from the first line to the last; values of one mark belong together."""
    _, source = read_event(path, text)
    found = [mark.locations for mark in marks(source, text) if mark.locations]
    for location, _ in empty_values(source, text):
        field = field_at(location)
        if field and not (is_list(field) and isinstance(location[-1], str)):
            found.append((location,))
    return sorted(found, key=lambda locations: source.place(locations[0]))


def _answered(
    path: str,
    text: str,
    location: Location,
    ask: Callable[[str], str],
    say: Callable[[str], None],
) -> str | None:
    """The text with a value as it was typed, once it is right; None if it is left for later."""
    _, source = read_event(path, text)
    default = source.spelled[location]
    question = _question(location, default, dict(empty_values(source, text)).get(location, ""))
    while True:
        typed = unquoted(ask(question).strip())
        if typed == "?" or not (typed or default):
            return None
        if not typed:
            return text
        if typed == "-" and len(location) == 1 and may_be_left_out(location, archived=False):
            edits = Edits(source, text)
            edits.leave_out(str(location[0]))
            return edits.text()
        if typed == "-":
            say(f"  {spoken(location)} cannot be left out")
            continue
        answered, wrong = _with_value(path, text, location, typed)
        if not wrong:
            return answered
        say(f"  {wrong.message}" + (f"\n  help: {wrong.help}" if wrong.help else ""))


def _question(location: Location, default: str, was: str) -> str:
    field = field_at(location)
    known = [described(field) if field else "", f"was {was}" if was else ""]
    about = "; ".join(each for each in known if each)
    shown = f" [{' '.join(default.split())}]" if default else ""
    return f"{spoken(location)}{f' ({about})' if about else ''}{shown}: "


def _with_value(
    path: str, text: str, location: Location, typed: str
) -> tuple[str, Diagnostic | None]:
    """The text with a value, in quotes where it needs them, and what is wrong with it."""
    wrong: list[Diagnostic] = []
    _, source = read_event(path, text)
    for spelled in (typed, json.dumps(typed, ensure_ascii=False)):
        edits = Edits(source, text)
        edits.put(location, spelled)
        _, read = read_event(path, edits.text())
        if read.spelled.get(location) == typed:
            here = [
                each for each in read.problems if (each.line, each.column) == read.place(location)
            ]
            if not here:
                return edits.text(), None
            wrong += here
    line, column = source.place(location)
    unreadable = Diagnostic(
        path=path, line=line, column=column, rule="not-yaml",
        message=f"{spoken(location)} cannot be written to a file",
    )  # fmt: skip
    return text, next(iter(wrong), unreadable)


def _without_comments(path: str, text: str, location: Location) -> str:
    """The text without the mark behind a value, and without what it was."""
    _, source = read_event(path, text)
    if location not in source.spelled:
        return text
    edits = Edits(source, text)
    line = edits.line_of(location)
    spans = [mark.span for mark in marks(source, text) if mark.line == line]
    spans += [span for number, span in spans_of_was(source, text) if number == line]
    for start, end in spans:
        edits.remove(start, end)
    return edits.text()
