"""What a keyboard or a screen reader needs of a page, and Markdown's own HTML leaves out."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.toc import slugify, unique
from markdown.util import HTML_PLACEHOLDER_RE

_BOX = re.compile(r'<input type="checkbox"(?P<state>[^>]*)/>')
_BLOCKS = {"ul", "ol", "dl", "pre", "div", "table", "blockquote"}


def name_boxes(md: Markdown, root: Element) -> None:
    """Gives each box of a task list its item's words as its name.

    https://www.w3.org/WAI/WCAG22/Understanding/name-role-value
    https://facelessuser.github.io/pymdown-extensions/extensions/tasklist/
    """
    for item in root.iter("li"):
        if "task-list-item" not in item.get("class", "").split():
            continue
        first = item[0] if len(item) and not (item.text or "").strip() else item
        mark = HTML_PLACEHOLDER_RE.search(first.text or "")
        if mark and (box := _BOX.search(str(md.htmlStash.rawHtmlBlocks[int(mark[1])]))):
            after = (first.text or "")[mark.end() :]
            first.text = ""
            first.insert(0, _label(_name(first, after), box["state"].split(), after))


def make_tables_reachable(root: Element) -> None:
    """Puts each table into a box that scrolls by itself and by the keyboard.

    https://www.w3.org/WAI/WCAG22/Understanding/keyboard
    """
    for parent, table in [(p, child) for p in root.iter() for child in p if child.tag == "table"]:
        heads = ", ".join(filter(None, (_text(head) for head in table.iter("th"))))
        box = Element("div", {"class": "scrolls", "role": "group", "tabindex": "0"})
        box.set("aria-label", f"Table: {heads}" if heads else "Table")
        box.tail, table.tail = table.tail, None
        parent[list(parent).index(table)] = box
        box.append(table)


def name_terms(root: Element) -> None:
    """Gives each term of a definition list an address of its own."""
    used = {each.get("id", "") for each in root.iter()}
    for term in root.iter("dt"):
        if not term.get("id"):
            term.set("id", unique(slugify(_text(term), "-"), used))


def _label(name: str, state: list[str], after: str) -> Element:
    label = Element("label", {"class": "task-list-control"})
    named = {"type": "checkbox", "aria-label": name}
    SubElement(label, "input", named | {each: each for each in state})
    SubElement(label, "span", {"class": "task-list-indicator"})
    label.tail = f" {after.lstrip()}"
    return label


def _name(item: Element, before: str) -> str:
    """What an item is called: its bold beginning, else all of its own words."""
    if len(item) and item[0].tag == "strong" and not before.strip():
        return _text(item[0])
    return " ".join("".join([before, *_own_words(item)]).split())


def _own_words(element: Element) -> Iterator[str]:
    """The words of an element without the lists and code below it."""
    for child in element:
        if child.tag not in _BLOCKS:
            yield child.text or ""
            yield from _own_words(child)
        yield child.tail or ""


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
