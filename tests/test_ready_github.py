"""The program that a participant runs on the hub: what GitHub says of the membership."""

import socket
from contextlib import contextmanager
from threading import Thread

import pytest

from hackweek.checklist import ready
from hackweek.screenshots.github import github_stand_in
from hackweek.screenshots.stage import PARTICIPANT, stage_of
from participant_home import BEGIN, FACTS, SITE, ready_home, run, site_of, told


@pytest.fixture(scope="module")
def github():
    with github_stand_in(stage_of(site_of().event)) as address:
        yield f"{address}/api/v3"


@pytest.fixture
def home(tmp_path):
    return ready_home(tmp_path / "home")


PUBLIC = f"       {SITE}preliminary/github/#make-your-membership-public\n"


@contextmanager
def answering(*replies):
    """A server that answers each question with one of these bytes, or never."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        asked, connections = [], []

        def answer():
            for reply in replies:
                connection, _ = server.accept()
                connections.append(connection)
                asked.append(connection.recv(4096).decode().splitlines()[0])
                connection.sendall(reply)
                if reply:
                    connection.close()

        thread = Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked
        thread.join()
        for connection in connections:
            connection.close()


@pytest.mark.parametrize("name", ["somebody-else", "SomebodyElse9"])
def test_a_membership_that_is_not_public_is_told(home, github, name):
    done = run(home, github, JUPYTERHUB_USER=name)
    assert done.stdout == told(
        1,
        f"to do  GitHub does not show {name} among the public members of\n"
        "       example-hackweek. Accept the invitation, and make your membership public.\n"
        + PUBLIC,
    )
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "HTTP 403"),
        (b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n", "HTTP 429"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nLogin", "HTTP 200"),
        (b"SSH-2.0-OpenSSH\r\n", "no connection"),
    ],
    ids=["limited", "too many", "a hotel's page", "no web server"],
)
def test_an_answer_that_says_nothing_leaves_the_item_open(home, reply, why):
    with answering(reply) as (address, asked):
        done = run(home, address)
    assert done.stdout == told(
        1,
        "open   GitHub did not say whether your membership of example-hackweek is public\n"
        f"       ({why}). Look yourself:\n"
        f"       https://github.com/orgs/example-hackweek/people\n{PUBLIC}",
        "5 done, 1 open",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert asked == [f"GET /orgs/example-hackweek/public_members/{PARTICIPANT} HTTP/1.1"]


def test_without_a_network_the_item_is_left_open(home):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    done = run(home, address)
    assert "is public\n       (no connection). Look yourself:\n" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


def test_a_github_that_never_answers_is_not_waited_for_for_ever(monkeypatch):
    with answering(b"") as (address, asked):
        monkeypatch.setenv("GITHUB_API_URL", address)
        monkeypatch.setattr(ready, "SECONDS", 0.2)
        assert ready._ask_github("orgs/a/public_members/b") in ("no answer", "no connection")
        assert asked == ["GET /orgs/a/public_members/b HTTP/1.1"]


NAMELESS = "open   Your GitHub name is not known. Type: python3 -I ready.py YOUR-GITHUB-NAME\n"


@pytest.mark.parametrize("name", ["", "someone@example.org", "a/../../user", None])
def test_who_has_no_github_name_is_asked_for_it(home, github, name):
    done = run(home, github, JUPYTERHUB_USER=name)
    elsewhere = "This does not look like the hub. What follows is about this computer.\n\n"
    expected = told(1, NAMELESS + PUBLIC, "5 done, 1 open")
    assert done.stdout == expected.replace(BEGIN, BEGIN + ("" if name else elsewhere))


def test_a_github_name_can_be_given(home, github):
    done = run(home, github, PARTICIPANT, JUPYTERHUB_USER="someone@example.org")
    assert done.stdout == f"{BEGIN}{FACTS}\n6 done\n"
