"""The links inside a built site: what is wrong with each, and what only looks wrong."""

import shutil

import pytest

from hackweek.links.inside.check import RULES, check_inside
from repository import ROOT

CASES = ROOT / "tests/cases/links_inside"
BASE = "https://jo.github.io/lessons/ohw26/"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title>
<link rel="stylesheet" href="../assets/main.css">{head}</head>
<body><nav><a href="../.">Home</a> <a href="../hub/">Hub</a></nav>
<main><article>{body}</article></main></body></html>
"""
EMPTY = """assets/print.css img/launch.png img/café*plan.png img/Map.PNG img/clip.mp4 lib@2.1.js
data/points.csv data/guide.pdf data/a=b&c.txt""".split()


def read(name):
    return (CASES / name).read_text("utf-8")


def write(site, name, content):
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


@pytest.fixture
def site(tmp_path):
    """A site of several pages; all that is wrong on them is in site.txt."""
    shutil.copytree(CASES / "site", tmp_path / "site")
    for name in EMPTY:
        write(tmp_path / "site", name.replace("*", " "), "")
    return tmp_path / "site"


def found(site, base=BASE):
    return [
        f"{each.reference.file}: {each.rule}: {each.message}"
        + (f"\n  help: {each.help}" if each.help else "")
        for each in check_inside(site, base).faults
    ]


def found_on(site, body, head="", name="lessons/index.html"):
    """What is wrong on one more page."""
    write(site, name, PAGE.format(head=head, body=body))
    start = f"{name}: "
    return [each.removeprefix(start) for each in found(site) if each.startswith(start)]


def defects():
    """Each defect of the table, with what is said of it."""
    for block in read("defects.txt").strip().split("\n\n"):
        html, said = block.split("\n", 1)
        yield html, said


def test_every_defect_is_reported_once_and_nothing_else(site):
    in_head = [html for html, _ in defects() if html.startswith(("<link", "<meta"))]
    in_body = [html for html, _ in defects() if html not in in_head]
    head = "\n".join(in_head)
    write(site, "lessons/index.html", PAGE.format(head=head, body="\n".join(in_body)))
    alike = PAGE.format(head=read("look-alikes-head.html"), body=read("look-alikes.html"))
    write(site, "fine/index.html", alike)
    expected = [f"lessons/index.html: {said}" for _, said in defects()]
    elsewhere = read("site.txt").strip().replace("\n  help", "~").split("\n")
    expected += [each.replace("~", "\n  help") for each in elsewhere]
    assert sorted(found(site)) == sorted(expected)


@pytest.mark.parametrize(("html", "said"), list(defects()))
def test_a_defect_is_reported_where_nothing_else_is_wrong(site, html, said):
    head, body = (html, "") if html.startswith(("<link", "<meta")) else ("", html)
    assert found_on(site, body, head) == [said]


def test_every_rule_is_in_the_table():
    said = [said for _, said in defects()] + read("site.txt").split("\n")
    assert [rule.name for rule in RULES if not any(f"{rule.name}: " in each for each in said)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rules_bad_example_is_reported_and_its_good_one_is_not(site, rule):
    names = {"relative-on-404": "404.html", "redirect-loop": "index.html"}
    name = names.get(rule.name, "home.html")
    base = "https://hackweek.example/lessons/"
    shutil.copytree(site / "hub", site / "jupyterhub")
    write(site, "moved-again/index.html", '<meta http-equiv="refresh" content="0; url=../hub/">')
    write(site, name, rule.bad)
    (site / "404.html").unlink() if name != "404.html" else None
    assert [e for e in found(site, base) if e.startswith(f"{name}: {rule.name}: ")]
    write(site, name, rule.good)
    assert [each for each in found(site, base) if each.startswith(f"{name}: ")] == []
