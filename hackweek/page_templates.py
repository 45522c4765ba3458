"""The templates of the pages that no lesson is made into, in `templates/`."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from hackweek.compiled import Compiled

TEMPLATES = Path(__file__).parent / "templates"
"""Where they are; the scripts that pages are given are there as well."""


def template(name: str) -> Template:
    """A template by its name. What it prints is escaped; it must not name what it is not given."""
    return _environment().get_template(name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(Path(__file__).parents[1], "pages"),
    )
    environment.filters["megabytes"] = _megabytes
    return environment


def _megabytes(file: Path) -> str:
    return f"{file.stat().st_size / 1e6:.1f} MB"
