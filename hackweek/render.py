"""Lessons rendered in Jinja's sandbox, every mistake reported at its line and column.

The sandbox (https://jinja.palletsprojects.com/en/stable/sandbox/) keeps a lesson, which is
contributed text, from reaching Python. Both engines publish what is rendered here.
"""

import inspect
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

from hackweek.diagnostics import Diagnostic, Problems, did_you_mean, nearest
from hackweek.lesson import Lesson
from hackweek.template import (
    BLOCK_MARKS,
    BLOCKS,
    COMMENT_MARKS,
    EXPRESSION_MARKS,
    JINJA_MARKS,
    Scan,
    Tag,
    parses,
    scan,
)

_MARKS = re.compile(f"[{EXPRESSION_MARKS}{BLOCK_MARKS}{COMMENT_MARKS}]")
_AT = "_at"
"""The function that tells which tag is being rendered."""


class _Unprintable(Exception):
    """A value that is no text: what is wrong, and what to write instead."""


@dataclass(frozen=True)
class Context:
    """What a lesson can use."""

    variables: Mapping[str, Any]
    macros: Mapping[str, Callable[..., str]]
    origin: str
    """Where the values come from, for example events/ohw26.yml."""
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)

    @property
    def names(self) -> Collection[str]:
        """Every name that a lesson can write."""
        return {*self.variables, *self.macros}


def render(lesson: Lesson, context: Context) -> str:
    """The lesson's body as plain Markdown.

    Raises `Problems` with everything in it that Jinja or the sandbox refuses, that has no
    value for this event, or that would be published unrendered.
    """
    body = lesson.body
    found = scan(body, context.names)
    problems = [*_slips(lesson, found), *_static_problems(lesson, context, found)]
    if problems:
        raise Problems(problems)
    if not found.tags and not found.escapes and not _MARKS.search(body):
        return body
    environment = _environment(context)
    try:
        template = environment.from_string(_jinja_source(body, found))
        return template.render({**context.variables, **context.macros})
    except Exception:  # noqa: BLE001 - the slow way finds out what it was, and where
        raise Problems(_Diagnosis(lesson, context, found, environment).problems()) from None


def front_matter_problems(lesson: Lesson, context: Context) -> list[Diagnostic]:
    """Templates in a lesson's front matter, which is published as it stands."""
    header = lesson.text[: lesson.body_offset]
    found = scan(header, context.names)
    return [
        _diagnostic(
            lesson,
            tag.start,
            "template-in-front-matter",
            f'"{header[tag.start : tag.end]}" is not rendered in front matter',
            "write it in the lesson's text",
        )
        for tag in found.tags
    ]


def _environment(context: Context) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        **JINJA_MARKS,
        undefined=StrictUndefined,
        finalize=_printable,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - the output is Markdown, not HTML
    )
    environment.globals = {"range": environment.globals["range"]}
    environment.filters.update(context.filters)
    return environment


def _printable(value: Any) -> Any:
    """A value as it is printed; refuses what would come out as Python's spelling of it."""
    if value is None:
        raise _Unprintable("has no value")
    if isinstance(value, bool):
        raise _Unprintable("is true or false")
    if callable(value) and not isinstance(value, StrictUndefined):
        raise _Unprintable("is a macro")
    if isinstance(value, (dict, list, tuple, set)):
        raise _Unprintable("is a list")
    return value


def _jinja_source(body: str, found: Scan, *, traced: bool = False, blanked: Collection[int] = ()) -> str:
    """The body as a template in Jinja's own marks.

    A block tag that stands alone takes its line with it. `traced` has each tag say its
    index when it is reached; the expressions of `blanked` are left out.
    """
    pieces: list[str] = []
    position = 0
    stops = sorted([*((tag.start, index) for index, tag in enumerate(found.tags)),
                    *((offset, -1) for offset in found.escapes)])
    for start, index in stops:
        if index < 0:
            pieces.append(_literal(body[position:start]))
            position = start + 1
            continue
        tag = found.tags[index]
        line = _own_line(body, tag) if tag.block else None
        pieces.append(_literal(body[position : line[0] if line else start]))
        trace = f"{EXPRESSION_MARKS[0]}{_AT}({index}){EXPRESSION_MARKS[1]}" if traced else ""
        if tag.block:
            before_body = "" if tag.code.startswith(("el", "end")) else trace
            newline = "\n" if line else ""
            pieces.append(f"{before_body}{BLOCK_MARKS[0]} {tag.code} {newline}{BLOCK_MARKS[1]}")
        elif index not in blanked:
            pieces.append(f"{trace}{EXPRESSION_MARKS[0]} {tag.code} {EXPRESSION_MARKS[1]}")
        position = line[1] if line else tag.end
    pieces.append(_literal(body[position:]))
    return "".join(pieces)


