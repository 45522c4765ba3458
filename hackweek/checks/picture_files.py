"""What is wrong with the picture files themselves: too heavy, too large, telling, unused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

import imagesize
from pathspec.gitignore import GitIgnoreSpec

from hackweek.checks.page import Folder, Page
from hackweek.checks.picture_texts import shorten
from hackweek.diagnostics import Diagnostic, nearest
from hackweek.past.commits import is_kept_elsewhere
from hackweek.picture_metadata import is_animated_gif, personal_data
from hackweek.picture_paths import base, local_path, picture_file
from hackweek.picture_source import PICTURE_SUFFIXES, PictureUse, picture_source
from hackweek.rules import Rule

BUDGET = 250_000
"""Bytes that a picture may have."""
TEXT_COLUMN = 700
"""CSS pixels of the text's width, the most at which a picture is shown."""
DENSITY = 2
"""Pixels for one CSS pixel on a good screen; more are downloaded in vain."""

RULES = (
    Rule(
        name="heavy-picture",
        why="At a hackweek fifty people read the page over one connection, and some of them"
        " on a telephone.",
        bad="![The launcher](img/launcher.png) with 2 MB",
        good="![The launcher](img/launcher.webp) with 80 kB",
    ),
    Rule(
        name="oversized-picture",
        why="Pixels beyond twice the width at which a picture is shown are downloaded, and seen"
        " by nobody.",
        bad="![The launcher](img/launcher.png){ width=300 } of 2400 pixels",
        good="![The launcher](img/launcher.png){ width=300 } of 600 pixels",
    ),
    Rule(
        name="personal-data-in-picture",
        why="Cameras and programs write into a picture's file where it was taken and who made it,"
        " and everybody who downloads it can read that.",
        bad="![The team](img/team.jpg) with the place where it was taken",
        good="![The team](img/team.jpg) without metadata",
    ),
    Rule(
        name="animated-gif",
        why="An animation that cannot be stopped distracts, makes some people ill, and is many"
        " times as heavy as a video: https://www.w3.org/WAI/WCAG22/Understanding/pause-stop-hide",
        bad="![How to sign in](img/sign-in.gif)",
        good='<video controls src="../img/sign-in.mp4"></video>',
    ),
    Rule(
        name="unfetched-picture",
        why="Git LFS leaves a few words in the place of a file until the file itself is fetched,"
        " and readers would see a broken picture.",
        bad="![The launcher](img/launcher.png) in a clone made without git-lfs",
        good="![The launcher](img/launcher.png) after `git lfs pull`",
    ),
    Rule(
        name="unused-picture",
        why="A picture that no page shows is published all the same, and goes stale unseen.",
        bad="docs/img/old-launcher.png, which no page mentions",
        good="no such file",
    ),
)

_VECTOR = (".svg", ".ico")
_TEXTS = (
    *(".css", ".htm", ".html", ".ipynb", ".js", ".json", ".md", ".markdown", ".rst", ".scss"),
    *(".svg", ".txt", ".webmanifest", ".xml", ".yaml", ".yml", ".toml", ".py", ".j2"),
)
_LONGEST = 2_000_000
"""Bytes of a text in which pictures are looked for."""
_ENDING = re.compile(rf"\.(?:{'|'.join(each[1:] for each in PICTURE_SUFFIXES)})\b", re.IGNORECASE)
_NOT_IN_NAME = re.compile(r"[\s()\[\]<>\"'`|]")
_SPACED = re.compile(
    r"\(<?([^()<>\n\"]*\.\w{3,4})>?|=\s*[\"']([^\"'\n]*\.\w{3,4})[\"']|<([^<>\n]*\.\w{3,4})>"
)
_TAG = re.compile(r"<<.*?>>|<%.*?%>|\{\{.*?\}\}|\{%.*?%\}|\$\{.*?\}")
_GENERIC = re.compile(r"(?:favicon|apple-touch-icon|android-chrome|mstile|safari-pinned-tab)[^/]*$")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|%|em|rem|vw)?\s*")
_CSS_WIDTH = re.compile(r"(?:^|[;\s])(?:max-)?width\s*:\s*([^;]+)")
_UNITS = {"": 1.0, "px": 1.0, "%": TEXT_COLUMN / 100, "em": 16.0, "rem": 20.0, "vw": 19.2}


