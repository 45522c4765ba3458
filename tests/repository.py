"""Copies of this repository for tests that change a lesson or an event."""

import os
import re
import shutil
from pathlib import Path

from hackweek.compiled import FOLDER

ROOT = Path(__file__).parents[1]
COMPILED = ROOT / FOLDER


def copy_repository(target, *, edits_code=False):
    """A copy without what is built, installed or only for tests; returns where it is.

    What was compiled, of our code and of the templates, need not be compiled again. The
    code is linked, not copied, unless the test edits it.
    """
    ignored = shutil.ignore_patterns(".git", ".venv", "site", ".*cache", "tests", "hackweek")
    shutil.copytree(ROOT, target, ignore=ignored, symlinks=True)
    copy = shutil.copy2 if edits_code else _link
    shutil.copytree(ROOT / "hackweek", target / "hackweek", copy_function=copy)
    if COMPILED.is_dir():
        shutil.copytree(COMPILED, target / COMPILED.relative_to(ROOT))
    return target


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


def keep_pages(root, *pages):
    """Leaves a copy with these pages only; what linked to the others is text."""
    docs, settings = root / "docs", root / "mkdocs.yml"
    gone = [path.relative_to(docs).as_posix() for path in docs.rglob("*.md")]
    gone = [page for page in gone if page not in pages]
    navigation = settings.read_text("utf-8")
    for page in gone:
        (docs / page).unlink()
        navigation = re.sub(rf"^ +- {re.escape(page)}\n", "", navigation, flags=re.MULTILINE)
    navigation = re.sub(r"^  - [\w ]+:\n(?!    )", "", navigation, flags=re.MULTILINE)
    settings.write_text(navigation, "utf-8")
    names = "|".join(re.escape(page.rpartition("/")[2]) for page in gone)
    link = re.compile(rf"\[([^\]]+)\]\((?:[\w/.]*/)?(?:{names})(?:#[\w-]*)?\)")
    for path in docs.rglob("*.md"):
        path.write_text(link.sub(r"\1", path.read_text("utf-8")), "utf-8")


def append(path, text):
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def replace_in(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
