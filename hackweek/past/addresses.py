"""Addresses below the root of all that is published, and the files that answer at them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hackweek.diagnostics import Problems
from hackweek.events import load_event
from hackweek.links.inside.site_files import PAGES
from hackweek.site import Site

_ROOT = ("index.html", "404.html")


@dataclass(frozen=True, slots=True)
class Publication:
    """The pages of all events, as files below the root."""

    pages: frozenset[str]
    untold: frozenset[str]
    """Events of which something is wrong, so that nobody knows their pages."""

    def knows(self, file: str) -> bool:
        """Whether it can be said if there is such a page."""
        return slug_of(file) not in self.untold


def publication(root: Path, slugs: Collection[str]) -> Publication:
    """What will be published of these events, without building it."""
    pages, untold = set(_ROOT), set()
    html: dict[Path, list[str]] = {}
    for slug in slugs:
        try:
            site = Site(root, load_event(root, slug))
            if site.docs not in html:
                html[site.docs] = list(_written_as_html(site.docs))
            pages |= {f"{slug}/{file}" for file in (*_of_lessons(site), *html[site.docs])}
        except Problems:
            untold.add(slug)
    return Publication(frozenset(pages), frozenset(untold))


def file_of(path: str) -> str:
    """The file that answers at a decoded path below the root: `a/index.html` at `a/` and `a`."""
    last = path.rpartition("/")[2]
    if not last:
        return f"{path}index.html"
    return path if "." in last else f"{path}/index.html"


def is_page(file: str) -> bool:
    """Whether a file is one that a browser shows as a page."""
    return file.endswith(PAGES)


def slug_of(file: str) -> str:
    """The event whose folder a file is in; the file itself if it is in none."""
    return file.partition("/")[0]


def _of_lessons(site: Site) -> Iterator[str]:
    """The files of an event's pages that are made of lessons, below its folder."""
    yield from ("404.html", "print/index.html")
    for lesson in site.pages:
        path = PurePosixPath(lesson.page).with_suffix("")
        # https://www.mkdocs.org/user-guide/configuration/#use_directory_urls
        folder = path.parent if path.name in ("index", "README") else path
        yield (folder / "index.html").as_posix()


def _written_as_html(docs: Path) -> Iterator[str]:
    """The pages that are published as they stand in `docs/`."""
    for ending in PAGES:
        for path in docs.rglob(f"*{ending}"):
            yield path.relative_to(docs).as_posix()
