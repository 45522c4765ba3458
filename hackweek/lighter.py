"""A built site made light: one stylesheet and one script, with what its pages can use."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hackweek.stylesheet import Names, asked_for, lighten
from hackweek.theme_script import added_classes, added_values, cut, words_of_script

_STYLESHEET = re.compile(r'<link rel="stylesheet" href="[^"]*?(?P<path>assets/[^"]+)">\s*')
_SCRIPT = re.compile(r'<script src="[^"]*?(?P<path>assets/[^"]+)"></script>\s*')
_LATE_SCRIPT = re.compile(r'<script defer src="[^"]*?(?P<path>assets/[^"]+)"></script>')
"""What a single page needs stays a file of its own."""
_COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)
_INDENT = re.compile(r"\n\s+")
_WORD = re.compile(r"[\w-]+")
_SEARCHED = ("search/search_index.json", "search.json")
"""What the search reads: MkDocs' and Zensical's."""
_LANGUAGES = "javascripts/lunr"
"""What it loads for each language but English, below the assets: a third of a site's files."""


def lighten_site(site: Path, *, added: str = "") -> frozenset[str]:
    """Joins the stylesheets and the scripts of a built site and cuts what no page needs.

    `added` is a script that every page gets besides its own. Returns what some rule
    asks for, and no page has: values of attributes, and ids with their mark.
    """
    pages = {path: path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    scripts = [cut(text) for text in _texts(site, _SCRIPT, pages.values())]
    scripts = [_COMMENT.sub("", text) for text in [*scripts, added] if text]
    late = _referred(_LATE_SCRIPT, pages.values())
    late_texts = {path: (site / path).read_text("utf-8") for path in late}
    names = _names(pages.values(), [*scripts, *late_texts.values()])
    styles = "\n".join(_texts(site, _STYLESHEET, pages.values()))
    css = lighten(styles, names)
    assets = {_STYLESHEET: ("lessons.css", css), _SCRIPT: ("lessons.js", "\n".join(scripts))}
    for joined in _referred(_STYLESHEET, pages.values()) | _referred(_SCRIPT, pages.values()):
        (site / joined).unlink()
    for name, text in assets.values():
        (site / "assets" / name).write_text(text, "utf-8")
    for path, page in pages.items():
        for pattern, (name, text) in assets.items():
            page = _joined(page, pattern, f"assets/{name}?{_version(text)}")
        for name, text in late_texts.items():
            page = page.replace(f'{name}"', f'{name}?{_version(text)}"')
        path.write_text(_unindented(page), "utf-8")
    for leftover in (site / "assets").rglob("*.map"):
        leftover.unlink()
    if _is_searched_in_english(site):
        shutil.rmtree(site / "assets" / _LANGUAGES, ignore_errors=True)
    return asked_for(styles) - names.values - {f"#{mark}" for mark in names.marks}


def _is_searched_in_english(site: Path) -> bool:
    indexes = [
        json.loads(path.read_bytes()) for name in _SEARCHED if (path := site / name).is_file()
    ]
    return all(index.get("config", {}).get("lang") == ["en"] for index in indexes)


def _referred(pattern: re.Pattern[str], pages: Iterable[str]) -> dict[str, None]:
    """The files that pages refer to, in the order in which they do."""
    return {found["path"]: None for page in pages for found in pattern.finditer(page)}


def _texts(site: Path, pattern: re.Pattern[str], pages: Iterable[str]) -> list[str]:
    return [(site / path).read_text("utf-8") for path in _referred(pattern, pages)]


def _names(pages: Iterable[str], scripts: Iterable[str]) -> Names:
    """What is on the pages, and what the scripts can add."""
    script = "\n".join(scripts)
    marks, values = added_classes(script), added_values(script)
    elements = set(words_of_script(script))
    attributes: set[tuple[str, str | None]] = set()  # most are on every page
    last_input = 0
    for page in pages:
        for element in LexborHTMLParser(page).css("*"):
            elements.add(element.tag or "")
            attributes.update(element.attributes.items())
            if element.tag == "input":
                last_input = max(last_input, _place(element))
    for name, value in attributes:
        (marks if name in ("class", "id") else values).update(_WORD.findall(value or ""))
    return Names(frozenset(marks), frozenset(elements), frozenset(values), last_input)


def words_of(name: str, value: str) -> list[str]:
    """The words of an attribute that rules can ask for; those of an id with their mark."""
    words = _WORD.findall(value)
    return [f"#{word}" for word in words] if name == "id" else words


def _place(element: LexborNode) -> int:
    """Which of its parent's elements an element is; the first is 1."""
    siblings = element.parent.iter() if element.parent else ()
    return 1 + sum(1 for _ in takewhile(lambda each: each != element, siblings))


def _joined(page: str, pattern: re.Pattern[str], path: str) -> str:
    """A page that refers once, where it referred first, to what several files held."""
    first = pattern.search(page)
    if first is None:
        return page
    one = first[0].replace(first["path"], path)
    return page[: first.start()] + one + pattern.sub("", page[first.end() :])


def _version(text: str) -> str:
    """A mark that changes with a text, so that no browser shows an old one."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _unindented(page: str) -> str:
    """A page without the blanks at the beginnings of lines, but within its article."""
    before, begin, article = page.partition("<article")
    if not begin:
        return page
    inside, end, after = article.partition("</article>")
    return "".join([_INDENT.sub("\n", before), begin, inside, end, _INDENT.sub("\n", after)])
