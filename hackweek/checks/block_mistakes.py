"""Why a line that was meant to start a box or a tab does not, and what to type instead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hackweek.diagnostics import counted, nearest

WORDS = r"[\w\-]+(?: +[\w\-]+)*"
"""The pattern of a type and of the classes after it."""
OTHERS = frozenset("admonition details dropdown spoiler collapse deprecated versionadded".split())
"""What other systems have callouts for, and Material has no type for."""

_QUOTES = "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033"
_QUOTED = re.compile(r'"[^"]*"')
_MARKED_TYPE = re.compile(r"[\[{(<*_`.]{1,3}(?P<type>[\w-]+)[\]})>*_`]{0,3}(?P<title>(?: .*)?)$")
_CLASSES = re.compile(r"(?:[ ]+[\w\-]+)*?(?=[ ]+[\"'\u2018\u201c\u201e\u00ab])")


class Mistake(NamedTuple):
    """What is wrong with a start, and what to type instead."""

    rule: str
    message: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a line."""

    after_blank: bool
    followed: bool
    """Whether the next line with text is indented more."""
    known: frozenset[str]
    """Types in use here."""


def written(marks: str, words: Sequence[str] = (), title: str | None = None) -> str:
    """The help that shows a whole start."""
    before = " ".join([marks, *words])
    bare = (title or "").strip(f" -=|{_QUOTES}")
    return f'write: {before} "{bare}"' if bare else f"write: {before}"


def mistake_in(marks: str, rest: str, around: Around) -> Mistake | None:
    """What is wrong with a start that is not well formed; None where it is just text."""
    if marks[0] == "=":
        return _in_tab(marks, rest, around)
    if len(marks) != 3:
        return _number_of_marks(marks, rest, around)
    sign = "+" if marks == "???" and rest.startswith("+") else ""
    return _in_box(marks + sign, rest.removeprefix(sign).strip(), around)


def mistake_in_words(marks: str, words: Sequence[str], title: str) -> Mistake | None:
    """What is wrong with a box or tab that comes out, but not as it was meant."""
    if words and not words[0].strip("-_"):
        message = f'"{words[0]}" does not belong after "{marks}"'
        return Mistake("wrong-marks", message, written(marks, words[1:], title))
    if title.count('"') % 2 and (title.startswith('"') or title.endswith('"')):
        message = f'the title has a quote too many: "{title}"'
        return Mistake("wrong-title-quotes", message, written(marks, words, title))
    return None


def _in_tab(marks: str, rest: str, around: Around) -> Mistake | None:
    sign = rest[: len(rest) - len(rest.lstrip("+!"))]
    rest = rest.removeprefix(sign)
    label = rest.strip()
    if len(marks) != 3:
        meant = around.followed and _QUOTED.fullmatch(label)
        return _wrong_number(marks, written("===", title=label)) if meant else None
    if not label or label.endswith("=") or not (around.after_blank or around.followed):
        return None
    marks += sign
    if rest[0] == " ":
        return _in_title(marks, label, "label")
    if label[0] in _QUOTES and label[-1] in _QUOTES:
        return Mistake("missing-blank", f'no blank after "{marks}"', written(marks, title=label))
    return None


def _number_of_marks(marks: str, rest: str, around: Around) -> Mistake | None:
    found = re.fullmatch(rf'(\+?) ?({WORDS})?(?: +("[^"]+"))? *', rest)
    words, title = ((found[2] or "").split(), found[3] or "") if found else ([], "")
    known = bool(words) and words[0].lower() in around.known
    if len(marks) == 1:
        meant = rest[0:1] == " " and known and around.followed and bool(title or not words[1:])
    elif marks[0] == "?" and not words:
        meant = around.followed and bool(title)
    else:
        alone = bool(title) or len(words) == 1
        meant = (known and (alone or around.followed)) or bool(words and title and around.followed)
    if not found or not meant:
        return None
    return _wrong_number(marks, written(marks[0] * 3 + found[1], words, title))


