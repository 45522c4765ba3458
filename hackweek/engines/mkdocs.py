"""MkDocs, given one event's name, pages and lessons, and run. `preview` alone knows it as well."""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from jinja2 import TemplateNotFound
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import get_yaml_loader, yaml_load
from pathspec.gitignore import GitIgnoreSpec

from hackweek.diagnostics import Diagnostic, EngineError, Problems, report
from hackweek.engines.theme_environment import environment_of
from hackweek.event_files import write_event_files
from hackweek.extension import LessonExtension
from hackweek.site import Site, current_site

_LINK = re.compile(
    r"Doc file \"(?P<page>[^\"]+)\" contains an? (?:\w+ )?link \"(?P<link>[^\"]+)\", "
)


def adopt(env: Any) -> None:
    """Makes mkdocs-macros' environment, and MkDocs' configuration, those of the current event.

    Under a plain `mkdocs` command, `define_env` runs when the configuration has just been
    loaded. A lesson that cannot be rendered ends the build there, before a page is written.
    """
    try:
        env.site = current_site(Path(env.project_dir))
        env.site.rendered  # noqa: B018 - raises everything that is wrong
    except Problems as found:
        raise Abort(report(found.diagnostics)) from None
    configure(env.conf, env.site)


def build_site(site: Site, target: Path) -> None:
    """Builds a site's pages into `target`."""
    with naming(site.event.slug), said_by_mkdocs() as warnings:
        try:
            build(configuration(site, site_dir=str(target)))
        except (MkDocsException, SystemExit) as error:
            raise EngineError("\n".join([*warnings, str(error)])) from None
        except TemplateNotFound as error:
            raise _without_template(site, str(error.name)) from None
    if warnings:
        raise Problems(placed(site, warning) for warning in warnings)


def configuration(site: Site, **settings: Any) -> MkDocsConfig:
    """MkDocs' configuration for a site, with settings in place of those of `mkdocs.yml`.

    mkdocs-macros is left out, which serves plain `mkdocs` commands: the lessons are rendered
    already, and it takes a tenth of a build to be loaded and to ask git six times.
    Raises `MkDocsException` or `SystemExit`.
    """
    file = site.root / "mkdocs.yml"
    config = load_config(str(file), plugins=_plugins_but_macros(file), **settings)
    config.plugins["hackweek"] = _Lessons(site)
    configure(config, site)
    theme = environment_of(config.theme, site.root)
    vars(config.theme)["get_env"] = theme
    return config


def _plugins_but_macros(file: Path) -> Any:
    loader = get_yaml_loader(getattr(yaml, "CLoader", yaml.Loader), MkDocsConfig(str(file)))
    with file.open("rb") as text:
        plugins = yaml_load(text, loader).get("plugins", ["search"])
    if isinstance(plugins, dict):
        return {name: each for name, each in plugins.items() if name != "macros"}
    if not isinstance(plugins, list):
        return plugins  # which MkDocs has something against
    return [each for each in plugins if each != "macros" and not _has_settings_of(each, "macros")]


def _has_settings_of(plugin: Any, name: str) -> bool:
    return isinstance(plugin, dict) and name in plugin


class _Lessons(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """What `macros/` does under a plain `mkdocs` command: a site's rendered pages and files."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @event_priority(100)  # before other plugins change what is rendered
    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """A page as it was rendered."""
        return self._site.markdown(page.file.src_uri)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Adds the files that are no pages."""
        write_event_files(self._site, Path(config.site_dir))


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
def naming(slug: str) -> Iterator[None]:
    """The event's name where settings and hooks look, as in `EVENT=ohw26 mkdocs build`."""
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
