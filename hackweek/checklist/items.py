"""The items of a checklist, made from Markdown: boxes with names that stay, and minutes.

An item is written `- [ ] **You can sign in.**{ #signed-in } How to prove it.` Its id is what a
reader's ticks are kept by, so that its words and its place can change.
https://python-markdown.github.io/extensions/attr_list/
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element


def make_items(
    root: Element,
    minutes: Mapping[str, int],
    page: str,
    target: Callable[[Element], str],
) -> None:
    """Makes each box whose item has an id tickable, with the minutes that the item stands for.

    `minutes` are those of each lesson by its page, `page` is the one that is being converted,
    and `target` says to which page a link leads. The items of a lesson share its minutes, all
    items those of their own page, so that together they are the minutes of all lessons.
    """
    items = list(_items(root))
    lessons = [_lesson(item, minutes, page, target) for item, _ in items]
    shares = Counter(lessons)
    own = minutes.get(page, 0) / max(len(items), 1)
    for (item, host), lesson in zip(items, lessons, strict=True):
        _make_item(item, host, own + minutes.get(lesson, 0) / shares[lesson])


def _items(root: Element) -> Iterator[tuple[Element, Element]]:
    """Each task with an id, and what holds its words: the list item or its first paragraph."""
    for item in root.iter("li"):
        if "task-list-item" not in item.get("class", "").split():
            continue
        host = item[0] if item[0].tag == "p" else item
        box_first = len(host) > 1 and host[0].tag == "label" and not (host[0].tail or "").strip()
        if box_first and host[1].tag == "strong" and host[1].get("id"):
            yield item, host


def _lesson(
    item: Element, minutes: Mapping[str, int], page: str, target: Callable[[Element], str]
) -> str:
    """The lesson that an item first links to; empty where it links to none."""
    pages = map(target, item.iter("a"))
    return next((each for each in pages if each in minutes and each != page), "")


def _make_item(item: Element, host: Element, minutes: float) -> None:
    """Puts an item's bold words into its label, and its id where links and ticks find it."""
    label, words = host[0], host[1]
    id = words.attrib.pop("id")
    item.set("id", id)
    label.set("class", "checklist-item")
    for indicator in label.findall("span"):
        label.remove(indicator)
    label[0].attrib.pop("aria-label")
    label[0].attrib |= {"name": id, "data-minutes": f"{minutes:.2f}"}
    label.tail, words.tail = words.tail, None
    host.remove(words)
    label.append(words)
