"""Lessons that are read without a network, in a real browser whose host goes away."""

import json
import re
import shutil

import pytest
from selectolax.lexbor import LexborHTMLParser

from browser import open_profile
from host import hosted
from published import BASE, LIVE, SITES, addresses, build_sites, file_of
from repository import copy_repository, replace_in

SERVICE_WORKERS = "allow"
OTHER = next(slug for slug in SITES if slug != LIVE)
HUB = f"{LIVE}/preliminary/jupyterhub/"
OLD_HUB = SITES[LIVE].event.jupyterhub_url
NEW_HUB = "https://elsewhere.example.org"
MOST_BYTES = 1_000_000


@pytest.fixture(scope="module")
def new(tmp_path_factory):
    """The example event, whose hub has moved."""
    folder = tmp_path_factory.mktemp("new")
    repository = copy_repository(folder / "repository")
    replace_in(repository / f"events/{LIVE}.yml", OLD_HUB, NEW_HUB)
    return build_sites(folder / "site", repository, [LIVE])


@pytest.fixture
def host(built):
    with hosted(built, BASE) as host:
        yield host


KEPT = """() => navigator.serviceWorker.ready.then(({ active }) => active.state === "activated" ||
  new Promise((done) => active.addEventListener("statechange", done)))"""
PICTURES = """async () => {
  const shown = [...document.querySelectorAll("img")].filter((each) => each.checkVisibility());
  for (const each of shown) each.loading = "eager";
  await Promise.all(shown.map((each) => each.decode()));
  return shown.length;
}"""
COLOURS = "document.body.dataset.mdColorScheme"
NOTE = "aside[aria-label='Without a network']"
TOLD = (
    "The network does not answer: this is a copy from 14 June 2027. Hub addresses can have"
    " changed since."
)
AGE = """async () => {
  const cache = await caches.open((await caches.keys())[0]);
  for (const { url } of await cache.keys())
    if (url.includes("copied=")) await cache.put(url, new Response("2027-06-14T12:00:00Z"));
}"""
STORED = """async () => {
  const all = {};
  for (const name of await caches.keys())
    all[name] = (await (await caches.open(name)).keys()).map(({ url }) => url).sort();
  return all;
}"""
COMES_TRUE = """async (condition) => {
  const met = new Function(`return (async () => ${condition})()`);
  for (let tries = 0; tries < 200; tries++) {
    if (await met()) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}"""
STATUS = ".update-notice"


def visited(tab, url):
    """Opens a page, and waits until the browser has everything."""
    tab.goto(url)
    tab.evaluate(KEPT)
    return tab


def updated(tab):
    """How a try to fetch a newer version ends: "installed" or "redundant"."""
    return tab.evaluate("""async () => {
      const registration = await navigator.serviceWorker.ready;
      const ended = new Promise((done) => registration.addEventListener("updatefound", () => {
        const coming = registration.installing;
        coming.addEventListener("statechange", () => done(coming.state));
      }));
      await registration.update();
      return ended;
    }""")


def heading(tab):
    return tab.inner_text("h1").removesuffix("¶")


def hub(tab):
    """The address of the hub that a page gives."""
    found = {OLD_HUB, NEW_HUB} & set(re.findall(r"https://[\w.]+", tab.inner_text("article")))
    return found.pop() if len(found) == 1 else found


@pytest.mark.parametrize("slug", SITES)
def test_after_one_visit_every_page_of_an_event_is_read_without_a_network(tab, host, built, slug):
    visited(tab, f"{host.url}{slug}/")
    host.stop()
    pictures = 0
    for page in addresses(slug):
        tab.goto(host.url + page)
        written = LexborHTMLParser((built / file_of(page)).read_bytes()).css_first("h1").text()
        assert heading(tab) == written.removesuffix("¶")
        assert tab.evaluate("getComputedStyle(document.querySelector('.md-header')).position")
        pictures += tab.evaluate(PICTURES)
        shown = tab.evaluate(COLOURS)
        tab.get_by_role("button", name="Switch to").click()
        assert tab.evaluate(COLOURS) != shown
        pictures += tab.evaluate(PICTURES)
        assert tab.locator(NOTE).is_visible()
    assert pictures > 20


