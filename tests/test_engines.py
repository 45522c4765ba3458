"""The same lessons under MkDocs and Zensical, from plain commands and from ours."""

import os
import random
import re
import subprocess
import sys

import pytest
from selectolax.lexbor import LexborHTMLParser

from hackweek.build import Request, build
from hackweek.engines import BUILDERS
from hackweek.events import event_slugs
from repository import ROOT, append, copy_repository, keep_pages, replace_in
from test_template import LITERAL

EVENTS = event_slugs(ROOT)
ENGINES = sorted(BUILDERS)


def article(page):
    """The lesson's own HTML, without what a theme puts around it or between its blocks."""
    tree = LexborHTMLParser(page.read_text("utf-8"))
    node = tree.css_first("article")
    for skip_target in node.css("#__skip"):
        skip_target.decompose()
    return [line for line in node.html.splitlines() if line.strip()]


def pages(site):
    return sorted(p.relative_to(site) for p in site.rglob("*.html") if p.name != "404.html")


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    output = tmp_path_factory.mktemp("engines")
    for engine in ENGINES:
        build(Request(ROOT, EVENTS, output / engine, engine), lambda step: None)
    return output


@pytest.mark.parametrize("slug", EVENTS)
def test_both_engines_publish_the_same_pages(both, slug):
    assert pages(both / "mkdocs" / slug) == pages(both / "zensical" / slug)


@pytest.mark.parametrize("slug", EVENTS)
def test_both_engines_publish_the_same_articles(both, slug):
    for page in pages(both / "mkdocs" / slug):
        assert article(both / "mkdocs" / slug / page) == article(both / "zensical" / slug / page)


@pytest.mark.parametrize("slug", EVENTS)
def test_both_engines_publish_the_same_program_for_the_hub(both, slug):
    program = f"{slug}/preliminary/ready.py"
    assert (both / "mkdocs" / program).read_bytes() == (both / "zensical" / program).read_bytes()


# An engine that does not know a setting says nothing, so what each setting does is looked up in
# what was built.


def head_and_body(both, engine, slug, page="index.html"):
    return (both / engine / slug / page).read_text("utf-8")


@pytest.mark.parametrize("engine", ENGINES)
def test_our_styles_and_our_mark_are_in_place(both, engine):
    html = head_and_body(both, engine, "ohw26")
    assert re.search(r'<link rel="stylesheet" href="[^"]*assets/lessons\.css', html)
    assert re.search(r'<link rel="icon" href="[^"]*assets/favicon\.svg', html)
    assert (both / engine / "ohw26/assets/lessons.css").is_file()


@pytest.mark.parametrize("engine", ENGINES)
def test_the_site_bears_the_events_name_and_address(both, engine):
    html = head_and_body(both, engine, "ohw26", "help/index.html")
    assert "<title>Help - OceanHackWeek 2026</title>" in html
    assert 'rel="canonical" href="http://localhost:8000/ohw26/help/"' in html


@pytest.mark.parametrize("engine", ENGINES)
def test_both_themes_can_be_chosen(both, engine):
    html = head_and_body(both, engine, "ohw26")
    assert re.findall(r'data-md-color-scheme="(\w+)"[^>]*aria-label', html) == ["default", "slate"]


@pytest.mark.parametrize("engine", ENGINES)
def test_no_font_comes_from_another_host(both, engine):
    assert "fonts.g" not in head_and_body(both, engine, "ohw26")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("slug", "over"), [("ohw26", True), ("example-2027", False)])
def test_only_an_event_that_is_over_says_so(both, engine, slug, over):
    html = head_and_body(both, engine, slug, "preliminary/git/index.html")
    assert ("is over.</strong>" in html) is over
    assert ('class="md-banner"' in html) is over


@pytest.mark.parametrize("engine", ENGINES)
def test_an_event_without_earthdata_has_no_trace_of_its_lesson(both, engine):
    site = both / engine / "ohw26"
    index = next(p for p in (site / "search/search_index.json", site / "search.json") if p.exists())
    assert not (site / "preliminary/earthdata").exists()
    for path in [index, site / "sitemap.xml", *site.rglob("*.html")]:
        assert "preliminary/earthdata" not in path.read_text("utf-8")
        assert "../earthdata/" not in path.read_text("utf-8")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_glossary_word_is_explained_where_a_lesson_first_uses_it(both, engine):
    html = head_and_body(both, engine, "ohw26", "preliminary/github/index.html")
    assert html.count('<abbr title="A folder whose whole history git keeps.">') == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_a_picture_has_a_size_and_a_caption_and_can_be_opened(both, engine):
    html = head_and_body(both, engine, "ohw26", "preliminary/jupyterhub/index.html")
    figures = re.findall(r'<figure class="picture">.*?</figure>', html, re.DOTALL)
    [figure] = [each for each in figures if 'href="../../img/hub-connectivity.svg"' in each]
    assert re.search(r'width="760"[^>]*', figure)
    assert 'height="460"' in figure
    assert 'loading="lazy"' in figure
    assert "<figcaption>How your laptop reaches your server on the hub</figcaption>" in figure


