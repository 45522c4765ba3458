"""What is wrong with a lesson's templates, all of it, at the author's lines and columns."""

import inspect
import re
import traceback
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError

from hackweek.diagnostics import Diagnostic, Problems, did_you_mean, nearest
from hackweek.lesson import Lesson
from hackweek.render import (
    REACHED,
    Context,
    Unprintable,
    fill_in_marked,
    jinja_source,
    scan_cached,
    unmarked,
)
from hackweek.template import BLOCKS, EXPRESSION_MARKS, Tag, expression, parses, scan


def render(lesson: Lesson, context: Context) -> str:
    """The lesson's body as plain Markdown.

    Raises `Problems` with everything in it that Jinja or the sandbox refuses, that has no
    value for this event, or that would be published unrendered.
    """
    return unmarked(render_marked(lesson, context))


def render_marked(lesson: Lesson, context: Context) -> str:
    """The same with the marks of `fill_in_marked`; raises as `render` does."""
    if _is_well_written(lesson, context.names, tuple(context.filters.items())):
        try:
            found = scan_cached(lesson.body, context.names)
            return fill_in_marked(lesson.body, found, context, name=lesson.path)
        except Exception:  # noqa: BLE001, S110 - whatever a macro raises; what follows finds out
            pass
    faults = _Faults(lesson, context)
    raise Problems([*faults.in_front_matter(), *faults.in_writing(), *faults.in_rendering()])


@lru_cache(maxsize=512)
def _is_well_written(
    lesson: Lesson, names: frozenset[str], filters: tuple[tuple[str, Callable[..., Any]], ...]
) -> bool:
    """Whether nothing is wrong with a lesson's templates, whatever an event says."""
    faults = _Faults(lesson, Context(dict.fromkeys(names), {}, "", dict(filters)))
    return not any(faults.in_front_matter()) and not any(faults.in_writing())


