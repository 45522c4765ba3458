"""Two pictures compared: which of their pixels differ, and where."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

_MARK = (214, 0, 108)
_PALE = 0.75
"""How much white covers what is the same, in the picture of a difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a new picture differs from the old one."""

    pixels: int
    """How many of the new picture's pixels are not as before."""
    total: int
    box: tuple[int, int, int, int]
    """Left, top, right and bottom of all that differs, in pixels."""
    old_size: tuple[int, int]
    new_size: tuple[int, int]

    def __str__(self) -> str:
        if self.old_size != self.new_size:
            old, new = ("{} × {}".format(*size) for size in (self.old_size, self.new_size))
            return f"it was {old} pixels large and is {new} now"
        left, top, right, bottom = self.box
        return (
            f"{self.pixels:,} of {self.total:,} pixels differ,"
            f" between {left},{top} and {right},{bottom}"
        )


def compare(old: Path, new: Path | io.BytesIO) -> Difference | None:
    """How a picture differs from an older one; None where each pixel is the same."""
    with Image.open(old) as before, Image.open(new) as after:
        mask = _mask(before, after)
        box = mask.getbbox()
        if not box:
            return None
        return Difference(
            pixels=mask.histogram()[255],
            total=after.width * after.height,
            box=box,
            old_size=before.size,
            new_size=after.size,
        )


def draw_difference(old: Path, new: Path, target: Path) -> None:
    """Writes the new picture, pale, with each pixel that differs in a strong colour."""
    with Image.open(old) as before, Image.open(new) as after:
        mask = _mask(before, after)
        canvas = _on(after, mask.size)
        pale = Image.blend(canvas, Image.new("RGB", mask.size, "white"), _PALE)
        pale.paste(_MARK, mask=mask)
        pale.save(target, "WEBP", lossless=True)


def _mask(before: Image.Image, after: Image.Image) -> Image.Image:
    """White where pixels differ; as large as both together."""
    size = max(before.width, after.width), max(before.height, after.height)
    difference = ImageChops.difference(_on(before, size), _on(after, size))
    red, green, blue = difference.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    mask = most.point([0] + [255] * 255)
    for picture in (before, after):
        beyond = Image.new("L", size, 255 if picture.size != size else 0)
        beyond.paste(0, (0, 0, *picture.size))
        mask = ImageChops.lighter(mask, beyond)
    return mask


def _on(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    canvas = Image.new("RGB", size, "white")
    canvas.paste(picture.convert("RGB"))
    return canvas
