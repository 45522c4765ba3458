"""What was meant as a picture, or as its attributes, and comes out as text."""

import re
from collections.abc import Iterator

from markdown.extensions.attr_list import get_attrs_and_remainder

from hackweek.checks.page import Folder, Page
from hackweek.checks.picture_texts import shorten
from hackweek.diagnostics import Diagnostic, did_you_mean
from hackweek.picture_source import PICTURE_SUFFIXES, PictureSource, PictureUse
from hackweek.rules import Rule

RULES = (
    Rule(
        name="picture-left-as-text",
        why="Markdown has one way to write a picture; anything that comes close is published"
        " as text, marks and all.",
        bad="![The launcher] (img/launcher.png)",
        good="![The launcher](img/launcher.png)",
    ),
    Rule(
        name="undefined-picture-reference",
        why="A picture whose reference is defined nowhere on the page is published as text.",
        bad="![The launcher][launcher]",
        good="![The launcher][launcher] … [launcher]: img/launcher.png",
    ),
    Rule(
        name="picture-attributes-left-as-text",
        why="Attributes count only directly behind the picture, in braces on the same line;"
        " anywhere else readers see them as text.",
        bad="![The launcher](img/launcher.png) {width=300}",
        good="![The launcher](img/launcher.png){ width=300 }",
    ),
    Rule(
        name="misread-picture-attributes",
        why="Attributes are written name=value with blanks between them; all else is dropped or"
        " gets a meaning that nobody intended, without a warning.",
        bad="![The launcher](img/launcher.png){ width: 300px }",
        good="![The launcher](img/launcher.png){ width=300 }",
    ),
)

_SUFFIX = "|".join(suffix[1:] for suffix in PICTURE_SUFFIXES)
_PATH = rf"[^\s()\[\]{{}}<>\"'!|]+\.(?:{_SUFFIX})(?:[?#][^\s()\[\]{{}}<>\"'!|]*)?"
_REST = r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]*"
_LINK_REST = rf"\((?P<src>{_PATH}){_REST}\)"
_LEAD = re.compile(r"[ \t]*+(?:(?:[-*+]|\d{1,9}[.)]|>|\|)[ \t]++)*+")
_SUSPECT = re.compile(r"!(?:[ \t]*\[|\(|\w)|\[!")
_SLIPS = tuple(
    (re.compile(pattern, re.IGNORECASE), what)
    for pattern, what in (
        (
            rf"(?:![ \t]+\[(?P<alt>[^\[\]\n]*)\][ \t]*{_LINK_REST})",
            'has a blank after its "!"',
        ),
        (
            rf"(?:!(?<![\w\])!]!)\((?P<alt>[^()\[\]!\n]*)\)[ \t]?\[(?P<src>{_PATH}){_REST}\])",
            "has its brackets swapped",
        ),
        (
            rf"(?:!(?<![\w\])!]!)\((?P<alt>[^()\[\]!\n]*)\)\((?P<src>{_PATH}){_REST}\))",
            "has no square brackets",
        ),
        (
            rf"(?:\[(?<![!\w\]]\[)!(?P<alt>[^!\[\]\n]+)\]\((?P<src>{_PATH}){_REST}\))",
            'has its "!" inside the brackets',
        ),
        (
            rf"(?:!(?<![\w!\[\]<]!)(?P<alt>\w[^\[\]()!\n]*)\]\((?P<src>{_PATH}){_REST}\))",
            'has no "["',
        ),
    )
)
_AFTER_BRACKET = tuple(
    (re.compile(pattern, re.IGNORECASE), what)
    for pattern, what in (
        (
            rf"\s+\((?P<src>{_PATH}|https?://[^\s()]+){_REST}\)",
            "has a blank before its parenthesis",
        ),
        (rf"(?P<src>{_PATH}){_REST}\)", 'has no "("'),
        (rf"[{{<](?P<src>{_PATH}){_REST}[}}>]", "has no parentheses around its address"),
        (rf":\s*{_LINK_REST}", "has a colon before its parenthesis"),
    )
)
_UNCLOSED_BRACKET = re.compile(rf"(?P<alt>[^\[\]()\n]*)\((?P<src>{_PATH}){_REST}\)", re.IGNORECASE)
_LINK_INSIDE = re.compile(rf"[^\[\]\n]*\[[^\[\]\n]*\]\((?P<src>{_PATH}){_REST}\)", re.IGNORECASE)
_WIKI = re.compile(
    rf"!\[\[(?P<src>[^\[\]|#\n]+\.(?:{_SUFFIX}))(?:[|#][^\[\]\n]*)?\]\]", re.IGNORECASE
)
_WIKI_PLUGINS = ("roamlinks", "ezlinks", "obsidian", "wikilinks", "callouts")
_BRACES_LATER = re.compile(r"[ \t]+(\{:?[ \t]*([.#]?[a-zA-Z][^{}\n%]*)\})")
_ATTRIBUTE_LIKE = re.compile(r"(?:^|\s)[.#][a-zA-Z][\w-]*|[\w-]+\s*[=:]\s*[\w\"'.#“”%-]")
_BRACES_OPEN = re.compile(r"\{(?![{%#<])(?P<inside>[^{}\n]*)(?P<end>\}?)")
_ODD_ATTRIBUTE = re.compile(r"\s=|=\s|[“”„‘’,;]|:(?:\s|$)|(?:^|\s)\d+(?:px|%|em)?(?:\s|$)")
_PAIR = re.compile(r"([a-zA-Z][\w-]*)\s*[:=]\s*[\"'“”„]*([\w.%#-]+?)(px)?[\"'“”]*(?=[\s,;]|$)")


