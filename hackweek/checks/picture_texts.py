"""What is wrong with the alternative texts of pictures.

https://www.w3.org/WAI/tutorials/images/
"""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePosixPath
from urllib.parse import unquote

from hackweek.checks.page import Page
from hackweek.diagnostics import Diagnostic
from hackweek.picture_paths import local_path
from hackweek.picture_source import PICTURE_SUFFIXES, TEMPLATE, PictureUse
from hackweek.reading import Kind
from hackweek.rules import Rule

LONGEST_TEXT = 150
"""Characters that a screen reader should read at once."""

RULES = (
    Rule(
        name="missing-alt-text",
        why="Who listens to the page hears that there is a picture, or its file's name, and"
        ' nothing of what it shows. A picture that only decorates says so: <img alt="" …>.',
        bad="![](img/launcher.png)",
        good="![The launcher, with a Terminal button at the bottom](img/launcher.png)",
    ),
    Rule(
        name="file-name-as-alt-text",
        why="A file's name is read out letter by letter, and says nothing of what is shown.",
        bad="![hub_login-2](img/hub_login-2.png)",
        good="![The hub's opening page, with a button to sign in](img/hub_login-2.png)",
    ),
    Rule(
        name="meaningless-alt-text",
        why="A screen reader says already that this is a picture; the text is for what it shows.",
        bad="![screenshot](img/launcher.png)",
        good="![The launcher, with a Terminal button at the bottom](img/launcher.png)",
    ),
    Rule(
        name="alt-text-says-image",
        why='A screen reader says "image" before the text, so listeners hear it twice.',
        bad="![Screenshot of the launcher](img/launcher.png)",
        good="![The launcher](img/launcher.png)",
    ),
    Rule(
        name="long-alt-text",
        why="An alternative text is read in one breath, without a way to pause or go back."
        " What needs more words helps every reader, so it belongs on the page.",
        bad="![A map of the hub. On the left, … (more than 150 characters)](img/hub.svg)",
        good="![How laptops reach the hub, as described below](img/hub.svg)",
    ),
    Rule(
        name="repeated-alt-text",
        why="Who listens cannot tell two pictures apart that have the same text.",
        bad="![The menu](img/menu-1.png) … ![The menu](img/menu-2.png)",
        good="![The File menu](img/menu-1.png) … ![The Run menu](img/menu-2.png)",
    ),
)

_KINDS = (
    r"images?|imgs?|pictures?|pics?|photos?|photographs?|graphics?|screen[ -]?shots?"
    r"|screen[ -]?captures?|screen[ -]?grabs?"
)
_SAYS_IMAGE = re.compile(
    rf"(?:this (?:is )?)?(?:an? |the )?(?:{_KINDS})(?:\s*[:–—]\s*|\s+-\s+|"
    r"\s+(?:of|showing|that shows?|which shows?|shows?|depicting|displaying|illustrating)\b\s*)",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    rf"(?:an? |the |my |your )?(?:{_KINDS}|screen|figures?|fig\.?|diagrams?|graphs?|plots?|charts?"
    r"|drawings?|illustrations?|icons?|logos?|thumbnails?|banners?|gifs?|animations?|svg|png|jpe?g"
    r"|(?:static )?badges?"
    r"|alt|alt[ -]?text|alternative text|(?:image |picture )?(?:alt|title|caption|description)"
    r"|image alt(?:ernative)? text|(?:enter |your |some |insert )?(?:alt[ -]?text|text) ?(?:here)?"
    r"|(?:image |picture )?placeholder|untitled|todo|tbd|fixme|x+|lorem ipsum|foo|test|null|none"
    r"|undefined|n/?a|no alt(?: text)?)"
    r"(?:[ _-]?(?:#|no\.? ?)?\d+[a-z]?)?[.:!]?",
    re.IGNORECASE,
)
_CAMERA = re.compile(
    r"(?:img|dsc[nf]?|pxl|image|photo|screen[ _-]?shot|screen[ _-]?capture|scr)[ _-]*\d[\w .:-]*",
    re.IGNORECASE,
)
_SLUG = re.compile(r"\w+(?:[_-]\w+){2,}|\w*[a-z0-9]_\w+")
_SILENT = {"presentation", "none"}


def check_texts(page: Page, pictures: tuple[PictureUse, ...]) -> Iterator[Diagnostic]:
    """What is wrong with each picture's text, and with texts that are the same."""
    judged = []
    for use in pictures:
        problem = _missing(use) or (_wrong(use) if use.alt else None)
        if problem:
            yield page.at(use.start, *problem)
        elif use.alt and not use.templated and not TEMPLATE.search(use.alt):
            judged.append(use)
    yield from _repeated(page, judged)


