"""MkDocs, given one event's name, pages and lessons, and run. `preview` alone knows it as well."""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pathspec.gitignore import GitIgnoreSpec

from hackweek.diagnostics import Diagnostic, EngineError, Problems, report
from hackweek.extension import LessonExtension
from hackweek.site import Site, current_site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_LINK = re.compile(
    r"Doc file \"(?P<page>[^\"]+)\" contains an? (?:\w+ )?link \"(?P<link>[^\"]+)\", "
)

_being_built: ContextVar[Site] = ContextVar("_being_built")
"""What `build_site` was asked for; not set under a plain `mkdocs` command."""


def site_of(env: Any) -> Site:
    """The site that a macro environment is for.

    In MkDocs `define_env` runs when the configuration has just been loaded. A lesson that
    cannot be rendered ends the build there, before a page is written.
    """
    if hasattr(env, "site"):
        return env.site  # type: ignore[no-any-return]
    from mkdocs.exceptions import Abort

    try:
        env.site = _being_built.get(None) or current_site(Path(env.project_dir))
        env.site.rendered  # noqa: B018 - raises everything that is wrong
    except Problems as found:
        raise Abort(report(found.diagnostics)) from None
    configure(env.conf, env.site)
    return env.site  # type: ignore[no-any-return]


def build_site(site: Site, target: Path) -> None:
    """Builds a site's pages into `target`."""
    with _building(site), naming(site.event.slug), said_by_mkdocs() as warnings:
        from jinja2 import TemplateNotFound
        from mkdocs.commands.build import build
        from mkdocs.config import load_config
        from mkdocs.exceptions import MkDocsException

        from hackweek.engines.theme_environment import environment_of

        try:
            config = load_config(str(site.root / "mkdocs.yml"), site_dir=str(target))
            environment = environment_of(config.theme, site.root / ".cache" / "theme")
            vars(config.theme)["get_env"] = environment
            build(config)
        except (MkDocsException, SystemExit) as error:
            raise EngineError("\n".join([*warnings, str(error)])) from None
        except TemplateNotFound as error:
            raise _without_template(site, str(error.name)) from None
    if warnings:
        raise Problems(placed(site, warning) for warning in warnings)


def configure(config: "MkDocsConfig", site: Site) -> None:
    """Makes the configuration that of an event.

    https://www.mkdocs.org/user-guide/configuration/
    """
    if Path(config.site_dir) == site.root / "site":
        config.site_dir = str(site.root / "site" / site.event.slug)
    if Path(config.site_dir).name == site.event.slug:  # not while serving
        config.site_url = site.url(config.site_url)
    if not config.repo_url:
        config.edit_uri = None  # it would warn of an address that is not whole
    config.site_name = site.event.name
    config.site_description = site.description
    config.docs_dir = str(site.docs)
    if site.event.lessons_from:
        config.validation.nav.omitted_files = logging.INFO  # nobody can add them any more
    config.nav = site.nav
    config.exclude_docs = GitIgnoreSpec.from_lines(site.excluded_paths)
    config.extra["event"] = site.theme_values
    config.markdown_extensions.append(LessonExtension(site=site))  # type: ignore[arg-type]


@contextmanager
def _building(site: Site) -> Iterator[None]:
    token = _being_built.set(site)
    try:
        yield
    finally:
        _being_built.reset(token)


@contextmanager
def naming(slug: str) -> Iterator[None]:
    """The event's name where `define_env` looks for it, as in `EVENT=ohw26 mkdocs build`."""
    before = dict(os.environ)
    os.environ |= {"EVENT": slug, "NO_MKDOCS_2_WARNING": "1"}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ |= before


@contextmanager
def said_by_mkdocs() -> Iterator[list[str]]:
    """What MkDocs warns of; nothing of it is printed."""
    texts: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: texts.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield texts
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def _without_template(site: Site, name: str) -> Exception:
    """What to raise where a page asks for a template of the theme that there is not."""
    found = [
        Diagnostic(
            path=lesson.path, line=line, column=column, rule="unknown-template", message=message
        )
        for lesson in site.pages
        if lesson.meta.get("template") == name
        for line, column in [lesson.front_matter.place(("template",))]
        for message in [f'the theme has no template "{name}"']
    ]
    return Problems(found) if found else EngineError(f'the theme has no template "{name}"')


def placed(site: Site, warning: str) -> Diagnostic:
    """A warning at the line of the lesson that it speaks of, or at the top of mkdocs.yml."""
    message = " ".join(warning.split()).replace("'", '"').rstrip(".")
    path, line, column = site.shown("mkdocs.yml"), 1, 1
    if found := _LINK.match(message):
        lesson = next(each for each in site.pages if each.page == found["page"])
        path = lesson.path
        line, column = lesson.place(max(lesson.text.find(found["link"]), 0))
        message = f'link "{found["link"]}": {message[found.end() :]}'
    return Diagnostic(path=path, line=line, column=column, rule="broken-link", message=message)
