"""The page that leads to the events: what is on now, what is to come, and what is over."""

import datetime
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from browser import served
from hackweek.front_page import grouped, write_front_page

WEEKS = {  # days of 2027, and whether the event is archived
    "Old": ("2017-06-14", "2017-06-18", True),
    "Spring": ("2027-03-01", "2027-03-05", False),
    "June": ("2027-06-14", "2027-06-18", False),
    "Same June": ("2027-06-14", "2027-06-18", False),
    "Summer": ("2027-07-12", "2027-07-16", False),
    "Cancelled": ("2027-09-06", "2027-09-10", True),
    "Winter": ("2027-12-06", "2027-12-10", False),
}


@pytest.fixture
def events(event):
    """Events in Los Angeles, in no order."""
    return [
        replace(
            event,
            slug=name.lower().replace(" ", "-"),
            name=name,
            start_date=datetime.date.fromisoformat(first),
            end_date=datetime.date.fromisoformat(last),
            status="archived" if archived else "live",
        )
        for name, (first, last, archived) in reversed(WEEKS.items())
    ]


AT_EACH_MOMENT = pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (
            "2027-06-14T06:59:59Z",
            {
                "Coming": ["June", "Same June", "Summer", "Winter"],
                "Past": ["Cancelled", "Spring", "Old"],
            },
        ),
        (
            "2027-06-14T07:00:00Z",  # midnight in Los Angeles
            {
                "Running": ["June", "Same June"],
                "Coming": ["Summer", "Winter"],
                "Past": ["Cancelled", "Spring", "Old"],
            },
        ),
        (
            "2027-06-19T06:59:59Z",
            {
                "Running": ["June", "Same June"],
                "Coming": ["Summer", "Winter"],
                "Past": ["Cancelled", "Spring", "Old"],
            },
        ),
        (
            "2027-06-19T07:00:00Z",
            {
                "Coming": ["Summer", "Winter"],
                "Past": ["Cancelled", "Same June", "June", "Spring", "Old"],
            },
        ),
        (
            "2028-01-01T00:00:00Z",
            {"Past": ["Winter", "Cancelled", "Summer", "Same June", "June", "Spring", "Old"]},
        ),
    ],
)


@AT_EACH_MOMENT
def test_events_are_grouped_by_their_days_where_they_take_place(events, moment, expected):
    groups = grouped(events, datetime.datetime.fromisoformat(moment))
    names = {title: [each.name for each in group] for title, group in groups.items() if group}
    assert list(names) == list(expected)
    assert names == expected


def shown(tab):
    """What a reader sees: the events below each heading."""
    sections = [each for each in tab.locator("section").all() if each.is_visible()]
    return {
        each.locator("h2").inner_text(): each.locator("li a").all_inner_texts() for each in sections
    }


@AT_EACH_MOMENT
@pytest.mark.parametrize("built_on", ["2027-01-01T00:00:00Z", "2027-06-16T00:00:00Z"])
def test_a_page_of_another_day_is_true_on_the_day_it_is_read(
    events, tab, tmp_path, built_on, moment, expected
):
    write_front_page(tmp_path, events, datetime.datetime.fromisoformat(built_on))
    tab.clock.set_fixed_time(moment)
    with served(tmp_path) as address:
        tab.goto(address)
        assert shown(tab) == expected
        assert list(shown(tab)) == list(expected)


def test_without_scripts_the_page_is_that_of_its_day(events, plain_tab, tmp_path):
    write_front_page(tmp_path, events, datetime.datetime(2027, 6, 16, tzinfo=datetime.UTC))
    with served(tmp_path) as address:
        plain_tab.goto(address)
        assert shown(plain_tab) == {
            "Running": ["June", "Same June"],
            "Coming": ["Summer", "Winter"],
            "Past": ["Cancelled", "Spring", "Old"],
        }
        expect(plain_tab.locator("#running li").first).to_contain_text("14–18 June 2027")


def test_a_page_with_one_event_has_no_empty_heading(events, tab, tmp_path):
    write_front_page(tmp_path, events[:1], datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC))
    tab.clock.set_fixed_time("2027-01-01T00:00:00Z")
    with served(tmp_path) as address:
        tab.goto(address)
        assert shown(tab) == {"Coming": ["Winter"]}


def test_the_root_has_an_index_of_the_events_sitemaps(events, tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://host.example/lessons?a&b/")
    write_front_page(tmp_path, events[:2])
    assert (tmp_path / "sitemap.xml").read_text("utf-8") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<sitemap><loc>https://host.example/lessons?a&amp;b/cancelled/sitemap.xml</loc></sitemap>\n"
        "<sitemap><loc>https://host.example/lessons?a&amp;b/winter/sitemap.xml</loc></sitemap>\n"
        "</sitemapindex>\n"
    )
