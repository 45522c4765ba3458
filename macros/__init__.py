"""What a lesson can call: `define_env` registers it, plain functions do the work.

CONTRIBUTING.md tells how to use each and how to add one.
"""

from pathlib import Path
from typing import Any

from macros.dates import date, date_range
from macros.lessons import key_points, lesson_header, lesson_list, total_minutes
from macros.links import contact, hub_link, launch_link
from macros.times import now_and_next, schedule_table, time_zone
from macros.variables import event_variables


def define_env(env: Any) -> None:
    """Registers the event's values and the macros.

    Called by mkdocs-macros with its plugin, and by `hackweek`, which renders the lessons,
    with a `hackweek.site.MacroEnvironment`.
    """
    # Not at the top: hackweek.site, which this needs, itself needs this package.
    from hackweek.site import published_at

    if not hasattr(env, "site"):  # it is mkdocs-macros'
        from hackweek.engines.mkdocs import adopt

        adopt(env)
    site = env.site
    event = site.facts
    lessons = list(site.lessons.values())
    env.variables.update(event_variables(event))
    env.variables["lessons"] = list(site.lessons)
    env.variables["site_url"] = site.url(published_at())
    env.variables["total_minutes"] = total_minutes(lessons)
    env.macro(date)
    env.macro(date_range)
    env.macro(lambda: contact(event), "contact")
    env.macro(lambda: hub_link(event), "hub_link")
    env.macro(lambda tutorial, text="": launch_link(event, tutorial, text), "launch_link")
    env.macro(lambda: lesson_header(env.page.meta), "lesson_header")
    env.macro(lambda: key_points(env.page.meta), "key_points")
    env.macro(lambda: lesson_list(lessons), "lesson_list")
    env.macro(lambda: now_and_next(event), "now_and_next")
    env.macro(lambda: schedule_table(event.schedule, event.zone), "schedule_table")
    env.macro(lambda: time_zone(event), "time_zone")


def on_pre_page_macros(env: Any) -> None:
    """Gives mkdocs-macros each page as `hackweek` rendered it."""
    env.markdown = env.site.markdown(env.page.file.src_uri)


def on_post_build(env: Any) -> None:
    """Adds to what MkDocs has built the files that are no pages."""
    from hackweek.event_files import write_event_files

    write_event_files(env.site, Path(env.conf["site_dir"]))