def check_syntax(page: Page, folder: Folder, source: PictureSource) -> Iterator[Diagnostic]:
    """Everything that was meant as a picture and is none, and misplaced attributes."""
    if _SUSPECT.search(page.reading.prose):
        for pattern, what in _SLIPS:
            for found in pattern.finditer(source.data):
                if not source.in_html(found.start()) and _stands(source, found):
                    yield _left(page, source, *found.span(), what, *_parts(source, found))
        shown = {use.start: use.end for use in source.pictures if not use.raw}
        end = 0
        for found in re.finditer(r"!\[", source.data):
            end = max(end, shown.get(found.start(), 0))
            if found.start() >= end and not source.in_html(found.start()):
                yield from _no_picture(page, folder, source, found.start())
    for use in source.pictures:
        if not use.raw:
            yield from _attributes(page, folder, source, use)


def _stands(source: PictureSource, found: re.Match[str]) -> bool:
    """Whether a mark is no punctuation: "Bravo ! [La figure](img/hub.png)" is French."""
    line = source.data.rfind("\n", 0, found.start()) + 1
    return found[0][1] not in " \t" or bool(_LEAD.fullmatch(source.data, line, found.start()))


def _parts(source: PictureSource, found: re.Match[str]) -> tuple[str, str]:
    alt = source.written(*found.span("alt")) if "alt" in found.re.groupindex else ""
    return alt, source.written(*found.span("src"))


def _left(
    page: Page, source: PictureSource, start: int, end: int, what: str, alt: str, src: str
) -> Diagnostic:
    shown = shorten(source.written(start, end))
    message = f'"{shown}" {what}, and comes out as text'
    help = f'write "![{shorten(alt) or "what it shows"}]({src})"' if src else ""
    return page.at(start, "picture-left-as-text", message, help)


def _no_picture(
    page: Page, folder: Folder, source: PictureSource, start: int
) -> Iterator[Diagnostic]:
    """Why the `![` at an offset makes no picture, if it was meant to."""
    data, end = source.data, source.block_end(start)
    if source.in_link_address(start):
        stop = source.closing.get(start + 1, start + 1) + 1
        yield _left(page, source, start, stop, "stands where a link has its address", "", "")
        return
    if wiki := _WIKI.match(data, start, end):
        plugins = str(folder.config.get("plugins", ""))
        if not any(name in plugins for name in _WIKI_PLUGINS):
            what = "is how wikis write a picture"
            yield _left(page, source, *wiki.span(), what, "", source.written(*wiki.span("src")))
        return
    close = source.closing.get(start + 1)
    if close is None:
        found = _UNCLOSED_BRACKET.match(data, start + 2, end) or _LINK_INSIDE.match(
            data, start + 2, end
        )
        if found:
            yield _left(page, source, start, found.end(), 'has no "]"', *_parts(source, found))
        return
    alt = source.written(start + 2, close)
    if data[close + 1 : close + 2] == "(":
        line_end = min(end, (data.find("\n", close) + 1 or end + 1) - 1)
        opened = re.compile(rf"\(({_PATH}|[^\s()]*)").match(data, close + 1, line_end)
        src = source.written(*opened.span(1)) if opened else ""
        yield _left(
            page, source, start, opened.end() if opened else close + 2, 'has no ")"', alt, src
        )
        return
    for pattern, what in _AFTER_BRACKET:
        if found := pattern.match(data, close + 1, end):
            src = source.written(*found.span("src"))
            yield _left(page, source, start, found.end(), what, alt, src)
            return
    if not re.match(r"[\w#!\]]", data[start - 1 : start]):
        yield from _undefined(page, source, start, close, alt)


