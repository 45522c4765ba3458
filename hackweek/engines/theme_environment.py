"""The theme's templates, compiled once and kept on disk."""

import os
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.theme import Theme

from hackweek.compiled import Compiled

_environments: dict[tuple[str, ...], Environment] = {}


def environment_of(theme: Theme, root: Path) -> Callable[[], Environment]:
    """What gives a theme's environment, the same for all builds of this process.

    MkDocs and the search make several for each build, each of which compiles what it needs
    again. `root` is that of the repository.
    """
    key = (*theme.dirs, str(theme.locale))
    if key not in _environments:
        environment = theme.get_env()
        environment.auto_reload = True  # between two builds, a template may have been edited
        environment.loader = _Loader(theme.dirs)
        environment.bytecode_cache = Compiled(root, "theme")
        _environments[key] = environment
    return lambda: _environments[key]


class _Loader(FileSystemLoader):
    """One that does not list hidden folders, which MkDocs leaves out: one has 10,000 icons."""

    def list_templates(self) -> list[str]:
        found = set()
        for root in self.searchpath:
            for path, folders, files in os.walk(root):
                folders[:] = [each for each in folders if not each.startswith(".")]
                found |= {Path(path, name).relative_to(root).as_posix() for name in files}
        return sorted(found)
