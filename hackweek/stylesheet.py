"""A stylesheet without the rules that no page of a site can use.

A rule goes only where a class, an id, an element or an attribute's value that it asks for is
nowhere in the pages and cannot be added by their scripts. States, `:not()`, `:is()` and `:has()`
are never judged, so a rule stays where there is any doubt.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

_TEXT = r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|url\([^\"')]*\)|\\."
"""What may hold marks that mean nothing."""
_BRACE = re.compile(rf"{_TEXT}|[{{}};]", re.DOTALL)
_MARK = re.compile(rf"{_TEXT}|[;,()\[\]]", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS_OR_ID = re.compile(r"[.#]([\w-]+)")
_ID = re.compile(r"#[A-Za-z_][\w-]*")
_ELEMENT = re.compile(r"(?:^|[\s>+~])([a-zA-Z][\w-]*)")
_ATTRIBUTE = re.compile(r"\[[\w-]+(?:=[\"']?([\w-]+)[\"']?)?[^\]]*\]")
_NTH_INPUT = re.compile(r"\binput:nth-child\((\d+)\)")
_ARGUMENTS = re.compile(r"\([^()]*\)")
_STATE = re.compile(r"::?[\w-]+")
_NESTING = ("@media", "@supports")


class _Rule(NamedTuple):
    """A rule: its head, and the rules or declarations in its braces."""

    head: str
    body: "list[Any]"

    def __str__(self) -> str:
        if self.head.startswith(_NESTING):
            return _written(self.head, _text(self.body))
        body = ";".join(self.body)
        return _written(self.head, body) or (self.head if self.head.startswith("@") else "")


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
        # Most selectors ask for classes only, of which no page has one.
        plain = selector
        if ":" in selector:
            plain = _STATE.sub("", _without_arguments(selector))
            if any(int(nth) > self.last_input for nth in _NTH_INPUT.findall(selector)):
                return False
        bare = plain
        if "[" in plain:
            bare = _ATTRIBUTE.sub("", plain)
            if not self.values.issuperset(filter(None, _ATTRIBUTE.findall(plain))):
                return False
        return all(map(self._has, _CLASS_OR_ID.findall(bare))) and self.elements.issuperset(
            map(str.lower, _ELEMENT.findall(bare))
        )

    def _has(self, mark: str) -> bool:
        stem, dashes, _ = mark.rpartition("--")
        return mark in self.marks or f"{stem}{dashes}" in self.marks


@lru_cache(maxsize=64)
def lighten(css: str, names: Names) -> str:
    """The rules of a stylesheet that apply, and the variables and animations that these use."""
    tree = _tree(re.sub(r"\s*\n\s*", " ", _COMMENT.sub("", css)), names)
    kept, lighter = "", _text(tree)
    while lighter != kept:
        kept = lighter
        tree = _without_unused(tree, *_used(kept))
        lighter = _text(tree)
    return kept


def asked_for(css: str) -> frozenset[str]:
    """Every value of an attribute that a rule may ask for, and every id, with its mark."""
    return frozenset(_ID.findall(css)) | frozenset(filter(None, _ATTRIBUTE.findall(css)))


def _tree(css: str, names: Names) -> "list[_Rule]":
    """The rules of a stylesheet that apply, taken apart."""
    tree = []
    for head, body in _rules(css):
        if head.startswith(_NESTING):
            tree.append(_Rule(head, _tree(body, names)))
        elif head.startswith("@"):
            tree.append(_Rule(head, [body]))
        elif used := [each for each in _split(head, ",") if names.apply(each)]:
            tree.append(_Rule(",".join(used), _split(body, ";")))
    return tree


def _text(rules: "Sequence[_Rule | str]") -> str:
    return "".join(map(str, rules))


def _used(css: str) -> tuple[set[str], set[str]]:
    """The variables and the animations that a stylesheet refers to."""
    animations = re.findall(r"animation(?:-name)?:([^;}]*)", css)
    animated = {word for each in animations for word in re.split(r"[\s,]", each)}
    return set(re.findall(r"var\(\s*(--[\w-]+)", css)), animated


def _without_unused(rules: "list[_Rule]", referred: set[str], animated: set[str]) -> "list[_Rule]":
    """The same without definitions of variables and animations that nothing refers to."""
    kept = []
    for head, body in rules:
        if head.startswith(_NESTING):
            kept.append(_Rule(head, _without_unused(body, referred, animated)))
        elif not head.startswith("@"):
            kept.append(_Rule(head, [each for each in body if _is_needed(each, referred)]))
        elif not head.startswith("@keyframes") or head.split()[-1] in animated:
            kept.append(_Rule(head, body))
    return kept


def _is_needed(declaration: str, referred: set[str]) -> bool:
    name = declaration.partition(":")[0].strip()
    return bool(name) and (not name.startswith("--") or name in referred)


def _written(head: str, body: str) -> str:
    return f"{head}{{{body}}}" if body else ""


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Each rule's head and what stands in its braces; of `@charset` and its like just the head."""
    depth = start = opened = 0
    for token in _BRACE.finditer(css):
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
    if mark not in text:
        return [text.strip()]
    parts, depth, start = [], 0, 0
    for token in _MARK.finditer(text):
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
    text = selector
    while "(" in text and (shorter := _ARGUMENTS.sub("", text)) != text:
        text = shorter
    return text