class _Faults:
    """The search for faults in one lesson, for one event."""

    def __init__(self, lesson: Lesson, context: Context) -> None:
        self.lesson = lesson
        self.context = context
        self.found = scan_cached(lesson.body, context.names)
        self.environment = context.environment
        self._faulty: set[int] = set()
        """Indices of tags that cannot be rendered."""
        self._whole = True
        """Whether the blocks can be rendered without those tags."""
        self._reached = 0

    def in_front_matter(self) -> Iterator[Diagnostic]:
        """Templates where nothing renders them."""
        header = self.lesson.text[: self.lesson.body_offset]
        for tag in scan(header, self.context.names).tags:
            message = f'"{header[tag.start : tag.end]}" is not rendered in front matter'
            offset = tag.start - self.lesson.body_offset
            yield self._at(offset, "template-in-front-matter", message)

    def in_writing(self) -> Iterator[Diagnostic]:
        """What is wrong whatever the event says: syntax, and names that nobody defined."""
        for slip in self.found.slips:
            yield self._at(slip.start, "unrendered-template", slip.message, slip.help)
        bound = self._names_bound()
        for index, tag in enumerate(self.found.tags):
            faults = list(self._in_tag(tag)) or list(self._names_in(tag, bound))
            if faults:
                self._faulty.add(index)
                self._whole = self._whole and not tag.block
            yield from faults
        if self._whole:
            for fault in self._in_structure():
                self._whole = False
                yield fault

    def in_rendering(self) -> list[Diagnostic]:
        """What is wrong for this event.

        The lesson is rendered again and again, each time without the expressions that failed.
        """
        if self._whole and (refused := list(self._refused_by_jinja())):
            return refused
        problems: list[Diagnostic] = []
        while self._whole and (error := self._failure()):
            tag = self.found.tags[self._reached]
            problems.append(self._explained(tag, error))
            self._whole = not tag.block and self._reached not in self._faulty
            self._faulty.add(self._reached)
        return problems

    def _failure(self) -> Exception | None:
        self._reached = 0
        source = jinja_source(self.lesson.body, self.found, traced=True, without=self._faulty)
        values = {**self.context.variables, **self.context.macros, REACHED: self._reach}
        try:
            self.environment.from_string(source).render(values)
        except Exception as error:  # noqa: BLE001 - see render
            return error
        return None

    def _reach(self, index: int) -> str:
        self._reached = index
        return ""

    def _at(self, offset: int, rule: str, message: str, help: str = "") -> Diagnostic:
        """A problem at an offset of the lesson's body."""
        line, column = self.lesson.place(self.lesson.body_offset + offset)
        return Diagnostic(
            path=self.lesson.path, line=line, column=column, rule=rule, message=message, help=help
        )

    def _in_tag(self, tag: Tag) -> Iterator[Diagnostic]:
        """A tag that is wrong by itself: its syntax, a filter that there is not."""
        word, code = _parts(tag)
        if tag.block and word not in BLOCKS:
            help = did_you_mean(word, BLOCKS) or f"write one of: {', '.join(BLOCKS)}"
            yield self._at(tag.start, "template-syntax", f'"{word}" is not a block', help)
        elif word in ("else", "endif", "endfor") and code:
            message = f'"{word}" stands alone, without "{code}"'
            yield self._at(tag.start, "template-syntax", message)
        elif word not in ("else", "endif", "endfor") and not parses(code):
            message = f'"{tag.code}" is not an expression: {self._why(code)}'
            first = re.match(r"\w*", code)
            known = first and first[0] in self.context.names
            yield self._at(
                tag.start, "template-syntax", message, "" if known else _literal_help(tag)
            )
        elif code:
            yield from self._unknown_filters(tag, code)

    def _why(self, code: str) -> str:
        """What Jinja has against an expression."""
        reason = expression(code) if code else "nothing follows"
        if not isinstance(reason, str):
            return "it cannot be read"
        if extra := re.fullmatch(r"expected token 'end of print statement', got '(.+)'", reason):
            return f'"{extra[1]}" is not expected'
        end = ("end of print statement", ascii(EXPRESSION_MARKS[1]).strip("'"))
        return "it ends too early" if any(each in reason for each in end) else _plain(reason)

    def _unknown_filters(self, tag: Tag, code: str) -> Iterator[Diagnostic]:
        known = {nodes.Filter: self.environment.filters, nodes.Test: self.environment.tests}
        for kind, there_are in known.items():
            for name in _named(code, kind):
                if name not in there_are:
                    called = kind.__name__.lower()
                    at = re.search(rf"\b{re.escape(name)}\b", tag.code)
                    offset = tag.code_start + (at.start() if at else 0)
                    message = f'there is no {called} "{name}"'
                    help = did_you_mean(name, there_are)
                    yield self._at(offset, f"unknown-{called}", message, help)

    def _names_bound(self) -> set[str]:
        """Names that the lesson itself gives, with `for` or `set`."""
        bound: set[str] = set()
        for tag in self.found.tags:
            made = re.match(r"(?:for|set)\s+([\w\s,]+?)\s*(?:\bin\b|=)", tag.code)
            if tag.block and made:
                bound |= {"loop", *re.split(r"[\s,]+", made[1])}
        return bound

    def _names_in(self, tag: Tag, bound: set[str]) -> Iterator[Diagnostic]:
        """Names in a tag that stand for nothing, each once, where they first stand."""
        _, code = _parts(tag)
        known = {*self.context.names, *bound, *self.environment.globals}
        unknown = set(_named(code, nodes.Name)) - known
        for name, offset in tag.names() if unknown else ():
            if name in unknown:
                unknown.discard(name)
                yield self._undefined(tag, name, offset)

    def _undefined(self, tag: Tag, name: str, offset: int) -> Diagnostic:
        rule, message = "undefined-variable", f'"{name}" is not in {self.context.origin}'
        near = nearest(name, self.context.names)
        if self.lesson.body[offset + len(name) :].startswith("("):
            rule, message = "unknown-macro", f'there is no macro "{name}"'
            near = nearest(name, self.context.macros) or near
        help = f'did you mean "{near}"?' if near else _literal_help(tag)
        return self._at(offset, rule, message, help)

    def _in_structure(self) -> Iterator[Diagnostic]:
        """Blocks that do not fit together, at the tag that shows it."""
        opened: list[Tag] = []
        for tag in (tag for tag in self.found.tags if tag.block):
            word, _ = _parts(tag)
            innermost = _parts(opened[-1])[0] if opened else ""
            if word in ("if", "for"):
                opened.append(tag)
            elif word in ("endif", "endfor"):
                if word != f"end{innermost}":
                    yield self._at(tag.start, "template-syntax", f'"{word}" closes nothing here')
                    return
                opened.pop()
            elif word in ("elif", "else") and not innermost:
                yield self._at(tag.start, "template-syntax", f'"{word}" stands outside of an "if"')
                return
        for tag in opened:
            message = f'"<% {tag.code} %>" is never closed'
            help = f'write "<% end{_parts(tag)[0]} %>" where it ends'
            yield self._at(tag.start, "template-syntax", message, help)

    def _refused_by_jinja(self) -> Iterator[Diagnostic]:
        """What is left, such as a second "else"."""
        try:
            self.environment.parse(jinja_source(self.lesson.body, self.found))
        except TemplateSyntaxError as error:
            offsets = [tag.start for tag in self.found.tags if tag.block]
            on_line = [o for o in offsets if self.lesson.body.count("\n", 0, o) + 1 == error.lineno]
            message = _plain(str(error.message))
            if extra := re.match(r"Encountered unknown tag '(\w+)'", str(error.message)):
                message = f'"{extra[1]}" is out of place here'
            yield self._at((on_line or offsets or [0])[0], "template-syntax", message)

    def _explained(self, tag: Tag, error: Exception) -> Diagnostic:
        """What went wrong when a tag was rendered."""
        match error:
            case Unprintable():
                return self._unprintable(tag, str(error))
            case SecurityError():
                message = f'"{tag.code}" reaches into Python'
                return self._at(tag.start, "unsafe-template", message)
            case UndefinedError():
                part = re.search(r"has no (?:attribute|element) '?(.+?)'?$", str(error.message))
                what = f'it has no "{part[1]}"' if part else _plain(str(error.message))
                return self._at(tag.start, "undefined-variable", f'"{tag.code}": {what}')
            case TypeError() if "argument" in str(error):
                return self._wrong_arguments(tag, error)
            case KeyError():
                message = f'"{tag.code}" needs {error.args[0]!r}'.replace("'", '"')
                help = f"add it to the front matter: {error.args[0]}: …"
                return self._at(tag.start, "template-error", message, help)
        message = f'"{tag.code}": {_plain(str(error) or type(error).__name__)}'
        return self._at(tag.start, "template-error", message, _raised_at(error))

    def _unprintable(self, tag: Tag, what: str) -> Diagnostic:
        name = re.split(r"[.(\[| ]", tag.code)[0]
        if what == "has no value":
            message = f'"{tag.code}" has no value in {self.context.origin}'
            help = f'add it there, or write "<% if {name} %>" before and "<% endif %>" after it'
            return self._at(tag.start, "missing-value", message, help)
        help = {
            "is true or false": f'write "<% if {tag.code} %>"',
            "is a macro": f'write "<< {tag.code}() >>"',
            "is a list": f'write "<% for each in {tag.code} %>"',
        }.get(what, "")
        return self._at(tag.start, "not-text", f'"{tag.code}" {what}, not text', help)

    def _wrong_arguments(self, tag: Tag, error: TypeError) -> Diagnostic:
        name = tag.code.partition("(")[0].strip()
        message = f'"{tag.code}": {_plain(re.sub(r"^[^ ]+[(][)] ", "", str(error)))}'
        help = ""
        if macro := self.context.macros.get(name):
            help = f'write "{name}({", ".join(inspect.signature(macro).parameters)})"'
        return self._at(tag.start, "wrong-arguments", message, help)


