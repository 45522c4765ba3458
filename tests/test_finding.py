"""How readers find words, their way through the lessons, and somebody who mends a lesson."""

from urllib.parse import parse_qs, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from browser import opened, search_for, visitor
from hackweek.build import Request, build
from hackweek.engines import BUILDERS
from published import ARCHIVED, BASE, LIVE, REPOSITORY, SITES, addresses, build_sites, file_of
from repository import ROOT, copy_repository, replace_in

GIT = f"{LIVE}/preliminary/git/"
HUB = f"{LIVE}/preliminary/jupyterhub/"
REPORT = "This step did not work for me"


def parsed(folder, page):
    return LexborHTMLParser((folder / file_of(page)).read_text("utf-8"))


def words(node):
    return " ".join(node.text().split())


def results(tab, base):
    """The pages and parts that a search found, best first, below the event's address."""
    links = tab.locator(".md-search-result__item > a").all()
    found = [urlsplit(link.get_attribute("href")) for link in links]
    return [f"{each.path}#{each.fragment}".rpartition(f"/{LIVE}/")[2] for each in found]


# Search


@pytest.mark.parametrize("width", [1280, 360])
def test_git_clone_is_found_in_the_lesson_about_git(tab, base, width):
    search_for(opened(tab, base + HUB, width), "git clone")
    assert results(tab, base)[0] == "preliminary/git/#"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("~/.netrc", "preliminary/earthdata/#let-your-code-sign-in"),
        ("netrc", "preliminary/earthdata/#let-your-code-sign-in"),
        ("git config --global user.email", "preliminary/git/#"),
        ("email", "preliminary/git/#tell-git-who-you-are"),
        ("jovyan", "preliminary/jupyterhub/#what-the-hub-is-and-how-it-is-built"),
        ("chmod 600", "preliminary/earthdata/#let-your-code-sign-in"),
        ("two-factor", "preliminary/github/#turn-on-two-factor-authentication"),
        ('"pull request"', "workflows/project/#open-a-pull-request"),
    ],
)
def test_what_stands_in_code_is_found_as_somebody_types_it(tab, base, words, part):
    search_for(opened(tab, base + HUB), words)
    assert part in results(tab, base)[:4]


@pytest.mark.parametrize("term", ["cloud provider", "branch", "token"])
def test_a_term_is_found_in_the_glossary(tab, base, term):
    search_for(opened(tab, base + HUB), term)
    assert "glossary/#" in results(tab, base)


# Words of the glossary


