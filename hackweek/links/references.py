"""What a built file names: the addresses of links, pictures, styles and scripts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An address as it stands in a built file."""

    file: str
    """The built file, relative to the site's folder, with forward slashes."""
    url: str
    """As it is written, without HTML's character references; blanks around it are kept."""
    element: str
    """The element's name, or `css` for a `url()` in a style."""
    attribute: str
    """For example `href`; empty for a `url()` in a style."""
    nth: int
    """How many references with the same `url` come before it in the file's article, or, outside
    of an article, in the whole file."""
    in_article: bool
    """Whether it stands in the page's own text, and not in the navigation, header or footer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one reference."""

    reference: Reference
    rule: str
    """For example `missing-page`."""
    message: str
    """One line, with the address in double quotes."""
    help: str = ""
    """What to type instead; empty rather than guessed."""