def _literal(text: str) -> str:
    """Text that comes out of Jinja as it went in, even our marks."""
    return _MARKS.sub(
        lambda mark: f'{EXPRESSION_MARKS[0]}"\\u{ord(mark[0]):04x}"{EXPRESSION_MARKS[1]}', text
    )


def _own_line(body: str, tag: Tag) -> tuple[int, int] | None:
    """Start and end of the tag's line, where nothing else stands on it."""
    start = body.rfind("\n", 0, tag.start) + 1
    end = body.find("\n", tag.end)
    end = len(body) if end < 0 else end + 1
    alone = not body[start : tag.start].strip() and not body[tag.end : end].strip()
    return (start, end) if alone else None


def _diagnostic(lesson: Lesson, offset: int, rule: str, message: str, help: str = "") -> Diagnostic:
    line, column = lesson.place(offset)
    return Diagnostic(
        path=lesson.path, line=line, column=column, rule=rule, message=message, help=help
    )


def _at(lesson: Lesson, offset: int, rule: str, message: str, help: str = "") -> Diagnostic:
    """A problem at an offset of the lesson's body."""
    return _diagnostic(lesson, lesson.body_offset + offset, rule, message, help)


def _slips(lesson: Lesson, found: Scan) -> list[Diagnostic]:
    return [
        _at(lesson, slip.start, "unrendered-template", slip.message, slip.help)
        for slip in found.slips
    ]


def _static_problems(lesson: Lesson, context: Context, found: Scan) -> list[Diagnostic]:
    """What is wrong whatever the event says: syntax, and names that nobody defined."""
    environment = _environment(context)
    problems = _tag_problems(lesson, found, environment)
    if problems:
        broken = {(d.line, d.column) for d in problems}
        sound = [
            tag
            for tag in found.tags
            if not tag.block and lesson.place(lesson.body_offset + tag.start) not in broken
        ]
        return problems + _undefined_names(lesson, context, environment, sound, _names_bound(found))
    try:
        environment.parse(_jinja_source(lesson.body, found))
    except TemplateSyntaxError as error:
        return [_structure_problem(lesson, found, error)]
    return _undefined_names(lesson, context, environment, found.tags, _names_bound(found))


def _names_bound(found: Scan) -> set[str]:
    """Names that the lesson gives itself, with `for` or `set`."""
    bound: set[str] = set()
    for tag in found.tags:
        if tag.block and (made := re.match(r"(?:for|set)\s+([\w\s,]+?)\s*(?:\bin\b|=)", tag.code)):
            bound.update(re.split(r"[\s,]+", made[1]))
            bound.add("loop")
    return bound


def _tag_problems(
    lesson: Lesson, found: Scan, environment: ImmutableSandboxedEnvironment
) -> list[Diagnostic]:
    """Each tag that is wrong by itself: its syntax, a filter that there is not."""
    problems = []
    for tag in found.tags:
        word, _, rest = tag.code.partition(" ")
        if tag.block and word not in BLOCKS:
            message = f'"{word}" is not a block'
            help = did_you_mean(word, BLOCKS) or f"write one of: {', '.join(BLOCKS)}"
            problems.append(_at(lesson, tag.start, "template-syntax", message, help))
            continue
        if tag.block and word in ("for", "set"):
            continue
        code = rest if tag.block else tag.code
        if tag.block and word in ("else", "endif", "endfor"):
            if code:
                message = f'"{word}" stands alone, without "{code}"'
                problems.append(_at(lesson, tag.start, "template-syntax", message))
            continue
        if not parses(code):
            problems.append(_syntax_problem(lesson, tag, code, environment))
            continue
        problems.extend(_unknown_filters(lesson, tag, code, environment))
    return problems


