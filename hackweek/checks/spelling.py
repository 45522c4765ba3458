"""Common misspellings in running text, from the dictionary of codespell.

https://github.com/codespell-project/codespell
"""

import bisect
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from hackweek.checks.markdown_links import links
from hackweek.checks.page import Folder, Page
from hackweek.diagnostics import Diagnostic
from hackweek.reading import Kind
from hackweek.rules import Rule

SPELLING_RULES = (
    Rule(
        name="misspelled-word",
        why="A misspelled word is not found by the search, and makes people doubt the rest.",
        bad="Recieve an invitation",
        good="Receive an invitation",
    ),
)

_OWN_WORDS = Path(__file__).parents[1] / "words.txt"
_TOKEN = re.compile(r"\S+")
_EDGES = ".,;:!?()[]{}\"'’“”‘*_~|…—–&"
_NOT_PROSE = re.compile(
    r"<[a-zA-Z/!][^<>]*>|\{[^{}\n]*\}|\$[^$\n]+\$|:[\w+-]+:|--8<--[^\n]*|^[ \t]*:::[^\n]*|"
    r"\\\([^\n]*?\\\)|^[ \t]*\*\[[^\]\n]*\]:|^[ \t>]*(?:!!!|\?\?\?\+?)[ ]?[\w-]+",
    re.MULTILINE,
)
_SENTENCE_END = re.compile(r"[.!?:…|>#*+)\]-]$|^\d+[.)]$")
_FREE = re.compile(r"(?:\A|\n)(?:#[^\n]*|[ \t]*)\Z")
"""What stands before a word in a heading, or at the start of a line."""
_KEY = re.compile(r"[ \t]*(?:- )?\w+:[ \t]")
_ENGLISH = frozenset("the to of and a in is you for it on with this that are or as be can".split())
_SHORTEST_NAME = 6
"""Letters from which a capitalized word within a sentence is taken for a word, not a name."""


@lru_cache(maxsize=1)
def _entries() -> list[str]:
    """The dictionary's lines, in Python's order."""
    return sorted(
        (files("codespell_lib") / "data" / "dictionary.txt").read_text("utf-8").split("\n")
    )


@lru_cache(maxsize=1)
def _own_words() -> frozenset[str]:
    """The field's words that the dictionary takes for misspellings."""
    lines = _OWN_WORDS.read_text("utf-8").splitlines()
    return frozenset(line.partition("#")[0].strip().lower() for line in lines)


def suggestions(wrong: str) -> tuple[str, ...]:
    """What a lower-case word may have been meant to be; empty where it is no misspelling."""
    entries, key = _entries(), f"{wrong}->"
    at = bisect.bisect_left(entries, key)
    if at == len(entries) or not entries[at].startswith(key) or wrong in _own_words():
        return ()
    # What follows the last of several commas is a remark.
    words = [word.strip() for word in entries[at].removeprefix(key).split(",")]
    meant = tuple(words[:-1] or words)
    joined = wrong.replace("-", "")
    # An entry about a hyphen only, such as "re-use", is a matter of taste.
    return () if any(each.replace("-", "") == joined for each in meant) else meant


def check_spelling(page: Page, folder: Folder) -> Iterator[Diagnostic]:
    """Misspelled words of a page; none where the page is not in English."""
    theme = folder.config.get("theme")
    language = str(theme.get("language", "en")) if isinstance(theme, dict) else "en"
    if not language.startswith("en"):
        return
    text = _prose(page, folder)
    words = text.split()
    suspects = set(filter(_is_suspect, set(words)))
    if not suspects:
        return
    found = list(_found(text, suspects))
    if not _is_foreign(len(words), sum(word in _ENGLISH for word in words), len(found)):
        for at, word in found:
            yield page.at(at, "misspelled-word", f'"{word}" is misspelled', _help(word))


@lru_cache(maxsize=1 << 16)
def _is_suspect(token: str) -> bool:
    return bool(suggestions(_bare(token)))


def _bare(token: str) -> str:
    return token.strip(_EDGES).lower().replace("’", "'")


def _found(text: str, suspects: set[str]) -> Iterator[tuple[int, str]]:
    """Each misspelled word with its offset."""
    before = "."
    for token in _TOKEN.finditer(text):
        word = token[0].strip(_EDGES)
        if token[0] in suspects and _is_word(word, before, text, token.start()):
            yield token.start() + token[0].index(word), word
        before = token[0]


def _is_word(word: str, before: str, text: str, at: int) -> bool:
    """Whether a word can be misspelled: no acronym, and no name within a sentence."""
    if word.islower():
        return True
    if not word.istitle() or len(word) < 3:
        return False
    # A heading may be in title case, and a list's first word is a sentence's.
    if _SENTENCE_END.search(before.rstrip("\"'”’*_")) or _FREE.search(text[max(0, at - 80) : at]):
        return True
    return len(word) >= _SHORTEST_NAME and not before.istitle()


def _is_foreign(total: int, english: int, found: int) -> bool:
    """In English prose, a quarter of all words are among the twenty most common ones."""
    many = found > 5 and found > total / 20 and english < total / 10
    return many or (total > 30 and english < total / 20 and found > 1)


def _help(word: str) -> str:
    meant = suggestions(_bare(word))
    shown = [f'"{each.capitalize() if word.istitle() else each}"' for each in meant]
    return "write " + (f"{', '.join(shown[:-1])} or {shown[-1]}" if shown[1:] else shown[0])


def _prose(page: Page, folder: Folder) -> str:
    """The words that a reader reads; as long as the file."""
    text = links(page).rest
    pieces: list[str] = []
    position = 0
    shown = [(link.start + 1, link.text) for link in links(page).inline if not link.picture]
    shown = [(at, words) for at, words in shown if "]" not in words and "`" not in words]
    for at, words in sorted(shown):
        if at >= position:
            pieces += [text[position:at], page.reading.prose[at : at + len(words)]]
            position = at + len(words)
    text = "".join(pieces) + text[position:]
    if folder.ours:
        text = _front_matter(page) + text[page.lesson.body_offset :]
    return _NOT_PROSE.sub(lambda found: " " * len(found[0]), text)


def _front_matter(page: Page) -> str:
    header = [line for line in page.reading.lines if line.kind is Kind.HEADER]
    lines = [_KEY.sub(lambda found: " " * len(found[0]), f"{line.text}\n") for line in header]
    return "".join(lines)[: page.lesson.body_offset]
