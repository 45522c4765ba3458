"""What stands beside the events: the page that leads to them, the one for addresses that are not
there, and the sitemap that names the events' own.
"""

import datetime
import os
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from hackweek.event import Event
from hackweek.page_templates import template
from hackweek.publish import replace_file
from hackweek.site import published_at
from macros.dates import date_range


def write_front_page(
    output: Path, events: Sequence[Event], now: datetime.datetime | None = None
) -> None:
    """Writes `index.html`, `404.html` and `sitemap.xml` into the folder of the events' sites.

    The second is shown at addresses of any depth, so its links begin with the path of SITE_URL.
    """
    groups = grouped(events, now or datetime.datetime.now(datetime.UTC))
    base = f"{urlsplit(os.environ.get('SITE_URL', '')).path.rstrip('/')}/"
    for name in ("index.html", "404.html"):
        page = template(name).render(groups=groups, date_range=date_range, base=base)
        replace_file(output / name, page)
    replace_file(output / "sitemap.xml", _sitemap(events))


def grouped(events: Iterable[Event], now: datetime.datetime) -> dict[str, list[Event]]:
    """The events that are running, coming and past at a moment, each group as it is shown.

    What is nearest comes first. The page's own script does the same when it is read.
    """
    groups: dict[str, list[Event]] = {"Running": [], "Coming": [], "Past": []}
    for event in sorted(events, key=lambda event: (event.extent[0], event.name)):
        begin, end = event.extent
        if event.archived or now >= end:
            groups["Past"].insert(0, event)
        else:
            groups["Coming" if now < begin else "Running"].append(event)
    return groups


def _sitemap(events: Iterable[Event]) -> str:
    """An index of the events' sitemaps: https://www.sitemaps.org/protocol.html#index."""
    base = f"{published_at().rstrip('/')}/"
    named = "".join(
        f"<sitemap><loc>{escape(f'{base}{slug}/sitemap.xml')}</loc></sitemap>\n"
        for slug in sorted(event.slug for event in events)
    )
    begin = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{begin}\n{named}</sitemapindex>\n'