def _syntax_problem(
    lesson: Lesson, tag: Tag, code: str, environment: ImmutableSandboxedEnvironment
) -> Diagnostic:
    why = "it is empty"
    if code:
        try:
            environment.parse(f"{EXPRESSION_MARKS[0]} {code} {EXPRESSION_MARKS[1]}")
        except (TemplateSyntaxError, RecursionError) as error:
            why = _jinja_words(str(getattr(error, "message", error)))
    message = f'"{tag.code}" is not an expression: {why}'
    return _at(lesson, tag.start, "template-syntax", message, _literal_help(tag))


def _literal_help(tag: Tag) -> str:
    mark = "<%" if tag.block else "<<"
    return f'if it is text and no template, write "\\{mark}"'


def _unknown_filters(
    lesson: Lesson, tag: Tag, code: str, environment: ImmutableSandboxedEnvironment
) -> list[Diagnostic]:
    from jinja2 import nodes

    tree = environment.parse(f"{EXPRESSION_MARKS[0]} {code} {EXPRESSION_MARKS[1]}")
    kinds = ((nodes.Filter, "filter", environment.filters), (nodes.Test, "test", environment.tests))
    return [
        _at(
            lesson,
            tag.code_start + max(re.search(rf"\b{re.escape(node.name)}\b", tag.code).start(), 0),
            f"unknown-{kind}",
            f'there is no {kind} "{node.name}"',
            did_you_mean(node.name, known),
        )
        for node_type, kind, known in kinds
        for node in tree.find_all(node_type)
        if node.name not in known
    ]


def _structure_problem(lesson: Lesson, found: Scan, error: TemplateSyntaxError) -> Diagnostic:
    """Blocks that do not fit together, at the tag that shows it."""
    blocks = [tag for tag in found.tags if tag.block]
    open_tags: list[Tag] = []
    for tag in blocks:
        word = tag.code.split()[0]
        if word in ("if", "for"):
            open_tags.append(tag)
        elif word in ("endif", "endfor"):
            if not open_tags or open_tags[-1].code.split()[0] != word[3:]:
                message = f'"{word}" closes nothing that is open here'
                return _at(lesson, tag.start, "template-syntax", message)
            open_tags.pop()
        elif word in ("elif", "else") and not open_tags:
            message = f'"{word}" stands outside of any "if"'
            return _at(lesson, tag.start, "template-syntax", message)
    if open_tags:
        word = open_tags[-1].code.split()[0]
        message = f'"<% {open_tags[-1].code} %>" is never closed'
        help = f'write "<% end{word} %>" where it ends'
        return _at(lesson, open_tags[-1].start, "template-syntax", message, help)
    line = error.lineno
    tag = next((t for t in blocks if lesson.body.count("\n", 0, t.start) + 1 >= line), blocks[-1])
    return _at(lesson, tag.start, "template-syntax", _jinja_words(str(error.message)))


def _jinja_words(message: str) -> str:
    message = message.rstrip(".").replace("'", '"')
    message = re.sub("unexpected \"?(end of print statement|end of template|.?[\ufdd1\ufdd3].?)\"?", "it ends too early", message)
    return message[:1].lower() + message[1:]


def _undefined_names(
    lesson: Lesson,
    context: Context,
    environment: ImmutableSandboxedEnvironment,
    tags: Collection[Tag],
    bound: set[str],
) -> list[Diagnostic]:
    problems = []
    for tag in tags:
        code = tag.code if not tag.block else _value_of(tag.code)
        if not code:
            continue
        try:
            tree = environment.parse(f"{EXPRESSION_MARKS[0]} {code} {EXPRESSION_MARKS[1]}")
        except TemplateSyntaxError:
            continue
        undeclared = meta.find_undeclared_variables(tree) - set(environment.globals)
        unknown = undeclared - set(context.names) - bound
        for name, offset in tag.names():
            if name in unknown:
                unknown.discard(name)
                problems.append(_undefined(lesson, context, tag, name, offset))
    return problems


def _value_of(code: str) -> str:
    """The expression of a block tag."""
    word, _, rest = code.partition(" ")
    if word == "for":
        return rest.partition(" in ")[2]
    if word == "set":
        return rest.partition("=")[2]
    return rest if word in ("if", "elif") else ""


