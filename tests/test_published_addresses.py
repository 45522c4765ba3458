"""No address of the previous publication is lost without a word."""

import gzip
import os
import re
import subprocess
import sys

import pytest

from browser import served
from hackweek.past.sitemaps import NoSitemap, published_pages
from repository import replace_in
from two_events import built, copy_with_two_events


@pytest.fixture
def repository(tmp_path):
    return copy_with_two_events(tmp_path / "repository")


def check(root, *sitemaps, url="https://new.example/lessons/"):
    """The exit status, findings and notes of `check --published`, of addresses alone."""
    arguments = [part for each in sitemaps for part in ("--published", str(each))]
    select = ["--select", "unanswered-address"]
    done = subprocess.run(
        [sys.executable, "-m", "hackweek", "check", *arguments, *select],
        cwd=root,
        env={**os.environ, "SITE_URL": url},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def changed(repository):
    """Its previous publication is in `site`; since then an event and two lessons have gone."""
    built(repository)
    (repository / "events/icesat2-2020.yml").unlink()
    for page in ("preliminary/git.md", "workflows/project.md"):
        (repository / "docs" / page).unlink()
        replace_in(repository / "mkdocs.yml", f"      - {page}\n", "")
    return repository


LOST = """\
redirects.yml:1:1: unanswered-address: "ohw26/preliminary/git/" was published, and would no longer answer
  help: add: ohw26/preliminary/git/: ohw26/preliminary/github/
redirects.yml:1:1: unanswered-address: "ohw26/workflows/project/" was published, and would no longer answer
  help: add: ohw26/workflows/project/: …
"""  # noqa: E501


def test_each_address_that_would_be_lost_is_told_with_the_line_to_add(changed):
    status, said, _ = check(changed, "site/ohw26/sitemap.xml")
    assert (status, said.rpartition("\n2 ")[0] + "\n") == (1, LOST)


def test_the_index_at_the_root_names_every_event(changed):
    status, said, _ = check(changed, "site/sitemap.xml")
    addresses = re.findall(r'unanswered-address: "([^"]+)"', said)
    assert status == 1
    assert {each for each in addresses if each.startswith("ohw26/")} == {
        "ohw26/preliminary/git/",
        "ohw26/workflows/project/",
    }
    gone = {each for each in addresses if each.startswith("icesat2-2020/")}
    assert {"icesat2-2020/", "icesat2-2020/help/", "icesat2-2020/preliminary/git/"} <= gone


def test_what_is_redirected_answers(changed):
    (changed / "redirects.yml").write_text(
        "ohw26/preliminary/git/: ohw26/help/\nohw26/workflows/project/: ohw26/\n"
    )
    assert check(changed, "site/ohw26/sitemap.xml")[0] == 0


def test_nothing_is_lost_where_nothing_changed(repository):
    built(repository)
    assert check(repository, "site/sitemap.xml", "site/ohw26/sitemap.xml.gz")[0] == 0


@pytest.mark.parametrize("base", ["/", "/some/base/"])
def test_a_served_publication_is_asked_below_whatever_root_it_has(changed, base):
    with served(changed / "site", base) as address:
        by_index = check(changed, f"{address}sitemap.xml")
        by_event = check(changed, f"{address}ohw26/sitemap.xml")
    assert (by_event[0], by_event[1].rpartition("\n2 ")[0] + "\n") == (1, LOST)
    assert by_index[0] == 1
    assert LOST.splitlines()[0] in by_index[1]


def test_one_sitemap_for_all_that_is_published_has_the_root_that_site_url_names(repository):
    root = "https://host.example/repository/"
    sitemap = written(repository, "old.xml", root, f"{root}ohw26/help/", f"{root}ohw26/old/")
    status, said, _ = check(repository, sitemap, url=root)
    assert (status, re.findall(r'address: "([^"]+)"', said)) == (1, ["ohw26/old/"])


def test_a_first_publication_passes_with_a_note(repository, tmp_path):
    (tmp_path / "empty").mkdir()
    with served(tmp_path / "empty") as address:
        status, said, noted = check(repository, f"{address}sitemap.xml")
    assert (status, said[:11]) == (0, "no problems")
    assert noted == (
        f"nothing is published at {address}sitemap.xml yet: there is nothing to compare with\n"
    )


def test_without_a_network_nothing_is_called_right(repository):
    status, said, noted = check(repository, "http://127.0.0.1:9/sitemap.xml")
    assert (status, said) == (2, "")
    assert noted.startswith('hackweek: "http://127.0.0.1:9/sitemap.xml" cannot be asked: ')
    assert noted.endswith("; nothing was checked\n")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("gone.xml", None, '"{}" cannot be read: No such file or directory'),
        ("page.xml", b"<html></html>", '"{}" is not a sitemap'),
        ("torn.xml.gz", b"\x1f\x8bxx", '"{}" cannot be unpacked'),
        (
            "index.xml",
            b"<sitemapindex><sitemap><loc>https://h.example/a/sitemap.xml</loc></sitemap>",
            'there is no file for "https://h.example/a/sitemap.xml" beside "{}"',
        ),
    ],
)
def test_a_sitemap_that_cannot_be_read_is_no_empty_one(repository, name, content, expected):
    path = repository / name
    if content is not None:
        path.write_bytes(content)
    status, said, noted = check(repository, path)
    assert (status, said) == (2, "")
    assert noted == f"hackweek: {expected.format(path)}; nothing was checked\n"


