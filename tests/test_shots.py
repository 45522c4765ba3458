"""Pictures of the hub without a hub: journeys read, and old pictures found."""

import dataclasses
import json
import re
from pathlib import Path

import pytest
from PIL import Image

from hackweek.events import event_slugs, load_event
from hackweek.pictures import find_picture
from hackweek.screenshots.journey import schema
from hackweek.screenshots.journey_file import read_journeys
from hackweek.screenshots.stage import stage_of
from hackweek.site import Site
from journeys import line_of, stale
from repository import ROOT, copy_repository, replace_in

MISTAKES = """\
title: A journey with mistakes
start: signed-inn
windw: [700, 500]
window: [700]
steps:
  - clik: "text=Start"
  - click: a
    type: b
  - shot: Hub
    clip: []
  - expect: Launcher
    secnds: 4
  - press: ""
  - wait
  - click: File
    times: 3
"""
FOUND = """\
journeys/broken.yml:2:8: invalid-value: start is "signed-inn"
  help: write one of: signed-out, signed-in, jupyterlab, terminal
journeys/broken.yml:3:1: unknown-key: "windw" is not a key of a journey
  help: did you mean "window"?
journeys/broken.yml:4:9: invalid-value: window is not as it should be: \
list should have at least 2 items after validation, not 1
journeys/broken.yml:6:5: unknown-step: "clik" is not a step
  help: did you mean "click"?
journeys/broken.yml:8:5: unknown-step: a step does one thing, and this one has "click" and "type"
  help: make two steps of it
journeys/broken.yml:9:5: missing-key: "alt" is missing in the step "shot"
  help: add: alt: …
journeys/broken.yml:9:11: invalid-value: steps 3 shot is not as it should be: \
string should match pattern "^[a-z0-9]+(-[a-z0-9]+)*$"
journeys/broken.yml:10:11: invalid-value: steps 3 clip is not as it should be: \
list should have at least 1 item after validation, not 0
journeys/broken.yml:12:5: unknown-key: "secnds" is not a key of the step "expect"
  help: did you mean "seconds"?
journeys/broken.yml:13:12: invalid-value: steps 5 press is not as it should be: \
string should have at least 1 character
journeys/broken.yml:14:5: unknown-step: a step is a key with a value
  help: write - click: …
journeys/broken.yml:16:12: invalid-value: times is "3"
  help: write one of: 1, 2"""


@pytest.fixture
def copy(tmp_path) -> Path:
    """A repository to change."""
    return copy_repository(tmp_path / "copy")


def test_every_mistake_in_a_journey_is_reported_at_its_place(tmp_path):
    (tmp_path / "journeys").mkdir()
    (tmp_path / "journeys/broken.yml").write_text(MISTAKES, "utf-8")

    journeys, problems = read_journeys(tmp_path)

    assert journeys == []
    assert "\n".join(map(str, sorted(problems))) == FOUND


def test_a_value_that_the_event_does_not_have_is_reported_at_its_place(copy):
    replace_in(copy / "journeys/clone.yml", "<< practice_repo_url >>", "<< practice_repo_ulr >>")

    assert stale(copy) == (
        'journeys/clone.yml:7:24: undefined-variable: "practice_repo_ulr" is not in'
        " events/example-2027.yml\n"
        '  help: did you mean "practice_repo_url"?'
    )


def test_a_file_that_is_not_there_to_upload_is_reported(copy):
    replace_in(copy / "journeys/files.yml", "upload: stations.csv", "upload: station.csv")
    line = line_of(copy / "journeys/files.yml", "upload: station.csv")

    assert stale(copy) == (
        f'journeys/files.yml:{line}:5: missing-upload: "station.csv" is not one of the uploads of'
        ' this journey\n  help: did you mean "stations.csv"?'
    )


def test_a_picture_that_is_taken_twice_is_reported(copy):
    replace_in(copy / "journeys/files.yml", "shot: download", "shot: upload-button")

    [found] = stale(copy).splitlines()[::2]

    assert re.sub(r":\d+:5:", ":LINE:5:", found) == (
        'journeys/files.yml:LINE:5: repeated-picture: the picture "upload-button" is already taken'
        " in journeys/files.yml"
    )


def test_an_event_s_values_are_filled_in(root):
    files, _ = read_journeys(root)
    [clone] = [each for each in files if each.name == "clone"]

    journey = clone.filled_in(Site(root, load_event(root, "ohw26")).context())

    assert journey.steps[0].type == "git clone https://github.com/oceanhackweek/ohw-tutorials"


def test_the_schema_is_that_of_the_model(root):
    assert (root / "journeys/journey.schema.json").read_text("utf-8") == schema()


def test_every_journey_keeps_to_the_schema(root):
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(json.loads(schema()))
    files, problems = read_journeys(root)

    assert problems == []
    assert [each.name for each in files if not validator.is_valid(each.source.values)] == []


def test_a_captured_picture_is_shown_at_half_its_pixels(root):
    page = Path("preliminary/jupyterhub.md")
    shown = find_picture(root / "docs", page, "../img/hub-sign-in.webp", "ohw26")

    with Image.open(root / "docs/img/hub-sign-in.webp") as taken:
        assert (shown.width * 2, shown.height * 2) == taken.size


def test_every_picture_fits_into_the_text_s_column(root):
    widths = {}
    for path in (root / "docs/img").rglob("*.webp"):
        with Image.open(path) as taken:
            widths[path.name] = taken.width

    assert {name: width for name, width in widths.items() if width > 1400} == {}


@pytest.mark.parametrize("theme", ["", ".dark"])
@pytest.mark.parametrize("slug", event_slugs(ROOT))
def test_the_pictures_of_the_hub_s_lesson_weigh_less_than_500_kb(root, slug, theme):
    files, _ = read_journeys(root)
    names = [f"{shot.shot}{theme}.webp" for each in files for shot in each.journey.shots]
    own = root / "docs/img" / slug
    paths = [own / name if (own / name).is_file() else root / "docs/img" / name for name in names]

    assert sum(path.stat().st_size for path in paths) < 500_000


@pytest.mark.parametrize("slug", ["icesat2-2020", "icesat2-2024", "ohw26"])
def test_an_event_whose_names_show_has_pictures_of_its_own(root, slug):
    names = {path.name for path in (root / "docs/img" / slug).glob("*.webp")}

    assert names >= {"github-authorize.webp", "github-clone.webp", "terminal-clone.webp"}


def test_a_stage_has_what_the_event_tells(event):
    stage = stage_of(event)

    assert dataclasses.asdict(stage) == {
        "organization": "example-hackweek",
        "repository": "example-hackweek/practice",
        "tutorials": ("example-hackweek/first-look",),
        "hub_name": "Example Hub",
        "hub_url": "https://hub.example.org",
        "image_title": "Hackweek image",
        "image_description": "Python, JupyterLab and the tutorial libraries",
        "logout_stops_server": False,
    }
    assert stage.repositories == (
        "example-hackweek/practice",
        "your-github-name/practice",
        "example-hackweek/first-look",
    )
