"""The theme's templates, compiled once and kept on disk."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from jinja2.bccache import Bucket
from mkdocs.theme import Theme

_environments: dict[tuple[str, ...], Environment] = {}


def environment_of(theme: Theme, cache: Path) -> Callable[[], Environment]:
    """What gives a theme's environment, the same for all builds of this process.

    MkDocs and the search make several for each build, each of which compiles what it needs
    again. `cache` is the folder of the bytecode:
    https://jinja.palletsprojects.com/en/stable/api/#bytecode-cache
    """
    key = (*theme.dirs, str(theme.locale))
    if key not in _environments:
        environment = theme.get_env()
        environment.auto_reload = True  # between two builds, a template may have been edited
        environment.loader = _Loader(theme.dirs)
        with contextlib.suppress(OSError):
            cache.mkdir(parents=True, exist_ok=True)
            environment.bytecode_cache = _Cache(str(cache))
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


class _Cache(FileSystemBytecodeCache):
    """One that a full or locked disk does not keep from working."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)
