"""Events that share a build have the pages that builds of their own would give, to the byte."""

import random
import re
from datetime import date, timedelta

import pytest
import yaml

from hackweek.build import Request, StampedWrongError, build
from hackweek.diagnostics import Problems, report
from hackweek.stamping import plate as plate_module
from hackweek.stamping.comparison import first_difference
from repository import ROOT, append, copy_repository, keep_pages, replace_in

EVENT = yaml.safe_load((ROOT / "events/example-2027.yml").read_text("utf-8"))
RICH = [
    {
        "name": "Arts & Sciences 'Sea Ice' Wéek",
        "short_name": "O'Hack",
        "institution": "King's College & Friends",
        "github_org": "sea-ice",
        "practice_repo": "sea-ice/practice_2",
        "jupyterhub_url": "https://hub2.example.org/a_b",
        "contact_email": "sea.ice@example.edu",
        "hub_memory_gb": 16,
        "hub_idle_minutes": 60,
        "start_date": date(2027, 6, 15),
        "description": "4 days, with snow (and 'ice').",
    },
    {
        "name": "Woche der Küste 2028",
        "github_org": "kueste",
        "practice_repo": "kueste/uebung",
        "hub_home": "/home/ruth",
        "help_channel": "#hilfe",
        "location": "Kiel",
        "tutorials": [
            {"title": "First steps", "repo": "a/b", "branch": "main", "urlpath": "lab/x.ipynb"}
        ],
        "end_date": date(2027, 6, 19),
    },
    {
        "name": "שבוע האוקיינוס",
        "dataset": "مهمة البحر",
        "meeting_platform": "海洋",
        "location": "L'Aquila",
    },
]
"""What differs from the example event: the values of three events that answer alike."""


def write_event(root, slug, **values):
    event = {**EVENT, **values, "slug": slug}
    text = yaml.safe_dump(event, allow_unicode=True, sort_keys=False)
    (root / f"events/{slug}.yml").write_text(text, "utf-8")


@pytest.fixture
def every_page(tmp_path):
    """A copy with no events but some that answer every condition as the example does."""
    root = copy_repository(tmp_path / "repository")
    for path in (root / "events").glob("*.yml"):
        path.unlink()
    for number, values in enumerate(RICH):
        write_event(root, f"week-{number}", **values)
    return root


@pytest.fixture
def repository(every_page):
    """The same with fewer pages."""
    keep_pages(every_page, "index.md", "preliminary/jupyterhub.md", "preliminary/git.md", "help.md")
    return every_page


def steps_of(root, *slugs, verify=True, engine="mkdocs"):
    """What a build says that it does."""
    steps = []
    slugs = slugs or [path.stem for path in sorted((root / "events").glob("*.yml"))]
    build(Request(root, slugs, root / "site", engine, verify=verify), steps.append)
    return steps


def test_events_that_differ_in_values_are_written_from_one_build(every_page):
    assert steps_of(every_page) == [
        "building what 2 events have in common",
        "writing week-0",
        "comparing week-0 with a true build",
        "writing week-1",
        "comparing week-1 with a true build",
        "building week-2",  # its heading has no Latin letter, so its anchor is made otherwise
    ]
    page = (every_page / "site/week-0/index.html").read_text("utf-8")
    assert '<h1 id="welcome-to-arts-sciences-sea-ice-week">' in page
    assert "week-1" not in page + (every_page / "site/week-0/sitemap.xml").read_text("utf-8")


def test_an_event_that_answers_otherwise_has_a_build_of_its_own(repository):
    write_event(repository, "week-1", **RICH[1], hub_cloud="the Cloud", format="virtual")
    assert steps_of(repository, "week-0", "week-1") == ["building week-0", "building week-1"]


