"""`redirects.yml`: old addresses, each with the one at which its page is now.

Both are below the root of all that is published: `ohw26/hub/: ohw26/preliminary/jupyterhub/`.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from hackweek.diagnostics import Diagnostic, Problems, did_you_mean
from hackweek.links.inside.redirects import end
from hackweek.links.inside.site_files import address
from hackweek.past.addresses import Publication, file_of, is_page, publication, slug_of
from hackweek.yaml_source import Place, Source, decode, read_mapping

REDIRECTS = "redirects.yml"
_STRANGE = re.compile(r"[\s\"'<>\\^`{|}?]")
_MANY = 300
"""Pages; among more, only those of the same event are looked through for a near one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """An old address that leads on."""

    old: str
    """The file that answers there, relative to the root."""
    new: str
    """The file of the page that it leads to."""
    fragment: str
    """Where in that page, without its `#`; mostly empty."""
    place: Place
    """Where its line begins in the file."""

    def problem(self, rule: str, message: str, help: str = "") -> Diagnostic:
        """Something that is wrong with it."""
        return _problem(self.place, rule, message, help)


def load_redirects(root: Path, slugs: Collection[str]) -> list[Redirect]:
    """The redirects of the file, where these events are published; none where there is no file.

    Raises `Problems` with everything that is wrong with any of them.
    """
    redirects, problems = read_redirects(root)
    if redirects:
        problems += judged(redirects, publication(root, slugs))
    if problems:
        raise Problems(problems)
    return redirects


def read_redirects(root: Path) -> tuple[list[Redirect], list[Diagnostic]]:
    """What the file says, and what cannot be read of it."""
    path = root / REDIRECTS
    if not path.is_file():
        return [], []
    text, undecodable = decode(REDIRECTS, path.read_bytes())
    source = read_mapping(REDIRECTS, text)
    problems = undecodable or [each for each in source.problems if each.rule != "empty-file"]
    found = [_read(source, key, problems) for key in source.values]
    return [each for each in found if each], problems


def judged(redirects: Sequence[Redirect], known: Publication) -> Iterator[Diagnostic]:
    """What is wrong with redirects, where these pages are published."""
    onward = {each.old: each.new for each in redirects}
    first: dict[str, Redirect] = {}
    for each in redirects:
        old, new = address(each.old), address(each.new)
        if first.setdefault(each.old, each) is not each:
            message = f'"{old}" is already on line {first[each.old].place[0]}'
            yield each.problem("invalid-redirect", message, "keep one of the two")
        elif each.old in known.pages:
            message = f'a page is published at "{old}", and nobody would see it'
            yield each.problem("redirect-over-page", message, "delete this line")
        elif each.new in onward and (last := end(each.new, onward)):
            help = f'write "{address(last)}"' if last in known.pages else ""
            yield each.problem("redirect-chain", f'"{new}" is an old address itself', help)
        elif each.new in onward:
            yield each.problem("redirect-loop", f'"{old}" never arrives: "{new}" leads back')
        elif each.new not in known.pages and known.knows(each.new):
            message = f'no page is published at "{new}"'
            yield each.problem("redirect-to-missing-page", message, near(each.new, known))


def near(file: str, known: Publication) -> str:
    """A help text with the address that is most like a file's; empty where none is near."""
    pages = known.pages
    if len(pages) > _MANY:
        pages = frozenset(each for each in pages if slug_of(each) == slug_of(file))
    return did_you_mean(address(file), map(address, pages))


def _read(source: Source, key: str, problems: list[Diagnostic]) -> Redirect | None:
    """The redirect of a key; what is wrong with how it is written is added to the problems."""
    place = source.key_place((key,))
    old, wrong = _file(key)
    if not wrong and "#" in key:
        wrong = (f'"{key}" has a "#", and what follows it is never asked for', "write it without")
    if not wrong and not is_page(old):
        wrong = (f'"{key}" is the address of a file that cannot lead on: it is no page', "")
    if wrong:
        problems.append(_problem(place, "invalid-redirect", *wrong))
    value, at = source.spelled.get((key,), ""), source.place((key,))
    if (key,) in source.unreadable:
        return None
    if not value:
        message = f'"{key}" does not say where it leads'
        problems.append(_problem(at, "invalid-redirect", message, "write the new address"))
        return None
    new, wrong_new = _file(value)
    if wrong_new:
        problems.append(_problem(at, "invalid-redirect", *wrong_new))
    if wrong or wrong_new:
        return None
    return Redirect(old=old, new=new, fragment=value.partition("#")[2], place=place)


def _file(written: str) -> tuple[str, tuple[str, str] | None]:
    """The file that answers at an address, and what is wrong with how that is written."""
    path = unquote(written.partition("#")[0])
    if re.match(r"[a-z][a-z0-9+.-]*:|//", path, re.IGNORECASE):
        help = 'write what follows the root\'s address: "ohw26/help/"'
        return "", (f'"{written}" is an address with a host', help)
    if path.startswith("/"):
        return "", (f'"{written}" begins with a slash', f'write "{written.lstrip("/")}"')
    parts = path.removesuffix("/").split("/")
    odd = any(part.startswith(".") or not part for part in parts)
    if odd or _STRANGE.search(path) or not path.isprintable():
        return "", (f'"{written}" is not an address below the root', "")
    return file_of(path), None


def _problem(place: Place, rule: str, message: str, help: str = "") -> Diagnostic:
    line, column = place
    return Diagnostic(
        path=REDIRECTS, line=line, column=column, rule=rule, message=message, help=help
    )