def _raised_at(error: Exception) -> str:
    """Where a macro's code raised an exception; empty where no macro was at work."""
    calls = traceback.extract_tb(error.__traceback__)
    lines = [call for call in calls if Path(call.filename).parent.name == "macros"]
    return f"look at macros/{Path(lines[-1].filename).name}:{lines[-1].lineno}" if lines else ""


def _parts(tag: Tag) -> tuple[str, str]:
    """A block's word and the expression that it holds; of an expression, "" and itself."""
    if not tag.block:
        return "", tag.code
    word, _, rest = tag.code.partition(" ")
    if word == "for":
        rest = rest.partition(" in ")[2]
    elif word == "set":
        rest = rest.partition("=")[2]
    return word, rest.strip()


def _tree(code: str) -> nodes.Template:
    tree = expression(code) if code else None
    return tree if isinstance(tree, nodes.Template) else nodes.Template([])


@lru_cache(maxsize=4096)
def _named(code: str, kind: type[Any]) -> tuple[str, ...]:
    """The names in an expression of what is a Filter, a Test or a Name of `jinja2.nodes`."""
    return tuple(node.name for node in _tree(code).find_all(kind))


def _literal_help(tag: Tag) -> str:
    return f'if it is text and no template, write "\\{"<%" if tag.block else "<<"}"'


def _plain(message: str) -> str:
    """A message of Jinja or Python in the style of ours."""
    line = message.splitlines()[0].rstrip(".").replace("'", '"')
    return line[:1].lower() + line[1:]
