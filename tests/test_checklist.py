"""The checklist in a real browser: ticks that are kept, or a page that says that they are not."""

import ast
import os
import re
import shlex
import shutil
import subprocess
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from browser import open_profile, served
from hackweek.build import Request, build
from published import ARCHIVED, BASE, LIVE, SITES
from repository import ROOT, copy_repository, replace_in

CHECKLIST = f"{LIVE}/preliminary/checklist/"
KEPT = "Your ticks stay in this browser, on this device. Nothing is sent anywhere."
LOST = (
    "Your browser does not keep your ticks, or has no room for them: what you tick now is"
    " forgotten when you leave this page, so print it before. Nothing is sent anywhere."
)
REACHED, TERMINAL = "You can reach the hub.", "You can open a terminal."


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of two events, and the address at which it is served and for which it is built."""
    folder = tmp_path_factory.mktemp("checklist") / "site"
    folder.mkdir()
    with served(folder, BASE) as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", address)
        build(Request(ROOT, [LIVE, ARCHIVED], folder, "mkdocs"), lambda step: None)
        yield folder, address


@pytest.fixture(scope="module")
def base(site):
    return site[1]


@pytest.fixture
def context(browser):
    """A reader who was never here."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def page(context, base):
    return opened(context, base)


def opened(context, base, path=CHECKLIST):
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.goto(base + path)
    return page


def tick(page, *names):
    for name in names:
        page.get_by_role("checkbox", name=name).check()


def ticked(page):
    return page.locator("article input:checked").evaluate_all("all => all.map((each) => each.name)")


def status(page):
    """Where the list says how far one is."""
    return page.locator(".checklist").get_by_role("status")


def said(page):
    return status(page).inner_text()


def told_of_keeping(page):
    """What the reader is told of where ticks are kept."""
    texts = page.locator(".checklist :is(.checklist-kept, .checklist-lost):visible")
    return texts.all_inner_texts()


COUNT = len(re.findall(r"^- \[ \]", SITES[LIVE].markdown("preliminary/checklist.md"), re.M))
MINUTES = sum(each.minutes for each in SITES[LIVE].lessons.values())
NOTHING_DONE = f"0 of {COUNT} done, about {MINUTES} minutes left."


# Ticks are kept


def test_ticks_are_there_again_after_the_page_is_left(context, base, page):
    tick(page, REACHED, TERMINAL)
    page.goto(f"{base}{LIVE}/")
    page.goto(base + CHECKLIST)
    assert ticked(page) == ["hub-reached", "terminal-open"]
    page.get_by_role("checkbox", name=REACHED).uncheck()
    page.reload()
    assert ticked(page) == ["terminal-open"]
    assert ticked(opened(context, base)) == ["terminal-open"]
    assert page.errors == []


def test_only_the_names_of_ticked_items_are_kept(page):
    tick(page, REACHED, TERMINAL)
    kept = page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('check'))")
    assert kept == [[f"checklist-1:{BASE}{LIVE}/:{LIVE}", '["hub-reached","terminal-open"]']]


def test_nothing_is_sent_anywhere(context, base, page):
    page.evaluate("navigator.serviceWorker.ready")
    requests = []
    context.on("request", lambda request: requests.append(request))
    tick(page, REACHED)
    page.get_by_role("button", name="Clear all ticks").click()
    page.wait_for_timeout(300)
    for request in requests:  # What the worker still keeps of the site for later.
        assert (request.method, request.post_data) == ("GET", None)
        assert request.url.startswith(base)
        assert "hub-reached" not in f"{request.url} {request.headers}"
    assert context.cookies() == []
    assert told_of_keeping(page) == [KEPT]


def test_another_event_keeps_its_own(context, base, page):
    tick(page, REACHED)
    other = opened(context, base, f"{ARCHIVED}/preliminary/checklist/")
    assert ticked(other) == []
    tick(other, "You can sign in to GitHub.")
    page.reload()
    assert ticked(page) == ["hub-reached"]


def test_two_tabs_show_the_same(context, base, page):
    other = opened(context, base)
    tick(page, REACHED)
    other.wait_for_function("document.querySelectorAll('article input:checked').length === 1")
    tick(other, TERMINAL)
    page.wait_for_function("document.querySelectorAll('article input:checked').length === 2")
    assert said(page) == said(other)
    page.evaluate("localStorage.clear()")
    other.wait_for_function("document.querySelectorAll('article input:checked').length === 0")


