"""Links as they are written: their text, their address, and the page that they lead to."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from hackweek.checks.headings import plugins
from hackweek.checks.link_targets import TARGET_RULES, check_targets
from hackweek.checks.markdown_links import Link, Links, label, links
from hackweek.checks.page import Folder, Page
from hackweek.checks.urls import insecure, malformed, public_host, wrong_mail
from hackweek.diagnostics import Diagnostic
from hackweek.rules import Rule

RULES = (
    Rule(
        name="malformed-url",
        why="A browser looks for an address with a mistake in it on this very site, and finds "
        "nothing.",
        bad="[GitHub](https:/github.com)",
        good="[GitHub](https://github.com)",
    ),
    Rule(
        name="insecure-link",
        why="Anybody between the reader and the site can change what comes over http, and "
        "browsers warn of it.",
        bad="[Pangeo](http://pangeo.io)",
        good="[Pangeo](https://pangeo.io)",
    ),
    Rule(
        name="vague-link-text",
        why="Screen readers read out the links of a page without the sentences around them; "
        '"here" says nothing there.',
        bad="The guide is [here](guide.md).",
        good="Read the [installation guide](guide.md).",
    ),
    Rule(
        name="bare-url",
        why="A screen reader spells an address letter by letter, and it does not say what is "
        "behind it.",
        bad="See https://pangeo.io/start",
        good="See the [introduction to Pangeo](https://pangeo.io/start)",
    ),
    Rule(
        name="empty-link",
        why="A link without text cannot be seen or pressed, and one without a target does nothing.",
        bad="[the guide]()",
        good="[the guide](guide.md)",
    ),
    Rule(
        name="undefined-reference",
        why="Without the line that says where it leads, the brackets are published as they stand.",
        bad="[the guide][guide]",
        good="[the guide][guide]\n\n[guide]: guide.md",
    ),
    Rule(
        name="swapped-brackets",
        why="Round brackets first is no link: the brackets are published as they stand.",
        bad="(Pangeo)[https://pangeo.io]",
        good="[Pangeo](https://pangeo.io)",
    ),
    Rule(
        name="absolute-link-to-own-site",
        why="It leads away from a preview or a copy of the site, and nobody notices when the page "
        "behind it moves.",
        bad="[git](https://hackweek.example/git/)",
        good="[git](git.md)",
    ),
    Rule(
        name="wrong-mail-address",
        why="The mail program opens with an address that cannot be written to, or not at all.",
        bad="[Jo](mailto:jo at pangeo.io)",
        good="[Jo](mailto:jo@pangeo.io)",
    ),
    *TARGET_RULES,
)

_VAGUE = frozenset(
    {
        *("here", "this", "link", "click", "click here", "this link", "this page", "read more"),
        *("the link", "more", "right here", "over here", "see here", "click this", "this one"),
        *("click this link", "click on this link", "follow this link", "this url", "this site"),
        *("this website", "go here", "look here", "read this", "see this", "check here"),
        *("find here", "found here", "available here", "link here", "here is the link"),
        *("press here", "see link", "see this link", "at this link", "learn more", "clicking here"),
        *("more info", "more information", "more details", "details", "info", "there"),
        "from there",
    }
)
_MARKS = re.compile(r"[*_~]+|[.,:;!?→»>\"'()\s]+$|^[\s\"'(]+")
_URL_TEXT = re.compile(r"<?(?:https?://|www\.)[^\s<>]+>?", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w/@.:=\"'`-])<?(?P<url>https?:/{1,3}[^\s<>\[\]|\"'`]+)", re.IGNORECASE)
_BARE_WWW = re.compile(r"(?<![\w/@.:=\"'`-])www\.[\w-]+(?:\.[\w-]+)+(?:/[^\s<>\[\]|\"'`]*)?")
_BROKEN_BARE = re.compile(
    r"(?<![\w/@.:=\"'`-])(?:https?(?:;//?|//)|(?!https?:)h?t{1,4}p{1,3}s{0,3}://)[^\s<>\[\]|\"'`]+",
    re.IGNORECASE,
)
_AFTER_URL = ".,;:!?*_)"
_CITATION = re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_BUTTON = re.compile(r"\{[^{}\n]*\.md-button")
_TEMPLATE = re.compile(r"<<[ \t]|<%|\{\{|\{%")
_LABEL = re.compile(r"[^\W\d][\w .:/-]*|\d+")


def check(page: Page, folder: Folder) -> Iterator[Diagnostic]:
    """What is wrong with one page's links, wherever they lead."""
    written = links(page)
    for link in written.inline:
        if link.picture:  # what else can be wrong with one is another check's
            yield from _malformed(page, link.target, link.target_start)
        elif link.reference:
            yield from _undefined(page, folder, written, link)
        else:
            found = _empty(page, link) or _wrong_target(
                page, folder, link.target, link.target_start
            )
            yield from [found] if found else _unclear(page, link)
    for target, at in (*written.definitions.values(), *written.addresses):
        if found := _wrong_target(page, folder, target.strip("<>"), at):
            yield found
    for at, text, target in written.swapped:
        if _leads_somewhere(target):
            help = f'write "[{text}]({target})"'
            yield page.at(at, "swapped-brackets", f'"({text})[{target}]" is no link', help)
    yield from _bare(page, folder, written.rest)