@dataclass(slots=True)
class _Shown:
    """A file that pages show: where first, and how wide at most."""

    page: Page
    use: PictureUse
    width: float = 0
    links: bool = False
    """Whether a click shows the file itself."""


@dataclass(slots=True)
class _Mentions:
    """What is written about pictures anywhere."""

    files: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    """Names, in lower case, of which it is not known which file they mean."""
    patterns: set[str] = field(default_factory=set)
    """Regular expressions of paths that a template completes."""


def check_folder(folder: Folder) -> Iterator[Diagnostic]:
    """What is wrong with each picture file, at the first place that shows it; unused ones."""
    shown = _shown(folder)
    for name, first in sorted(shown.items()):
        for each in (name, *_stand_ins(name, folder)):
            for problem in _problems(each, folder, first):
                yield first.page.at(first.use.src_start, *problem)
    yield from _unused(folder, shown)


def _shown(folder: Folder) -> dict[str, _Shown]:
    shown: dict[str, _Shown] = {}
    for page in folder.pages:
        for use in picture_source(page).pictures:
            name = picture_file(use, page, folder)
            if name:
                entry = shown.setdefault(name, _Shown(page, use))
                entry.width = max(entry.width, _width(use, folder.files.get(name)))
                entry.links |= unquote(use.link) == local_path(use.src)
    return shown


def _width(use: PictureUse, path: Path | None) -> float:
    """The width in CSS pixels at which a picture is shown, at most that of the text."""
    styled = _CSS_WIDTH.search(use.attributes.get("style", ""))
    wanted = _LENGTH.fullmatch(styled[1] if styled else use.attributes.get("width", ""))
    width = float(wanted[1]) * _UNITS[wanted[2] or ""] if wanted else 0.0
    tall = _LENGTH.fullmatch(use.attributes.get("height", ""))
    if not width and tall and tall[2] in (None, "px") and path:
        size = _size(path)
        width = float(tall[1]) * size[0] / size[1] if size[1] > 0 else 0
    return min(width or TEXT_COLUMN, TEXT_COLUMN)


def _stand_ins(name: str, folder: Folder) -> list[str]:
    """Our files that are shown in a picture's place: an event's own, those for dark pages."""
    if not folder.ours:
        return []
    path = PurePosixPath(name)
    dark = path.with_name(f"{path.stem}.dark{path.suffix}")
    found = [str(dark)] if str(dark) in folder.files else []
    if str(path.parent) == "img":
        for other in folder.files:
            top, _, rest = other.partition("/")
            own, _, last = rest.partition("/")
            if top == "img" and own and last in (path.name, dark.name):
                found.append(other)
    return found


def _problems(name: str, folder: Folder, first: _Shown) -> Iterator[tuple[str, str, str]]:
    """Rule, message and help for each thing that is wrong with a file."""
    path, docs = folder.files.get(name), folder.docs.name
    try:
        data = path.read_bytes() if path else b""
    except OSError:
        return
    if is_kept_elsewhere(data):
        message = f'"{name}" is kept with Git LFS, and was not fetched'
        yield "unfetched-picture", message, "run: git lfs install && git lfs pull"
        return
    if told := personal_data(data):
        message = f'"{name}" tells {" and ".join(told)}'
        yield "personal-data-in-picture", message, _clean(f"{docs}/{name}")
    if is_animated_gif(data):
        help = "make it a video with controls, or a picture of each step"
        yield "animated-gif", f'"{name}" is an animation that nobody can stop', help
        return
    if len(data) > BUDGET:
        message = f'"{name}" has {len(data):,} bytes; the budget is {BUDGET:,}'
        yield "heavy-picture", message, "save it as WebP, or with fewer pixels"
    if path and path.suffix.lower() not in _VECTOR and not first.links:
        width, shown = _size(path)[0], round(first.width)
        if width > DENSITY * first.width:
            message = f'"{name}" is {width:,} pixels wide; it is shown {shown} wide at most'
            yield "oversized-picture", message, f"make it {DENSITY * shown:,} pixels wide"


