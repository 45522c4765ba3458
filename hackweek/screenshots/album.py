"""The pictures that an event's readers see, and new ones kept beside them."""

import io
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from hackweek.events import DEFAULT_EVENT
from hackweek.screenshots.comparison import compare

THEMES = ("light", "dark")


def file_name(picture: str, theme: str) -> str:
    """The file of a picture in a theme."""
    return f"{picture}.webp" if theme == "light" else f"{picture}.{theme}.webp"


def accepted(root: Path, event: str, name: str) -> Path:
    """The file that an event's readers see under a name: the event's own, or the common one."""
    common = root / "docs/img" / name
    own = common.with_name(event) / name
    return own if event != DEFAULT_EVENT and own.is_file() else common


@dataclass
class Album:
    """A folder for an event's new pictures, which knows how they looked before."""

    root: Path
    event: str
    folder: Path
    _as_before: set[str] = field(default_factory=set)

    def is_as_before(self, name: str, png: bytes) -> bool:
        """Whether a picture, as PNG, has the same pixels as the accepted file of that name."""
        old = accepted(self.root, self.event, name)
        same = old.is_file() and compare(old, io.BytesIO(png)) is None
        (self._as_before.add if same else self._as_before.discard)(name)
        return same

    def keep(self, name: str, png: bytes) -> None:
        """Writes a picture as lossless WebP, all at once; copies the old one if it is the same."""
        new = self.folder / f".{name}"
        if name in self._as_before:
            shutil.copyfile(accepted(self.root, self.event, name), new)
        else:
            with Image.open(io.BytesIO(png)) as picture:
                picture.convert("RGB").save(new, "WEBP", lossless=True, quality=100, method=4)
        new.rename(self.folder / name)
