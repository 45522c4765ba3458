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
    archive = folder / f"{site.event.slug}-lessons.zip"
    write_archive(folder, archive)
    _name_forms(folder, archive)
    write_worker(folder)


def _name_forms(folder: Path, archive: Path) -> None:
    """Says on the first page what there is, and how large."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    size = f"{archive.stat().st_size / 1e6:.1f} MB"
    forms = environment.get_template("forms.html").render(archive=archive.name, archive_size=size)
    first = folder / "index.html"
    before, end, after = first.read_text("utf-8").rpartition("</article>")
    first.write_text(f"{before}{forms}{end}{after}", "utf-8")