@pytest.mark.parametrize(
    "template",
    [
        "{{ config.site_name | upper }}",
        "{% if config.site_name | length > 20 %}long{% endif %}",
        "{% if 'O' in config.extra.event.name %}O{% endif %}",
    ],
)
def test_a_template_that_decides_by_a_value_is_found_out(repository, template):
    replace_in(
        repository / "overrides/main.html",
        "{% block footer %}",
        "{% block footer %}" + template,
    )
    assert steps_of(repository, "week-0", "week-1", verify=False)[1:] == [
        "building week-0",
        "building week-1",
    ]


def test_headings_that_become_equal_are_numbered_as_in_a_true_build(repository):
    append(repository / "docs/help.md", "\n## << short_name >>\n\n## << dataset >>\n")
    write_event(repository, "week-1", **RICH[1], short_name="Snow", dataset="Snow")
    assert steps_of(repository, "week-0", "week-1")[-1] == "building week-1"
    assert 'id="snow_1"' in (repository / "site/week-1/help/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("https://lessons.example.org/week-1/no/", "missing-page"),
        ("https://127.0.0.1", "local-address"),
    ],
)
def test_a_wrong_address_in_one_event_is_found(repository, monkeypatch, address, rule):
    monkeypatch.setenv("SITE_URL", "https://lessons.example.org")
    write_event(repository, "week-1", **RICH[1], website_url=address)
    with pytest.raises(Problems) as raised:
        steps_of(repository, "week-0", "week-1", verify=False)
    assert {found.rule for found in raised.value.diagnostics} == {rule}


def test_a_placeholder_in_an_event_file_is_reported_as_ever(repository):
    write_event(repository, "week-1", **RICH[1], institution="INSERT_NAME")
    with pytest.raises(Problems) as raised:
        steps_of(repository, "week-0", "week-1", verify=False)
    assert report(raised.value.diagnostics).splitlines()[0] == (
        'site/week-1/index.html:1:1: left-over: "INSERT_NAME" was left over'
    )
    assert not (repository / "site").exists()


def test_a_fault_in_all_events_is_reported_at_its_line(repository):
    lesson = repository / "docs/help.md"
    append(lesson, "\nSee [more](nowhere.md).\n")
    with pytest.raises(Problems) as raised:
        steps_of(repository, "week-0", "week-1", verify=False)
    [found] = raised.value.diagnostics
    assert (found.path, found.line) == ("docs/help.md", lesson.read_text().count("\n"))


NAMES = [
    *("Arts & Sciences", "O'Hack", 'The "Big" Week', "Sea_Ice *Snow* Week", "C++ at 100 %"),
    *(
        "שבוע האוקיינוס",
        "أسبوع البحر 2027",
        "Küste (Nord)",
        "`code` week",
        "1. Week",
        "GIS – 3 days",
    ),
]


def generated(number):
    """An event with random values; Markdown changes those of every second one."""
    chance = random.Random(number)
    names = NAMES if number % 2 else ["Arts & Sciences", "O'Hack", "Küste 2027"]
    start = date(2027, chance.randint(1, 12), chance.randint(1, 20))
    org = chance.choice(["sea-ice", "a1", "Org-2027", "x"])
    optional = {
        "institution": chance.choice(names),
        "description": f"{chance.choice(names)}, {chance.randint(1, 9)} days.",
        "help_channel": chance.choice(["#help", "#help_2027", "#hilfe-ä"]),
        "project_prefix": chance.choice(["p-", "project-", "2027-"]),
        "hub_home": chance.choice(["/home/jovyan", "/home/ruth_2"]),
        "dataset": chance.choice(names),
        "hub_memory_gb": chance.choice([4, 8, 16]),
    }
    return {
        "name": f"{chance.choice(names)} {number}",
        "short_name": chance.choice(names),
        "start_date": start,
        "end_date": start + timedelta(days=chance.randint(1, 4)),
        "location": chance.choice(["Kiel", "L'Aquila", "São Paulo & Rio", "Oslo"]),
        "github_org": org,
        "practice_repo": f"{org}/{chance.choice(['practice', 'git-101', 'a.b_c'])}",
        "jupyterhub_url": f"https://hub{number}.example.org{chance.choice(['', '/a_b', '/x~y'])}",
        "contact_email": f"week.{number}@example.edu",
        "schedule": [],
        "hub_access_ends": None,
        **{key: each for key, each in optional.items() if each},
    }


