"""A stylesheet without the rules that no page of a site can use.

A rule goes only where a class, an id, an element or an attribute's value that it asks for is
nowhere in the pages and cannot be added by their scripts. States, `:not()`, `:is()` and `:has()`
are never judged, so a rule stays where there is any doubt.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|url\([^\"')]*\)|[{};,()\[\]]|\\.", re.DOTALL
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS_OR_ID = re.compile(r"[.#]([\w-]+)")
_ELEMENT = re.compile(r"(?:^|[\s>+~])([a-zA-Z][\w-]*)")
_ATTRIBUTE = re.compile(r"\[[\w-]+(?:=[\"']?([\w-]+)[\"']?)?[^\]]*\]")
_NTH_INPUT = re.compile(r"\binput:nth-child\((\d+)\)")
_STATE = re.compile(r"::?[\w-]+")
_NESTING = ("@media", "@supports")


@dataclass(frozen=True, slots=True)
class Names:
    """What a selector can ask for and find."""

    marks: frozenset[str]
    """Classes and ids. One that ends in "--" stands for all that begin with it."""
    elements: frozenset[str]
    values: frozenset[str]
    """What attributes say, word by word."""
    last_input: int
    """The last place among its siblings that an input has: a set of tabs has one for each tab."""

    def apply(self, selector: str) -> bool:
        """Whether a selector can match anything."""
        plain = _STATE.sub("", _without_arguments(selector))
        bare = _ATTRIBUTE.sub("", plain)
        return (
            all(self._has(mark) for mark in _CLASS_OR_ID.findall(bare))
            and self.elements.issuperset(map(str.lower, _ELEMENT.findall(bare)))
            and self.values.issuperset(filter(None, _ATTRIBUTE.findall(plain)))
            and all(int(nth) <= self.last_input for nth in _NTH_INPUT.findall(selector))
        )

    def _has(self, mark: str) -> bool:
        stem, dashes, _ = mark.rpartition("--")
        return mark in self.marks or f"{stem}{dashes}" in self.marks


def lighten(css: str, names: Names) -> str:
    """The rules of a stylesheet that apply, and the variables and animations that these use."""
    kept = _applying(re.sub(r"\s*\n\s*", " ", _COMMENT.sub("", css)), names)
    while (lighter := _without_unused(kept, kept)) != kept:
        kept = lighter
    return kept


def _applying(css: str, names: Names) -> str:
    parts = []
    for head, body in _rules(css):
        if head.startswith(_NESTING):
            parts.append(_written(head, _applying(body, names)))
        elif head.startswith("@"):
            parts.append(_written(head, body) or head)
        elif used := [each for each in _split(head, ",") if names.apply(each)]:
            parts.append(_written(",".join(used), body))
    return "".join(parts)


def _without_unused(css: str, whole: str) -> str:
    """The same without definitions of variables and animations that `whole` never refers to."""
    referred = set(re.findall(r"var\(\s*(--[\w-]+)", whole))
    animations = re.findall(r"animation(?:-name)?:([^;}]*)", whole)
    animated = {word for each in animations for word in re.split(r"[\s,]", each)}
    parts = []
    for head, body in _rules(css):
        if head.startswith(_NESTING):
            parts.append(_written(head, _without_unused(body, whole)))
        elif head.startswith("@keyframes"):
            parts.append(_written(head, body) if head.split()[-1] in animated else "")
        elif head.startswith("@"):
            parts.append(_written(head, body) or head)
        else:
            needed = [each for each in _split(body, ";") if _is_needed(each, referred)]
            parts.append(_written(head, ";".join(needed)))
    return "".join(parts)


def _is_needed(declaration: str, referred: set[str]) -> bool:
    name = declaration.partition(":")[0].strip()
    return bool(name) and (not name.startswith("--") or name in referred)


def _written(head: str, body: str) -> str:
    return f"{head}{{{body}}}" if body else ""


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each rule's head and what stands in its braces; of `@charset` and its like just the head."""
    depth = start = opened = 0
    for token in _TOKEN.finditer(css):
        if token[0] == "{":
            depth += 1
            opened = token.end() if depth == 1 else opened
        elif token[0] == "}":
            depth -= 1
            if not depth:
                yield css[start : opened - 1].strip(), css[opened : token.start()].strip()
                start = token.end()
        elif token[0] == ";" and not depth:
            yield css[start : token.end()].strip(), ""
            start = token.end()


def _split(text: str, mark: str) -> list[str]:
    """The parts of a text between marks that stand in no brackets, string or address."""
    parts, depth, start = [], 0, 0
    for token in _TOKEN.finditer(text):
        if token[0] in "([":
            depth += 1
        elif token[0] in ")]":
            depth -= 1
        elif token[0] == mark and not depth:
            parts.append(text[start : token.start()].strip())
            start = token.end()
    return [*parts, text[start:].strip()]


def _without_arguments(selector: str) -> str:
    """A selector without what stands in round brackets."""
    text, depth = "", 0
    for character in selector:
        depth += character == "("
        text += "" if depth else character
        depth -= character == ")"
    return text
