"""The forms in which an event's lessons are read without a network, and where they are named."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hackweek.offline.archive import write_archive
from hackweek.offline.pdf import write_pdf
from hackweek.offline.print_page import write_print_page
from hackweek.offline.worker import write_worker
from hackweek.site import Site, published_at

_TEMPLATES = Path(__file__).parents[1] / "templates"


def write_offline_forms(site: Site, folder: Path, *, browser: str | None = None) -> None:
    """Adds to a built site the page to print, the archive, links to them, and the worker.

    With the program of a `browser`, a PDF as well. In this order: the archive holds the page,
    and the worker knows every file as it is. Raises `PrintError`.
    """
    write_print_page(site, folder)
    first = folder / "index.html"
    page = first.read_text("utf-8")
    first.write_text(_naming(page), "utf-8")
    archive = folder / f"{site.event.slug}-lessons.zip"
    write_archive(folder, archive)
    pdf = archive.with_suffix(".pdf") if browser else None
    if browser and pdf:
        url = f"{site.url(published_at())}print/"
        write_pdf(browser, folder / "print" / "index.html", url, pdf)
    first.write_text(_naming(page, archive, pdf), "utf-8")
    write_worker(folder)


def _naming(page: str, archive: Path | None = None, pdf: Path | None = None) -> str:
    """The first page with what there is besides, below its article.

    Without an archive, as it stands in one.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters["size"] = _size
    forms = environment.get_template("forms.html").render(archive=archive, pdf=pdf)
    before, end, after = page.rpartition("</article>")
    return f"{before}{end}{forms}{after}"


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1e6:.1f} MB"