@pytest.mark.parametrize("slug", SITES)
def test_what_one_visit_fetches_is_small(tab, host, slug):
    visited(tab, f"{host.url}{slug}/")
    assert 100_000 < sum(host.sent.values()) <= MOST_BYTES
    assert not [path for path in host.sent if not path.startswith(f"{BASE}{slug}/")]


def test_words_are_searched_for_without_a_network(tab, host):
    visited(tab, host.url + HUB)
    host.stop()
    tab.goto(host.url + HUB)
    tab.locator(".md-search__input").click()
    tab.keyboard.type("conflict")
    tab.locator(".md-search-result__item").first.wait_for()


def test_a_copy_says_what_it_is_and_from_when(tab, host):
    visited(tab, host.url + HUB).evaluate(AGE)
    host.stop()
    tab.goto(host.url + HUB)
    assert tab.locator(NOTE).inner_text() == TOLD


def test_a_page_from_the_network_says_nothing_of_a_copy(tab, host):
    visited(tab, host.url + HUB)
    tab.goto(host.url + HUB)
    assert tab.locator(NOTE).count() == 0
    assert tab.locator(STATUS).inner_text() == ""


def test_an_address_without_its_last_slash_is_found_without_a_network(tab, host):
    visited(tab, host.url + HUB)
    host.stop()
    tab.goto(host.url + HUB.rstrip("/"))
    assert tab.url == host.url + HUB


def test_a_host_that_is_broken_does_not_take_the_lessons_away(tab, host):
    visited(tab, host.url + HUB).evaluate(AGE)
    host.answers = {"": 503}
    tab.goto(host.url + HUB)
    assert tab.locator(NOTE).inner_text() == TOLD


def test_a_host_that_does_not_answer_does_not_take_the_lessons_away(tab, host):
    visited(tab, host.url + HUB).evaluate(AGE)
    host.silent.set()
    tab.goto(host.url + HUB)
    assert tab.locator(NOTE).inner_text() == TOLD


def test_a_page_that_was_removed_is_gone(tab, host):
    visited(tab, host.url + HUB)
    host.answers = {HUB: 404}
    assert tab.goto(host.url + HUB).status == 404


def test_a_hub_that_has_moved_is_seen_at_once(tab, host, new):
    visited(tab, host.url + HUB)
    assert hub(tab) == OLD_HUB
    host.folder = new
    tab.goto(host.url + HUB)
    assert hub(tab) == NEW_HUB


def test_a_newer_version_is_offered_and_shown_when_it_is_asked_for(tab, host, new):
    visited(tab, host.url + HUB)
    tab.evaluate("window.stays = true")
    host.folder = new
    assert updated(tab) == "installed"
    status = tab.get_by_role("status").locator(f"xpath=self::*[@class='{STATUS[1:]}']")
    assert status.inner_text() == "A newer version of these lessons is here.Show itNot now"
    assert tab.evaluate("window.stays")
    assert hub(tab) == OLD_HUB
    with tab.expect_navigation():
        tab.get_by_role("button", name="Show it").click()
    assert hub(tab) == NEW_HUB
    host.stop()
    tab.goto(host.url + HUB)
    assert hub(tab) == NEW_HUB
    stored = tab.evaluate(STORED)
    assert sorted(map(len, stored.values())) == [len(listed(new)) + 1]


def test_a_newer_version_can_wait(tab, host, new):
    visited(tab, host.url + HUB)
    host.folder = new
    assert updated(tab) == "installed"
    tab.get_by_role("button", name="Not now").click()
    assert tab.locator(STATUS).inner_text() == ""
    host.stop()
    tab.goto(host.url + HUB)
    assert hub(tab) == OLD_HUB


def test_a_newer_version_fetches_only_what_has_changed(tab, host, built, new):
    visited(tab, host.url + HUB)
    host.folder = new
    host.sent.clear()
    assert updated(tab) == "installed"
    changed = set(listed(new).items()) - set(listed(built).items())
    assert {path.partition("?")[0] for path in host.sent if "?" in path} == {
        f"{BASE}{LIVE}/{path}" for path, _ in changed
    }


