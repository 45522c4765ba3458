"""The forms in which an event's lessons are read without a network, and where they are named."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hackweek.offline.archive import write_archive
from hackweek.offline.print_page import write_print_page
from hackweek.offline.worker import write_worker
from hackweek.site import Site

_TEMPLATES = Path(__file__).parents[1] / "templates"


def write_offline_forms(site: Site, folder: Path) -> None:
    """Adds to a built site the page to print, the archive, links to them, and the worker.

    In this order: the archive holds the page, and the worker knows every file as it is.
    """
    write_print_page(site, folder)
    first = folder / "index.html"
    page = first.read_text("utf-8")
    archive = folder / f"{site.event.slug}-lessons.zip"
    first.write_text(_naming_forms(page, archive), "utf-8")
    write_archive(folder, archive)
    first.write_text(_naming_forms(page, archive), "utf-8")
    write_worker(folder)


def _naming_forms(page: str, archive: Path) -> str:
    """The first page with what there is besides, and how large; in the archive no archive is."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    size = f"{archive.stat().st_size / 1e6:.1f} MB" if archive.exists() else ""
    forms = environment.get_template("forms.html").render(archive=archive.name, size=size)
    before, end, after = page.rpartition("</article>")
    return f"{before}{forms}{end}{after}"