def check_folder(folder: Folder) -> Iterator[Diagnostic]:
    """Links to pages, files and headings that are not there."""
    yield from check_targets(folder)


def _empty(page: Page, link: Link) -> Diagnostic | None:
    shown = f"[{link.text}]({link.target})"
    if link.target in ("", "#") and (link.text.strip() or link.target == "#"):
        if link.before.isalnum() or not re.search(r"\w", link.text):
            return None  # code in prose, such as handlers[name]()
        return page.at(
            link.start, "empty-link", f'"{shown}" leads nowhere', "write where it leads in ( )"
        )
    if not link.text.strip() and link.target and not link.after.startswith("{"):
        return page.at(
            link.start, "empty-link", f'"{shown}" has no text', "write its text between [ and ]"
        )
    return None


def _wrong_target(page: Page, folder: Folder, target: str, at: int) -> Diagnostic | None:
    """The one thing that is wrong with an address."""
    if _TEMPLATE.search(target):
        return None
    if fault := wrong_mail(target):
        return page.at(at, "wrong-mail-address", f'"{target}" {fault[0]}', _write(fault[1]))
    if found := next(_malformed(page, target, at), None):
        return found
    if inside := _on_own_site(target, folder):
        return page.at(
            at,
            "absolute-link-to-own-site",
            f'"{target}" leads to this very site',
            f"write the file's path, {inside}",
        )
    if insecure(target):
        return page.at(at, "insecure-link", f'"{target}" is http', _write(f"https{target[4:]}"))
    return None


def _malformed(page: Page, url: str, at: int) -> Iterator[Diagnostic]:
    fault = None if _TEMPLATE.search(url) else malformed(url)
    if fault:
        yield page.at(at, "malformed-url", f'"{url}" {fault[0]}', _write(fault[1]))


def _write(text: str) -> str:
    return f'write "{text}"' if text else ""


def _on_own_site(target: str, folder: Folder) -> str:
    """How a page of the site is called in a link, if an address is one of the site's."""
    site = folder.config.get("site_url")
    if not isinstance(site, str) or not _is_published(site):
        return ""
    here = re.sub(r"^https?://(www\.)?", "", site.lower()).rstrip("/")
    there = re.sub(r"^https?://(www\.)?", "", target.lower())
    if there == target.lower() or not (there == here or there.startswith((f"{here}/", f"{here}#"))):
        return ""
    path = re.split(r"[?#]", there[len(here) :])[0].strip("/").removesuffix(".html")
    options = (f"{path}.md", f"{path}/index.md".lstrip("/"), path)
    known = {name.lower(): name for name in folder.files}
    return f'such as "{next((known[o] for o in options if o in known), "page.md")}"'


