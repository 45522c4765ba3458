"""What a run remembers, what it is told to allow, and what it does without a network."""

import datetime
import json
import signal
import socket

import pytest

from hackweek.diagnostics import report
from hackweek.links.outside.allow_list import load_allow_list, parse_allow_list
from hackweek.links.outside.crawl import Crawl, FirstLook
from hackweek.links.outside.judge import Options, judge
from hackweek.links.outside.verdict import Outcome, Verdict
from hackweek.links.outside.verdict_cache import VerdictCache
from hostile_server import AsHost

MORNING = datetime.datetime(2026, 11, 23, 8, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def server():
    with AsHost() as host:
        yield host


@pytest.fixture
def offline(monkeypatch):
    """No name server answers."""
    real = socket.getaddrinfo

    def resolve(host, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name[:1].isdigit():
            return real(name, *arguments, **options)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def run(urls, **options):
    return judge(urls, Options(contact="a@example.org", **options))


def lines(judgement, base=""):
    return [
        f"{url} {each.outcome}: {each.reason}".replace(base, "")
        for url, each in judgement.verdicts.items()
    ]


def test_the_second_run_of_a_day_asks_nothing(server, tmp_path):
    urls = [f"{server.url}/{name}" for name in ("ok", "ok#missing", "moved", "404", "429")]
    path = tmp_path / "cache" / "links.json"
    first = run(urls, cache=VerdictCache(path), now=lambda: MORNING)
    server.requests.clear()
    second = run(urls, cache=VerdictCache(path), now=lambda: MORNING + 12 * HOUR)
    assert second.verdicts == first.verdicts
    assert server.requests == []


def test_linkchecker_is_not_started_where_nothing_is_open(server, tmp_path):
    started = []

    def crawl(wanted):
        started.append(set(wanted))
        return Crawl()

    urls = [f"{server.url}/ok", f"{server.url}/ok#here"]
    cache = VerdictCache(tmp_path / "links.json")
    for known in (urls[:1], urls, urls):
        run(known, cache=cache, first_look=crawl)
    assert started == [{urls[0]}, {urls[1]}]


@pytest.mark.parametrize(
    ("path", "hours", "is_asked"),
    [
        ("/ok", 71, False),
        ("/ok", 73, True),
        ("/ok", -1, True),
        ("/404", 19, False),
        ("/404", 21, True),
        ("/moved", 19, False),
        ("/moved", 21, True),
    ],
)
def test_a_verdict_is_kept_for_as_long_as_its_kind_holds(server, tmp_path, path, hours, is_asked):
    cache = VerdictCache(tmp_path / "links.json")
    run([server.url + path], cache=cache, now=lambda: MORNING)
    server.requests.clear()
    run([server.url + path], cache=cache, now=lambda: MORNING + hours * HOUR)
    assert bool(server.requests) is is_asked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"form": 0, "verdicts": []}',
        '{"form": 1}',
        '{"form": 1, "verdicts": 7}',
        '{"form": 1, "verdicts": [{"url": "x"}]}',
    ],
)
def test_a_damaged_cache_is_an_empty_one(server, tmp_path, text):
    path = tmp_path / "links.json"
    path.write_text(text, "utf-8")
    run([f"{server.url}/ok"], cache=VerdictCache(path))
    [kept] = json.loads(path.read_text("utf-8"))["verdicts"]
    assert (kept["url"], kept["outcome"]) == (f"{server.url}/ok", "ok")


def test_what_was_found_before_an_interruption_is_kept(server, tmp_path):
    def interrupt(done, _of):
        if done == 2:
            signal.raise_signal(signal.SIGINT)

    path = tmp_path / "links.json"
    urls = [f"{server.url}/ok", f"{server.url}/404", f"{server.url}/silent"]
    with pytest.raises(KeyboardInterrupt):
        run(urls, cache=VerdictCache(path), progress=interrupt)
    known = json.loads(path.read_text("utf-8"))["verdicts"]
    assert {each["url"] for each in known} == set(urls[:2])


def test_a_cache_keeps_every_part_of_a_verdict(tmp_path):
    verdict = Verdict(
        url="https://example.org/é",
        outcome=Outcome.WARN,
        reason='moved for good to "https://example.org/e"',
        checked=MORNING,
        moved_to="https://example.org/e",
    )
    cache = VerdictCache(tmp_path / "links.json")
    cache.add(verdict)
    cache.save(MORNING)
    assert VerdictCache(tmp_path / "links.json").get(verdict.url, MORNING) == verdict


def test_what_linkchecker_finds_fine_is_not_asked_again(server):
    fine = FirstLook(valid=True, result="200 OK")
    crawl = Crawl(looks={f"{server.url}/{name}": fine for name in ("ok", "404")})
    found = run([f"{server.url}/ok", f"{server.url}/404"], first_look=lambda _wanted: crawl)
    assert lines(found, server.url) == ["/404 ok: answers 200 OK", "/ok ok: answers 200 OK"]
    assert server.requests == []


def test_what_linkchecker_finds_wrong_is_looked_at_again(server):
    wrong = FirstLook(valid=False, result="404 Not Found")
    crawl = Crawl(looks={f"{server.url}/{name}": wrong for name in ("ok", "404")})
    found = run([f"{server.url}/ok", f"{server.url}/404"], first_look=lambda _wanted: crawl)
    assert lines(found, server.url) == [
        "/ok ok: answers 200 OK",
        "/404 broken: answers 404 Not Found",
    ]
    assert server.counts == {"/ok": 1, "/404": 1}


