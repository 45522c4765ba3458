"""The only module that knows MkDocs: gives it one event's name, pages and lessons."""

from pathlib import Path
from typing import Any

from hackweek.diagnostics import Problems, report
from hackweek.extension import LessonExtension
from hackweek.site import Site, current_site


def site_of(env: Any) -> Site:
    """The site that a macro environment is for; MkDocs' plugin is told of it here.

    `define_env` is the first thing that runs in MkDocs once its configuration is loaded, so
    a lesson that cannot be rendered ends the build before a page is written.
    """
    if not hasattr(env, "conf"):
        return env.site
    from mkdocs.exceptions import Abort

    try:
        env.site = current_site(Path(env.project_dir))
        env.site.rendered  # noqa: B018 - raises for everything that is wrong, at once
    except Problems as problems:
        raise Abort(report(problems.diagnostics, checked=len(problems.diagnostics))) from None
    _configure(env.conf, env.site)
    return env.site


def _configure(config: Any, site: Site) -> None:
    """Makes MkDocs' configuration (https://www.mkdocs.org/user-guide/configuration/) the event's."""
    import pathspec

    config.site_name = site.event.name
    config.site_description = site.description
    config.site_url = site.url(config.site_url)
    config.nav = site.nav
    config.exclude_docs = pathspec.gitignore.GitIgnoreSpec.from_lines(site.excluded_paths)
    config.extra["event"] = site.theme_values
    config.markdown_extensions.append(LessonExtension(site=site))
