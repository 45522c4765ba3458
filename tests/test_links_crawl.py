"""LinkChecker's first look: what it is asked, what it reports, and how it can fail."""

import html
import urllib.error
import urllib.request

import pytest

from hackweek.links.outside import crawl, linkchecker
from hackweek.links.outside.crawl import SETTINGS, FirstLook, first_look
from hackweek.links.outside.site_server import served
from hostile_server import AsHost, answer

AGENT = "Mozilla/5.0 (compatible; hackweek-links; +a@example.org)"
FINE = FirstLook(valid=True, result="200 OK")


@pytest.fixture
def server():
    with AsHost() as host:
        yield host


def page(*urls, size=0):
    links = "".join(f'<a href="{html.escape(url)}">there</a>\n' for url in urls)
    return f"<!doctype html><p>{'x' * size}</p>{links}"


def site_with(folder, pages):
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_the_addresses_that_pages_link_to_are_asked_for_once_each(server, tmp_path):
    ok, gone = f"{server.url}/ok", f"{server.url}/404"
    pages = {"index.html": page("a/", ok), "a/index.html": page(ok, f"{ok}#here", gone)}
    found = first_look(site_with(tmp_path / "site", pages), "/base", AGENT, {ok, gone})
    assert found.looks == {ok: FINE, gone: FirstLook(valid=False, result="404 Not Found")}
    assert (found.trouble, found.hung) == ("", False)
    assert server.counts == {"/ok": 1, "/404": 1}
    assert {headers["user-agent"] for _, _, headers in server.requests} == {AGENT}


def test_what_nobody_wants_to_know_is_not_asked(server, tmp_path):
    site = site_with(
        tmp_path / "site", {"index.html": page(f"{server.url}/ok", f"{server.url}/404")}
    )
    first_look(site, "/", AGENT, {f"{server.url}/ok"})
    assert [path for _, path, _ in server.requests] == ["/ok"]


def test_links_of_other_sites_are_not_followed(server, tmp_path):
    server.paths = {"/pages": answer(body="<a href=/more>There</a>"), "/more": answer()}
    site = site_with(tmp_path / "site", {"index.html": page(f"{server.url}/pages")})
    first_look(site, "/", AGENT, {f"{server.url}/pages", f"{server.url}/more"})
    assert [path for _, path, _ in server.requests] == ["/pages"]


def test_a_page_above_one_megabyte_is_read_to_its_end(server, tmp_path):
    site = site_with(tmp_path / "site", {"index.html": page(f"{server.url}/ok", size=2**21)})
    assert first_look(site, "/", AGENT, {f"{server.url}/ok"}).looks == {f"{server.url}/ok": FINE}


def test_only_hosts_of_this_machine_are_not_throttled():
    urls = {"http://127.0.0.1:1/", "http://localhost:2/", "https://example.org/"}
    job = crawl._job("http://127.0.0.1:3/base/", AGENT, urls)
    assert job["unthrottled"] == ["127.0.0.1:1", "127.0.0.1:3", "localhost:2"]


def test_a_server_that_drips_does_not_hold_the_run(server, tmp_path):
    urls = [f"{server.url}/ok", f"{server.url}/dripping-head"]
    site = site_with(tmp_path / "site", {"index.html": page(*urls)})
    found = first_look(site, "/", AGENT, set(urls))
    assert (found.looks, found.hung) == ({urls[0]: FINE}, True)
    assert [found.got_no_answer(url) for url in urls] == [False, True]


@pytest.mark.parametrize(
    ("program", "trouble"),
    [
        ("import sys; sys.exit('it is broken')", "it is broken"),
        ("import sys; sys.exit(3)", "ended with status 3"),
        ("import os; os.kill(os.getpid(), 9)", "ended with status -9"),
        ("print('Traceback')", 'LinkChecker wrote "Traceback"'),
    ],
)
def test_a_crash_of_linkchecker_is_told(server, tmp_path, monkeypatch, program, trouble):
    (tmp_path / "program.py").write_text(program, "utf-8")
    monkeypatch.setattr(crawl, "_PROGRAM", tmp_path / "program.py")
    site = site_with(tmp_path / "site", {"index.html": page(f"{server.url}/ok")})
    found = first_look(site, "/", AGENT, {f"{server.url}/ok"})
    assert (found.looks, found.trouble) == ({}, trouble)


def test_every_setting_is_one_of_linkcheckers():
    configuration = linkchecker.configure(SETTINGS)
    assert {name: configuration[name] for name in SETTINGS} == SETTINGS


def test_a_misspelt_setting_is_refused():
    with pytest.raises(KeyError, match="timeuot"):
        linkchecker.configure({"timeuot": 3})


def test_the_site_is_served_under_its_base_path_only(tmp_path):
    site = site_with(tmp_path, {"index.html": "Start", "a/index.html": "A"})
    with served(site, "hackweek/x") as address:
        assert address.endswith("/hackweek/x/")
        with urllib.request.urlopen(f"{address}a/") as response:
            assert response.read() == b"A"
        root = address.removesuffix("hackweek/x/")
        for outside in (root, f"{root}a/", f"{address}missing"):
            with pytest.raises(urllib.error.HTTPError) as error:
                urllib.request.urlopen(outside)
            assert error.value.code == 404
            error.value.close()
