"""An event's times: in words, on its pages, and beside them the reader's own.

The event here lasts from before the end of summer time in Berlin, on 25 October 2026, until after
it; clocks in New York change a week later, and those in Lagos never.
"""

import datetime
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from browser import served, visitor
from hackweek.engines import BUILDERS
from hackweek.event import Session
from hackweek.events import load_event
from hackweek.site import Site
from macros.times import schedule_table, time_zone
from repository import copy_repository

EVENT = """
slug: autumn
name: Autumn & Sons Hackweek
short_name: Autumn
start_date: 2026-10-23
end_date: 2026-10-27
timezone: Europe/Berlin
format: in_person
status: {status}
location: the harbour
institution: University of Example
contact_email: hackweek@example.org
admin_contact: the organizers
github_org: example-hackweek
github_invite_method: email
github_public_membership_required: true
practice_repo: example-hackweek/practice
jupyterhub_url: https://hub.example.org
hub_name: Example Hub
hub_image: {{title: Image, description: Python}}
hub_home: /home/jovyan
hub_startup_minutes: 5
hub_idle_minutes: 90
hub_logout_stops_server: false
python_version: "3.12"
env_name: hackweek
disk_gb: 8
dataset: ICESat-2
earthdata_required: false
schedule:
  - {{start: 2026-10-23 09:00, end: 2026-10-23 10:30, title: Welcome, place: Hall}}
  - {{start: 2026-10-23 14:00, end: 2026-10-23 15:00, title: Tutorial}}
  - {{start: 2026-10-24 22:00, end: 2026-10-25 04:00, title: Night of data, place: Roof}}
  - {{start: 2026-10-26 09:00, end: 2026-10-26 10:30, title: Maps, place: Hall}}
  - {{start: 2026-10-26 09:00, end: 2026-10-26 10:00, title: Models, place: Room 5}}
"""


def write_event(tmp_path, status):
    root = copy_repository(tmp_path / status)
    (root / "events/autumn.yml").write_text(EVENT.format(status=status), "utf-8")
    return Site(root, load_event(root, "autumn"))


# In words


@pytest.mark.parametrize(
    ("zone", "first", "last", "words"),
    [
        ("America/Los_Angeles", "2027-06-14", "2027-06-18", "America/Los_Angeles, UTC−7"),
        ("Asia/Kolkata", "2027-06-14", "2027-06-18", "Asia/Kolkata, UTC+5:30"),
        ("America/St_Johns", "2027-01-14", "2027-01-14", "America/St_Johns, UTC−3:30"),
        ("Europe/London", "2027-01-14", "2027-01-18", "Europe/London, UTC"),
        (
            "Europe/Berlin",
            "2026-10-23",
            "2026-10-25",
            "Europe/Berlin, UTC+2, from 25 October 2026 UTC+1",
        ),
        ("Europe/Berlin", "2026-10-23", "2026-10-24", "Europe/Berlin, UTC+2"),
    ],
)
def test_a_time_zone_is_told_with_its_distance_from_utc(event, zone, first, last, words):
    days = {
        "start_date": datetime.date.fromisoformat(first),
        "end_date": datetime.date.fromisoformat(last),
    }
    place = zone.partition("/")[2].replace("_", " ")
    event = replace(event, timezone=zone, **days)
    assert time_zone(event) == f"{place} time ({words})"


@pytest.mark.parametrize(
    ("zone", "words"), [("UTC", "UTC (UTC)"), ("Etc/GMT-3", "Etc/GMT-3 (UTC+3)")]
)
def test_a_zone_of_no_place_keeps_its_name(event, zone, words):
    assert time_zone(replace(event, timezone=zone)) == words


def test_each_time_of_the_schedule_says_which_moment_it_is():
    moments = ["2026-10-24T22:00", "2026-10-25T04:00"]
    start, end = map(datetime.datetime.fromisoformat, moments)
    [*_, row] = schedule_table(
        [Session(start=start, end=end, title="Night of data")], ZoneInfo("Europe/Berlin")
    ).splitlines()
    assert row == (
        '| Saturday, 24 October 2026 | <span class="when">'
        '<time datetime="2026-10-24T22:00:00+02:00">22:00</time>'
        '–Sunday <time datetime="2026-10-25T04:00:00+01:00">04:00</time>'
        ' <small class="own"></small></span> | Night of data |  |'
    )


