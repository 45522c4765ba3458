"""What belongs to a box or a tab: the lines below its start that are indented by 4 blanks."""

import re
from collections.abc import Iterator, Sequence

from hackweek.checks.block_starts import Start, dequoted, indent_of
from hackweek.diagnostics import counted
from hackweek.reading import Kind, Line

Finding = tuple[Line, str, str, str]
"""The line to edit, the rule, the fact and the help."""

_LIST = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_APART = ("<", "{", ":", "#", ">")
"""What a line that does not go on with a box's text begins with."""
_ENDS = re.compile(r"[ \t]*(?:#{1,6}[ \t]|!!!|\?\?\?|={3}|<!--|</|-{3,}[ \t]*$)")
"""What stands on the line after a box that is empty, rather than belong to it."""


def body_findings(lines: Sequence[Line], index: int, start: Start) -> Iterator[Finding]:
    """What is wrong with what belongs to the start on the line of this index."""
    below = range(index + 1, len(lines))
    first = next((at for at in below if not _is_blank(lines[at], start)), None)
    line = lines[index]
    depth = _depth(lines[first], start) if first is not None else None
    if first is None or depth is None or not _is_body(lines[first], depth, first - index, start):
        yield _empty(line, start)
    elif depth < 4 or (depth == 5 and not start.is_item):
        yield _misindented(lines[first], depth, start)
    else:
        if "\t" in lines[first].text[: len(lines[first].text) - len(lines[first].text.lstrip())]:
            help = f"write {start.indent + 4} blanks instead"
            yield lines[first], "tab-indented-body", "a tab where 4 blanks are usual", help
        yield from _fallen_out(lines, first, start)


def _is_body(line: Line, depth: int, below: int, start: Start) -> bool:
    """Whether a line so many below the start was meant to belong to it."""
    if depth == 0:
        return below == 1 and not _ENDS.match(dequoted(line.text, start.quotes))
    return depth > 0


def _is_blank(line: Line, start: Start) -> bool:
    return not dequoted(line.text, start.quotes).strip()


def _depth(line: Line, start: Start) -> int | None:
    """Columns by which a line is indented more than the start; None outside its quotes."""
    if not start.quotes:
        return line.indent - start.indent
    if line.text[: line.indent + 4 * start.quotes].count(">") < start.quotes:
        return None
    return indent_of(line.text, start.quotes) - start.indent


def _empty(line: Line, start: Start) -> Finding:
    help = f"put {start.indent + 4} blanks before each line that belongs to it"
    name = start.title or " ".join(start.words)
    return line, "empty-box", f'nothing belongs to the {start.noun} "{name}"', help


def _misindented(line: Line, depth: int, start: Start) -> Finding:
    wanted, found = start.indent + 4, counted(start.indent + depth, "blank")
    text = (
        f"{found if start.indent + depth else 'no blank'} before what belongs to the {start.noun}"
    )
    return line, "misindented-body", f"{text}, and it takes {wanted}", _put(wanted)


def _put(wanted: int) -> str:
    return f"begin the line with {wanted} blanks"


def _fallen_out(lines: Sequence[Line], first: int, start: Start) -> Iterator[Finding]:
    """The line that ends the box by having fewer blanks than it takes, but some."""
    last = lines[first]
    for line in lines[first + 1 :]:
        if _is_blank(line, start):
            continue
        depth = _depth(line, start)
        if depth is not None and depth >= 4:
            last = line
            continue
        if depth and depth > 0 and _goes_on(line, last, start):
            wanted = start.indent + 4
            found = counted(start.indent + depth, "blank")
            message = f"{found} before text that belongs to the {start.noun}, and it takes {wanted}"
            yield line, "text-outside-box", message, _put(wanted)
        return


def _goes_on(line: Line, last: Line, start: Start) -> bool:
    """Whether a line below a box goes on with what the box says."""
    text = dequoted(line.text, start.quotes).strip()
    if line.kind not in (Kind.TEXT, Kind.FENCE) or text.startswith(_APART):
        return False
    if last.kind in (Kind.FENCE, Kind.CODE) and line.number == last.number + 1:
        return False  # code that lacks its blanks, or its closing marks
    listed = _LIST.match(dequoted(last.text, start.quotes))
    return not _LIST.match(text) or bool(listed) or last.text.rstrip().endswith(":")
