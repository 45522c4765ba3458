"""Pictures on a page: files that are not there, texts, and marks that make no picture."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from hackweek.checks import picture_syntax, picture_texts
from hackweek.checks.page import Folder, Page
from hackweek.checks.picture_texts import shorten
from hackweek.diagnostics import Diagnostic, nearest
from hackweek.picture_paths import address, base, from_docs, inside, is_file
from hackweek.picture_source import PICTURE_SUFFIXES, PictureUse, picture_source
from hackweek.rules import Rule

RULES = (
    Rule(
        name="missing-picture",
        why="Readers see a broken picture where the address leads to no file.",
        bad="![The launcher](img/luancher.png)",
        good="![The launcher](img/launcher.png)",
    ),
    Rule(
        name="picture-letter-case",
        why="A web server tells capital from small letters, even where your computer does not.",
        bad="![The launcher](img/Launcher.PNG)",
        good="![The launcher](img/launcher.png)",
    ),
    Rule(
        name="absolute-picture-path",
        why="A path from the root of a disk or of a website breaks as soon as the site is"
        " published anywhere else.",
        bad="![The launcher](/img/launcher.png)",
        good="![The launcher](../img/launcher.png)",
    ),
    Rule(
        name="picture-path-once-built",
        why="MkDocs rewrites the addresses of Markdown pictures and leaves those of <img> alone,"
        " and it publishes git.md as git/index.html, one folder further down.",
        bad='<img src="img/launcher.png" alt="The launcher">',
        good='<img src="../img/launcher.png" alt="The launcher">',
    ),
    Rule(
        name="hotlinked-picture",
        why="A picture on another host can change or vanish, and its owner learns who reads.",
        bad="![The launcher](https://example.org/launcher.png)",
        good="![The launcher](img/launcher.png)",
    ),
    Rule(
        name="picture-title-without-quotes",
        why="Without its quotes the title becomes a part of the address, which then leads nowhere.",
        bad="![The launcher](img/launcher.png JupyterLab)",
        good='![The launcher](img/launcher.png "JupyterLab")',
    ),
    *picture_texts.RULES,
    *picture_syntax.RULES,
)

Found = tuple[str, str, str]
"""Rule, message, help."""

_OF_DISK = re.compile(r"file:|[a-z]:[\\/]|[\\/](?![\\/])|\\\\", re.IGNORECASE)
_UNQUOTED = re.compile(r"(\S+?\.\w{2,5})\s+(.+)", re.DOTALL)


def check(page: Page, folder: Folder) -> Iterator[Diagnostic]:
    """Everything wrong with the pictures of one page."""
    source = picture_source(page)
    yield from picture_texts.check_texts(page, source.pictures)
    yield from picture_syntax.check_syntax(page, folder, source)
    known: dict[tuple[str, bool], Found | None] = {}
    by_address = {use.src_start: use for use in source.pictures}
    for start, use in by_address.items():
        if (use.src, use.raw) not in known:
            known[use.src, use.raw] = _path(use, page, folder)
        if found := known[use.src, use.raw]:
            yield page.at(start, *found)


def _path(use: PictureUse, page: Page, folder: Folder) -> Found | None:
    """What is wrong with a picture's address."""
    if use.templated:
        return None
    if not use.src:
        by_script = use.raw and "src" not in use.attributes
        return None if by_script else ("missing-picture", "the picture has no address", "")
    if _OF_DISK.match(use.src) and not (
        use.src.startswith("/") and from_docs(folder) and not use.raw
    ):
        return _absolute(use, page, folder)
    try:
        parts = urlsplit(use.src)
    except ValueError:
        return "missing-picture", f'"{shorten(use.src)}" is not an address', ""
    if parts.scheme in ("http", "https") or parts.netloc:
        return _hotlinked(use, parts.hostname or "", folder)
    if parts.scheme and parts.scheme != "attachment":
        return None
    return _local(use, unquote(parts.path), page, folder)


