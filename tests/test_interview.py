"""`new --ask` on a real terminal: what it asks, what it takes, and what it leaves open."""

import os
import re
import select
import signal
import subprocess
import sys
import time

import pytest

from hackweek.event_file import read_event
from hackweek.new_event import from_event
from hackweek.review import empty_values, marks
from repository import ROOT

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

NEW = "events/small-2027.yml"
SMALL = """\
slug: small-2024
name: Small Hackweek 2024
short_name: Small
start_date: 2024-06-14
end_date: 2024-06-18
timezone: America/Los_Angeles
format: in_person
status: archived
location: Seattle    # the town
conduct_contacts: [Ada, Bo]
github_org: small-hackweek
practice_repo: small-hackweek/practice
jupyterhub_url: https://hub.small.org
hub_name: Small Hub
hub_logout_stops_server: false
earthdata_required: true
institution: A
contact_email: a@small.org
admin_contact: Ada
github_invite_method: email
github_public_membership_required: true
hub_image: {title: A, description: B}
hub_home: /home/jovyan
hub_startup_minutes: 5
hub_idle_minutes: 90
python_version: "3.11"
env_name: small
disk_gb: 8
dataset: ICESat-2
slack_url: https://small.slack.com
"""


class Terminal:
    """A person at a terminal, who types when asked."""

    def __init__(self, cwd):
        self.shown = ""
        self._here, there = pty.openpty()
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "hackweek",
                "new",
                "small-2027",
                "--from",
                "small-2024",
                "--ask",
            ],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=there,
            stdout=there,
            stderr=there,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(there)

    def _read(self):
        """What is shown next; nothing at the end."""
        ready, _, _ = select.select([self._here], [], [], 60)
        assert ready, f"nothing more is shown: {self.shown!r}"
        try:
            return os.read(self._here, 4096).decode().replace("\r\n", "\n")
        except OSError:  # Linux says so when the other side is closed.
            return ""

    def read_until(self, end):
        """Waits until what is shown ends so."""
        while not self.shown.endswith(end):
            more = self._read()
            assert more, f"{self.shown!r} does not end with {end!r}"
            self.shown += more

    def type(self, answer):
        """Answers the question that is shown."""
        self.read_until(": ")
        self.shown += "\0"
        if answer == "\x03":
            time.sleep(1)  # An interrupt between the question and the reading waits for a key.
        os.write(self._here, answer.encode())

    def end(self):
        """What was shown from the first line to the last, and the exit status."""
        while more := self._read():
            self.shown += more
        os.close(self._here)
        return self.shown.replace("\0", ""), self._process.wait(60)


@pytest.fixture
def root(tmp_path):
    (tmp_path / "events").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Small\n", "utf-8")
    (tmp_path / "events/small-2024.yml").write_text(SMALL, "utf-8")
    return tmp_path


def answered(root, *answers):
    """What a terminal shows when somebody answers, the file, and the exit status."""
    terminal = Terminal(root)
    for answer in answers:
        terminal.type(answer)
    shown, status = terminal.end()
    assert status == 0, shown
    return shown, (root / NEW).read_text("utf-8")


def still_open(text):
    _, source = read_event(NEW, text)
    marked = {location for mark in marks(source, text) for location in mark.locations}
    return {each[0] for each in marked | {location for location, _ in empty_values(source, text)}}


ALL = ["Small Hackweek 2027\n", "\n", "2027-06-14\n", "2027-06-18\n", *["\n"] * 25]
CHAT = "https://small-2027.slack.com\n"


def test_all_answers_make_a_file_in_which_nothing_is_open(root):
    shown, text = answered(root, *ALL, CHAT)
    assert still_open(text) == set()
    assert text == (
        SMALL.replace("2024", "2027")
        .replace("archived", "draft")
        .replace("https://small.slack", "https://small-2027.slack")
    )
    assert shown.endswith(
        "wrote events/small-2027.yml; next:\n"
        "  1. run: python -m hackweek check small-2027\n"
        "  2. run: python -m hackweek serve small-2027\n"
        '  3. when all is right, write "status: live"\n'
    )


