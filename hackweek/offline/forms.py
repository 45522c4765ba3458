"""The forms in which an event's lessons are read without a network, and where they are named."""

from collections.abc import Mapping
from pathlib import Path

from hackweek.offline.archive import files_to_archive, write_archive
from hackweek.offline.pdf import write_pdf
from hackweek.offline.print_page import write_print_page
from hackweek.offline.worker import kept_files, write_worker
from hackweek.page_templates import template
from hackweek.site import Site, published_at

CHANGED_PAGES = ("index.html", "print/index.html")
"""The pages that are added or changed."""


def write_offline_forms(site: Site, folder: Path, *, browser: str | None = None) -> None:
    """Adds to a built site the page to print, the archive, links to them, and the worker.

    With the program of a `browser`, a PDF as well. In this order: the archive holds the page,
    and the worker knows every file as it is. Raises `PrintError`.
    """
    write_print_page(site, folder)
    first = folder / "index.html"
    page = first.read_text("utf-8")
    kept = dict.fromkeys(kept_files(folder))
    add_forms(site, folder, page, archived_files(folder), kept, browser=browser)


def archived_files(folder: Path) -> dict[str, bytes]:
    """What is in the archive of a site that has its page to print, by name."""
    return files_to_archive(folder, _naming((folder / "index.html").read_text("utf-8")))


def add_forms(
    site: Site,
    folder: Path,
    first_page: str,
    archived: Mapping[str, bytes],
    kept: Mapping[str, str | None],
    *,
    browser: str | None = None,
) -> None:
    """Adds the archive, the PDF, links to them on the first page, and the worker.

    `archived` is that of `archived_files`, `kept` that of `write_worker`.
    """
    archive = folder / f"{site.event.slug}-lessons.zip"
    write_archive(archive, archived)
    pdf = archive.with_suffix(".pdf") if browser else None
    if browser and pdf:
        url = f"{site.url(published_at())}print/"
        write_pdf(browser, folder / "print" / "index.html", url, pdf)
    (folder / "index.html").write_text(_naming(first_page, archive, pdf), "utf-8")
    write_worker(folder, kept)


def _naming(page: str, archive: Path | None = None, pdf: Path | None = None) -> str:
    """The first page with what there is besides, below its article.

    Without an archive, as it stands in one.
    """
    forms = template("forms.html").render(archive=archive, pdf=pdf)
    before, end, after = page.rpartition("</article>")
    return f"{before}{end}{forms}{after}"
