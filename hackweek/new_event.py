"""A new hackweek's event file: from the model, or from an earlier event's file.

Of an earlier event, what surely changes is emptied and what probably stays is marked for
review; comments, order and the spelling of values stay as they are.
"""

import re
import unicodedata
from collections.abc import Iterator

from pydantic.fields import FieldInfo

from hackweek.checks.other_years import years_named, years_of
from hackweek.diagnostics import Diagnostic, Problems, counted
from hackweek.event import NEEDED_UNLESS_ARCHIVED, OPTIONAL, Event
from hackweek.event_fields import described, fields_of, group_of, is_list
from hackweek.event_file import FIRST_LINE, read_event
from hackweek.event_model import MODEL
from hackweek.review import OPEN, empty_values, marks, spans_of_was
from hackweek.yaml_edit import Edits
from hackweek.yaml_source import Source, leaves

_SECTIONS = {
    "slug": "The event",
    "institution": "The people",
    "github_org": "GitHub",
    "jupyterhub_url": "The hub",
    "slack_url": "Chat and meetings",
    "python_version": "Software",
    "dataset": "Data",
    "lessons": "Lists",
}
"""The headings, each by the key that it stands above."""
_SURELY_CHANGES = {"start_date", "end_date", "hub_access_ends", "slack_url", "calendar_url"}
_COMMENT_COLUMN = 36


def slug_like(text: str) -> str:
    """The slug that is most like a text; empty where it has no letter and no digit."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = plain.removesuffix(".yml").rpartition("/")[2]
    return re.sub("[^a-z0-9]+", "-", name).strip("-")


def next_steps(path: str, text: str, slug: str) -> str:
    """What is to be done with a new event file, for whoever made it."""
    _, source = read_event(path, text)
    empty, marked = len(list(empty_values(source, text))), len(list(marks(source, text)))
    steps = [
        f"fill in what is empty ({counted(empty, 'value')})" if empty else "",
        f'delete "# review" behind what is right ({counted(marked, "value")})' if marked else "",
        f"run: python -m hackweek check {slug}",
        f"run: python -m hackweek serve {slug}",
        'when all is right, write "status: live"',
    ]
    numbered = enumerate(filter(None, steps), start=1)
    return "\n".join([f"wrote {path}; next:", *(f"  {n}. {step}" for n, step in numbered)])


def from_model(slug: str) -> str:
    """An event file with every key: empty where it is needed, else as a comment."""
    lines = [FIRST_LINE]
    for heading, keys in _sections().items():
        lines += ["", f"# {heading}"]
        for key in keys:
            value = {"slug": _spelled(slug), "status": "draft"}.get(key, "")
            if _is_needed(key):
                lines += _lines(key, keys[key], value=value)
            else:
                below = _lines(key, keys[key], column=_COMMENT_COLUMN - 2)
                lines += [f"# {each}" for each in below]
    return "\n".join(lines) + "\n"


def from_event(path: str, text: str, slug: str) -> str:
    """The file of an event at `path`, whose text it is, made the draft of a new event.

    Raises `Problems` if no event can be made of the text, or if it is no plain list of keys.
    """
    event, source = read_event(path, text)
    if event is None or any(each.rule not in OPEN for each in source.problems):
        raise Problems(source.problems)
    text = _without_old_comments(source, text)
    _, source = read_event(path, text)
    edits = Edits(source, text)
    edits.put(("slug",), _spelled(slug))
    edits.put(("status",), "draft")
    if "lessons_from" in source.values:
        edits.leave_out("lessons_from")
    if event.schedule:
        edits.empty(("schedule",), f"was {counted(len(event.schedule), 'session')}")
    _carry_over(edits, source, event)
    _add_needed(edits, source)
    new = edits.text()
    _refuse_damage(source, new)
    return new


def _carry_over(edits: Edits, source: Source, event: Event) -> None:
    """Empties what surely changes, and marks all else."""
    marked: set[int] = set()
    for location, value in leaves(source.values):
        if value is None or location[0] in ("slug", "status", "lessons_from", "schedule"):
            continue
        years = years_of(event)
        named = years_named(location, value, [event.slug], event.short_name)
        if location[0] in _SURELY_CHANGES or location[-1] == "branch" or years & named:
            edits.empty(location, f"was {edits.written(location)}")
        elif edits.line_of(location) not in marked:
            said = sorted(each for each in map(str, years) if _says(str(value), each))
            edits.comment(location, f"review: still says {said[-1]}" if said else "review")
            marked.add(edits.line_of(location))


def _says(value: str, year: str) -> bool:
    return re.search(rf"(?<!\d){year}(?!\d)", value) is not None


def _without_old_comments(source: Source, text: str) -> str:
    """The text without what the earlier event's own review left; what is empty stays so."""
    edits = Edits(source, text)
    empty = {source.place(at)[0] for at, value in leaves(source.values) if value is None}
    spans = [mark.span for mark in marks(source, text)]
    spans += [span for line, span in spans_of_was(source, text) if line not in empty]
    for start, end in spans:
        edits.remove(start, end)
    return edits.text()


