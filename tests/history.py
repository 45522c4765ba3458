"""A copy of this repository with a history: lessons as they were, and as they are."""

import os
import subprocess

from hackweek.build import Request, build
from repository import append, copy_repository, keep_pages, replace_in

EVENT = "icesat2-2020"
"""An event that is over."""
PAGES = ("index.md", "help.md", "glossary.md")
LESSONS = ("jupyterhub", "python", "earthdata", "checklist")
THEN, NOW = "What was taught then.", "What is taught now."


def git(root, *command, given=None):
    """What a git command prints, without settings of the machine's."""
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_NAME": "A" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "a@example.org" for who in ("AUTHOR", "COMMITTER")},
    }
    done = subprocess.run(
        ["git", "-C", root, *command],
        check=True,
        capture_output=True,
        env=environment,
        input=given,
        text=True,
    )
    return done.stdout.strip()


def commit(root, tag):
    """Commits all there is, with a tag."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", tag)
    git(root, "tag", tag)


def with_history(target):
    """The copy: the tag `then` has other lessons than `now`, and `EVENT` was taught from it."""
    root = copy_repository(target, edits_code=True)
    keep_pages(root, *PAGES, *(f"preliminary/{each}.md" for each in LESSONS))
    git(root, "init", "--quiet", "--initial-branch", "main")
    append(root / "docs/help.md", f"\n{THEN}\n")
    commit(root, "then")
    replace_in(root / "docs/help.md", THEN, NOW)
    (root / "docs/preliminary/python.md").unlink()
    replace_in(root / "mkdocs.yml", "      - preliminary/python.md\n", "")
    commit(root, "now")
    teach_from(root, "then")
    return root


def teach_from(root, revision, slug=EVENT):
    """Writes into an event's file which lessons it was taught from."""
    path = root / f"events/{slug}.yml"
    lines = [each for each in path.read_text("utf-8").splitlines() if "lessons_from" not in each]
    path.write_text("\n".join([*lines, f"lessons_from: {revision}"]) + "\n", "utf-8")


def line_of_key(root, slug=EVENT):
    """The line of `lessons_from`, which is the last."""
    return (root / f"events/{slug}.yml").read_text("utf-8").count("\n")


def built(root, *slugs, engine="mkdocs", **options):
    """The folder of a build, and what the build said that it did."""
    steps = []
    build(Request(root, slugs or (EVENT,), root / "site", engine, **options), steps.append)
    return root / "site", steps
