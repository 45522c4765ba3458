"""The two programs that make a website of the lessons: MkDocs, and Zensical, its successor."""

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

from hackweek.engines import mkdocs, zensical
from hackweek.site import Site

BUILDERS: MappingProxyType[str, Callable[[Site, Path], None]] = MappingProxyType(
    {"mkdocs": mkdocs.build_site, "zensical": zensical.build_site}
)
"""What builds a site's pages into a folder, by the engine's name.

Each raises `Problems` for what the engine warns of, `EngineError` where it fails.
"""
STAMPABLE = frozenset({"mkdocs"})
"""Those whose theme is run in this process, so that a template cannot decide by a token unseen."""
