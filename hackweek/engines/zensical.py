"""Zensical, which reads the same `mkdocs.yml` but loads none of MkDocs' plugins.

It wants everything it reads and writes below one folder, and knows Markdown extensions by
name only: it gets a project of its own, with the lessons as they were rendered.
"""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hackweek.diagnostics import EngineError
from hackweek.event_files import write_event_files
from hackweek.site import Site, published_at


def build_site(site: Site, target: Path) -> None:
    """Builds a site's pages into `target`."""
    with TemporaryDirectory(dir=target.parent, prefix="zensical-") as folder:
        project = Path(folder)
        shutil.copytree(site.docs, project / "docs", ignore=site.left_out)
        shutil.copytree(site.root / "overrides", project / "overrides")
        for lesson in site.pages:
            header = lesson.text[: lesson.body_offset]
            (project / "docs" / lesson.page).write_text(
                header + site.markdown(lesson.page), "utf-8"
            )
        write_event_files(site, project / "docs")
        (project / "mkdocs.yml").write_text(_configuration(site), "utf-8")
        _run(site, project)
        (project / "site").rename(target)


def _run(site: Site, project: Path) -> None:
    python_path = os.pathsep.join([str(site.root), os.environ.get("PYTHONPATH", "")])
    # It judges links before `hackweek.extension` drops those to lessons an event leaves out.
    strict = [] if site.event.lessons else ["--strict"]
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "-f", str(project / "mkdocs.yml"), *strict],
        cwd=site.root,
        env={**os.environ, "EVENT": site.event.slug, "PYTHONPATH": python_path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise EngineError((done.stdout + done.stderr).strip())


def _configuration(site: Site) -> str:
    """The text of `mkdocs.yml` for one event."""
    from ruamel.yaml import YAML  # not at the top: MkDocs builds without it

    yaml = YAML()
    config: Any = yaml.load(site.root / "mkdocs.yml")
    config["site_name"] = site.event.name
    config["site_description"] = site.description
    config["site_url"] = site.url(published_at())
    config["nav"] = site.nav
    if site.event.lessons_from:
        config["validation"]["nav"]["omitted_files"] = "info"
    config["extra"]["event"] = site.theme_values
    config["theme"]["variant"] = "classic"
    config["markdown_extensions"].append("hackweek.extension")
    config["plugins"] = ["search"]
    text = io.StringIO()
    yaml.dump(config, text)
    return text.getvalue()