def _add_needed(edits: Edits, source: Source) -> None:
    """Adds the keys that the earlier event could do without because it is over."""
    last = "slug"
    for heading, keys in _sections().items():
        there = [key for key in keys if key in source.values]
        lines: list[str] = []
        before = None
        for key, field in keys.items():
            if key in source.values:
                before = last = key
            elif _is_needed(key) and before:
                edits.insert_after(before, list(_lines(key, field)))
            elif _is_needed(key):
                lines += _lines(key, field)
        if there:
            edits.insert_before(there[0], lines)
        elif lines:
            edits.insert_after(last, ["", f"# {heading}", *lines])


def _sections() -> dict[str, dict[str, FieldInfo]]:
    """The model's keys by the heading above them."""
    sections: dict[str, dict[str, FieldInfo]] = {}
    heading = ""
    for key, field in fields_of(MODEL).items():
        heading = _SECTIONS.get(key, heading)
        if key != "lessons_from":  # an event to come has none
            sections.setdefault(heading, {})[key] = field
    return sections


def _refuse_damage(source: Source, text: str) -> None:
    """Raises `Problems` if the new file cannot be read, as after the loss of an anchor."""
    _, new = read_event(source.path, text)
    if not source.values.keys() - {"lessons_from"} <= new.values.keys():
        problem = Diagnostic(
            path=source.path,
            line=1,
            column=1,
            rule="not-yaml",
            message="the file is written in a way that cannot be carried over",
            help="write each key on a line of its own, and no anchors such as &this",
        )
        raise Problems([problem])


def _spelled(slug: str) -> str:
    """A slug as YAML reads it back as text."""
    is_word = slug[0].isalpha() and slug not in ("null", "true", "false")
    return slug if is_word else f'"{slug}"'


def _is_needed(key: str) -> bool:
    return key not in OPTIONAL or key in NEEDED_UNLESS_ARCHIVED


def _lines(
    key: str, field: FieldInfo, *, value: str = "", column: int = _COMMENT_COLUMN
) -> Iterator[str]:
    """A key with a value or none, what is known of it as a comment, and the keys below it."""
    line = f"{key}: {value}".rstrip()
    what = described(field)
    yield f"{line.ljust(column - 2)}  # {what}" if what else line
    group = group_of(field)
    depth = 4 if is_list(field) else 2
    below = fields_of(group).items() if group else ()
    lines = [each for name, part in below for each in _lines(name, part, column=column - depth)]
    if is_list(field):
        lines = [f"  {each}" for each in lines or [""]]
        lines[0] = f"- {lines[0][2:]}"
    yield from (f"  {each}".rstrip() for each in lines)
