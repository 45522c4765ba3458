"""The page at the root, which leads to the events, and the one for addresses that are not there."""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hackweek.event import Event
from hackweek.publish import replace_file
from macros.dates import date_range

_TEMPLATES = Path(__file__).parent / "templates"


def write_front_page(output: Path, events: Sequence[Event]) -> None:
    """Writes `index.html` and `404.html` into the folder that holds the events' sites.

    The second is shown at addresses of any depth, so its links begin with the path of SITE_URL.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    newest_first = sorted(events, key=lambda event: event.start_date, reverse=True)
    groups = {
        "Coming and running": [event for event in newest_first if not event.archived],
        "Past": [event for event in newest_first if event.archived],
    }
    base = f"{urlsplit(os.environ.get('SITE_URL', '')).path.rstrip('/')}/"
    for name in ("index.html", "404.html"):
        page = environment.get_template(name).render(
            groups=groups, date_range=date_range, base=base
        )
        replace_file(output / name, page)
