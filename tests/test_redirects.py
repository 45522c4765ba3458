"""Every address that was ever published answers: old ones lead on, and lost ones are found."""

import subprocess
import sys

import pytest

from browser import served
from hackweek.check import check_repository
from hackweek.diagnostics import Problems, report
from hackweek.links.inside.check import check_inside
from hackweek.publish import NotASite
from repository import replace_in
from test_checks_events import TODAY
from two_events import SLUGS, built, copy_with_two_events

REDIRECTS = """\
# Old addresses, each with the new one.
ohw26/preliminary/hub/: ohw26/preliminary/jupyterhub/
ohw26/faq.html: ohw26/help/
ohw26/git/: icesat2-2020/preliminary/git/
ohw25/: ohw26/
ohw25/preliminary/git/index.html: ohw26/preliminary/git/#tell-git-who-you-are
caf%C3%A9: ohw26/help/
lessons.html: ohw26/
"""


@pytest.fixture
def repository(tmp_path):
    return copy_with_two_events(tmp_path / "repository")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Two events with redirects, for reading only; stamped and compared where that is possible."""
    root = copy_with_two_events(tmp_path_factory.mktemp("redirects") / "repository")
    (root / "redirects.yml").write_text(REDIRECTS)
    return built(root, verify=True)


def found(root, text):
    """What `check` has against a file of redirects."""
    (root / "redirects.yml").write_text(text)
    problems = check_repository(root, SLUGS, TODAY).settled((), ())
    return report([each for each in problems if each.path == "redirects.yml"])


# Pages at old addresses.


def test_a_page_leads_on_with_and_without_scripts_and_is_not_indexed(site):
    page = (site / "ohw26/preliminary/hub/index.html").read_text("utf-8")
    head, main = page.split("<style>")[0] + page.split("</style>")[1], page.split("<main>")[1]
    assert '<meta http-equiv="refresh" content="0; url=../jupyterhub/">' in head
    assert '<meta name="robots" content="noindex">' in head
    canonical = "http://localhost:8000/ohw26/preliminary/jupyterhub/"
    assert f'<link rel="canonical" href="{canonical}">' in head
    assert main.split("</main>")[0].strip() == (
        '<h1>This page has moved</h1>\n<p><a href="../jupyterhub/">Go to where it is now.</a></p>'
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ohw26/preliminary/hub/", "ohw26/preliminary/jupyterhub/"),
        ("ohw26/preliminary/hub", "ohw26/preliminary/jupyterhub/"),
        ("ohw26/faq.html", "ohw26/help/"),
        ("ohw26/git/", "icesat2-2020/preliminary/git/"),
        ("ohw25/", "ohw26/"),
        ("ohw25/preliminary/git/", "ohw26/preliminary/git/#tell-git-who-you-are"),
        ("caf%C3%A9/", "ohw26/help/"),
        ("lessons.html", "ohw26/"),
        (
            "ohw26/preliminary/hub/?from=mail#sign-in",
            "ohw26/preliminary/jupyterhub/?from=mail#sign-in",
        ),
    ],
)
def test_a_browser_arrives(site, tab, old, new):
    with served(site, "/some/base/") as base:
        tab.goto(f"{base}{old}")
        tab.wait_for_url(f"{base}{new}")
        assert tab.locator("article h1").count() == 1


def test_a_browser_without_scripts_arrives(site, plain_tab):
    with served(site, "/some/base/") as base:
        plain_tab.goto(f"{base}ohw26/preliminary/hub/")
        plain_tab.wait_for_url(f"{base}ohw26/preliminary/jupyterhub/")


def test_the_links_of_all_that_is_published_are_right(site):
    faults = check_inside(site, "http://localhost:8000/").faults
    assert [(each.reference.file, each.message) for each in faults] == []


def test_old_addresses_are_no_part_of_what_is_kept_without_a_network(site):
    worker = (site / "ohw26/worker.js").read_text("utf-8")
    assert '"preliminary/jupyterhub/"' in worker
    assert '"preliminary/hub/"' not in worker
    names = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", site / "ohw26/ohw26-lessons.zip"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "preliminary/jupyterhub/index.html" in names
    assert "preliminary/hub/" not in names


def test_both_engines_write_them(repository):
    (repository / "redirects.yml").write_text(REDIRECTS)
    output = built(repository, engine="zensical")
    assert (output / "ohw26/preliminary/hub/index.html").is_file()
    assert (output / "ohw25/index.html").is_file()


def test_a_second_build_writes_them_anew_and_a_line_less_is_a_page_less(repository):
    (repository / "redirects.yml").write_text(REDIRECTS)
    site = built(repository)
    replace_in(repository / "redirects.yml", "ohw25/: ohw26/\n", "")
    replace_in(repository / "redirects.yml", "ohw26/faq.html: ohw26/help/\n", "")
    built(repository)
    assert not (site / "ohw25/index.html").exists()
    assert (site / "ohw25/preliminary/git/index.html").is_file()
    assert not (site / "ohw26/faq.html").exists()


def test_of_one_event_only_what_leads_to_it_is_written(repository):
    (repository / "redirects.yml").write_text(REDIRECTS)
    site = built(repository, "icesat2-2020")
    names = {path.name for path in site.iterdir()}
    assert names == {"icesat2-2020", "index.html", "404.html", "sitemap.xml"}
    built(repository, "ohw26")
    assert (site / "ohw25/index.html").is_file()


def test_the_folder_of_an_event_that_is_gone_makes_room(repository):
    site = built(repository)
    (repository / "events/icesat2-2020.yml").unlink()
    (repository / "redirects.yml").write_text("icesat2-2020/help/: ohw26/help/\n")
    built(repository, "ohw26")
    assert [path.relative_to(site).as_posix() for path in site.rglob("icesat2-2020/**/*.*")] == [
        "icesat2-2020/help/index.html"
    ]


@pytest.mark.parametrize("name", ["ohw25/notes.txt", "ohw25/index.html"])
def test_a_folder_that_no_build_made_is_left_alone(repository, name):
    (repository / "redirects.yml").write_text("ohw25/: ohw26/\n")
    site = built(repository)
    file = site / name
    file.write_text("mine")
    with pytest.raises(NotASite):
        built(repository)
    assert file.read_text() == "mine"


def test_a_file_that_no_build_made_is_left_alone(repository):
    (repository / "redirects.yml").write_text("old.html: ohw26/\n")
    (repository / "site").mkdir()
    (repository / "site/old.html").write_text("mine")
    with pytest.raises(NotASite):
        built(repository)
    assert (repository / "site/old.html").read_text() == "mine"


# What can be wrong.

NOT_SAID = '1:{}: invalid-redirect: "a/" does not say where it leads\n  help: write the new address'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("# nothing yet\n", ""),
        ("ohw26/hub/: ohw26/help/\nohw25: ohw26\n'2024': ohw26/help/index.html\n", ""),
        (
            "ohw26/help/: ohw26/preliminary/git/\n",
            "1:1: redirect-over-page: a page is published at \"ohw26/help/\", and nobody would"
            " see it\n  help: delete this line",
        ),
        (
            "ohw26/hub/: ohw26/preliminary/jupyterhb/\n",
            '1:1: redirect-to-missing-page: no page is published at "ohw26/preliminary/jupyterhb/"'
            '\n  help: did you mean "ohw26/preliminary/jupyterhub/"?',
        ),
        (
            "a/: b/\nb/: c/\nc/: ohw26/help/\n",
            '1:1: redirect-chain: "b/" is an old address itself\n  help: write "ohw26/help/"\n'
            'redirects.yml:2:1: redirect-chain: "c/" is an old address itself\n'
            '  help: write "ohw26/help/"',
        ),
        (
            "a/: b/\nb/: a/index.html\nc/: c/\n",
            '1:1: redirect-loop: "a/" never arrives: "b/" leads back\n'
            'redirects.yml:2:1: redirect-loop: "b/" never arrives: "a/" leads back\n'
            'redirects.yml:3:1: redirect-loop: "c/" never arrives: "c/" leads back',
        ),
        (
            "a/: ohw26/\na: ohw26/help/\n",
            '2:1: invalid-redirect: "a/" is already on line 1\n  help: keep one of the two',
        ),
        (
            "a/: ohw26/\na/: ohw26/help/\n",
            '2:1: duplicate-key: "a/" is already on line 1\n  help: keep one of the two',
        ),
        (
            "/a/: ohw26/\n",
            '1:1: invalid-redirect: "/a/" begins with a slash\n  help: write "a/"',
        ),
        (
            "a/: https://example.org/\n",
            '1:5: invalid-redirect: "https://example.org/" is an address with a host\n'
            '  help: write what follows the root\'s address: "ohw26/help/"',
        ),
        (
            "a/#b: ohw26/\n",
            '1:1: invalid-redirect: "a/#b" has a "#", and what follows it is never asked for\n'
            "  help: write it without",
        ),
        (
            "a/b.png: ohw26/\n",
            '1:1: invalid-redirect: "a/b.png" is the address of a file that cannot lead on:'
            " it is no page",
        ),
        ("a/:\n", NOT_SAID.format(4)),
        ("a/: [ohw26/]\n", NOT_SAID.format(5)),
        *(
            (f"{odd}: ohw26/\n", f'1:1: invalid-redirect: "{odd}" is not an address below the root')
            for odd in (
                *("../a/", "a/../b/", "a//b/", "a/%2e%2e/b/", ".git/", "a b/", "a/<b>/", "a?b"),
                *("..%2f..%2fx/", "a/%00/", "a\\b/"),
            )
        ),
        (
            "- a\n",
            "1:1: not-a-mapping: the file holds a list, not keys with values\n"
            "  help: begin each line with a key and a colon",
        ),
    ],
)  # fmt: skip
def test_check_tells_what_is_wrong(repository, text, expected):
    problems = expected.count("redirects.yml:") + bool(expected)
    lines = f"redirects.yml:{expected}\n" if expected else ""
    counted = f"{problems} problem{'s' * (problems > 1)} in 1 file" if problems else ""
    assert found(repository, text) == lines + (counted or "no problems (0 files checked)")


def test_a_build_with_a_wrong_redirect_publishes_nothing(repository):
    site = built(repository)
    before = sorted(path for path in site.rglob("*"))
    (repository / "redirects.yml").write_text("ohw26/hub/: ohw26/preliminary/hub/\n")
    with pytest.raises(Problems, match="redirect-to-missing-page"):
        built(repository)
    assert sorted(path for path in site.rglob("*")) == before


@pytest.mark.parametrize(
    ("redirect", "expected"),
    [
        (
            "a/: ohw26/help/#no-such-passage",
            'redirects.yml:1:1: missing-anchor: "ohw26/help/" has no "#no-such-passage"',
        ),
        (
            "ohw26/calendar.ics/old/: ohw26/help/",
            "redirects.yml:1:1: redirect-over-page: a file is published at"
            ' "ohw26/calendar.ics/old/", or above it\n  help: delete this line',
        ),
    ],
)
def test_what_only_the_built_pages_tell(repository, redirect, expected):
    (repository / "redirects.yml").write_text(f"{redirect}\n")
    with pytest.raises(Problems) as raised:
        built(repository)
    assert str(raised.value) == expected
    assert not (repository / "site").exists()


def test_a_page_of_an_event_that_cannot_be_read_is_not_called_missing(repository):
    replace_in(repository / "events/ohw26.yml", "format: in_person", "format: on_a_ship")
    assert found(repository, "a/: ohw26/anything/\n") == "no problems (0 files checked)"


def test_a_draft_has_no_pages_to_lead_to(repository):
    replace_in(repository / "events/ohw26.yml", "status: archived", "status: draft")
    assert "redirect-to-missing-page" in found(repository, "a/: ohw26/help/\n")


def test_the_links_command_judges_redirects_at_their_line(repository):
    (repository / "redirects.yml").write_text("a/: ohw26/help/#no-such-passage\n")
    done = subprocess.run(
        [sys.executable, "-m", "hackweek", "links", "--inside"],
        cwd=repository,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stdout.startswith("redirects.yml:1:1: missing-anchor: ")
