"""What an address that leads nowhere was meant to lead to, where only one thing is near."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import unquote

from hackweek.diagnostics import nearest
from hackweek.links.inside.html_page import HtmlPage
from hackweek.links.inside.site_files import PAGES, SiteFiles

_ENDING = re.compile(
    r"(?:(?:^|/)(?:index|readme))?\.(?:md|markdown|ipynb|rst|x?html?)$|/index/?$|/+$", re.IGNORECASE
)
"""The end of a page's address that one kind of site writes and another does not."""
_KIND = re.compile(r"\.([A-Za-z]\w{0,10})$")
_DIGITS = re.compile(r"\D+")


class Suggestions:
    """The pages, files and anchors of a site, by what people may have meant."""

    def __init__(self, files: SiteFiles, pages: Mapping[str, HtmlPage]) -> None:
        self._files = files
        self._pages = pages

    def variant(self, path: str) -> str | None:
        """The file that a path names in another way: in other letters, or as another kind of site.

        `Help`, `help.html`, `help.md` and `help//` for help/index.html.
        """
        found = self._by_skeleton.get(_skeleton(path), [])
        return found[0] if len(found) == 1 else None

    def near_file(self, path: str) -> str | None:
        """The file that a path leads to but for its spelling or its folder."""
        if found := self.variant(path):
            return found
        folder, _, name = _bare(path).rpartition("/")
        same_name = [each for each in self._by_name.get(_folded(name), []) if _alike(path, each)]
        if len(same_name) == 1:
            return same_name[0]
        siblings = {
            _stem(key): each
            for key, each in self._siblings.get(_folded(folder), {}).items()
            if _alike(path, each)
        }
        stem = _stem(_folded(name))
        near = nearest(stem, siblings) if len(stem) > 2 else None
        return siblings[near] if near and _digits(near) == _digits(stem) else None

    def near_anchor(self, fragment: str, file: str) -> tuple[str, str] | None:
        """The page and the anchor that a fragment was meant for: on this page, or one other."""
        page = self._pages.get(file)
        anchors = [each for each in page.anchors if not each.startswith("__")] if page else []
        wanted = unquote(fragment)
        alike = [each for each in anchors if _letters(each) == _letters(wanted)]
        if len(alike) == 1:
            return file, alike[0]
        near = nearest(wanted, anchors) if len(wanted) > 2 else None
        if near and _digits(near) == _digits(wanted):
            return file, near
        elsewhere = self._by_anchor.get(wanted, [])
        named = len(elsewhere) == 1 and not _digits(wanted)  # numbers are given by programs
        return (elsewhere[0], wanted) if named else None

    @cached_property
    def _by_skeleton(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for name in self._files.names:
            found[_skeleton(name)].append(name)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for name in self._files.names:
            if last := _bare(name).rpartition("/")[2]:
                found[_folded(last)].append(name)
        return found

    @cached_property
    def _siblings(self) -> dict[str, dict[str, str]]:
        """Files by their names, by the folders that they are in."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for name in self._files.names:
            folder, _, last = _bare(name).rpartition("/")
            if last:
                found[_folded(folder)][_folded(last)] = name
        return found

    @cached_property
    def _by_anchor(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for page in self._pages.values():
            for anchor in page.anchors:
                found[anchor].append(page.file)
        return found


def _bare(path: str) -> str:
    """A page's path without what depends on the kind of site; a file's path as it is."""
    return _ENDING.sub("", path).rstrip("/")


def _stem(name: str) -> str:
    return _KIND.sub("", name)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _skeleton(path: str) -> str:
    return _folded(re.sub("//+", "/", _bare(path.strip())))


def _letters(anchor: str) -> str:
    return re.sub(r"[\W_]+", "-", _folded(anchor)).strip("-")


def _digits(text: str) -> str:
    return _DIGITS.sub(" ", text).strip()


def _alike(path: str, name: str) -> bool:
    """Whether both are pages, or files of the same kind."""
    wanted, there = _kind(path), _kind(name)
    return wanted == there or (not wanted and name.endswith(PAGES))


def _kind(path: str) -> str:
    end = _KIND.search(_bare(path))
    return end[1].lower() if end else ""