def _undefined(
    page: Page, source: PictureSource, start: int, close: int, alt: str
) -> Iterator[Diagnostic]:
    found = re.compile(r"\s?\[([^\[\]]*)\]").match(source.data, close + 1, source.block_end(close))
    name = (source.written(*found.span(1)) if found else "") or alt
    if not re.search(r"[^\W\d_]", name) or "\ue000" in source.data[start:close]:
        return
    if found and re.fullmatch(_PATH, name, re.IGNORECASE):
        yield _left(page, source, start, found.end(), "has no parentheses", alt, name)
        return
    help = did_you_mean(name, source.definitions)
    yield page.at(
        start,
        "undefined-picture-reference",
        f'"{shorten(name)}" is defined nowhere on this page, so the picture comes out as text',
        help or f'write "![{shorten(alt)}](its file)", or add a line "[{shorten(name)}]: its file"',
    )


def _attributes(
    page: Page, folder: Folder, source: PictureSource, use: PictureUse
) -> Iterator[Diagnostic]:
    data = source.data
    later = _BRACES_LATER.match(data, use.end)
    if later and _ATTRIBUTE_LIKE.search(later[2]) and not _for_block(source, later.end()):
        yield page.at(
            later.start(1),
            "picture-attributes-left-as-text",
            f'"{shorten(later[1])}" stands apart from its picture, and comes out as text',
            'remove the blank before "{"',
        )
    braces = _BRACES_OPEN.match(data, use.end)
    if not braces or not _ATTRIBUTE_LIKE.search(braces["inside"]):
        return
    if not braces["end"] or not _has_attributes(folder):
        on = 'add "attr_list" to markdown_extensions in mkdocs.yml'
        yield page.at(
            use.end,
            "picture-attributes-left-as-text",
            f'"{shorten(braces[0])}" {"comes" if braces["end"] else "has no end, and comes"} out as'
            " text",
            on if braces["end"] else 'end it with "}" on the same line',
        )
    elif _misread(braces["inside"]):
        yield page.at(
            use.end,
            "misread-picture-attributes",
            f'"{shorten(braces[0])}" is not read as attributes',
            _repaired(braces["inside"]),
        )


def _for_block(source: PictureSource, end: int) -> bool:
    """Whether braces at the end of a heading or a table's cell are its attributes."""
    line = source.reading.lines[source.reading.place(end - 1)[0] - 1]
    rest = source.text[end : line.offset + len(line.text)].strip()
    first = line.text.lstrip(" \t>")
    return (first.startswith("#") and not rest) or ("|" in line.text and rest[:1] in ("", "|"))


def _has_attributes(folder: Folder) -> bool:
    """Whether mkdocs.yml asks for lists of attributes; taken for granted where it says nothing."""
    names = folder.config.get("markdown_extensions")
    if not folder.config or "INHERIT" in folder.config:
        return True
    return any(word in str(names) for word in ("attr_list", "extra"))


def _misread(inside: str) -> bool:
    """Whether something in a list is no attribute."""
    inside = inside.removeprefix(":").strip()
    values = re.sub(r"=\"[^\"]*\"|='[^']*'", "=x", inside)
    attributes = get_attrs_and_remainder(inside + "}")[0]
    odd = any(str(value or "").count(quote) % 2 for _, value in attributes for quote in "\"'")
    return odd or bool(_ODD_ATTRIBUTE.search(values)) or not attributes


def _repaired(inside: str) -> str:
    """Help: the list as it was meant; empty where that cannot be told."""
    inside = inside.removeprefix(":")
    left = re.sub(r"[\s,;]|[.#][\w-]+(?=\s|$)", "", _PAIR.sub("", inside))
    kept = re.findall(r"(?<!\S)[.#][a-zA-Z][\w-]*", inside)
    pairs = [f"{found[1]}={found[2]}" for found in _PAIR.finditer(inside)]
    return "" if left or not pairs else f'write "{{ {" ".join([*kept, *pairs])} }}"'