def _is_published(site: str) -> bool:
    """Whether an address is a site's own, and not what every new project has."""
    host = urlsplit(site).hostname or ""
    return public_host(site) or (host.endswith(".example") and host != "example")


def _unclear(page: Page, link: Link) -> Iterator[Diagnostic]:
    """A link whose text does not say what is behind it."""
    if _TEMPLATE.search(link.text) or link.templated:
        return
    words = " ".join(_MARKS.sub("", _MARKS.sub("", link.text)).lower().split())
    if words in _VAGUE and not _BUTTON.match(link.after):
        yield page.at(
            link.start,
            "vague-link-text",
            f'"{" ".join(link.text.split())}" does not say what is behind the link',
            "write what the reader finds there, as the link's text",
        )
    elif _URL_TEXT.fullmatch(link.text.strip("*_ ")) and _is_page(link.text.strip("*_<> ")):
        yield _bare_url(page, link.start, link.text, link.target, "is shown as a link's text")


def _bare_url(page: Page, at: int, text: str, target: str, where: str) -> Diagnostic:
    help = f'write "[what is there]({target})"'
    return page.at(at, "bare-url", f'"{text}" {where}', help)


def _is_page(url: str) -> bool:
    """Whether an address is meant to be opened, not to be typed or quoted."""
    return public_host(url if "://" in url else f"https://{url}") and not _CITATION.match(url)


def _undefined(page: Page, folder: Folder, written: Links, link: Link) -> Iterator[Diagnostic]:
    name = label(link.target or link.text)
    if name in written.definitions or _TEMPLATE.search(link.target + link.text):
        return
    if link.before.isalnum() or link.before in ("]", ")", "_", "`", "[") or not link.text.strip():
        return
    if not re.search(r"[^\W\d]", link.text) or not _LABEL.fullmatch(name):
        return
    # Other files and plugins can define what a label stands for.
    appended = "auto_append" in str(folder.config.get("markdown_extensions", ""))
    if plugins(folder) & {"autorefs", "mkdocstrings"} or appended or "--8<--" in page.text:
        return
    yield page.at(
        link.start,
        "undefined-reference",
        f'"{name}" is defined nowhere on the page',
        f'add a line "[{name}]: …" with the address, or write "[{link.text}](…)"',
    )


def _leads_somewhere(target: str) -> bool:
    return bool(
        re.match(r"https?:/|www\.|mailto:|\.{0,2}/|#\w", target)
        or re.fullmatch(r"[\w./-]+\.(?:md|html|pdf|png|ipynb)(?:#[\w-]+)?", target)
    )


def _bare(page: Page, folder: Folder, rest: str) -> Iterator[Diagnostic]:
    """Addresses in running text."""
    for found in _BARE_WWW.finditer(rest):
        url = found[0].rstrip(_AFTER_URL)
        if _is_page(url):
            yield _bare_url(page, found.start(), url, f"https://{url}", "stands in the text")
    if "//" not in rest and "http" not in rest:
        return
    for found in _BROKEN_BARE.finditer(rest):
        url = found[0].rstrip(_AFTER_URL)
        yield from _malformed(page, url, found.start())
    for found in _BARE.finditer(rest):
        url, at = found["url"].rstrip(_AFTER_URL), found.start("url")
        templated = _TEMPLATE.search(page.text, at, found.end() + 4)
        if templated or "{" in url or "$" in url or url.endswith(":/"):
            continue
        if malformed(url):
            yield from _malformed(page, url, at)
        elif insecure(url) and _is_page(url):
            help = f'write "[what is there](https{url[4:]})"'
            yield page.at(at, "insecure-link", f'"{url}" is http', help)
        elif _is_page(url):
            yield _bare_url(page, at, url, url, "stands in the text")
