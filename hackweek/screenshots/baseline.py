"""The pictures in `docs/img/`, and new ones held against them or put in their place."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hackweek.events import DEFAULT_EVENT
from hackweek.screenshots.album import THEMES, accepted, file_name
from hackweek.screenshots.comparison import Difference, compare


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A picture that is not as it was, or that was not there."""

    event: str
    old: Path
    """What readers see; it may not exist."""
    new: Path
    difference: Difference | None
    """None where there was no picture."""

    def __str__(self) -> str:
        return str(self.difference) if self.difference else "there was no such picture"


def changes(root: Path, event: str, folder: Path, pictures: Iterable[str]) -> Iterator[Change]:
    """Every new picture in a folder that differs from what the event's readers see."""
    for picture in pictures:
        for theme in THEMES:
            new = folder / file_name(picture, theme)
            old = accepted(root, event, new.name)
            if new.is_file() and not old.is_file():
                yield Change(event=event, old=old, new=new, difference=None)
            elif new.is_file() and (difference := compare(old, new)):
                yield Change(event=event, old=old, new=new, difference=difference)


def accept(root: Path, event: str, folder: Path, pictures: Iterable[str]) -> list[Path]:
    """Puts new pictures in the place of the old ones; returns the files that changed.

    An event other than the default one has its own only where it differs from the common one.
    """
    changed: list[Path] = []
    for picture in pictures:
        names = [file_name(picture, theme) for theme in THEMES]
        common = root / "docs/img"
        own = common / event
        if event == DEFAULT_EVENT:
            changed += [each for name in names if (each := _replace(folder / name, common / name))]
        elif all(_is_same(common / name, folder / name) for name in names):
            changed += [own / name for name in names if _remove(own / name)]
        else:
            changed += [each for name in names if (each := _replace(folder / name, own / name))]
    return changed


def _is_same(old: Path, new: Path) -> bool:
    return old.is_file() and compare(old, new) is None


def _replace(new: Path, old: Path) -> Path | None:
    """Puts a file in the place of another that looks different, all at once."""
    if _is_same(old, new):
        return None
    old.parent.mkdir(parents=True, exist_ok=True)
    beside = old.with_name(f".{old.name}-new")
    try:
        shutil.copyfile(new, beside)
        beside.replace(old)
    finally:
        beside.unlink(missing_ok=True)
    return old


def _remove(path: Path) -> bool:
    if not path.is_file():
        return False
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()
    return True
