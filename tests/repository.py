"""Copies of this repository for tests that change a lesson or an event."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]


def copy_repository(target):
    """A copy without what is built, installed or only for tests; returns where it is."""
    ignored = shutil.ignore_patterns(".git", ".venv", "site", ".*cache", "__pycache__", "tests")
    shutil.copytree(ROOT, target, ignore=ignored, symlinks=True)
    return target


def append(path, text):
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def replace_in(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