def written(folder, name, *locations, kind="urlset"):
    child = {"urlset": "url", "sitemapindex": "sitemap"}[kind]
    entries = "".join(f"<{child}><loc>{each}</loc></{child}>" for each in locations)
    text = f'<?xml version="1.0"?><{kind} xmlns="http://www.sitemaps.org/">{entries}</{kind}>'
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return str(path)


def test_addresses_are_compared_as_servers_read_them(tmp_path):
    sitemap = written(
        tmp_path,
        "sitemap.xml.gz",
        "https://h.example/r/a/",
        "https://h.example/r/a/caf%C3%A9/",
        "https://h.example/r/a/x.html",
        "https://h.example/r/a/b?c=1&amp;d=2",
        "https://h.example/r/a/picture.png",
    )
    assert published_pages(sitemap) == {
        "a/index.html", "a/café/index.html", "a/x.html", "a/b/index.html",
    }  # fmt: skip


def test_an_index_of_sitemaps_beside_it_has_its_own_folder_for_root(tmp_path):
    written(tmp_path, "pages.xml", "https://h.example/r/", "https://h.example/r/a/b/")
    index = written(tmp_path, "sitemap.xml", "https://h.example/r/pages.xml", kind="sitemapindex")
    assert published_pages(index) == {"index.html", "a/b/index.html"}


@pytest.mark.parametrize("base", ["/", "/some/base/"])
def test_an_index_at_its_own_address_names_sitemaps_at_any_depth(tmp_path, base):
    with served(tmp_path, base) as root:
        written(tmp_path, "pages.xml", root, f"{root}help/")
        written(tmp_path, "a/sitemap.xml", f"{root}a/", f"{root}a/b/")
        sitemaps = (f"{root}pages.xml", f"{root}a/sitemap.xml")
        written(tmp_path, "sitemap.xml", *sitemaps, kind="sitemapindex")
        assert published_pages(f"{root}sitemap.xml") == {
            "index.html", "help/index.html", "a/index.html", "a/b/index.html",
        }  # fmt: skip


def test_an_index_within_an_index_is_refused(tmp_path):
    written(tmp_path, "a/sitemap.xml", kind="sitemapindex")
    index = written(tmp_path, "sitemap.xml", "https://h.example/a/sitemap.xml", kind="sitemapindex")
    with pytest.raises(NoSitemap, match="is an index within an index"):
        published_pages(index)