# What readers see


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the site of an event in autumn."""
    folder = tmp_path_factory.mktemp("autumn")
    BUILDERS["mkdocs"](write_event(folder, "live"), folder / "site")
    with served(folder / "site") as address:
        yield address


@pytest.fixture
def read(site, browser):
    """Opens a page as a reader in a time zone, at a moment."""
    contexts = []

    def opened(zone, page="today/", moment="2026-10-01T12:00:00Z", **settings):
        context = visitor(browser, timezone_id=zone, **settings)
        contexts.append(context)
        tab = context.new_page()
        tab.clock.install(time=moment)
        tab.goto(site + page)
        return tab

    yield opened
    for context in contexts:
        context.close()


def times(tab):
    """What stands in each row's second column, as it is seen."""
    cells = tab.locator("article tbody tr > td:nth-child(2)").all_inner_texts()
    return [" | ".join(cell.split("\n")) for cell in cells]


@pytest.mark.parametrize("page", ["", "today/"])
def test_a_reader_whose_clocks_change_on_another_day_sees_both_times(read, page):
    assert times(read("America/New_York", page)) == [
        "09:00–10:30 | 03:00–04:30 your time",
        "14:00–15:00 | 08:00–09:00 your time",
        "22:00–Sunday 04:00 | 16:00–23:00 your time",
        "09:00–10:00 | 04:00–05:00 your time",
        "09:00–10:30 | 04:00–05:30 your time",
    ]


def test_a_reader_on_another_day_sees_which(read):
    assert times(read("Pacific/Auckland")) == [
        "09:00–10:30 | 20:00–21:30 your time",
        "14:00–15:00 | Saturday 01:00–02:00 your time",
        "22:00–Sunday 04:00 | Sunday 09:00–16:00 your time",
        "09:00–10:00 | 21:00–22:00 your time",
        "09:00–10:30 | 21:00–22:30 your time",
    ]


def test_a_reader_whose_clocks_show_the_same_for_some_days_sees_one_time_then(read):
    assert [time.strip(" |") for time in times(read("Africa/Lagos"))] == [
        "09:00–10:30 | 08:00–09:30 your time",
        "14:00–15:00 | 13:00–14:00 your time",
        "22:00–Sunday 04:00 | 21:00–Sunday 04:00 your time",
        "09:00–10:00",
        "09:00–10:30",
    ]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/Madrid"])
def test_a_reader_whose_clocks_show_the_same_sees_one_time_and_no_gap(read, zone):
    tab = read(zone)
    assert times(tab) == [
        "09:00–10:30",
        "14:00–15:00",
        "22:00–Sunday 04:00",
        "09:00–10:00",
        "09:00–10:30",
    ]
    assert not tab.locator(".own").first.is_visible()


def test_on_a_phone_each_session_is_seen_whole_without_scrolling_sideways(read):
    tab = read("America/New_York", viewport={"width": 360, "height": 740})
    cells = tab.locator("article tbody td")
    assert cells.count() == 20
    for place in cells.evaluate_all("all => all.map((each) => each.getBoundingClientRect())"):
        assert place["left"] >= 0
        assert place["right"] <= 360
    assert tab.locator("article table").evaluate("each => each.scrollWidth") <= 360


@pytest.mark.parametrize("page", ["", "today/"])
def test_without_a_script_the_events_times_stand_alone_and_say_their_zone(read, page):
    tab = read("America/New_York", page, java_script_enabled=False)
    assert times(tab) == [
        "09:00–10:30",
        "14:00–15:00",
        "22:00–Sunday 04:00",
        "09:00–10:00",
        "09:00–10:30",
    ]
    zone = "Berlin time (Europe/Berlin, UTC+2, from 25 October 2026 UTC+1)"
    assert zone in tab.locator("article").inner_text()
    assert not tab.locator(".now").is_visible()


# Today


