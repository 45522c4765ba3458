"""Python-Markdown with the extensions that a site names in `mkdocs.yml`."""

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from material.extensions import emoji  # type: ignore[import-untyped]  # it has no types
from pymdownx.slugs import slugify  # type: ignore[import-untyped]  # it has no types

from hackweek.links.sources.marks import TEXT_MARK

_OF_MKDOCS = ("toc", "tables", "fenced_code")
_USUAL = (
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html"),
    *("pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
)
"""What most sites have, for a folder without `mkdocs.yml`."""
_OF_MARKDOWN = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs "
    "legacy_em md_in_html meta nl2br sane_lists smarty tables toc wikilinks".split()
)
_LEFT_OUT = frozenset({"pymdownx.snippets", "pymdownx.b64"})
"""What reads other files: the first is done before, the other leaves no address."""
_BEFORE_LINKS = 6
"""After Markdown within text is read (20), before pictures and links are finished (5)."""
MARK_OF = "data-mark-of-"
"""Begins the attribute that has the mark of another, such as `href`."""


class Converter:
    """Turns marked Markdown into HTML.

    A mark within an address is taken out of it before other extensions see the address, and
    put into an attribute of its own: `data-mark-of-href`. In raw HTML it stays where it is.
    """

    def __init__(self, config: Mapping[str, Any], ours: Extension | None = None) -> None:
        self._markdown = Markdown()
        for each, options in _extensions(config).items():
            try:
                self._markdown.registerExtensions([each], {each: options})
            except Exception:  # noqa: BLE001, S112 - not installed, or has options of another version
                continue
        self._unmarked = _Unmarked(self._markdown)
        self._markdown.treeprocessors.register(self._unmarked, "unmarked", _BEFORE_LINKS)
        # Here MkDocs resolves links; by this name our own extension asks for the page.
        self._page = _PageOf(self._markdown)
        self._markdown.treeprocessors.register(self._page, "relpath", 0)
        if ours:
            self._markdown.registerExtensions([ours], {})

    def html(self, page: str, text: str) -> str:
        """The HTML of a page's marked Markdown; `page` is its file, relative to docs/.

        Empty if an extension fails, which the site's own options may have kept from failing.
        """
        self._page.file.src_uri = page
        self._markdown.reset()
        try:
            return self._markdown.convert(text)
        except Exception:  # noqa: BLE001 - whatever an extension raises
            return ""


class _Unmarked(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            for attribute, value in list(element.items()):
                if mark := TEXT_MARK.search(value or ""):  # one without a value is None
                    element.set(attribute, TEXT_MARK.sub("", value))
                    element.set(f"{MARK_OF}{attribute}", mark[0])


class _PageOf(Treeprocessor):
    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.file = SimpleNamespace(src_uri="")

    def run(self, root: Element) -> None:
        """Leaves links as they are: who reads the HTML resolves them."""


def _extensions(config: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The extensions that come with Python-Markdown or pymdownx, by name, with their options."""
    options: dict[str, dict[str, Any]] = {}
    for name, chosen in _listed(config):
        short = name.removeprefix("markdown.extensions.")
        known = short in _OF_MARKDOWN or short.startswith("pymdownx.")
        if known and short not in _LEFT_OUT:
            options[short] = _usable(short, chosen if isinstance(chosen, dict) else {})
    highlight = options.setdefault("pymdownx.highlight", {})
    if not (highlight.get("anchor_linenums") or highlight.get("line_anchors")):
        # Colours take much of the time, and only lines with anchors are links.
        highlight["use_pygments"] = False
    return options


def _listed(config: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The names of all extensions, with the options that `mkdocs.yml` has for them."""
    listed: Any = config.get("markdown_extensions", () if config else _USUAL)
    entries = listed if isinstance(listed, (list, tuple)) else [listed]
    for each in (*_OF_MKDOCS, *entries):
        for name, chosen in (each if isinstance(each, dict) else {each: {}}).items():
            yield str(name), chosen


def _usable(name: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Options without those that name Python objects, which are not loaded.

    For functions, those that nearly everybody names stand in.
    """
    usable: dict[str, Any] = _known(options)
    if "slugify" in options:
        usable["slugify"] = slugify(case="lower")
    if name == "pymdownx.emoji" and len(usable) < len(options):
        usable |= {"emoji_index": emoji.twemoji, "emoji_generator": emoji.to_svg}
    return usable


def _known(value: Any) -> Any:
    """A value without the keys below which nothing is known."""
    if isinstance(value, dict):
        return {key: _known(each) for key, each in value.items() if each is not None}
    return [_known(each) for each in value] if isinstance(value, list) else value
