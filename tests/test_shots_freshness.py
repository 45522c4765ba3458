"""Pictures of the hub that no longer show what readers see are found, without a hub."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from hackweek.screenshots.journey_file import read_journeys
from hackweek.screenshots.lock import journey_digest, read_lock
from hackweek.screenshots.stage import stage_of
from journeys import line_of, stale
from repository import append, copy_repository, replace_in


@pytest.fixture
def copy(tmp_path) -> Path:
    """A repository to change."""
    return copy_repository(tmp_path / "copy")


def test_the_pictures_of_this_repository_are_up_to_date(root):
    assert stale(root) == ""


def test_a_picture_that_no_journey_takes_is_reported(copy):
    shutil.copy(copy / "docs/img/terminal.webp", copy / "docs/img/terminals.webp")
    append(copy / "docs/help.md", "\n![A terminal](img/terminals.webp)\n")
    line = len((copy / "docs/help.md").read_text("utf-8").splitlines())

    assert stale(copy) == (
        f"docs/help.md:{line}:15: undeclared-picture:"
        ' no journey takes the picture "terminals.webp"\n'
        '  help: did you mean "terminal.webp"? else declare it in journeys/hand-made.yml,'
        " with a reason and a date"
    )


def test_a_picture_that_is_declared_is_no_problem(copy):
    shutil.copy(copy / "docs/img/terminal.webp", copy / "docs/img/terminals.webp")
    append(copy / "docs/help.md", "\n![A terminal](img/terminals.webp)\n")
    declared = 'terminals.webp:\n  reason: a test\n  date: "2027-01-01"\n'
    append(copy / "journeys/hand-made.yml", declared)

    assert stale(copy) == ""


def test_a_declaration_without_a_reason_is_reported(copy):
    append(copy / "journeys/hand-made.yml", 'other.svg:\n  date: "2027-01-01"\n')

    assert stale(copy) == (
        'journeys/hand-made.yml:7:3: missing-key: "reason" is missing in other.svg\n'
        "  help: add: reason: …"
    )


def test_a_picture_that_no_lesson_shows_is_reported(copy):
    lesson = copy / "docs/preliminary/git.md"
    lines = lesson.read_text("utf-8").splitlines(keepends=True)
    lesson.write_text("".join(each for each in lines if "conflict.webp" not in each), "utf-8")
    place = line_of(copy / "journeys/conflict.yml", "shot: conflict")

    assert stale(copy) == (
        f'journeys/conflict.yml:{place}:5: unshown-picture: no lesson shows "conflict.webp"'
    )


def test_a_text_that_differs_between_journey_and_lesson_is_reported(copy):
    replace_in(copy / "docs/preliminary/jupyterhub.md", "![A tab called Terminal 1.", "![A tab.")
    line = line_of(copy / "docs/preliminary/jupyterhub.md", "![A tab.")

    assert stale(copy) == (
        f"docs/preliminary/jupyterhub.md:{line}:1: picture-text-differs:"
        ' the picture "terminal.webp" has another text in journeys/jupyterlab.yml\n'
        '  help: write "A tab called Terminal 1. Its only line is the prompt, which ends with a'
        ' dollar sign."'
    )


def test_a_picture_that_was_painted_over_is_stale(copy):
    painted = Image.new("RGB", (8, 4), "red")
    painted.save(copy / "docs/img/terminal.dark.webp", lossless=True)

    assert stale(copy) == (
        'docs/img/terminal.dark.webp:1:1: stale-picture: "terminal.dark.webp" is not as it was'
        " captured\n  help: run: python -m hackweek shots --update"
    )


def test_a_picture_that_is_gone_is_stale(copy):
    (copy / "docs/img/ohw26/github-clone.webp").unlink()

    assert stale(copy) == (
        'docs/img/ohw26/github-clone.webp:1:1: stale-picture: "ohw26/github-clone.webp" is not'
        " there\n  help: run: python -m hackweek shots --update"
    )


def test_the_pictures_of_an_event_that_is_gone_are_not_missed(copy):
    (copy / "events/ohw26.yml").unlink()
    shutil.rmtree(copy / "docs/img/ohw26")

    assert stale(copy) == ""


def test_without_the_example_nobody_takes_the_pictures_that_events_share(copy):
    (copy / "events/example-2027.yml").unlink()
    (copy / "docs/img/terminal.webp").write_bytes(b"somebody's own")

    assert stale(copy) == ""


def test_versions_are_those_of_the_pictures_of_events_that_are_there(copy):
    shown = read_lock(copy).versions["jupyterlab"]
    replace_in(copy / "requirements-shots.txt", f"jupyterlab=={shown}", "jupyterlab==5.0.0")
    (copy / "events/example-2027.yml").rename(copy / "events/our-2027.yml")
    replace_in(copy / "events/our-2027.yml", "slug: example-2027", "slug: our-2027")
    for slug in ("icesat2-2020", "icesat2-2024", "ohw26"):
        (copy / f"events/{slug}.yml").unlink()

    assert stale(copy) == ""


def test_pictures_are_stale_when_their_journey_does_something_else(copy):
    replace_in(copy / "journeys/files.yml", "ring: 1", "ring: 2")

    assert stale(copy) == (
        'journeys/files.yml:1:1: stale-picture: "files" has changed for example-2027 since its'
        " pictures were taken\n  help: run: python -m hackweek shots --update example-2027"
    )


def test_pictures_are_stale_when_the_event_s_values_change(copy):
    replace_in(copy / "events/ohw26.yml", "hub_name: CryoCloud", "hub_name: Ocean Hub")

    assert stale(copy).splitlines()[::2] == [
        f'journeys/{name}.yml:1:1: stale-picture: "{name}" has changed for ohw26 since its'
        " pictures were taken"
        for name in ("clone", "log-out", "repository", "sign-in")
    ]


def test_pictures_are_stale_when_another_version_is_required(copy):
    requirements = copy / "requirements-shots.txt"
    shown = read_lock(copy).versions["jupyterlab"]
    replace_in(requirements, f"jupyterlab=={shown}", "jupyterlab==5.0.0")
    line = line_of(requirements, "jupyterlab==")

    assert stale(copy) == (
        f'requirements-shots.txt:{line}:1: stale-picture: the pictures show jupyterlab "{shown}",'
        ' and "5.0.0" is required\n  help: run: python -m hackweek shots --update'
    )


@pytest.mark.parametrize(("old", "new"), [("alt: ", "alt: Now "), ("title: ", "title: Now ")])
def test_words_about_a_picture_do_not_make_it_stale(root, event, old, new):
    [file] = [each for each in read_journeys(root)[0] if each.name == "files"]
    journey = file.journey
    said = journey.model_copy(update={"title": "Now"})
    if old == "alt: ":
        steps = [
            step.model_copy(update={"alt": "Now"}) if hasattr(step, "alt") else step
            for step in journey.steps
        ]
        said = journey.model_copy(update={"steps": steps})

    assert journey_digest(said, stage_of(event)) == journey_digest(journey, stage_of(event))


def test_an_event_without_pictures_of_its_own_has_no_old_ones(copy):
    event = (copy / "events/ohw26.yml").read_text("utf-8")
    new = event.replace("slug: ohw26", "slug: ohw27").replace("oceanhackweek", "ocean")
    (copy / "events/ohw27.yml").write_text(new, "utf-8")

    assert stale(copy) == ""