def test_a_tap_tells_what_a_word_means(browser, base):
    context = visitor(
        browser, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    tab = context.new_page()
    tab.goto(base + HUB)
    word = tab.locator("article abbr").first
    meaning = word.get_attribute("title")
    word.tap()
    assert tab.locator(".md-tooltip2--active").inner_text() == meaning
    context.close()


def test_the_keyboard_reaches_a_word_tells_what_it_means_and_hides_it_again(tab, base):
    opened(tab, base + HUB)
    word = tab.locator("article abbr").first
    meaning = word.get_attribute("title")
    while not word.evaluate("each => each === document.activeElement"):
        tab.keyboard.press("Tab")
    tooltip = tab.locator(".md-tooltip2--active")
    assert tooltip.inner_text() == meaning
    tab.keyboard.press("Escape")
    tooltip.wait_for(state="detached")


# The way


def test_each_lesson_says_how_far_one_is(built):
    lessons = SITES[LIVE].lessons.values()
    said = [
        words(parsed(built, f"{LIVE}/{each.page.removesuffix('.md')}/").css_first(".trail"))
        for each in lessons
    ]
    assert said == [
        "Lesson 1 of 6 · about 160 minutes to go",
        "Lesson 2 of 6 · about 140 minutes to go",
        "Lesson 3 of 6 · about 110 minutes to go",
        "Lesson 4 of 6 · about 70 minutes to go",
        "Lesson 5 of 6 · about 55 minutes to go",
        "Lesson 6 of 6 · about 10 minutes to go",
    ]


def test_the_line_of_the_trail_is_divided_as_the_minutes_are(tab, base):
    opened(tab, base + HUB)
    parts = tab.locator(".trail i").evaluate_all(
        "all => all.map((each) => [each.className, each.getBoundingClientRect().width])"
    )
    minutes = [lesson.minutes for lesson in SITES[LIVE].lessons.values()]
    whole = sum(width for _, width in parts)
    assert [name for name, _ in parts] == ["done", "here", "", "", "", ""]
    for (_, width), each in zip(parts, minutes, strict=True):
        assert width == pytest.approx(whole * each / sum(minutes), abs=1)


def test_an_event_with_fewer_lessons_has_a_shorter_trail(built):
    trail = parsed(built, "ohw26/preliminary/github/").css_first(".trail")
    assert "earthdata" not in SITES["ohw26"].lessons
    assert words(trail) == "Lesson 1 of 5 · about 145 minutes to go"
    assert len(trail.css("i")) == 5


@pytest.mark.parametrize("page", ["", "help/", "workflows/tutorial/", "404.html"])
def test_what_is_no_lesson_has_no_trail(built, page):
    assert parsed(built, f"{LIVE}/{page}").css_first(".trail") is None


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_before_and_after_are_named_with_their_minutes(plain_tab, base, width):
    opened(plain_tab, base + HUB, width)
    ways = plain_tab.get_by_role("navigation", name="Previous and next page")
    before = ways.get_by_role("link", name="Previous, 20 minutes GitHub account", exact=True)
    after = ways.get_by_role("link", name="Next, 40 minutes Python on your own laptop", exact=True)
    assert before.get_by_text("GitHub account").is_visible()
    after.click()
    assert plain_tab.url == f"{base}{LIVE}/preliminary/python/"


def test_one_minute_is_no_plural(built):
    ways = parsed(built, f"{LIVE}/workflows/project/").css(".md-footer__direction")
    assert [words(each) for each in ways] == ["Previous, 20 minutes", "Next, 1 minute"]


# Who mends a lesson

ASKED = """\
Page: {base}preliminary/git/
Event: example-2027
Step: {step}
Browser: {browser}

What I did:

What I expected:

What happened:

Everybody can read this: no passwords, no tokens."""
PUBLISHED = f"http://127.0.0.1{BASE}{LIVE}/"


def issue(address):
    """An address without its query, and the title and body that it fills in."""
    parts = urlsplit(address)
    filled = parse_qs(parts.query, keep_blank_values=True)
    assert sorted(filled) == ["body", "title"]
    return f"{parts.scheme}://{parts.netloc}{parts.path}", filled["title"][0], filled["body"][0]


def test_without_a_script_an_issue_has_page_and_event(plain_tab, base):
    opened(plain_tab, base + GIT)
    links = plain_tab.get_by_role("link", name=REPORT, exact=True).all()
    assert {issue(link.get_attribute("href")) for link in links} == {
        (
            f"{REPOSITORY}/issues/new",
            "Git on the hub: a step did not work",
            ASKED.format(base=PUBLISHED, step="", browser=""),
        )
    }


def click(locator):
    """Presses what is in view, without the scrolling that makes sure that it is."""
    locator.evaluate("each => each.click()")


def pressed(link, press=click):
    """The body of the issue to which a press of the link leads."""
    link.evaluate("each => each.addEventListener('click', (event) => event.preventDefault())")
    press(link)
    return issue(link.get_attribute("href"))[2]


def read_to(tab, heading):
    tab.locator(heading).evaluate("each => each.scrollIntoView({ behavior: 'instant' })")


def test_beside_a_page_an_issue_has_the_step_and_the_browser(tab, base):
    opened(tab, base + GIT)
    browser = tab.evaluate("navigator.userAgent")
    link = tab.locator(".md-sidebar--secondary").get_by_role("link", name=REPORT)
    for heading, step in (("#push", "Push"), ("#tell-git-who-you-are", "Tell git who you are")):
        read_to(tab, heading)
        assert pressed(link) == ASKED.format(base=PUBLISHED, step=step, browser=browser)


def test_on_a_phone_the_same_is_in_the_menu(tab, base):
    opened(tab, base + GIT, 360)
    read_to(tab, "#tell-git-who-you-are")
    click(tab.get_by_role("button", name="Menu", exact=True))
    link = tab.locator(".menu-contents").get_by_role("link", name=REPORT)
    assert "\nStep: Tell git who you are\n" in pressed(link)


def test_below_a_page_the_reader_says_which_step_it_was(tab, base):
    opened(tab, base + GIT, 360)
    link = tab.locator(".page-foot").get_by_role("link", name=REPORT)
    browser = tab.evaluate("navigator.userAgent")
    filled = ASKED.format(base=PUBLISHED, step="", browser=browser)
    assert pressed(link) == filled
    assert pressed(link, lambda link: link.press("Enter")) == filled


@pytest.mark.parametrize("page", addresses(LIVE))
def test_a_page_can_be_edited_where_it_is_written(built, page):
    [link] = [
        each.attributes["href"]
        for each in parsed(built, page).css(".page-foot a")
        if words(each) == "Edit this page"
    ]
    path = link.removeprefix(f"{REPOSITORY}/edit/main/")
    assert page.removeprefix(f"{LIVE}/").strip("/") in path
    assert (ROOT / path).is_file()


def test_who_reports_or_edits_is_told_that_everybody_can_read_it(built):
    foot = parsed(built, GIT).css_first(".page-foot")
    assert words(foot) == (
        "Stuck? The help page says whom to ask. "
        "This step did not work for me · Edit this page "
        "Both open GitHub, where you need an account and everybody can read what you write: "
        "no passwords, no tokens."
    )


@pytest.mark.parametrize("page", addresses(ARCHIVED))
def test_an_event_that_is_over_is_not_mended(built, page):
    html = (built / file_of(page)).read_text("utf-8")
    assert REPORT not in html
    assert "Edit this page" not in html


def test_paper_has_neither_trail_nor_links_to_mend(built, tab, base):
    one_page = (built / LIVE / "print/index.html").read_text("utf-8")
    assert 'class="trail"' not in one_page
    assert REPORT not in one_page
    opened(tab, base + GIT)
    tab.emulate_media(media="print")
    assert not tab.locator(".page-foot").is_visible()


@pytest.mark.parametrize("address", ["", "https://gitlab.example/lessons/lessons"])
def test_without_a_repository_on_github_a_page_still_leads_to_help(tmp_path, monkeypatch, address):
    monkeypatch.setenv("REPO_URL", address)
    build(Request(ROOT, [LIVE], tmp_path, "mkdocs"), lambda step: None)
    page = parsed(tmp_path, GIT)
    assert words(page.css_first(".page-foot")) == "Stuck? The help page says whom to ask."
    assert REPORT not in page.html


def test_the_repository_can_be_named_in_the_configuration(tmp_path):
    root = copy_repository(tmp_path / "repository")
    other = "https://github.com/example-hackweek/other"
    replace_in(root / "mkdocs.yml", "repo_url: !ENV REPO_URL", f"repo_url: {other}")
    build_sites(tmp_path / "site", root, [LIVE])
    [*_, link] = parsed(tmp_path / "site", GIT).css("a.report")
    assert issue(link.attributes["href"])[0] == f"{other}/issues/new"


def test_both_engines_lead_the_same_ways(tmp_path, monkeypatch):
    monkeypatch.setenv("REPO_URL", REPOSITORY)
    ways = {}
    for engine in BUILDERS:
        build(Request(ROOT, [LIVE], tmp_path / engine, engine), lambda step: None)
        page = parsed(tmp_path / engine, HUB)
        parts = page.css(".trail, .md-footer nav a, .page-foot a, a.report")
        ways[engine] = [(words(each), each.attributes.get("href")) for each in parts]
    assert len(ways["mkdocs"]) == 9
    assert ways["mkdocs"] == ways["zensical"]