def test_the_questions_read_exactly(root):
    shown, _ = answered(root, "Small Hackweek 2027\n", "\n", "June 14\n", "2027-06-14\n", "\x04")
    assert shown == (
        "Enter takes what stands in [brackets], and leaves an empty value for later; ? leaves any\n"
        "value for later; - leaves a key out; Ctrl-D stops, and what was answered is kept.\n"
        "name (the full name, with the year if it has one; was Small Hackweek 2024): "
        "Small Hackweek 2027\n"
        "short_name (what people say) [Small]: \n"
        "start_date (first day, as 2027-06-14; was 2024-06-14): June 14\n"
        '  start_date is not a date: "June 14"\n'
        "  help: write it as 2027-06-14\n"
        "start_date (first day, as 2027-06-14; was 2024-06-14): 2027-06-14\n"
        "end_date (last day, as 2027-06-18; was 2024-06-18): \n"
        "stopped: what was not answered is still empty or marked\n"
        "wrote events/small-2027.yml; next:\n"
        "  1. fill in what is empty (2 values)\n"
        '  2. delete "# review" behind what is right (23 values)\n'
        "  3. run: python -m hackweek check small-2027\n"
        "  4. run: python -m hackweek serve small-2027\n"
        '  5. when all is right, write "status: live"\n'
    )


@pytest.mark.parametrize("stop", ["\x04", "\x03"], ids=["end of input", "interrupt"])
def test_what_was_answered_before_a_stop_is_kept_and_the_rest_stays_open(root, stop):
    _, text = answered(root, "Small Hackweek 2027\n", "Smaller\n", stop)
    fresh = from_event("events/small-2024.yml", SMALL, "small-2027")
    assert text == fresh.replace(
        "name:  # was Small Hackweek 2024", "name: Small Hackweek 2027", 1
    ).replace("short_name: Small  # review", "short_name: Smaller")


def test_a_value_is_checked_as_it_is_typed_and_asked_for_again(root):
    answers = ["\n", "\n", "2027-06-14\n", "2027-06-01\n", "2027-02-30\n", "2027-06-18\n"]
    shown, text = answered(root, *answers, "Pacific\n", "America/Vancouver\n", "\x04")
    assert "  end_date 2027-06-01 is before start_date 2027-06-14\n" in shown
    assert '  end_date is a day that does not exist: "2027-02-30"\n' in shown
    assert '  timezone is not an IANA time zone: "Pacific"\n  help: ' in shown
    assert "timezone: America/Vancouver\n" in text
    assert still_open(text) >= {"name", "format"}


def test_a_value_is_written_in_quotes_where_it_needs_them(root):
    answers = [*ALL[:7], "Ada: # 1\n", "\x04"]
    _, text = answered(root, "Small: 2027 # review\n", *answers[1:])
    assert 'name: "Small: 2027 # review"\n' in text
    _, source = read_event(NEW, text)
    assert source.values["name"] == "Small: 2027 # review"
    assert source.values["conduct_contacts"][0] == "Ada: # 1"


def test_a_key_can_be_left_out_and_a_needed_one_cannot(root):
    shown, text = answered(root, "-\n", "\n", *["\n"] * 5, "-\n", "\x04")
    assert "  name cannot be left out\n" in shown
    assert "location" not in text
    assert len(text.splitlines()) == len(SMALL.splitlines()) - 1


def test_a_value_left_for_later_keeps_its_mark_and_that_of_its_line(root):
    _, text = answered(root, *["\n"] * 6, "?\n", "Cy\n", "?\n", "\x04")
    assert "location: Seattle    # the town  # review\n" in text
    assert "conduct_contacts: [Cy, Bo]  # review\n" in text


def test_keys_of_an_arrow_are_refused(root):
    shown, text = answered(root, "\x1b[A\n", "\x04")
    assert "  name holds a character that cannot be shown: U+001B\n" in shown
    assert "name:  # was Small Hackweek 2024\n" in text


def test_a_killed_interview_writes_nothing(root):
    terminal = Terminal(root)
    terminal.type("Small Hackweek 2027\n")
    terminal.read_until(": ")
    terminal._process.send_signal(signal.SIGKILL)
    terminal.end()
    assert [path.name for path in (root / "events").iterdir()] == ["small-2024.yml"]


def test_the_small_event_is_right():
    assert re.findall("2024", SMALL) == ["2024"] * 4
    assert read_event("events/small-2024.yml", SMALL)[1].problems == []
