"""`python -m hackweek links`, as somebody in a terminal sees it."""

import datetime
import json

import pytest

from hackweek.cli import main
from hackweek.diagnostics import report
from hackweek.event_file import read_event
from hackweek.links.event_urls import event_urls
from hackweek.links.morning import Morning
from hackweek.links.outside.judge import Judgement
from hackweek.links.outside.rules import WARNINGS
from hackweek.links.outside.verdict import Outcome, Verdict
from hackweek.links.outside_links import OutsideLinks
from hackweek.links.placed import TracedSite, diagnostics
from hackweek.links.references import Reference
from repository import append, copy_repository, replace_in

NOW = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    root = copy_repository(tmp_path / "repository")
    monkeypatch.chdir(root)
    return root


def verdict(url, outcome, reason="", moved_to=None):
    return Verdict(url=url, outcome=outcome, reason=reason, checked=NOW, moved_to=moved_to)


def small_site(tmp_path, **pages):
    folder = tmp_path / "built"
    for name, body in pages.items():
        path = folder / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<!doctype html><title>{name}</title><main>{body}</main>\n", "utf-8")
    return folder


def break_the_theme(root):
    """Puts a broken link into each page; returns its line in the template."""
    template = root / "overrides/main.html"
    block = "{% block scripts %}"
    replace_in(template, block, f'{block}\n  <a href="lost/">lost</a>')
    return template.read_text("utf-8").partition(block)[0].count("\n") + 2


