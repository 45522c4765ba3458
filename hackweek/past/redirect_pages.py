"""The pages at old addresses, which send their readers on."""

from collections.abc import Iterable
from pathlib import Path

from hackweek.diagnostics import Problems
from hackweek.links.inside.addresses import encoded, from_page, same_fragment
from hackweek.links.inside.html_page import read_page
from hackweek.links.inside.site_files import address
from hackweek.page_templates import template
from hackweek.past.redirects import Redirect
from hackweek.site import published_at


def write_redirects(redirects: Iterable[Redirect], folder: Path) -> None:
    """Writes the pages into the folder that is the root of all that is published.

    Raises `Problems` where something else stands at an old address.
    """
    problems = []
    for each in redirects:
        target = folder / each.old
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("x", encoding="utf-8", newline="\n") as file:
                file.write(page_of(each))
        except (FileExistsError, NotADirectoryError):
            message = f'a file is published at "{address(each.old)}", or above it'
            problems.append(each.problem("redirect-over-page", message, "delete this line"))
    if problems:
        raise Problems(problems)


def page_of(redirect: Redirect) -> str:
    """The HTML of the page at an old address."""
    old, new = (f"/{address(file)}" for file in (redirect.old, redirect.new))
    fragment = f"#{redirect.fragment}" if redirect.fragment else ""
    return template("redirect.html").render(
        url=from_page(new, old) + fragment,
        canonical=f"{published_at().rstrip('/')}{encoded(new)}",
        keeps_fragment=not fragment,
    )


def refuse_missing_anchors(redirects: Iterable[Redirect], folders: Iterable[Path]) -> None:
    """Raises `Problems` for each fragment that its page lacks.

    The page is looked up in the folders; one that is in none of them is not judged.
    """
    problems = []
    folders = list(folders)
    for each in (each for each in redirects if each.fragment):
        page = next((path for folder in folders if (path := folder / each.new).is_file()), None)
        if page is None:
            continue
        if not same_fragment(each.fragment, read_page(each.new, page.read_bytes()).anchors):
            message = f'"{address(each.new)}" has no "#{each.fragment}"'
            problems.append(each.problem("missing-anchor", message))
    if problems:
        raise Problems(problems)