def _undefined(lesson: Lesson, context: Context, tag: Tag, name: str, offset: int) -> Diagnostic:
    near = nearest(name, context.names)
    called = re.match(r"\s*\(", lesson.body[offset + len(name) :])
    if called:
        rule, message = "unknown-macro", f'there is no macro "{name}"'
        near = nearest(name, context.macros) or near
    else:
        rule, message = "undefined-variable", f'"{name}" is not in {context.origin}'
    help = f'did you mean "{near}"?' if near else _literal_help(tag)
    return _at(lesson, offset, rule, message, help)


@dataclass
class _Diagnosis:
    """Renders a lesson that fails again and again, without what failed, to find every fault."""

    lesson: Lesson
    context: Context
    found: Scan
    environment: ImmutableSandboxedEnvironment
    reached: int = -1

    def problems(self) -> list[Diagnostic]:
        problems: list[Diagnostic] = []
        blanked: set[int] = set()
        while True:
            error = self._failure(blanked)
            if error is None:
                return problems
            problems.append(self._explain(error))
            if self.reached < 0 or self.found.tags[self.reached].block or self.reached in blanked:
                return problems
            blanked.add(self.reached)

    def _failure(self, blanked: Collection[int]) -> Exception | None:
        self.reached = -1
        source = _jinja_source(self.lesson.body, self.found, traced=True, blanked=blanked)
        values = {**self.context.variables, **self.context.macros, _AT: self._reach}
        try:
            self.environment.from_string(source).render(values)
        except Exception as error:  # noqa: BLE001 - whatever a macro raises is the lesson's problem
            return error
        return None

    def _reach(self, index: int) -> str:
        self.reached = index
        return ""

    def _explain(self, error: Exception) -> Diagnostic:
        tag = self.found.tags[self.reached] if self.reached >= 0 else None
        if tag is None:
            return _at(self.lesson, 0, "template-error", _first_line(error))
        code = tag.code
        match error:
            case _Unprintable():
                return self._unprintable(tag, str(error))
            case SecurityError():
                rule, message = "unsafe-template", f'"{code}" reaches into Python'
                return _at(self.lesson, tag.start, rule, message)
            case UndefinedError():
                rule, message = "undefined-variable", f'"{code}": {_jinja_words(_first_line(error))}'
                return _at(self.lesson, tag.start, rule, message)
            case TypeError():
                return self._wrong_arguments(tag, error)
            case TemplateError():
                return _at(self.lesson, tag.start, "template-error", f'"{code}": {_first_line(error)}')
        return _at(self.lesson, tag.start, "template-error", f'"{code}": {_first_line(error)}')

    def _unprintable(self, tag: Tag, what: str) -> Diagnostic:
        code, origin = tag.code, self.context.origin
        name = code.partition(".")[0].partition("(")[0].strip()
        match what:
            case "has no value":
                rule, message = "missing-value", f'"{code}" has no value in {origin}'
                help = f'add it there, or write "<% if {name} %>" before and "<% endif %>" after it'
            case "is true or false":
                rule, message = "not-text", f'"{code}" {what}, not text'
                help = f'write "<% if {code} %>"'
            case "is a macro":
                rule, message = "not-text", f'"{code}" {what}, not text'
                help = f'write "<< {code}() >>"'
            case _:
                rule, message = "not-text", f'"{code}" {what}, not text'
                help = f'write "<% for item in {code} %>"'
        return _at(self.lesson, tag.start, rule, message, help)

    def _wrong_arguments(self, tag: Tag, error: TypeError) -> Diagnostic:
        name = tag.code.partition("(")[0].strip()
        macro = self.context.macros.get(name)
        rule, message, help = "template-error", f'"{tag.code}": {_first_line(error)}', ""
        if macro and "argument" in str(error):
            rule, message = "wrong-arguments", f'"{tag.code}": {_arguments_words(error)}'
            help = f'write "{name}{inspect.signature(macro)}"'
        return _at(self.lesson, tag.start, rule, message, help)


def _arguments_words(error: TypeError) -> str:
    return re.sub(r"^[\w.<>]+\(\) ", "", _first_line(error))


def _first_line(error: Exception) -> str:
    text = str(getattr(error, "message", None) or error) or type(error).__name__
    return text.splitlines()[0].rstrip(".").replace("'", '"')