def test_a_page_that_stays_open_asks_for_a_newer_version_when_it_is_looked_at(tab, host, new):
    visited(tab, host.url + HUB)
    host.folder = new
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    tab.get_by_role("button", name="Show it").wait_for()


def test_who_saves_data_gets_the_text_only(tab, host, tmp_path):
    """No setting of a browser without a window saves data, so the worker is told that one does."""
    shutil.copytree(host.folder / LIVE, tmp_path / LIVE)
    told = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });\n"
    worker = tmp_path / LIVE / "worker.js"
    worker.write_text(told + worker.read_text("utf-8"), "utf-8")
    host.folder = tmp_path
    visited(tab, host.url + HUB)
    [stored] = tab.evaluate(STORED).values()
    assert len(stored) > 10
    assert not [url for url in stored if "/img/" in url]
    host.stop()
    tab.goto(f"{host.url}{LIVE}/help/")
    assert tab.locator(NOTE).is_visible()


def test_an_update_that_fails_half_way_leaves_the_version_before(tab, host, new):
    visited(tab, host.url + HUB)
    host.folder, host.answers = new, {"/tutorial/": 500}
    assert updated(tab) == "redundant"
    host.stop()
    for page in addresses(LIVE):
        tab.goto(host.url + page)
        tab.evaluate(PICTURES)
    tab.goto(host.url + HUB)
    assert hub(tab) == OLD_HUB


@pytest.mark.parametrize("answer", ["<html>Please sign in to the network.</html>", 500, 404])
def test_what_is_not_a_file_of_the_site_is_not_kept(tab, host, answer):
    host.answers = {"/git/": answer}
    tab.goto(host.url + HUB)
    host.wait_for(f"{LIVE}/preliminary/git/?")
    assert tab.evaluate(COMES_TRUE, "!(await navigator.serviceWorker.getRegistration())")
    stored = tab.evaluate(STORED)
    assert not [url for urls in stored.values() for url in urls if "/git/" in url]


def test_another_event_is_left_alone(tab, host, new):
    visited(tab, f"{host.url}{OTHER}/")
    before = tab.evaluate(STORED)
    visited(tab, host.url + HUB)
    host.folder = new
    assert updated(tab) == "installed"
    with tab.expect_navigation():
        tab.get_by_role("button", name="Show it").click()
    [name] = before
    assert tab.evaluate(STORED)[name] == before[name]
    host.stop()
    tab.goto(f"{host.url}{OTHER}/")
    assert heading(tab) == f"Welcome to {SITES[OTHER].event.name}"


RID = "!(await navigator.serviceWorker.getRegistration()) && !(await caches.keys()).length"


def test_an_event_that_is_gone_is_rid_of_its_worker(tab, host):
    visited(tab, host.url + HUB)
    host.answers = {"": 404}
    tab.goto(host.url + HUB)
    assert tab.evaluate(COMES_TRUE, RID)


def test_a_site_that_goes_on_without_a_worker_is_rid_of_it(tab, host, tmp_path):
    visited(tab, host.url + HUB)
    shutil.copytree(host.folder / LIVE, tmp_path / LIVE)
    (tmp_path / LIVE / "worker.js").unlink()
    page = tmp_path / HUB / "index.html"
    page.write_text(re.sub(r"<script src=.*?</script>", "", page.read_text("utf-8")), "utf-8")
    host.folder = tmp_path
    tab.goto(host.url + HUB)
    assert tab.evaluate(COMES_TRUE, RID)


def test_where_storage_is_blocked_nothing_is_kept_and_nothing_fails(browser, tmp_path, host):
    preferences = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    with open_profile(browser, tmp_path / "profile", preferences) as context:
        tab, errors = context.new_page(), []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("console", lambda message: errors.append(message.text))
        tab.goto(host.url + HUB, wait_until="networkidle")
        assert hub(tab) == OLD_HUB
        assert errors == []


def listed(site):
    """What the worker of the example event keeps, with the digests."""
    script = (site / LIVE / "worker.js").read_text("utf-8")
    return dict(json.loads(re.search(r"new Map\((.*)\);", script)[1]))
