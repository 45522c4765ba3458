"""The theme's templates, compiled once and kept on disk."""

import contextlib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket
from mkdocs.plugins import BasePlugin


class _Cache(FileSystemBytecodeCache):
    """One that a full or locked disk does not keep from working."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


class ThemeCache(BasePlugin):  # type: ignore[no-untyped-call,type-arg]  # as MkDocs has it
    """A plugin that gives MkDocs' environment of templates a cache of bytecode.

    https://jinja.palletsprojects.com/en/stable/api/#bytecode-cache
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def on_env(self, env: Environment, **_: Any) -> Environment:
        """Called by MkDocs before the first page is written."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            env.bytecode_cache = _Cache(str(self._folder))
        return env