def _wrong_number(marks: str, help: str) -> Mistake:
    message = f'"{marks}" is {counted(len(marks), "mark")}, and it takes 3'
    return Mistake("wrong-number-of-marks", message, help)


def _in_box(marks: str, rest: str, around: Around) -> Mistake | None:
    if not rest:
        return _no_type(marks, rest) if around.followed else None
    if marks == "!!!" and re.match(r"\+ ?[\w\"]", rest):
        message = '"+" does not belong after "!!!"'
        return Mistake("wrong-marks", message, f"write: ???+ {rest[1:].strip()}")
    if rest[0] in _QUOTES:
        if marks == "!!!":
            return _no_type(marks, rest)
        if _QUOTED.fullmatch(rest):
            return Mistake("missing-blank", f'no blank after "{marks}"', written(marks, title=rest))
        return _in_title(marks, rest)
    if (shown := _MARKED_TYPE.match(rest)) and shown["type"].lower() in around.known:
        help = written(marks, [shown["type"].lower()], shown["title"])
        return Mistake("unknown-box-type", f'no type of box: "{rest}"', help)
    return _after_type(marks, rest, around)


def _after_type(marks: str, rest: str, around: Around) -> Mistake | None:
    """What is wrong after a word that may be a type."""
    found = re.match(r"(?P<first>:? *)(?P<type>[\w\-]+)(?P<colon> *:)?(?P<title>.*)$", rest)
    near = nearest(found["type"], around.known, cutoff=0.8) if found else None
    if not found or not near:
        return _unquoted(marks, rest) if around.followed else None
    title = found["title"]
    if found["type"].lower() != near and not (around.followed or _QUOTED.search(title)):
        return None
    if found["colon"] or found["first"]:
        message = f'a colon {"after" if found["colon"] else "before"} "{found["type"]}"'
        return Mistake("colon-after-type", message, written(marks, [near], title))
    classes = _CLASSES.match(title)
    words = classes[0].split() if classes else []
    title = title[classes.end() :].strip() if classes else title.strip()
    if not title:
        return None
    return _in_title(" ".join([marks, near, *words]), title)


def _in_title(before: str, title: str, noun: str = "title") -> Mistake:
    """Why a title is not read as one."""
    quoted = _QUOTED.match(title)
    after = title[quoted.end() :].strip() if quoted else ""
    if quoted and after.strip(_QUOTES):
        help = written(before, title=quoted[0])
        help += ", and the rest into a line of its own" if re.search(r"\w", after) else ""
        return Mistake("text-after-title", f'text after the {noun}: "{after}"', help)
    help = written(before, title=title)
    if title[0] in _QUOTES or title[-1] in _QUOTES:
        message = f"the {noun} is not in straight double quotes: {title}"
        if _QUOTED.fullmatch(title):
            return Mistake("missing-blank", f"no blank before the {noun} {title}", help)
        return Mistake("wrong-title-quotes", message, help)
    return Mistake("unquoted-title", f'the {noun} "{title}" has no quotes', help)


def _unquoted(marks: str, title: str) -> Mistake:
    help = written(marks, ["note"] if marks == "!!!" else [], title)
    return Mistake("unquoted-title", f'the title "{title}" has no quotes', help)


def _no_type(marks: str, title: str) -> Mistake:
    message = f'no type between "{marks}" and the title' if title else f'nothing after "{marks}"'
    return Mistake("missing-box-type", message, written(marks, ["note"], title))


def callout_mistake(shown: str, type: str, title: str, known: frozenset[str]) -> Mistake:
    """Another system's callout, and the box that says the same."""
    marks = "???" if type in ("details", "dropdown", "spoiler", "collapse") else "!!!"
    title = re.sub(r"\{[^}]*\}", "", title).strip().removeprefix("[").removesuffix("]")
    box = written(marks, [type if type in known else "note"], title)
    help = f"{box}, and put 4 blanks before what belongs to it"
    return Mistake("foreign-callout", f'"{shown.strip()}" is not a box here', help)