def test_an_address_that_linkchecker_never_came_to_is_looked_at_twice_before_it_is_broken(server):
    found = run([f"{server.url}/404"], first_look=lambda _wanted: Crawl(hung=True))
    assert lines(found, server.url) == ["/404 broken: answers 404 Not Found"]
    assert server.counts == {"/404": 2}


def test_trouble_with_linkchecker_is_passed_on_and_everything_is_judged(server):
    crawl = Crawl(trouble="exit status 1")
    found = run([f"{server.url}/ok"], first_look=lambda _wanted: crawl)
    assert (found.trouble, lines(found, server.url)) == (
        "exit status 1",
        ["/ok ok: answers 200 OK"],
    )


@pytest.mark.usefixtures("offline")
def test_without_a_network_the_internet_is_not_called_broken(server, tmp_path):
    cache = VerdictCache(tmp_path / "links.json")
    urls = ["https://a.example.org/x", "http://b.example.org/", "http://c.invalid/"]
    found = run([*urls, f"{server.url}/404"], cache=cache)
    assert found.no_network
    assert sorted(lines(found, server.url)) == [
        "/404 broken: answers 404 Not Found",
        "http://b.example.org/ unknown: not asked: there is no network",
        "http://c.invalid/ broken: no such host: c.invalid",
        "https://a.example.org/x unknown: not asked: there is no network",
    ]
    kept = json.loads((tmp_path / "links.json").read_text("utf-8"))["verdicts"]
    assert {each["outcome"] for each in kept} == {"broken"}


@pytest.mark.usefixtures("offline")
def test_without_a_network_what_is_known_still_counts(tmp_path):
    url = "https://a.example.org/"
    cache = VerdictCache(tmp_path / "links.json")
    known = Verdict(url=url, outcome=Outcome.OK, reason="answers 200 OK", checked=MORNING)
    cache.add(known)
    found = run([url], cache=cache, now=lambda: MORNING + HOUR)
    assert (found.verdicts, found.no_network) == ({url: known}, False)


def test_a_network_that_goes_away_meanwhile_breaks_nothing(server, monkeypatch):
    real, left = socket.getaddrinfo, [3]

    def resolve(host, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name.endswith(".example.org") and left[0]:
            left[0] -= 1
            return real("127.0.0.1", *arguments, **options)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    urls = [f"http://{name}.example.org:{server.port}/ok" for name in "abcd"]
    found = run(urls)
    assert found.no_network
    assert {each.outcome for each in found.verdicts.values()} <= {Outcome.OK, Outcome.UNKNOWN}


def test_a_host_that_is_gone_is_broken_where_others_answer(server, monkeypatch):
    real = socket.getaddrinfo

    def resolve(host, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name == "here.example.org":
            return real("127.0.0.1", *arguments, **options)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    found = run([f"http://here.example.org:{server.port}/ok", "http://gone.example.org/"])
    assert lines(found)[-1] == "http://gone.example.org/ broken: no such host: gone.example.org"
    assert not found.no_network


ALLOWED = """\
allowed:
  - url: https://example.org/private/*
    reason: participants get the password at the event
    until: 2027-01-31
  - url: https://example.org/slow
    reason: its owner repairs it
    until: 2026-11-22
  - url: https://example.org/forgotten
    reason: nobody knows
    until: 2027-01-31
"""


def test_an_allowed_link_is_not_asked(server):
    text = ALLOWED.replace("https://example.org/private", f"{server.url}/private")
    found = run([f"{server.url}/private/x"], allowed=parse_allow_list(text), now=lambda: MORNING)
    reason = "allowed until 2027-01-31: participants get the password at the event"
    assert lines(found, server.url) == [f"/private/x ok: {reason}"]
    assert server.requests == []


def test_an_entry_that_has_expired_allows_nothing(server):
    text = ALLOWED.replace("https://example.org/slow", f"{server.url}/404")
    found = run([f"{server.url}/404"], allowed=parse_allow_list(text), now=lambda: MORNING)
    assert lines(found, server.url) == ["/404 broken: answers 404 Not Found"]


def test_entries_that_have_expired_or_that_no_link_needs_are_reported():
    links = ["https://example.org/private/x", "https://example.org/slow"]
    stale = parse_allow_list(ALLOWED).stale(links, MORNING.date())
    assert report(stale) == (
        'links-allowed.yml:5:10: allowed-link-expired: "https://example.org/slow" was allowed'
        " until 2026-11-22\n"
        "  help: look at the link, then remove it from the list or write a later day\n"
        "links-allowed.yml:8:10: allowed-link-unused: no page links to"
        ' "https://example.org/forgotten"\n'
        "  help: remove it\n"
        "2 problems in 1 file"
    )


def test_an_entry_holds_on_its_last_day():
    allowed = parse_allow_list(ALLOWED)
    last = datetime.date(2026, 11, 22)
    assert allowed.find("https://example.org/slow", last)
    assert allowed.stale(["https://example.org/slow"], last)[0].rule == "allowed-link-unused"


def test_a_list_is_read_from_the_root(tmp_path):
    (tmp_path / "links-allowed.yml").write_text(ALLOWED, "utf-8")
    assert len(load_allow_list(tmp_path).entries) == 3