def _hotlinked(use: PictureUse, host: str, folder: Folder) -> Found | None:
    try:
        own = urlsplit(str(folder.config.get("site_url") or "")).hostname
    except ValueError:
        own = None
    if not host or host == own:
        return None
    help = "save the picture below docs/, and write its path"
    return "hotlinked-picture", f'"{shorten(use.src)}" is loaded from {host}', help


def _absolute(use: PictureUse, page: Page, folder: Folder) -> Found:
    path = unquote(re.sub(r"[?#].*", "", use.src, flags=re.DOTALL)).replace("\\", "/").lstrip("/")
    parts = PurePosixPath(path).parts
    ends = ["/".join(parts[start:]) for start in range(min(len(parts), 20))]
    target = next((each for each in ends if each in folder.files), "")
    help = "save the picture below docs/, and write its path relative to this page"
    if target:
        help = f'write "{address(target, base(page, folder, raw=use.raw))}"'
    return "absolute-picture-path", f'"{shorten(use.src)}" is an absolute path', help


def _local(use: PictureUse, path: str, page: Page, folder: Folder) -> Found | None:
    """What is wrong with an address within the site."""
    start = base(page, folder, raw=use.raw)
    target = inside(PurePosixPath(), path[1:]) if path.startswith("/") else inside(start, path)
    if not path or (target and is_file(target, folder)):
        return None if path else ("missing-picture", f'"{shorten(use.src)}" names no file', "")
    shown = shorten(use.src)
    beside_source = inside(page.path.parent, path)
    if use.raw and beside_source and is_file(beside_source, folder):
        right = address(beside_source, start)
        message = f'"{shown}" leads to "{target or "nowhere"}" once the page is built'
        return "picture-path-once-built", message, f'write "{right}"'
    if title := _title(use, start, folder):
        return title
    for near in {target, beside_source if use.raw else target}:
        other_case = [name for name in folder.files if name.casefold() == near.casefold()]
        if near and other_case:
            message = f'"{shown}" is called "{other_case[0]}"'
            return "picture-letter-case", message, f'write "{address(other_case[0], start)}"'
    return _missing(use, target, start, folder)


def _title(use: PictureUse, start: PurePosixPath, folder: Folder) -> Found | None:
    """The title that became a part of the address, if one did."""
    found = None if use.raw else _UNQUOTED.fullmatch(use.src)
    if not found:
        return None
    address, title = found.groups()
    if title[0] not in "\"'“”„‘’" and not is_file(inside(start, unquote(address)), folder):
        return None
    message = f'"{shorten(title)}" is read as a part of the address'
    write = shorten(title.strip("\"'“”„‘’ "))
    return "picture-title-without-quotes", message, f'write ({address} "{write}")'


def _missing(use: PictureUse, target: str, start: PurePosixPath, folder: Folder) -> Found:
    shown, where = shorten(use.src), f"{folder.docs.name}/{shorten(target, 100)}"
    fact = (
        f'leads to "{where}", which is not there' if target else "leads out of the folder of pages"
    )
    help = ""
    if "\\" in use.src and is_file(inside(start, use.src.replace("\\", "/")), folder):
        help = f'write "{use.src.replace(chr(92), "/")}"'
    elif meant := _meant(PurePosixPath(target or use.src), folder):
        help = f'did you mean "{address(meant, start)}"?'
    return "missing-picture", f'"{shown}" {fact}', help


def _meant(target: PurePosixPath, folder: Folder) -> str:
    """The one file of the same name in another place, or else that of a near name here."""
    name = f"/{target.name}"
    same = [each for each in folder.files if each.endswith(name) or each == target.name]
    if len(same) == 1:
        return same[0]
    here = (target.parent / target.name[:1]).as_posix().removeprefix("./")
    near = [each for each in folder.files if each.startswith(here) and "/" not in each[len(here) :]]
    near = [each for each in near if each.lower().endswith(PICTURE_SUFFIXES)]
    return "" if same else nearest(target.as_posix(), near[:100]) or ""
