"""A copy of this repository with two events and half of its pages, and what is built of it."""

from hackweek.build import Request, build
from repository import copy_repository, keep_pages

SLUGS = ("icesat2-2020", "ohw26")
PAGES = (
    "index.md", "preliminary/github.md", "preliminary/jupyterhub.md", "preliminary/git.md",
    "workflows/project.md", "help.md",
)  # fmt: skip


def copy_with_two_events(target):
    """The copy; returns where it is."""
    root = copy_repository(target)
    for slug in ("example-2027", "icesat2-2024"):
        (root / f"events/{slug}.yml").unlink()
    keep_pages(root, *PAGES)
    return root


def built(root, *slugs, output="site", engine="mkdocs", **options):
    """The folder of a build."""
    request = Request(root, slugs or SLUGS, root / output, engine, **options)
    build(request, lambda step: None)
    return root / output
