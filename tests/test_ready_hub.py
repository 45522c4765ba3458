"""The program in a terminal of a real hub, downloaded from a served site as the lesson says."""

import re
from dataclasses import replace

import psutil
import pytest

from browser import served
from hackweek.checklist.program import write_program
from hackweek.events import load_event
from hackweek.screenshots import terminal
from hackweek.screenshots.actor import Actor
from hackweek.screenshots.album import Album
from hackweek.screenshots.browser import open_browser
from hackweek.screenshots.hub import running_hub
from hackweek.screenshots.journey import Journey
from hackweek.screenshots.stage import stage_of
from hackweek.site import Site
from repository import ROOT

BASE = "/lessons/"
COMMANDS = ["curl -fsSLO {site}preliminary/ready.py", "python3 -I ready.py"]
AT_FIRST = """\
Are you ready for Example Hackweek 2027?
This only looks, and changes nothing.

to do  Git knows you as "Your Name", you@example.org. Put your own values there.
       {site}preliminary/git/#tell-git-who-you-are
done   Everybody can see that your-github-name is a member of example-hackweek.
to do  The practice repository is not here. Clone it.
       {site}preliminary/jupyterhub/#practise-clone-a-repository
to do  There is no Earthdata login here: ~/.netrc is missing.
       {site}preliminary/earthdata/#let-your-code-sign-in
done   This is Python VERSION.
done   At least 1 GB of disk space is free.

3 done, 3 to do
"""
AS_THE_LESSONS_SAY = [
    'git config --global user.name "A Participant"',
    "git clone https://github.com/example-hackweek/practice",
    "touch ~/.netrc",
    "chmod 600 ~/.netrc",
    'echo "machine urs.earthdata.nasa.gov login someone password s3cret" > ~/.netrc',
]
AT_LAST = """\
Are you ready for Example Hackweek 2027?
This only looks, and changes nothing.

done   Git knows you as "A Participant", you@example.org.
done   Everybody can see that your-github-name is a member of example-hackweek.
done   The practice repository is in ~/practice.
done   Your Earthdata login is stored, and only you can read it.
done   This is Python VERSION.
done   At least 1 GB of disk space is free.

6 done
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a site that offers the program, on the machine on which the hub runs."""
    event = replace(load_event(ROOT, "example-2027"), python_version="3.11")
    folder = tmp_path_factory.mktemp("site")
    with served(folder, BASE) as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", address)
        site = Site(ROOT, event)
        write_program(site, folder / event.slug)
        yield f"{address}{event.slug}/"


def processes_in(folder):
    """The commands that run in a folder or below it, be it gone or not."""
    found = psutil.process_iter(["cwd", "cmdline"])
    return [
        each.info["cmdline"] for each in found if (each.info["cwd"] or "").startswith(f"{folder}")
    ]


@pytest.fixture(scope="module")
def answers(site, tmp_path_factory):
    """What the program says in a terminal of JupyterLab on the first day, and later."""
    stage = stage_of(load_event(ROOT, "example-2027"))
    album = Album(ROOT, "example-2027", tmp_path_factory.mktemp("album"))
    with running_hub(stage) as hub, open_browser(hub.world.environment) as browser:
        look = [each.format(site=site) for each in COMMANDS]
        github = f"export GITHUB_API_URL={hub.github_url}/api/v3"
        steps = [{"run": each} for each in [github, *look, *AS_THE_LESSONS_SAY, *look]]
        journey = {"title": "Ready?", "start": "terminal", "window": [1100, 800], "steps": steps}
        actor = Actor(hub, stage, browser, album)
        assert list(actor.play(Journey.model_validate(journey))) == []
        screen = terminal.shown(actor.page)
        assert processes_in(hub.world.run)
    assert processes_in(hub.world.run) == []
    typed = re.split(r"^jovyan@\S+\$ ?", screen, flags=re.MULTILINE)
    texts = [text.partition("\n") for text in typed]
    return [
        re.sub(r"Python 3\.\d+\.\d+", "Python VERSION", text)
        for command, _, text in texts
        if command == COMMANDS[-1]
    ]


def test_it_says_on_the_first_day_what_is_left_and_later_that_all_is_done(answers, site):
    assert answers == [AT_FIRST.format(site=site), AT_LAST]
