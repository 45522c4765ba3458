"""Sites of one lesson, whose commands are run."""

import shutil

from hackweek.commands.run import run_commands
from hackweek.events import load_event
from hackweek.site import Site
from repository import ROOT


def site_of(root, text, slug="example-2027", page="lesson.md"):
    """A site with nothing in it but a lesson of this text."""
    (root / "events").mkdir(parents=True)
    shutil.copy(ROOT / f"events/{slug}.yml", root / "events")
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "docs" / page).parent.mkdir(parents=True)
    (root / "docs" / page).write_text(text, "utf-8")
    return Site(root, load_event(root, slug))


def told(site, **options):
    """What a person reads of a site's commands."""
    return run_commands([site], **options).text()
