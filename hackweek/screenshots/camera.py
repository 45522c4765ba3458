"""Takes a picture of a part of a page, light and dark, with rings around what is to be pressed."""

import functools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

from hackweek.screenshots.journey import Shot

_STROKE = 4
"""CSS pixels of a ring's stroke outside its middle, rounded up."""
_BADGE = 13
"""Radius of a number at a ring's corner, in CSS pixels."""
_TRIES = 40
_PAUSE = 40
"""Milliseconds between two looks at a page that may still change."""
_SCRIPTS = Path(__file__).with_name("camera.js").read_text("utf-8")


class CannotShow(Exception):  # noqa: N818 - it names what is not on the picture
    """Something is not, or not wholly, on the picture."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in CSS pixels from the top left of the page's window."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> "Box":
        """With a margin on all four sides."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def holds(self, other: "Box") -> bool:
        """Whether another one is wholly within this one."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


def visible(page: Page, selector: str) -> Locator:
    """The first thing that matches and can be seen."""
    return page.locator(selector).filter(visible=True).first


def take(
    page: Page, shot: Shot, theme_order: tuple[str, ...], is_known: Callable[[str, bytes], bool]
) -> Iterator[tuple[str, bytes]]:
    """The picture as PNG for each theme.

    A page is photographed until it is at rest, which it is where a picture `is_known` in a theme.
    Raises `CannotShow` where a part of it is covered, outside the window, or beyond the edge.
    """
    page.evaluate(_SCRIPTS)
    page.mouse.move(0, 0)
    for theme in theme_order:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.evaluate("theme => shots.settle(theme)", theme)
        rings = [_box(page, each, whole=True) for each in shot.highlight]
        clip = _clip(page, shot)
        reach = shot.ring + (_BADGE if len(rings) > 1 else _STROKE)
        for selector, ring in zip(shot.highlight, rings, strict=True):
            if not clip.holds(ring.grown(reach)):
                raise CannotShow(f'the ring around "{selector}" is not wholly on the picture')
        page.evaluate("([boxes, ring, badge]) => shots.draw(boxes, ring, badge)", [
            [[ring.left, ring.top, ring.right, ring.bottom] for ring in rings], shot.ring, _BADGE,
        ])  # fmt: skip
        try:
            yield theme, _steady(page, clip, functools.partial(is_known, theme))
        finally:
            page.evaluate("() => shots.clear()")


def _box(page: Page, selector: str, *, whole: bool = False) -> Box:
    """Where something is."""
    thing = visible(page, selector)
    if not thing.count():
        raise CannotShow(f'nothing visible matches "{selector}"')
    left, top, right, bottom, is_whole = thing.evaluate("thing => shots.measure(thing)")
    if whole and not is_whole:
        raise CannotShow(f'"{selector}" is covered, or partly outside the window')
    return Box(left, top, right, bottom)


def _clip(page: Page, shot: Shot) -> Box:
    """What the picture shows, in whole CSS pixels."""
    parts = [_box(page, selector) for selector in shot.clip]
    size = page.viewport_size or {"width": 0, "height": 0}
    left, top, right, bottom = (
        max(0, math.floor(min(each.left for each in parts)) - shot.margin),
        max(0, math.floor(min(each.top for each in parts)) - shot.margin),
        min(size["width"], math.ceil(max(each.right for each in parts)) + shot.margin),
        min(size["height"], math.ceil(max(each.bottom for each in parts)) + shot.margin),
    )
    return Box(
        left,
        top,
        min(right, left + (shot.width or right)),
        min(bottom, top + (shot.height or bottom)),
    )


def _steady(page: Page, clip: Box, is_known: Callable[[bytes], bool]) -> bytes:
    """The part of a page, as soon as it is known, or two looks at it are the same."""
    area = {
        "x": clip.left,
        "y": clip.top,
        "width": clip.right - clip.left,
        "height": clip.bottom - clip.top,
    }
    last = b""
    for _ in range(_TRIES):
        picture = page.screenshot(clip=area, caret="hide")  # type: ignore[arg-type]  # a TypedDict
        if picture == last or is_known(picture):
            return picture
        last = picture
        page.wait_for_timeout(_PAUSE)
    raise CannotShow("the page does not come to rest")
