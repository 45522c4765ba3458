"""Pictures compared, and new ones put in the place of old ones."""

from pathlib import Path

import pytest
from PIL import Image

from hackweek.screenshots.baseline import accept, changes
from hackweek.screenshots.comparison import compare, draw_difference


def picture(path: Path, colour: str, size: tuple[int, int] = (8, 4)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path, "WEBP", lossless=True)
    return path


def test_pictures_that_are_the_same_do_not_differ(tmp_path):
    one, other = picture(tmp_path / "one.webp", "blue"), picture(tmp_path / "other.webp", "blue")

    assert compare(one, other) is None


def test_a_difference_tells_how_much_and_where(tmp_path):
    old, new = picture(tmp_path / "old.webp", "white"), tmp_path / "new.webp"
    with Image.open(old) as changed:
        changed = changed.convert("RGB")
        changed.putpixel((2, 1), (255, 255, 254))
        changed.putpixel((5, 3), (0, 0, 0))
        changed.save(new, "WEBP", lossless=True)

    assert str(compare(old, new)) == "2 of 32 pixels differ, between 2,1 and 6,4"


def test_a_difference_in_size_is_told(tmp_path):
    old = picture(tmp_path / "old.webp", "white")
    new = picture(tmp_path / "new.webp", "white", (8, 6))

    assert str(compare(old, new)) == "it was 8 × 4 pixels large and is 8 × 6 now"


def test_the_picture_of_a_difference_marks_what_differs(tmp_path):
    old, new = picture(tmp_path / "old.webp", "white"), tmp_path / "new.webp"
    with Image.open(old) as changed:
        changed = changed.convert("RGB")
        changed.putpixel((2, 1), (0, 0, 0))
        changed.save(new, "WEBP", lossless=True)

    draw_difference(old, new, tmp_path / "difference.webp")

    with Image.open(tmp_path / "difference.webp") as shown:
        marked = shown.convert("RGB")
        assert marked.getpixel((2, 1)) == (214, 0, 108)
        assert marked.getpixel((3, 1)) == (255, 255, 255)


@pytest.fixture
def captured(tmp_path) -> Path:
    """A folder with a new picture, light and dark."""
    picture(tmp_path / "new/hub.webp", "white")
    picture(tmp_path / "new/hub.dark.webp", "black")
    return tmp_path / "new"


def images(root: Path) -> list[str]:
    folder = root / "docs/img"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.webp"))


def test_the_first_pictures_are_accepted_for_everybody(tmp_path, captured):
    accept(tmp_path, "example-2027", captured, ["hub"])

    assert images(tmp_path) == ["hub.dark.webp", "hub.webp"]


def test_an_event_whose_picture_is_the_common_one_shares_it(tmp_path, captured):
    accept(tmp_path, "example-2027", captured, ["hub"])

    assert accept(tmp_path, "ohw26", captured, ["hub"]) == []
    assert images(tmp_path) == ["hub.dark.webp", "hub.webp"]


def test_an_event_whose_picture_differs_in_one_theme_has_both_of_its_own(tmp_path, captured):
    accept(tmp_path, "example-2027", captured, ["hub"])
    picture(captured / "hub.dark.webp", "navy")

    accept(tmp_path, "ohw26", captured, ["hub"])

    assert images(tmp_path) == [
        "hub.dark.webp", "hub.webp", "ohw26/hub.dark.webp", "ohw26/hub.webp",
    ]  # fmt: skip


def test_an_event_s_picture_that_became_the_common_one_is_removed(tmp_path, captured):
    accept(tmp_path, "example-2027", captured, ["hub"])
    picture(tmp_path / "docs/img/ohw26/hub.webp", "navy")
    picture(tmp_path / "docs/img/ohw26/hub.dark.webp", "navy")

    accept(tmp_path, "ohw26", captured, ["hub"])

    assert images(tmp_path) == ["hub.dark.webp", "hub.webp"]
    assert not (tmp_path / "docs/img/ohw26").exists()


def test_a_picture_is_compared_with_what_the_event_s_readers_see(tmp_path, captured):
    accept(tmp_path, "example-2027", captured, ["hub"])
    picture(tmp_path / "docs/img/ohw26/hub.webp", "navy")

    found = [
        (each.event, each.old, str(each)) for each in changes(tmp_path, "ohw26", captured, ["hub"])
    ]

    assert found == [
        (
            "ohw26",
            tmp_path / "docs/img/ohw26/hub.webp",
            "32 of 32 pixels differ, between 0,0 and 8,4",
        )
    ]


def test_a_picture_that_was_never_there_is_a_change(tmp_path, captured):
    found = [str(each) for each in changes(tmp_path, "example-2027", captured, ["hub"])]

    assert found == ["there was no such picture"] * 2