def _missing(use: PictureUse) -> tuple[str, str, str] | None:
    """The problem of a picture without a text, unless it says that it only decorates."""
    attributes = use.attributes
    if use.alt or attributes.get("role") in _SILENT or attributes.get("aria-hidden") == "true":
        return None
    if attributes.keys() & {"aria-label", "aria-labelledby", "hidden", ":alt", "v-bind:alt"}:
        return None
    if use.alt is not None and (use.raw or "alt" in attributes):
        return None
    shown = shorten(use.src)
    message = f'the picture "{shown}" has no alternative text'
    write = f'<img src="{shown}" alt="what it shows">' if use.raw else f"![what it shows]({shown})"
    return "missing-alt-text", message, f"write {write}"


def _wrong(use: PictureUse) -> tuple[str, str, str] | None:
    """The problem of a text by itself."""
    text = use.alt or ""
    bare = text.strip(" .:*_\"'")
    advice = "say what it shows, as you would on the telephone"
    if TEMPLATE.search(text):
        return None
    camera = _CAMERA.fullmatch(bare) and re.search(r"\d{3}", bare)
    if (not camera and _NOTHING.fullmatch(bare)) or (text.isascii() and not re.search(r"\w", text)):
        return "meaningless-alt-text", f'"{text}" does not say what the picture shows', advice
    if _is_file_name(bare, use.src):
        return "file-name-as-alt-text", f'"{shorten(text)}" is the name of a file', advice
    if found := _SAYS_IMAGE.match(text):
        rest = text[found.end() :]
        help = f'begin with "{shorten(rest[0].upper() + rest[1:], 40)}"' if rest else advice
        return "alt-text-says-image", f'"{found[0].strip()}" begins an alternative text', help
    if len(text) > LONGEST_TEXT:
        return (
            "long-alt-text",
            f'"{shorten(text, 40)}" has {len(text)} characters; {LONGEST_TEXT} can be listened to',
            "shorten it, and move the rest to the page's text",
        )
    return None


def _is_file_name(text: str, src: str) -> bool:
    """Whether a text is a file's name, with or without its ending, or was made like one."""
    if text.lower().endswith(PICTURE_SUFFIXES) and (" " not in text or "/" in text):
        return True
    name = PurePosixPath(local_path(src) or src.partition("?")[0]).name
    if text.casefold() == name.casefold() or _CAMERA.fullmatch(text):
        return bool(name)
    if " " in text or re.match(r"[a-z][a-z0-9+.-]*://", text):
        return " " not in text
    stem = name.rpartition(".")[0] or name
    plain = text.islower() or text.isupper() or not text.isalpha()
    same = text == stem and plain and (text.islower() or not text.isalnum())
    return same or bool(_SLUG.fullmatch(text) and text.islower())


def _repeated(page: Page, pictures: list[PictureUse]) -> Iterator[Diagnostic]:
    """Texts of several pictures that can be seen at once."""
    settings = _settings(page, pictures) if len(pictures) > 1 else {}
    key = lambda use: (use.alt or "").casefold()  # noqa: E731 - a sort key
    for _, group in groupby(sorted(pictures, key=key), key=key):
        first: dict[object, PictureUse] = {}
        for use in sorted(group, key=lambda use: use.start):
            before = first.setdefault(settings.get(use.start), use)
            if _file(before) == _file(use) or {"only-light", "only-dark"} & {
                use.src.rpartition("#")[2],
                before.src.rpartition("#")[2],
            }:
                continue
            line, _ = page.reading.place(before.start)
            yield page.at(
                use.start,
                "repeated-alt-text",
                f'"{shorten(use.alt or "")}" is also the text of'
                f' "{shorten(before.src)}" in line {line}',
                "say what is different in this one",
            )


def _file(use: PictureUse) -> str:
    return unquote(use.src.partition("#")[0])


_CONDITION = re.compile(r"(?:<%|\{%)[-+]?[ \t]*(if|for|elif|else|endif|endfor)\b")
_TAB = re.compile(r"[ \t]*===[+!]*[ \t]")


def _settings(page: Page, pictures: list[PictureUse]) -> dict[int, object]:
    """For each picture its tab and its branch of a condition: what is seen together."""
    marks = [(found.start(), found[1]) for found in _CONDITION.finditer(page.text)]
    marks += [
        (line.offset, "tab")
        for line in page.reading.lines
        if line.kind is Kind.TEXT and _TAB.match(line.text)
    ]
    if not marks:
        return {}
    indents = {line.offset: line.indent for line in page.reading.lines}
    starts = sorted([*marks, *((use.start, "use") for use in pictures)])
    settings: dict[int, object] = {}
    branches: list[int] = []
    tab = (-1, -1)
    for offset, mark in starts:
        if mark == "use":
            line = page.reading.lines[page.reading.place(offset)[0] - 1]
            in_tab = tab[0] >= 0 and line.indent > tab[1]
            settings[offset] = (*branches, "tab", tab[0] if in_tab else -1)
        elif mark == "tab":
            tab = (offset, indents[offset])
        elif mark in ("if", "for"):
            branches.append(offset)
        elif branches:
            branches.pop()
            if mark in ("elif", "else"):
                branches.append(offset)
    return settings


def shorten(text: str, length: int = 60) -> str:
    """A text as a message shows it: not longer than that."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