def test_generated_events_are_what_builds_of_their_own_give(every_page):
    for path in (every_page / "events").glob("*.yml"):
        path.unlink()
    for number in range(10):
        write_event(every_page, f"event-{number}", **generated(number))
    written = [step for step in steps_of(every_page) if step.startswith("writing")]
    assert len(written) >= 1


def test_a_link_that_shows_its_address_in_one_event_only_is_spelled_out_in_the_others(repository):
    append(repository / "docs/help.md", "\n[https://<< hub_region >>.org](https://a.org).\n")
    write_event(repository, "week-1", **RICH[1], hub_region="a")
    assert steps_of(repository, "week-0", "week-1")[-1] == "building week-1"


def test_a_rule_of_the_stylesheet_that_a_value_brings_into_use_is_kept(repository):
    styles = repository / "overrides/assets/lessons.css"
    append(styles, '\n[data-zone="Snow"] { color: red }\n')
    append(repository / "docs/help.md", '\n<div data-zone="<< dataset >>"></div>\n')
    write_event(repository, "week-1", **RICH[1], dataset="Snow")
    assert steps_of(repository, "week-0", "week-1")[-1] == "building week-1"
    for slug, expected in (("week-0", False), ("week-1", True)):
        css = (repository / f"site/{slug}/assets/lessons.css").read_text("utf-8")
        assert ("Snow" in css) is expected


def test_a_placeholder_that_only_the_calendar_shows_is_found(repository):
    for number in (0, 1):
        place = "INSERT_PLACE" if number else "Kiel"
        values = RICH[number] | {"format": "virtual", "location": place}
        write_event(repository, f"week-{number}", **values)
    with pytest.raises(Problems) as raised:
        steps_of(repository, "week-0", "week-1", verify=False)
    assert "calendar.ics" in report(raised.value.diagnostics)


def test_zensical_builds_each_event(repository):
    steps = steps_of(repository, "week-0", "week-1", verify=False, engine="zensical")
    assert steps == ["building week-0", "building week-1"]


def test_a_folder_that_was_stamped_wrong_is_not_published(repository, monkeypatch):
    right = plate_module.filled_in
    monkeypatch.setattr(
        plate_module, "filled_in", lambda *given: right(*given).replace("Kiel", "Köln")
    )
    with pytest.raises(StampedWrongError) as raised:
        steps_of(repository, "week-0", "week-1")
    assert re.sub(r":\d+:", ":LINE:", str(raised.value)) == (
        'week-1: index.html:LINE: stamped "2027 at Köln.</p> <p>Organiz",'
        ' truly built "2027 at Kiel.</p> <p>Organize"'
    )
    assert not (repository / "site").exists()


# What is compared, and how a difference is told.


def test_equal_folders_have_no_difference(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name / "a").mkdir(parents=True)
        (tmp_path / name / "a/page.html").write_text("x")
        (tmp_path / name / "a/all.pdf").write_text(f"made for {name}")
    assert first_difference(tmp_path / "one", tmp_path / "two") == ""


@pytest.mark.parametrize(
    ("one", "two", "told"),
    [
        ("a\nb Kiel\n", "a\nb Köln\n", 'page.html:2: stamped "a b Kiel", truly built "a b Köln"'),
        ("x", "xy", 'page.html:1: stamped "x", truly built "xy"'),
        ("x", None, '"page.html" was stamped, and a true build has no such file'),
        (None, "x", '"page.html" was not stamped, and a true build has it'),
    ],
)
def test_the_first_difference_is_told(tmp_path, one, two, told):
    for name, text in (("one", one), ("two", two)):
        (tmp_path / name).mkdir()
        if text is not None:
            (tmp_path / name / "page.html").write_text(text)
    assert first_difference(tmp_path / "one", tmp_path / "two") == told
