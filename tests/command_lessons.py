"""Sites of one lesson, whose commands are run."""

import shutil

from hackweek.commands.run import run_commands
from hackweek.event_file import load_event
from hackweek.site import Site
from repository import ROOT, copy_repository


def site_of(root, text, slug="example-2027"):
    """A site with nothing in it but a lesson of this text."""
    (root / "events").mkdir(parents=True)
    shutil.copy(ROOT / f"events/{slug}.yml", root / "events")
    (root / "mkdocs.yml").write_text("nav: [lesson.md]\n")
    (root / "docs").mkdir()
    (root / "docs/lesson.md").write_text(text, "utf-8")
    return Site(root, load_event(root, slug))


def lesson_alone(root, page, slug="example-2027"):
    """A copy of this repository that holds one of its lessons and no other page."""
    copy_repository(root)
    for other in (root / "docs").rglob("*.md"):
        if other != root / "docs" / page:
            other.unlink()
    return Site(root, load_event(root, slug))


def told(site, **options):
    """What a person reads of a site's commands."""
    return run_commands([site], **options).text()
