"""Links to the folder's own pages and files, and to the headings in them."""

import re
from collections.abc import Iterator
from posixpath import normpath
from urllib.parse import unquote

from hackweek.checks.headings import anchors, extension_options, plugins
from hackweek.checks.markdown_links import label, links
from hackweek.checks.navigation import published
from hackweek.checks.page import Folder, Page
from hackweek.checks.urls import malformed, wrong_mail
from hackweek.diagnostics import Diagnostic, nearest
from hackweek.rules import Rule

TARGET_RULES = (
    Rule(
        name="link-outside-lessons",
        why="Only what is below docs/ is published, so the link leads to a page that does not "
        "exist.",
        bad="[the licence](../../LICENSE)",
        good="[the licence](https://github.com/uwhackweek/lessons/blob/main/LICENSE)",
    ),
    Rule(
        name="broken-link",
        why="The reader gets the page that says that there is no such page.",
        bad="[git](Git.md)",
        good="[git](git.md)",
    ),
    Rule(
        name="broken-anchor",
        why="The reader lands at the top of a page and has to search for what was meant.",
        bad="[fork it](git.md#forkit)",
        good="[fork it](git.md#fork-it)",
    ),
)

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/")
_TEMPLATE = re.compile(r"<<[ \t]|<%|\{\{|\{%|[{}$<>]")
_FILE_MAKERS = {
    *("api-autonav", "autoapi", "gallery", "gen-files", "mkapi", "mknotebooks", "monorepo"),
    *("multirepo", "mkdocs-jupyter", "same-dir", "simple", "swagger-ui-tag", "techdocs-core"),
    *("mkdocs-simple-plugin", "blog", "i18n", "import-repo", "pages-from-files", "rss", "tags"),
}
"""Plugins that make pages, or move them."""
_MADE = re.compile(r"(?:^|/)(?:404\.html|sitemap\.xml(?:\.gz)?|objects\.inv|search/.*|assets/.*)$")
"""Files that MkDocs and its themes add."""
_ANYWHERE = re.compile(r"(?:top|__.*|fn(?:ref)?\d*:.*|:~:.*)?")
"""Anchors that every page has, or that extensions make."""


def check_targets(folder: Folder) -> Iterator[Diagnostic]:
    """What is wrong with the links inside a folder."""
    search = _Search(folder)
    for page in published(folder):
        written = links(page)
        targets = [
            (link.target, link.target_start)
            for link in written.inline
            if not link.reference and not link.picture
        ]
        pictures = {label(each.target or each.text) for each in written.inline if each.picture}
        defined = [found for name, found in written.definitions.items() if name not in pictures]
        for target, at in (*targets, *defined):
            if found := search.fault(page, target, at):
                yield found


class _Search:
    """Looks for pages, files and anchors, in all letter cases."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.pages = {page.path.as_posix(): page for page in folder.pages}
        self.folded = {name.casefold(): name for name in folder.files}
        self.by_name: dict[str, list[str]] = {}
        self.by_folder: dict[str, list[str]] = {}
        for path in folder.files:
            below, _, name = path.rpartition("/")
            self.by_name.setdefault(name.casefold(), []).append(path)
            self.by_folder.setdefault(below, []).append(name)
        self.folders = {parent.as_posix() for page in folder.pages for parent in page.path.parents}
        self.made = bool(plugins(folder) & _FILE_MAKERS) or bool(folder.config.get("hooks"))
        self.own_slugs = "slugify" in extension_options(folder, "toc") or (
            "separator" in extension_options(folder, "toc")
        )

    def fault(self, page: Page, target: str, at: int) -> Diagnostic | None:
        """What is wrong with a target within the folder; None for any other."""
        if _SCHEME.match(target) or _TEMPLATE.search(target) or "@" in target:
            return None
        if not target.strip() or wrong_mail(target) or malformed(target):
            return None
        path, mark, anchor = target.partition("#")
        path = unquote(path.partition("?")[0]).strip()
        if not path:
            return self._anchor_fault(page, page, target, anchor, at) if mark else None
        try:
            wanted = normpath((page.path.parent / path).as_posix())
        except ValueError:
            return None
        if wanted in self.folder.files and not path.endswith("/"):
            other = self.pages.get(wanted)
            return self._anchor_fault(page, other, target, anchor, at) if other and mark else None
        return self._missing(page, path, wanted, target, at)

    def _missing(
        self, page: Page, path: str, wanted: str, target: str, at: int
    ) -> Diagnostic | None:
        near = self._meant(page, path, wanted)
        if near:
            help = f'write "{_relative(near, page)}"'
            if near.casefold() == wanted.casefold():
                help += ": upper and lower case are different"
            return page.at(at, "broken-link", f'"{target}" does not exist', help)
        if wanted in self.folders or re.fullmatch(r"[./]+", path):
            return None  # a folder's own address, which the browser follows
        if wanted.startswith("../"):
            message = f'"{target}" is outside of "{self.folder.docs.name}", and is not published'
            help = "write the full address of the file on the web"
            return page.at(at, "link-outside-lessons", message, help)
        if self.made or _MADE.search(wanted):
            return None
        close = self._near(wanted)
        help = f'did you mean "{_relative(close, page)}"?' if close else ""
        return page.at(at, "broken-link", f'"{target}" does not exist', help)

    def _near(self, wanted: str) -> str | None:
        """The file of the same name elsewhere, or of a similar name in the same folder."""
        folder, _, name = wanted.rpartition("/")
        same = self.by_name.get(name.casefold(), ())
        if len(same) == 1:
            return same[0]
        near = nearest(name, self.by_folder.get(folder, ()))
        return f"{folder}/{near}".lstrip("/") if near else None

    def _meant(self, page: Page, path: str, wanted: str) -> str | None:
        """The file for an address that is written in another case, or as browsers show it."""
        if wanted.casefold() in self.folded:
            return self.folded[wanted.casefold()]
        shown_at = page.path.with_suffix("") if page.path.stem != "index" else page.path.parent
        for base in (wanted, normpath((shown_at / path).as_posix())):
            stem = base.removesuffix(".html").removesuffix("/index")
            for option in (f"{stem}.md", f"{stem}/index.md", f"{stem}/README.md"):
                if option.casefold() in self.folded and stem not in (".", ".."):
                    return self.folded[option.casefold()]
        return None

    def _anchor_fault(
        self, page: Page, other: Page, target: str, anchor: str, at: int
    ) -> Diagnostic | None:
        wanted = unquote(anchor)
        known = None if self.own_slugs else anchors(other)
        if _ANYWHERE.fullmatch(wanted) or known is None or wanted in known:
            return None
        if other.path.stem == "glossary":
            return None  # the words are another check's
        where = "this page" if other is page else f'"{other.path}"'
        close = nearest(wanted, known)
        help = f'did you mean "#{close}"?' if close else ""
        return page.at(at, "broken-anchor", f'"#{anchor}" is not on {where}', help)


def _relative(path: str, page: Page) -> str:
    """A file's path as a link on a page says it."""
    here, there = page.path.parent.parts, path.split("/")
    same = 0
    while same < min(len(here), len(there) - 1) and here[same] == there[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:])
