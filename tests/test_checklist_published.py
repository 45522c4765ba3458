"""The checklist of a site that is published again, and the program that it offers."""

import ast
import os
import shlex
import shutil
import subprocess
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from browser import served
from checklist_page import CHECKLIST, COUNT, REACHED, TERMINAL, open_checklist, said, tick, ticked
from hackweek.build import Request, build
from published import ARCHIVED, BASE, LIVE, SITES
from repository import ROOT, copy_repository, replace_in


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
def page(context, base):
    return open_checklist(context, base)


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
    page = open_checklist(context, base)
    tick(page, REACHED, TERMINAL, "You can bring a file out.")
    with published_instead(folder / LIVE, changed, tmp_path / "before"):
        page.reload()
        assert ticked(page) == ["terminal-open", "hub-reached"]
        assert page.get_by_role("checkbox", name="The hub lets you in.").is_checked()
        assert said(page).startswith(f"2 of {COUNT} done, about ")
        tick(page, "You have looked around.")
    page.reload()
    assert ticked(page) == ["hub-reached", "terminal-open", "file-out"]


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
