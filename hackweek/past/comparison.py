"""The previous publication held against the next one: whether each address would answer."""

from collections.abc import Callable, Sequence
from pathlib import Path

from hackweek.diagnostics import Diagnostic
from hackweek.events import published_slugs
from hackweek.links.inside.site_files import address
from hackweek.past.addresses import Publication, publication
from hackweek.past.redirects import REDIRECTS, near, read_redirects
from hackweek.past.sitemaps import published_pages


def unanswered(root: Path, sitemaps: Sequence[str], say: Callable[[str], None]) -> list[Diagnostic]:
    """Each page that the sitemaps name and that neither a page nor a redirect would answer.

    `say` hears of a publication that there is not yet. Raises `NoSitemap`.
    """
    files: set[str] = set()
    for sitemap in sitemaps:
        found = published_pages(sitemap)
        if found is None:
            say(f"nothing is published at {sitemap} yet: there is nothing to compare with")
        files |= found or set()
    known = publication(root, published_slugs(root))
    redirects, _ = read_redirects(root)
    lost = files - known.pages - {each.old for each in redirects}
    return [_unanswered(file, known) for file in sorted(lost) if known.knows(file)]


def _unanswered(file: str, known: Publication) -> Diagnostic:
    old = address(file)
    guess = near(file, known)
    meant = guess.split('"')[1] if guess else "…"
    return Diagnostic(
        path=REDIRECTS,
        line=1,
        column=1,
        rule="unanswered-address",
        message=f'"{old}" was published, and would no longer answer',
        help=f"add: {old}: {meant}",
    )