def test_the_repository_has_no_broken_link_inside(repository, capsys):
    assert main(["links", "--inside"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("no problems (")
    assert err.splitlines()[-1].endswith("addresses of other sites not asked")


def test_a_broken_link_in_a_template_is_reported_once_for_all_pages(repository, capsys):
    number = break_the_theme(repository)
    assert main(["links", "ohw26", "--inside"]) == 1
    [line, *_] = capsys.readouterr().out.splitlines()
    assert line == (
        f'overrides/main.html:{number}:12: missing-page: "lost/" is not on the site (on 11 pages)'
    )


def test_a_build_with_a_broken_link_in_a_template_publishes_nothing(repository, capsys):
    number = break_the_theme(repository)
    assert main(["build", "ohw26"]) == 1
    assert f'overrides/main.html:{number}:12: missing-page: "lost/"' in capsys.readouterr().out
    assert not (repository / "site/ohw26").exists()


def test_the_addresses_of_other_sites_are_listed_with_the_line_that_holds_each(repository, capsys):
    assert main(["links", "ohw26", "example-2027", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "https://github.com/oceanhackweek  events/ohw26.yml:15" in lines
    assert "https://creativecommons.org/licenses/by/4.0/  mkdocs.yml:11" in lines
    assert not [line for line in lines if "example" in line], "what is made up is not asked"


def test_a_built_site_is_judged_without_its_sources(tmp_path, repository, capsys):
    folder = small_site(
        tmp_path,
        index='<p><a href="a.html">a</a> <a href="b.html">b</a></p>',
        a='<p><a href="index.html#no">up</a></p>\n<p>é <a\nhref="c.html">c</a></p>',
    )
    arguments = ["links", "--inside", "--site", str(folder), "--base-url", "https://a.test/x/"]
    assert main(arguments) == 1
    shown = folder.as_posix()
    assert [line.split(": ")[0:2] for line in capsys.readouterr().out.splitlines()[:-1]] == [
        [f"{shown}/a.html:1:50", "missing-anchor"],
        [f"{shown}/a.html:3:7", "missing-page"],
        [f"{shown}/index.html:1:77", "missing-page"],
    ]


def test_a_built_site_is_judged_at_the_lines_of_its_markdown(tmp_path, repository, capsys):
    folder = small_site(tmp_path, index='<p><a href="lost/">a</a></p>')
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Home\n\nSee [a](lost.md).\n")
    arguments = ["links", "--inside", "--format", "json", "--site", str(folder)]
    assert main([*arguments, "--base-url", "https://a.test/", "--docs", str(docs)]) == 1
    [problem] = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["path"], problem["line"], problem["column"]) == (
        f"{docs.as_posix()}/index.md", 3, 9
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--site", "."], "--site and --base-url belong together"),
        (["--base-url", "https://a.test/"], "--site and --base-url belong together"),
        (["--docs", "docs"], "--docs goes with --site"),
        (["--site", "nowhere", "--base-url", "https://a.test/"], "there is no folder nowhere"),
    ],
)
def test_wrong_use_is_told_in_one_line(repository, capsys, arguments, said):
    assert main(["links", *arguments]) == 2
    assert capsys.readouterr().err == f"hackweek: {said}\n"


def test_each_verdict_is_told_once_where_the_address_stands(tmp_path):
    folder = small_site(
        tmp_path,
        index='<a href="https://a.test/x">x</a> <a href="https://b.test/">b</a>',
        a='<a href="https://c.test/">c</a> <a href="https://d.test/">d</a>',
    )
    site = TracedSite(folder, "https://home.test/", "built")
    outside = OutsideLinks()
    for file, url in [
        ("index.html", "https://a.test/x"),
        ("index.html", "https://b.test/"),
        ("a.html", "https://c.test/"),
        ("a.html", "https://d.test/"),
    ]:
        reference = Reference(
            file=file, url=url, element="a", attribute="href", nth=0, in_article=True
        )
        outside.add(site, [reference])
    verdicts = {
        each.url: each
        for each in [
            verdict("https://a.test/x", Outcome.BROKEN, "answers 404 Not Found"),
            verdict(
                "https://b.test/",
                Outcome.WARN,
                'moved for good to "https://e.test/"',
                "https://e.test/",
            ),
            verdict("https://c.test/", Outcome.WARN, "answers only to browsers"),
            verdict("https://d.test/", Outcome.OK, "answers 200 OK"),
        ]
    }
    found = diagnostics(outside.faults(verdicts), warnings=WARNINGS)
    assert report(found) == (
        'built/a.html:1:47: doubtful-link: "https://c.test/" answers only to browsers\n'
        'built/index.html:1:51: broken-outside-link: "https://a.test/x" answers 404 Not Found\n'
        'built/index.html:1:84: moved-link: "https://b.test/" moved for good to "https://e.test/"\n'
        '  help: write "https://e.test/"\n'
        "1 problem and 2 warnings in 2 files"
    )


def test_the_morning_check_tells_every_address_and_what_is_wrong_at_its_line(repository):
    path = "events/example-2027.yml"
    event, source = read_event(path, (repository / path).read_text("utf-8"))
    urls = list(event_urls(event, source))
    verdicts = {each.url: verdict(each.url, Outcome.OK, "answers 200 OK") for each in urls}
    for url, outcome, reason in [
        ("https://hub.example.org/hub/health", Outcome.BROKEN, "answers 502 Bad Gateway"),
        (
            "https://github.com/orgs/example-hackweek/teams/participants-2027",
            Outcome.BROKEN,
            "answers 404 Not Found",
        ),
        ("https://slack.example.org", Outcome.WARN, "answers only to browsers"),
    ]:
        verdicts[url] = verdict(url, outcome, reason)
    morning = Morning(path, urls, Judgement(verdicts=verdicts))
    assert report(morning.problems()) == (
        f'{path}:35:17: broken-outside-link: the hub\'s health: "https://hub.example.org/hub/health"'
        " answers 502 Bad Gateway\n"
        f'{path}:51:12: doubtful-link: the chat: "https://slack.example.org"'
        " answers only to browsers\n"
        "1 problem and 1 warning in 1 file"
    )
    lines = [line.rstrip() for line in morning.lines()]
    assert [line.split("  ")[0].strip() for line in lines].count("ok") == len(lines) - 2
    assert lines[1].startswith("BROKEN  the hub's health")
    assert any("only members see it" in line for line in lines)


def test_of_an_archived_event_nothing_of_the_hub_is_asked(repository):
    path = "events/ohw26.yml"
    event, source = read_event(path, (repository / path).read_text("utf-8"))
    assert [each.what for each in event_urls(event, source)] == [
        "the chat",
        "the organization",
        "the participants' team",
        "the practice repository",
        'the branch of "All tutorials"',
    ]


def test_without_a_network_nothing_is_called_broken_and_the_addresses_are_listed(
    repository, capsys, monkeypatch
):
    no_network(monkeypatch)
    append(repository / "docs/help.md", "\n[Pangeo](https://pangeo.invalid-host-of-ours.org/x)\n")
    assert main(["links", "ohw26"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0].startswith("no problems (")
    assert any(
        line.startswith("https://pangeo.invalid-host-of-ours.org/x  docs/help.md:")
        for line in out.splitlines()
    )
    assert err.count("there is no network") == 1
    assert main(["links", "ohw26", "--require-network"]) == 2


def no_network(monkeypatch):
    """Names are not resolved, but for this machine's own."""
    import asyncio
    import socket

    resolve = asyncio.BaseEventLoop.getaddrinfo

    async def refuse(self, host, *arguments, **options):
        if host not in ("localhost", "127.0.0.1", "::1"):
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return await resolve(self, host, *arguments, **options)

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", refuse)


@pytest.mark.parametrize("page", ["issues/new?title=x", "edit/main/docs/index.md"])
def test_a_page_for_which_one_signs_in_is_not_asked_for(tmp_path, page):
    url = f"https://github.com/example-hackweek/lessons/{page}"
    beside = "https://github.com/example-hackweek/lessons/issues"
    outside = OutsideLinks()
    for each in (url, beside):
        reference = Reference(
            file="index.html", url=each, element="a", attribute="href", nth=0, in_article=True
        )
        outside.add(TracedSite(tmp_path, "https://home.test/", "built"), [reference])
    assert list(outside.places) == [beside]
