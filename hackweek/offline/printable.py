"""What a page hides until it is asked for, or shows on a screen only, made fit for paper."""

from selectolax.lexbor import LexborHTMLParser, LexborNode


def open_tabs(article: LexborNode) -> None:
    """Puts tabs below each other, each with its title."""
    for tabs in article.css(".tabbed-set"):
        titles = [str(each.inner_html) for each in _within(tabs, "tabbed-labels", "label")]
        for title, block in zip(titles, _within(tabs, "tabbed-content", "div"), strict=False):
            block.attrs["class"] = "tab"
            _put_first(block, f'<p class="tab-title">{title}</p>')
        for child in list(tabs.iter()):
            if "tabbed-content" in classes(child):
                child.unwrap()
            else:
                child.decompose()
        tabs.unwrap()


def open_details(article: LexborNode) -> None:
    """Opens what can be opened."""
    for details in article.css("details"):
        details.attrs["open"] = ""


def show_pictures(article: LexborNode) -> None:
    """Leaves each picture once, for white paper, and no link to it around it."""
    for dark in article.css(".only-dark"):
        dark.decompose()
    for link in article.css("a.picture-link"):
        link.unwrap()
    for picture in article.css("img"):
        for name in ("loading", "decoding", "srcset"):
            if name in picture.attributes:
                del picture.attrs[name]


def tick_boxes(article: LexborNode) -> None:
    """Leaves an empty box of each list of tasks, without what a screen draws over it."""
    for mark in article.css(".task-list-indicator"):
        mark.decompose()


def _within(element: LexborNode, name: str, tag: str) -> list[LexborNode]:
    """What has a tag in the child of a class, without what is in a set of tabs within it."""
    parts = [child for child in element.iter() if name in classes(child)]
    return [each for part in parts for each in part.iter() if each.tag == tag]


def classes(element: LexborNode) -> list[str]:
    """The classes of an element."""
    return (element.attributes.get("class") or "").split()


def _put_first(element: LexborNode, html: str) -> None:
    made = LexborHTMLParser(html).css_first("p")
    if made is None or element.first_child is None:
        return
    element.first_child.insert_before(made)