@pytest.mark.parametrize("left", ["", "{", "null", "7", '{"a": 1}', '[1, null, "hub-reached"]'])
def test_whatever_was_left_in_the_storage_the_page_works(page, left):
    key = f"checklist-1:{BASE}{LIVE}/:{LIVE}"
    page.evaluate("([key, left]) => localStorage.setItem(key, left)", [key, left])
    page.reload()
    assert told_of_keeping(page) == [KEPT]
    tick(page, TERMINAL)
    page.reload()
    expected = ["hub-reached"] if "hub" in left else []
    assert ticked(page) == [*expected, "terminal-open"]
    assert page.errors == []


def test_what_a_browser_puts_back_gives_way_to_what_is_kept(page):
    """As Firefox does with the boxes of a page that is loaded again."""
    tick(page, REACHED)
    page.locator("article input").evaluate_all("all => all.forEach((e) => { e.checked = true; })")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    assert ticked(page) == ["hub-reached"]


# The lesson changes


@pytest.fixture(scope="module")
def changed(tmp_path_factory, base):
    """The site after an item was reworded and moved, one removed and one added."""
    root = copy_repository(tmp_path_factory.mktemp("changed") / "repository")
    lesson = root / "docs/preliminary/checklist.md"
    text = lesson.read_text("utf-8")
    moved = next(line for line in text.splitlines() if "#hub-reached" in line)
    removed = next(line for line in text.splitlines() if "#file-out" in line)
    text = text.replace(f"{moved}\n", "").replace(f"{removed}\n", "")
    lesson.write_text(text, "utf-8")
    replace_in(
        lesson,
        "## People\n\n",
        "## People\n\n- [ ] **You have looked around.**{ #looked-around } Proof: none.\n"
        + moved.replace(REACHED, "The hub lets you in.")
        + "\n",
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", base)
        build(Request(root, [LIVE], root / "site", "mkdocs"), lambda step: None)
    return root / "site" / LIVE


@contextmanager
def published_instead(folder, other, aside):
    """Until the end, another build in the place of a site."""
    folder.rename(aside)
    shutil.copytree(other, folder)
    try:
        yield
    finally:
        shutil.rmtree(folder)
        aside.rename(folder)


def test_ticks_survive_a_lesson_that_is_changed(context, site, changed, tmp_path):
    folder, base = site
    page = opened(context, base)
    tick(page, REACHED, TERMINAL, "You can bring a file out.")
    with published_instead(folder / LIVE, changed, tmp_path / "before"):
        page.reload()
        assert ticked(page) == ["terminal-open", "hub-reached"]
        assert page.get_by_role("checkbox", name="The hub lets you in.").is_checked()
        assert said(page).startswith(f"2 of {COUNT} done, about ")
        tick(page, "You have looked around.")
    page.reload()
    assert ticked(page) == ["hub-reached", "terminal-open", "file-out"]


# Progress


def test_progress_and_the_minutes_left_are_told(page):
    progress = page.get_by_role("progressbar", name="Done")
    assert said(page) == NOTHING_DONE
    left = page.locator("article input").evaluate_all("all => all.map((e) => +e.dataset.minutes)")
    for number, box in enumerate(page.get_by_role("checkbox").all(), start=1):
        box.check()
        minutes = max(1, round(sum(left[number:])))
        unit = "minute" if minutes == 1 else "minutes"
        last = f"All {COUNT} done. You are ready!"
        assert said(page) == (
            last if number == COUNT else f"{number} of {COUNT} done, about {minutes} {unit} left."
        )
        assert progress.evaluate("each => each.position") == pytest.approx(number / COUNT)


def test_all_ticks_can_be_cleared_and_brought_back(page):
    buttons = page.get_by_role("button", name=re.compile("ticks"))
    assert buttons.count() == 0
    tick(page, REACHED, TERMINAL)
    button = page.get_by_role("button", name="Clear all ticks")
    button.press("Enter")
    assert (ticked(page), said(page)) == ([], NOTHING_DONE)
    back = page.get_by_role("button", name="Bring the ticks back")
    assert back.evaluate("each => each === document.activeElement")
    back.press("Enter")
    assert ticked(page) == ["hub-reached", "terminal-open"]
    button.click()
    tick(page, "You can end a session.")
    page.reload()
    assert ticked(page) == ["session-ended"]
    assert buttons.all_inner_texts() == ["Clear all ticks"]


def test_the_print_button_prints(page):
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print the list").click()
    assert page.evaluate("window.printed") is True


# By keyboard and screen reader


def test_the_list_is_worked_through_by_keyboard(page):
    page.get_by_role("button", name="Print the list").focus()
    reached = []
    while len(reached) < COUNT:
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name")
        if name and name not in reached:
            reached.append(name)
            page.keyboard.press("Space")
    assert reached == ticked(page)
    assert said(page) == f"All {COUNT} done. You are ready!"


def test_each_box_is_called_by_its_item(page):
    text = SITES[LIVE].markdown("preliminary/checklist.md")
    names = re.findall(r"^- \[ \] \*\*(.*?)\*\*", text, re.M)
    assert len(names) == COUNT
    for name in names:
        assert page.get_by_role("checkbox", name=name, exact=True).count() == 1


def test_a_click_on_an_items_words_ticks_it(page):
    page.get_by_text(REACHED).click()
    assert ticked(page) == ["hub-reached"]


def test_a_screen_reader_hears_how_far_one_is(page):
    assert status(page).evaluate("each => each.closest('[hidden], [aria-hidden=true]')") is None
    changes = status(page).evaluate_handle("""(status) => {
      const heard = [];
      const hear = () => heard.push(status.textContent);
      new MutationObserver(hear).observe(status, { childList: true });
      return heard;
    }""")
    tick(page, REACHED)
    page.wait_for_function("heard => heard.length", arg=changes)
    assert changes.json_value() == [said(page)]


# Without JavaScript, without storage, without room


def test_without_javascript_the_page_says_what_to_do(browser, base):
    context = browser.new_context(java_script_enabled=False)
    page = opened(context, base)
    assert page.locator(".checklist").inner_text().strip() == (
        "JavaScript is off, so the boxes cannot be ticked here. Print this page, and tick on paper."
    )
    boxes = page.get_by_role("checkbox").all()
    assert len(boxes) == COUNT
    assert all(box.is_visible() and box.is_disabled() for box in boxes)
    context.close()


def test_without_its_script_the_page_promises_nothing(context, base):
    context.route("**/checklist.js*", lambda route: route.abort())
    page = opened(context, base)
    assert said(page) == "The boxes are not ready yet."
    assert all(box.is_disabled() for box in page.get_by_role("checkbox").all())


def works_for_the_visit(page):
    tick(page, REACHED, TERMINAL)
    page.get_by_role("checkbox", name=TERMINAL).uncheck()
    assert ticked(page) == ["hub-reached"]
    assert said(page).startswith(f"1 of {COUNT} done, ")
    assert told_of_keeping(page) == [LOST]
    page.get_by_role("button", name="Clear all ticks").click()
    page.get_by_role("button", name="Bring the ticks back").click()
    assert ticked(page) == ["hub-reached"]
    page.reload()
    assert ticked(page) == []
    assert page.errors == []


def test_where_cookies_are_blocked_ticks_last_for_the_visit(browser, base, tmp_path):
    preferences = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    with open_profile(browser, tmp_path / "profile", preferences) as context:
        page = opened(context, base)
        assert told_of_keeping(page) == [LOST]
        works_for_the_visit(page)


THROW = 'throw new DOMException("No.", "SecurityError")'
BROKEN = {
    "writing": f"Storage.prototype.setItem = () => {{ {THROW}; }};",
    "reading": f"Storage.prototype.getItem = () => {{ {THROW}; }};",
    "everything": f'Object.defineProperty(window, "localStorage", {{ get() {{ {THROW}; }} }});',
    "no storage": 'Object.defineProperty(window, "localStorage", { value: null });',
    "no memory": "Storage.prototype.setItem = () => {};",
}


@pytest.mark.parametrize("script", BROKEN.values(), ids=BROKEN)
def test_whatever_of_the_storage_is_broken_ticks_last_for_the_visit(context, base, script):
    context.add_init_script(script)
    works_for_the_visit(opened(context, base))


def test_in_a_sandbox_ticks_last_for_the_visit(context, site):
    folder, base = site
    frame = f'<iframe sandbox="allow-scripts" src="{BASE}{CHECKLIST}"></iframe>'
    (folder / "frame.html").write_text(frame, "utf-8")
    page = opened(context, base, "frame.html")
    frame = page.frame_locator("iframe")
    frame.get_by_role("checkbox", name=REACHED).check()
    assert frame.locator(".checklist-lost").is_visible()
    assert said(frame).startswith(f"1 of {COUNT} done, ")
    assert page.errors == []


FILL = """() => {
  let piece = "x".repeat(1 << 20), filler = "";
  while (piece) {
    try { localStorage.setItem("filler", filler + piece); filler += piece; }
    catch { piece = piece.slice(0, piece.length >> 1); }
  }
  return filler.length;
}"""


def test_where_storage_is_full_what_was_kept_stays_and_the_rest_lasts_for_the_visit(page):
    tick(page, REACHED)
    assert page.evaluate(FILL) > 1_000_000
    page.reload()
    assert told_of_keeping(page) == [KEPT]
    tick(page, TERMINAL)
    assert ticked(page) == ["hub-reached", "terminal-open"]
    assert told_of_keeping(page) == [LOST]
    page.evaluate("localStorage.removeItem('filler')")
    tick(page, "You can end a session.")
    assert told_of_keeping(page) == [KEPT]
    page.reload()
    assert ticked(page) == ["hub-reached", "terminal-open", "session-ended"]
    assert page.errors == []


# On paper

PAPER = """() => {
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  return {
    panel: style(".checklist").display,
    "a box": style(".checklist-item > input").colorScheme,
    "an item": style(".task-list-item").breakInside,
    "an item's link": style(".task-list-item a").color === style(".task-list-item").color,
  };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_stands_the_list_and_nothing_to_press(browser, base, scheme):
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = opened(context, base)
    tick(page, REACHED)
    page.emulate_media(media="print")
    assert page.evaluate(PAPER) == {
        "panel": "none",
        "a box": "light",
        "an item": "avoid",
        "an item's link": True,
    }
    assert page.get_by_role("button").locator("visible=true").count() == 0
    assert page.get_by_role("checkbox").count() == COUNT
    context.close()


# What is loaded, and what is offered


def test_only_the_checklist_loads_its_script(site):
    folder, _ = site
    loading = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.html")
        if "checklist.js" in path.read_text("utf-8")
    }
    assert loading == {f"{slug}/preliminary/checklist/index.html" for slug in (LIVE, ARCHIVED)}


def test_no_tag_holds_a_script(site):
    html = LexborHTMLParser((site[0] / CHECKLIST / "index.html").read_text("utf-8"))
    marks = {name for node in html.css("article *") for name in node.attributes}
    assert not [name for name in marks if name.startswith("on")]


@pytest.mark.parametrize("slug", [LIVE, ARCHIVED])
def test_every_address_in_the_program_leads_to_a_lesson(site, slug):
    folder, base = site
    text = (folder / slug / "preliminary/ready.py").read_text("utf-8")
    [values] = [
        ast.literal_eval(node.value)
        for node in ast.parse(text).body
        if isinstance(node, ast.AnnAssign) and node.target.id == "EVENT"
    ]
    assert values["items"]
    for address in values["items"].values():
        assert address.startswith(f"{base}{slug}/")
        parts = urlsplit(address)
        page = folder / parts.path.removeprefix(BASE) / "index.html"
        html = LexborHTMLParser(page.read_text("utf-8"))
        assert not parts.fragment or html.css_first(f'[id="{parts.fragment}"]'), address


def test_the_commands_of_the_page_download_the_program_and_run_it(page, tmp_path):
    commands = page.locator("#let-a-program-look-first ~ ol pre > code").all_inner_texts()[:2]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "JUPYTERHUB_USER": "nobody"}
    environment |= {"GITHUB_API_URL": "http://127.0.0.1:9", "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["bash", "-c", " && ".join(each.strip() for each in commands)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    name = shlex.split(commands[1])[-1]
    assert done.stdout.startswith(f"Are you ready for {SITES[LIVE].event.name}?\n")
    assert (done.returncode, done.stderr) == (1, "")
    assert [path.name for path in tmp_path.iterdir()] == [name]