def said(tab):
    """What the box on the page says, on one line for each paragraph."""
    texts = tab.locator(".now > p").all_inner_texts()
    return [re.sub(r"\s+", " ", text) for text in texts]


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (
            "2026-10-10T21:00:00Z",
            ["Autumn & Sons Hackweek begins in 13 days, on Friday, 23 October 2026."],
        ),
        (
            # In Berlin it is the eleventh already.
            "2026-10-10T22:30:00Z",
            ["Autumn & Sons Hackweek begins in 12 days, on Friday, 23 October 2026."],
        ),
        (
            "2026-10-22T21:59:00Z",
            ["Autumn & Sons Hackweek begins tomorrow, on Friday, 23 October 2026."],
        ),
        ("2026-10-22T22:00:00Z", ["Nothing is on now.", "Next: Welcome, Hall. 09:00–10:30"]),
        (
            "2026-10-23T07:00:00Z",
            ["Now: Welcome, Hall. 09:00–10:30", "Next: Tutorial. 14:00–15:00"],
        ),
        ("2026-10-23T08:30:00Z", ["Nothing is on now.", "Next: Tutorial. 14:00–15:00"]),
        (
            "2026-10-23T13:00:00Z",
            [
                "Nothing is on now.",
                "Next: Night of data, Roof. Saturday, 24 October 2026, 22:00–Sunday 04:00",
            ],
        ),
        (
            # The second half past two of that night.
            "2026-10-25T01:30:00Z",
            [
                "Now: Night of data, Roof. Saturday, 24 October 2026, 22:00–Sunday 04:00",
                "Next: Models, Room 5. Monday, 26 October 2026, 09:00–10:00",
                "Next: Maps, Hall. Monday, 26 October 2026, 09:00–10:30",
            ],
        ),
        (
            "2026-10-26T08:00:00Z",
            [
                "Now: Models, Room 5. 09:00–10:00",
                "Now: Maps, Hall. 09:00–10:30",
                "Nothing more is to come.",
            ],
        ),
        ("2026-10-27T22:59:00Z", ["Nothing is on now.", "Nothing more is to come."]),
        (
            "2026-10-27T23:00:00Z",
            ["Autumn & Sons Hackweek is over. It took place on 23–27 October 2026."],
        ),
    ],
)
def test_the_page_says_what_is_on_now_and_next(read, moment, words):
    assert said(read("Europe/Berlin", moment=moment)) == words


def test_a_reader_elsewhere_sees_what_is_on_in_both_times(read):
    assert said(read("America/New_York", moment="2026-10-23T07:00:00Z")) == [
        "Now: Welcome, Hall. 09:00–10:30 03:00–04:30 your time",
        "Next: Tutorial. 14:00–15:00 08:00–09:00 your time",
    ]


def test_the_page_follows_the_time_while_it_is_open(read):
    tab = read("Europe/Berlin", moment="2026-10-23T08:29:50Z")
    current = tab.locator("tr[aria-current=time] > td:nth-child(3)")
    assert said(tab)[0] == "Now: Welcome, Hall. 09:00–10:30"
    assert current.all_inner_texts() == ["Welcome"]
    tab.clock.run_for(40_000)
    assert said(tab)[0] == "Nothing is on now."
    assert current.all_inner_texts() == []


def test_what_has_not_changed_is_not_announced_again(read):
    tab = read("Europe/Berlin", moment="2026-10-23T07:10:00Z")
    first = tab.locator(".now > p").first.element_handle()
    tab.clock.run_for(120_000)
    assert first.evaluate("paragraph => paragraph.isConnected")


# Which pages there are


@pytest.mark.parametrize("engine", sorted(BUILDERS))
@pytest.mark.parametrize(("status", "there"), [("live", True), ("archived", False)])
def test_only_an_event_that_is_not_over_has_the_page(tmp_path, engine, status, there):
    BUILDERS[engine](write_event(tmp_path, status), tmp_path / "site")
    start = (tmp_path / "site/index.html").read_text("utf-8")
    assert (tmp_path / "site/today/index.html").is_file() is there
    assert ('href="today/"' in start) is there
    assert (tmp_path / "site/calendar.ics").is_file()
