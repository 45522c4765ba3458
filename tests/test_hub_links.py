"""An event that is over leads nobody to its hub: the link is shown as its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackweek.build import Request, build
from hackweek.engines import BUILDERS
from hackweek.past.hub_links import without_links_to
from repository import append, copy_repository, keep_pages
from test_engines import article

HOST = "hub.example.org"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
WRITTEN = """
## The hub [by name](https://hub.example.org/hub/home "Home")

Sign in <https://hub.example.org/hub/login>, [**here**][hub], at << jupyterhub_url >>,
or at <a id="raw" class="x" href='HTTPS://HUB.example.org?next=%2F'>a raw <em>link</em></a>.
[Elsewhere](https://docs.hub.example.org/) and
[the hub as a word](https://example.org/?hub.example.org).

<div><p><a href="//hub.example.org/hub">In a block</a>, <a href="https://example.org">by</a></p></div>

`<a href="https://hub.example.org">code</a>` and
[a picture ![of it](img/x.svg)](https://hub.example.org).

[Back to the raw one](#raw)

[hub]: https://hub.example.org:443/hub/spawn
"""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="https://hub.example.org">x</a>', "x"),
        ('<a\n  href="https://hub.example.org/a b"\n>x\n</a\n> y', "x\n y"),
        ("<A HREF=https://hub.example.org/>x</A>", "x"),
        ('<a href="&#104;ttps://hub.example.org/?a=1&amp;b=2"><b>x</b></a>', "<b>x</b>"),
        ('<a href="https://hub.example.org" id="a&quot;b">x</a>', '<span id="a&quot;b">x</span>'),
        ('<a name="n" href="https://hub.example.org">x</a>', '<span id="n">x</span>'),
        ('<a href="https://hub.example.org">x', "x"),
        ('<a href="https://me@hub.example.org:8000/x">x</a>', "x"),
        ('<!-- <a href="https://hub.example.org">x</a> --><p>y</p>', None),
        ('<code>&lt;a href="https://hub.example.org"&gt;</code>', None),
        ('<script>"<a href=https://hub.example.org>x</a>"</script>', None),
        ('<a href="mailto:a@hub.example.org">x</a>', None),
        ('<a href="https://hub.example.org.evil.net">x</a>', None),
        ('<a href="https://example.org/https://hub.example.org">x</a>', None),
        ('<a href="hub.example.org">x</a>', None),
        ('<a title="https://hub.example.org">x</a>', None),
        ('<a href="https://example.org" href="https://hub.example.org">x</a>', None),
        ('<img src="https://hub.example.org/logo.png">', None),
        ('<a href="https://[hub.example.org">x</a>', None),
        ("2 < 3 </a> <a href='#hub.example.org'>x</a>", None),
    ],
)
def test_what_becomes_of(html, expected):
    assert without_links_to(HOST, html) == (html if expected is None else expected)


def test_links_beside_each_other_each_lose_their_own_end():
    html = '<a href="#1">one</a> <a href="https://hub.example.org">two</a> <a href="#3">three</a>\n'
    assert (
        without_links_to(HOST, html * 3)
        == html.replace('<a href="https://hub.example.org">two</a>', "two") * 3
    )


@given(st.text(alphabet="<>/a \n\"'=!-hubx&;é", max_size=60))
def test_text_without_links_to_the_host_is_left_alone(text):
    html = f"{text}<p>hub.example.org</p>"
    assert without_links_to(HOST, html) == html


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """Two events with one hub, of which one is over; each names it in all ways."""
    root = copy_repository(tmp_path_factory.mktemp("hub") / "repository")
    append(root / "docs/help.md", WRITTEN)
    (root / "docs/img/x.svg").write_text(DRAWING)
    text = (root / "events/example-2027.yml").read_text("utf-8")
    over = text.replace("example-2027", "example-2017").replace("2027", "2017")
    (root / "events/example-2017.yml").write_text(over.replace("status: live", "status: archived"))
    return root


@pytest.fixture(scope="module", params=sorted(BUILDERS))
def site(request, repository):
    output = repository / request.param
    build(Request(repository, ["example-2017", "example-2027"], output, request.param), print)
    return output


def paragraphs(site, slug):
    lines = article(site / slug / "help/index.html")
    start = next(index for index, line in enumerate(lines) if 'id="the-hub-by-name"' in line)
    return "\n".join(lines[start:]).partition("</article>")[0]


def test_an_event_that_is_over_shows_its_hub_as_text(site):
    shown = paragraphs(site, "example-2017")
    assert '<a href="https://hub.example.org' not in shown
    assert '<h2 id="the-hub-by-name">The hub by name' in shown
    assert "Sign in https://hub.example.org/hub/login, <strong>here</strong>, at" in shown
    assert 'or at <span id="raw">a raw <em>link</em></span>.' in shown
    assert '<a href="https://docs.hub.example.org/">Elsewhere</a>' in shown
    assert '<a href="https://example.org/?hub.example.org">the hub as a word</a>' in shown
    assert '<div><p>In a block, <a href="https://example.org">by</a></p></div>' in shown
    assert "&lt;a href=" in shown


def test_no_page_and_no_copy_of_it_leads_to_a_hub_that_is_off(site):
    for page in (site / "example-2017").rglob("*.html"):
        assert '<a href="https://hub.example.org' not in page.read_text("utf-8"), page


def test_an_event_to_come_leads_to_its_hub(site):
    shown = paragraphs(site, "example-2027")
    assert '<a href="https://hub.example.org/hub/login">' in shown
    assert "a raw <em>link</em></a>." in shown
    assert '<a href="//hub.example.org/hub">In a block</a>' in shown


# Events that share a build.


@pytest.mark.parametrize(
    ("written", "shared"),
    [
        ("[A link](https://hub-1.example.org/x).", ["week-0", "week-2"]),
        ("[A link](<< website_url >>/x).", ["week-0", "week-2"]),
        ("[A link](<< jupyterhub_url >>/x).", []),
        ("The hub was at << jupyterhub_url >>.", ["week-0", "week-1", "week-2"]),
    ],
)
def test_an_event_whose_pages_lost_a_link_is_built_by_itself(tmp_path, written, shared):
    root = copy_repository(tmp_path / "repository")
    keep_pages(root, "index.md", "preliminary/jupyterhub.md", "help.md")
    append(root / "docs/help.md", f"\n{written}\n")
    text = (root / "events/icesat2-2020.yml").read_text("utf-8")
    for number in range(3):
        name = f"week-{number}"
        hub = f"https://hub-{number}.example.org"
        on_hub = number == 1 and "website_url" in written
        website = hub if on_hub else f"https://week-{number}.example.org"
        replaced = text.replace("icesat2-2020", name).replace("https://icesat-2.hackweek.io", hub)
        (root / f"events/{name}.yml").write_text(f"{replaced}website_url: {website}\n", "utf-8")
    steps = []
    slugs = ["week-0", "week-1", "week-2"]
    build(Request(root, slugs, root / "site", "mkdocs", verify=True), steps.append)
    written_slugs = [step.split()[1] for step in steps if step.startswith("writing ")]
    assert written_slugs == shared
    page = (root / "site/week-1/help/index.html").read_text("utf-8")
    assert '<a href="https://hub-1.example.org' not in page
