"""Words that stand where somebody meant to fill something in."""

import re
from collections.abc import Iterator

from hackweek.checks.page import Folder, Page
from hackweek.diagnostics import Diagnostic
from hackweek.reading import Kind
from hackweek.rules import Rule
from hackweek.yaml_source import Source, decode, leaves, read_mapping

RULES = (
    Rule(
        name="placeholder",
        why="It was meant to be filled in, and readers would see it as it stands.",
        bad="help_channel: INSERT_CHANNEL",
        good='help_channel: "#help"',
    ),
)

_NAME = r"\b(?:INSERT_[A-Z]|REPLACE_(?:ME|WITH|THIS)|CHANGE_(?:ME|THIS)|FILL_(?:IN|ME))\w*"
_WORD = r"\b(?:CHANGEME|TBD|TBA|TBC|XXX+|PLACEHOLDER)\b|\b[Ll]orem ipsum\b"
_LEAD = " \t>*+|-"
# "Every TODO in the code" speaks of one.
_NOTE = rf"\b(?:TODO|FIXME)\b(?![- ]*[a-z])|^[{_LEAD}]*(?:TODO|FIXME)\b"
_MONTH = r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{2,6})?\.?"
_DATE = rf"{_MONTH} \?{{1,2}}(?=[ ]?[-–,\d]| to\b)|\b\d{{4}}-(?:\d\d|\?\?)-\?\?"
_FIRST = "(?:[Ii]nsert|INSERT|[Ff]ill in)"
_HINT = rf"\[{_FIRST}\b[^\]\n]{{0,60}}\](?![(\[:])|<{_FIRST} [^<>\n]{{1,60}}>"
_IN_TEXT = re.compile(f"{_NAME}|{_WORD}|{_NOTE}|{_DATE}|{_HINT}", re.MULTILINE)
_IN_CODE = re.compile(_NAME)
_IN_EVENT = re.compile(rf"{_IN_TEXT.pattern}|\b(?:ADD|YOUR)_[A-Z_]+\b|\?{{2,}}|<[A-Za-z][\w -]*>")
_CONFIGURATIONS = ("mkdocs.yml", "mkdocs.yaml", "_config.yml", "_toc.yml", "myst.yml")


def check(page: Page, _folder: Folder) -> Iterator[Diagnostic]:
    """What is still to be filled in on a page, in text, in code and in front matter."""
    prose = page.reading.prose
    for found in _IN_TEXT.finditer(prose):
        if prose[found.start() - 2 : found.end() + 1] == f"]({found[0]})":
            continue  # reported as a link that leads nowhere
        yield page.at(found.end() - len(_shown(found)), "placeholder", _message(found))
    for line in page.reading.lines:
        if line.kind in (Kind.CODE, Kind.HEADER):
            pattern = _IN_CODE if line.kind is Kind.CODE else _IN_TEXT
            for found in pattern.finditer(line.text):
                column = found.end() - len(_shown(found)) + 1
                yield page.at_line(line.number, column, "placeholder", _message(found))


def check_folder(folder: Folder) -> Iterator[Diagnostic]:
    """The same in the configuration of the site, in the folder or beside it."""
    for shown, parent in (("", folder.docs.parent), (f"{folder.docs.name}/", folder.docs)):
        for name in _CONFIGURATIONS:
            path = parent / name
            if path.is_file():
                text, _ = decode(shown + name, path.read_bytes())
                yield from _in_values(read_mapping(shown + name, text, as_mkdocs=True), _IN_TEXT)


def in_event_file(source: Source) -> Iterator[Diagnostic]:
    """The same in an event file, whose values have no use for question marks or brackets."""
    return _in_values(source, _IN_EVENT)


def _in_values(source: Source, pattern: re.Pattern[str]) -> Iterator[Diagnostic]:
    for location, value in leaves(source.values):
        if isinstance(value, str) and (found := pattern.search(value)):
            line, column = source.place(location)
            yield Diagnostic(
                path=source.path,
                line=line,
                column=column,
                rule="placeholder",
                message=_message(found),
            )


def _shown(found: re.Match[str]) -> str:
    return found[0].lstrip(_LEAD)


def _message(found: re.Match[str]) -> str:
    return f'"{_shown(found)}" is still to be filled in'
