"""Jinja's templates, compiled once and kept on disk.

https://jinja.palletsprojects.com/en/stable/api/#bytecode-cache
"""

import contextlib
from pathlib import Path

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, Template
from jinja2.bccache import Bucket

FOLDER = ".cache/compiled"
"""Below the repository's root."""


class Compiled(FileSystemBytecodeCache):
    """A folder of compiled templates; what cannot be kept there is compiled again."""

    def __init__(self, root: Path, name: str) -> None:
        """`root` is that of the repository; `name` tells whose templates they are."""
        folder = root / FOLDER / name
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder))

    def get_source_checksum(self, source: str) -> str:
        """A mark of the source and of the program that compiles it."""
        return super().get_source_checksum(f"{jinja2.__version__} {source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills in what is kept, where it can be read."""
        with contextlib.suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a template, unless the disk is full or locked."""
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)

    def template(self, environment: Environment, name: str, source: str) -> Template:
        """As `environment.from_string`. A later source of the same name takes its place."""
        bucket = self.get_bucket(environment, name, None, source)
        if bucket.code is None:
            bucket.code = environment.compile(source)
            self.set_bucket(bucket)
        return Template.from_code(environment, bucket.code, environment.make_globals(None))
