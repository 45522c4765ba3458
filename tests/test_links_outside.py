"""Verdicts on outside addresses: what hostile servers answer, and what is said of it."""

import asyncio
import html
import resource
import socket
import time
from pathlib import Path

import pytest

from hackweek.links.outside.crawl import first_look
from hackweek.links.outside.judge import Options, judge, user_agent
from hackweek.links.outside.second_look import Limits
from hostile_server import PAGE, PATHS, AsHost, answer, to

CONTACT = "https://hackweek.example.org/"

TABLE = Path(__file__).with_name("hostile_server.txt").read_text("utf-8")
"""The verdict on every address of the hostile server, whose own address is left out."""

LONG_PAGES = ("/endless-html#here", "/endless-tag#here", "/gzip-bomb#here")
"""How far these are read depends on the time that the machine has for it."""


@pytest.fixture
def server():
    with AsHost() as host:
        yield host


@pytest.fixture
def names(monkeypatch):
    """Host names of the internet, each led to an address of this machine; others do not exist."""
    known, real = {}, socket.getaddrinfo

    def resolve(host, *arguments, **options):
        name = host.decode() if isinstance(host, bytes) else host
        if name in known or name[:1].isdigit():
            return real(known.get(name, name), *arguments, **options)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return known


def verdicts(urls, base="", **options):
    """One line for each address that was judged: its path, the outcome and the reason."""
    judgement = judge(urls, Options(contact=CONTACT, **options))
    return [
        f"{url} {verdict.outcome}: {verdict.reason}".replace(base, "")
        for url, verdict in judgement.verdicts.items()
    ]


def reason(url, **options):
    [line] = verdicts([url], **options)
    return line.removeprefix(f"{url} ")


def site_with(folder, urls):
    """A site of two pages, of which the second one links to the addresses."""
    (folder / "lesson").mkdir(parents=True)
    (folder / "index.html").write_text('<a href="lesson/">Next</a>', "utf-8")
    links = [f'<a href="{html.escape(url)}">there</a>' for url in urls]
    (folder / "lesson" / "index.html").write_text("\n".join(links), "utf-8")
    return folder


def test_every_address_of_a_hostile_server_gets_its_verdict(server, tmp_path):
    expected = dict(line.split(maxsplit=1) for line in TABLE.splitlines())
    urls = [server.url + path for path in (*expected, *LONG_PAGES)]
    site = site_with(tmp_path / "site", urls)

    def crawl(wanted):
        return first_look(site, "/hackweek/", user_agent(CONTACT), wanted)

    found = {}
    for line in verdicts(urls, base=server.url, first_look=crawl):
        path, verdict = line.split(maxsplit=1)
        is_slow = verdict.startswith("warn: no answer within")
        found[path] = "warn: no answer within … s" if is_slow else verdict
    long_pages = {found.pop(path).partition(":")[0] for path in LONG_PAGES}
    assert found == expected
    assert long_pages == {"warn"}


def test_every_path_of_the_hostile_server_stands_in_the_table():
    paths = {line.split()[0].partition("#")[0] for line in (*TABLE.splitlines(), *LONG_PAGES)}
    apart = {path for path in PATHS if path.startswith("/hops/")} | {"/with%20blank", "/loop-b"}
    assert set(PATHS) - apart == paths - {"/hops/12", "/hops/30"}


def test_endless_answers_do_not_fill_the_memory(server):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    urls = [server.url + path for path in ("/endless", "/endless-redirect", *LONG_PAGES)]
    assert len(verdicts(urls)) == 5
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert kilobytes < 100_000


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://nowhere.invalid/", "broken: no such host: nowhere.invalid"),
        ("http://127.0.0.1:1/", "broken: takes no connection: 127.0.0.1"),
        ("http://[::1", 'broken: "http://[::1" is not an address'),
        ("https://", 'broken: "https://" names no host'),
        ("http://a:99999/", 'broken: "http://a:99999/" is not an address'),
        ("http://a\x07b/", 'broken: "http://a\\x07b/" is not an address'),
    ],
)
def test_an_address_that_leads_nowhere_is_broken(url, expected):
    assert reason(url) == expected


@pytest.mark.parametrize(
    "url", ["mailto:a@example.org", "tel:+1", "page.html", "#here", "ftp://x/"]
)
def test_what_does_not_lead_to_the_web_gets_no_verdict(url):
    assert verdicts([url]) == []


@pytest.mark.parametrize(
    "form", [" {}/ok\n", "{}/o\nk", "{}\\ok", "{}/with blank", "{}/with%20blank"]
)
def test_a_careless_address_is_read_as_browsers_read_it(server, form):
    [line] = verdicts([form.format(server.url)])
    assert line.endswith(" ok: answers 200 OK")


def test_addresses_that_differ_in_the_fragment_are_asked_for_once(server):
    urls = [f"{server.url}/ok{fragment}" for fragment in ("", "#here", "#quoted", "#old-style")]
    assert len(verdicts(urls)) == 4
    assert [(method, path) for method, path, _ in server.requests] == [("GET", "/ok")]


def test_without_a_fragment_only_the_head_is_asked_for(server):
    verdicts([f"{server.url}/ok"])
    assert [(method, path) for method, path, _ in server.requests] == [("HEAD", "/ok")]


def test_a_fault_is_looked_at_again_before_it_counts(server):
    verdicts([f"{server.url}/404", f"{server.url}/ok#missing"])
    assert server.counts == {"/404": 2, "/ok": 2}