def _clean(path: str) -> str:
    """Help: what removes all but the orientation and the colours."""
    return f'run: exiftool -all= -tagsFromFile @ -Orientation -ICC_Profile "{path}"'


def _size(path: Path) -> tuple[int, int]:
    """Width and height in pixels; -1 where the file does not tell."""
    try:
        width, height = imagesize.get(path)
    except Exception:  # noqa: BLE001 - damaged files raise whatever they make it stumble over
        return -1, -1
    return round(width), round(height)


def _unused(folder: Folder, shown: dict[str, _Shown]) -> Iterator[Diagnostic]:
    pictures = [name for name in folder.files if name.lower().endswith(PICTURE_SUFFIXES)]
    excluded = GitIgnoreSpec.from_lines(str(folder.config.get("exclude_docs") or "").splitlines())
    hidden = [name for name in pictures if f"/{name}".find("/.") >= 0 or excluded.match_file(name)]
    left = set(pictures) - set(hidden) - shown.keys()
    if not left:
        return
    mentions = _mentions(folder)
    used = shown.keys() | mentions.files
    used |= {other for name in used for other in _stand_ins(name, folder)}
    patterns = [re.compile(pattern) for pattern in mentions.patterns]
    for name in sorted(left - used):
        plain = name.rpartition("/")[2]
        # A name that leads nowhere is reported where it is written: it may mean this file.
        generic = _GENERIC.match(plain) or nearest(plain.lower(), mentions.names)
        if not generic and not any(pattern.search(name) for pattern in patterns):
            yield Diagnostic(
                path=f"{folder.docs.name}/{name}",
                line=1,
                column=1,
                rule="unused-picture",
                message=f'no page shows "{shorten(plain)}"',
                help="remove the file, or show it",
            )


def _mentions(folder: Folder) -> _Mentions:
    mentions = _Mentions()
    for page in folder.pages:
        starts = [base(page, folder, raw=raw) for raw in (False, True)]
        _read(page.text, [*starts, PurePosixPath()], folder, mentions)
        for use in picture_source(page).pictures:
            if use.templated:
                pieces = _TAG.split(use.src)
                mentions.patterns.add(".*".join(map(re.escape, pieces)).lstrip("./\\"))
    for name, path in folder.files.items():
        if name.lower().endswith(_TEXTS) and not name.lower().endswith(".md"):
            _read(_text(path), [PurePosixPath(name).parent, PurePosixPath()], folder, mentions)
    if folder.config:
        root = folder.docs.parent
        _read(str(folder.config), [PurePosixPath()], folder, mentions)
        for path in _beside(root, folder):
            _read(_text(path), [PurePosixPath()], folder, mentions)
    return mentions


def _beside(root: Path, folder: Folder) -> Iterator[Path]:
    """Texts outside docs/ that can name a picture: configuration, code, theme, README."""
    theme = folder.config.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    for each in ("", "macros", "hooks", "events", "includes", "data", str(custom or "")):
        start = root / each
        try:
            found = start.rglob("*") if each else start.glob("*")
            for path in found:
                if path.suffix.lower() in _TEXTS and path.is_file():
                    yield path
        except OSError:
            continue


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace") if path.stat().st_size < _LONGEST else ""
    except OSError:
        return ""


def _read(text: str, starts: list[PurePosixPath], folder: Folder, mentions: _Mentions) -> None:
    """Notes every picture's name in a text."""
    found = set()
    for ending in _ENDING.finditer(text):
        before = text[max(0, ending.start() - 300) : ending.start()]
        found.add(_NOT_IN_NAME.split(before)[-1] + ending[0])
    found |= {part for each in _SPACED.finditer(text) for part in each.groups() if part}
    for written in found:
        if not written.lower().endswith(PICTURE_SUFFIXES):
            continue
        path = unquote(re.sub(r"\\([^\w\s])", r"\1", written)).strip().removeprefix("docs/")
        targets = {normpath(f"{start}/{path.lstrip('/')}") for start in starts}
        known = {target for target in targets if target in folder.files}
        mentions.files |= known
        name = path.rpartition("/")[2]
        if not known:
            mentions.names.add(name.lower())