# Literal text in every place where a lesson can have it. In running text Markdown has its own
# meaning for the beginning of a line, backslashes and underscores, so these are left out there.
PROSE = [text for text in LITERAL if not re.search(r"\\|_|\n|\ufdd0|{#|^>>>|<%= ", text)]
PLACES = """\
# Snippets

{prose}

!!! note "In a box"

    {indented}

=== "In a tab"

    {indented}

=== "In another"

    Nothing.

{inline}

{fences}
"""
HEADER = """\
---
title: Snippets
description: Text of git and the shell that must come out as it was written.
minutes: 1
questions: [What?]
objectives: [This.]
keypoints: [That.]
---

"""


def random_shell_lines(count):
    """Lines of marks and words in which nothing is meant as a template."""
    chosen = random.Random(27)
    alphabet = ["<<", ">>", "<", ">", "$", "{", "}", "%", "#", "EOF", "'", '"', "a", " ", "|", "&"]
    lines = [
        "".join(chosen.choices(alphabet, k=chosen.randint(3, 16))).strip() for _ in range(count)
    ]
    return [re.sub(r"<<(?= )|<%|\{\{", "<-", line) + ";" for line in lines]


@pytest.fixture(scope="module")
def snippets(tmp_path_factory):
    root = copy_repository(tmp_path_factory.mktemp("snippets") / "repository")
    fenced = [*LITERAL, *random_shell_lines(200)]
    fences = [f"```bash\n# {n} begins\n{text}\n# {n} ends\n```\n" for n, text in enumerate(fenced)]
    prose = [f"Begin {n}: {text} :end." for n, text in enumerate(PROSE)]
    inline = [f"Code {n}: `` {text} `` :end." for n, text in enumerate(PROSE)]
    body = PLACES.format(
        prose="\n\n".join(prose),
        indented="\n\n    ".join(prose),
        inline="\n\n".join(inline),
        fences="\n".join(fences),
    )
    (root / "docs" / "workflows" / "snippets.md").write_text(HEADER + body, "utf-8")
    nav = "      - workflows/project.md\n"
    replace_in(root / "mkdocs.yml", nav, nav + nav.replace("project", "snippets"))
    return root, fenced


@pytest.mark.parametrize("engine", ENGINES)
def test_git_and_shell_text_comes_out_unchanged(snippets, engine, tmp_path):
    root, fenced = snippets
    build(Request(root, ["example-2027"], tmp_path, engine), lambda step: None)
    page = LexborHTMLParser(
        (tmp_path / "example-2027/workflows/snippets/index.html").read_text("utf-8")
    )
    text = page.css_first("article").text()
    for n, written in enumerate(fenced):
        assert f"# {n} begins\n{written}\n# {n} ends\n" in text
    for n, written in enumerate(PROSE):
        assert text.count(f"Begin {n}: {written} :end.") == 3
        assert f"Code {n}: {written} :end." in text


PLUGINS = {
    "as a mapping": """
plugins:
  search:
  macros:
    module_name: macros
""",
    "by name, and with a variable": """
plugins:
  - search:
      separator: !ENV [NO_SUCH_VARIABLE, "-"]
  - macros
""",
    "without macros": """
plugins:
  - search
""",
}


@pytest.mark.parametrize("plugins", PLUGINS)
def test_plugins_can_be_set_in_any_way_and_hooks_hear_of_the_event(tmp_path, plugins):
    root = copy_repository(tmp_path / "repository")
    keep_pages(root, "index.md", "glossary.md")
    settings = root / "mkdocs.yml"
    text = re.sub(r"\nplugins:\n(?:[ #].*\n)+", PLUGINS[plugins], settings.read_text("utf-8"))
    settings.write_text(f"{text}\nhooks: [hook.py]\n", "utf-8")
    (root / "hook.py").write_text(
        "import os\n"
        "def on_page_markdown(markdown, **_):\n"
        "    return f'{markdown}\\n\\nThis is {os.environ[\"EVENT\"]}.'\n"
    )
    build(Request(root, ["ohw26"], root / "site", "mkdocs"), lambda step: None)
    page = (root / "site/ohw26/index.html").read_text("utf-8")
    assert "OceanHackWeek" in page
    assert "<p>This is ohw26.</p>" in page
    assert (root / "site/ohw26/search/search_index.json").is_file()


def test_plain_mkdocs_builds_the_event_that_EVENT_names(both, tmp_path):  # noqa: N802
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--site-dir",
        tmp_path / "icesat2-2024",
    ]
    environment = {**os.environ, "EVENT": "icesat2-2024"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    plain, ours = tmp_path / "icesat2-2024", both / "mkdocs/icesat2-2024"
    assert (plain / "preliminary/ready.py").is_file()
    assert "CryoCloud" in (plain / "preliminary/jupyterhub/index.html").read_text()
    for page in pages(plain):
        assert article(plain / page) == article(ours / page)


def test_plain_mkdocs_builds_into_the_folder_of_the_event(tmp_path):
    copy_repository(tmp_path / "repository")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=tmp_path / "repository",
        env={**os.environ, "EVENT": "ohw26"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "repository/site").iterdir()] == ["ohw26"]


def test_plain_mkdocs_says_what_is_wrong_and_where(tmp_path):
    copy_repository(tmp_path / "repository")
    lesson = tmp_path / "repository/docs/help.md"
    append(lesson, "\n<< nobody >>\n")
    line = lesson.read_text("utf-8").count("\n")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=tmp_path / "repository",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    message = (
        f'docs/help.md:{line}:4: undefined-variable: "nobody" is not in events/example-2027.yml'
    )
    assert message in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