def test_the_servers_learn_whom_to_write_to(server):
    verdicts([f"{server.url}/ok"])
    [(_, _, headers)] = server.requests
    agent = "Mozilla/5.0 (compatible; hackweek-links; +https://hackweek.example.org/)"
    assert headers["user-agent"] == agent


def test_a_host_is_asked_one_thing_at_a_time_and_hosts_side_by_side():
    with AsHost("127.0.0.2") as one, AsHost("127.0.0.3") as other:
        both = []

        async def takes_a_while(request):
            await asyncio.sleep(0.1)
            both.append(one.now and other.now)
            await request.send(answer())

        one.paths = other.paths = dict.fromkeys(map("/{}".format, range(5)), takes_a_while)
        verdicts([f"{host.url}{path}" for host in (one, other) for path in one.paths])
        assert (one.most_at_once, other.most_at_once) == (1, 1)
        assert any(both)


def test_a_host_that_limits_two_addresses_is_left_alone_until_it_wants():
    free_at = [time.monotonic() + 1]

    def limited(_request):
        """Wants a second without any request, and counts it anew at each."""
        now = time.monotonic()
        if now >= free_at[0]:
            return answer()
        free_at[0] = now + 1
        return answer("429 Too Many Requests", "", ["Retry-After: 1"])

    with AsHost(paths=dict.fromkeys(("/a", "/b", "/c"), limited)) as host:
        lines = verdicts([f"{host.url}/{name}" for name in "abc"], base=host.url)
    assert sorted(lines) == [f"/{name} ok: answers 200 OK" for name in "abc"]


def test_a_wait_longer_than_the_limit_is_not_waited_for(server):
    limits = Limits(retry=0.5)
    expected = "warn: answers 429 Too Many Requests, at least for now"
    assert reason(f"{server.url}/429-for-a-second", limits=limits) == expected


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "429 Too Many Requests"])
def test_a_host_that_is_known_for_it_may_turn_programs_away(names, status):
    names["www.linkedin.com"] = "127.0.0.1"
    with AsHost(paths={"/in/someone": answer(status, "")}) as host:
        url = f"http://www.linkedin.com:{host.port}/in/someone"
        assert reason(url) == f"warn: answers {status} to programs; only a browser can tell"


def test_a_known_host_can_have_lost_a_page(names):
    names["www.linkedin.com"] = "127.0.0.1"
    with AsHost() as host:
        expected = "broken: answers 404 Not Found"
        assert reason(f"http://www.linkedin.com:{host.port}/404") == expected


def test_a_known_host_counts_wherever_it_redirects_to(names):
    names.update({"doi.org": "127.0.0.1", "journal.test": "127.0.0.1"})
    with AsHost() as host:
        host.paths = {**PATHS, "/10.1/x": to(f"http://journal.test:{host.port}/403")}
        expected = "warn: answers 403 Forbidden to programs; only a browser can tell"
        assert reason(f"http://doi.org:{host.port}/10.1/x") == expected


def test_hosts_can_be_named_that_turn_programs_away(names):
    names["shy.test"] = "127.0.0.1"
    with AsHost() as host:
        url = f"http://shy.test:{host.port}/403"
        expected = "warn: answers 403 Forbidden to programs; only a browser can tell"
        assert reason(url, guarded=frozenset({"shy.test"})) == expected


def test_a_page_that_scripts_make_on_a_known_host_may_have_the_anchor(names):
    names["github.com"] = "127.0.0.1"
    with AsHost() as host:
        url = f"http://github.com:{host.port}/ok"
        assert verdicts([f"{url}#install", f"{url}#usage"], base=url) == [
            "#install ok: answers 200 OK",
            '#usage warn: has no anchor "#usage" that could be seen: scripts make the page',
        ]


def test_a_redirect_from_the_internet_to_this_machine_is_broken(names):
    names["public.test"] = "127.0.0.1"
    with AsHost(paths={"/x": to("http://127.0.0.1/secret")}) as host:
        expected = 'broken: redirects to "http://127.0.0.1/secret", which is not on the internet'
        assert reason(f"http://public.test:{host.port}/x") == expected


def test_a_login_on_another_host_is_no_move(names):
    names.update({"hub.test": "127.0.0.1", "login.test": "127.0.0.1"})
    with AsHost() as host:
        host.paths = {
            "/hub": to(f"http://login.test:{host.port}/sign-in?next=/hub", 301),
            "/sign-in?next=/hub": answer(),
        }
        assert reason(f"http://hub.test:{host.port}/hub") == "ok: answers 200 OK"


def test_an_international_host_name_is_asked_by_its_ascii_form(names):
    names["xn--bcher-kva.test"] = "127.0.0.1"
    with AsHost() as host:
        assert reason(f"http://bücher.test:{host.port}/ok") == "ok: answers 200 OK"


def test_a_page_in_pieces_of_one_byte_is_read_as_one():
    async def in_bytes(request):
        head, _, body = answer().partition(b"\r\n\r\n")
        await request.send(head + b"\r\n\r\n")
        for byte in body:
            await request.send(bytes([byte]))

    with AsHost(paths={"/bytes": in_bytes}) as host:
        assert len(PAGE) > 300
        assert reason(f"{host.url}/bytes#quoted") == "ok: answers 200 OK"
