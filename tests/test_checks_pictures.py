"""Rules about pictures: tests/cases/pictures/ holds pages, and beside each what is reported."""

import time
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from ruamel.yaml import YAML

from hackweek.checks import picture_files, pictures
from hackweek.checks.page import Folder, Page
from hackweek.diagnostics import report
from hackweek.lesson import Lesson, read_lesson, read_lessons
from hackweek.picture_metadata import is_animated_gif, personal_data
from hackweek.picture_source import PictureSource

CASES = Path(__file__).parent / "cases" / "pictures"
RULES = (*pictures.RULES, *picture_files.RULES)
WORDS = (
    "![ ]( ) [ ] ( ) ! a.png <b.png> \" ' { } {.c} {width=3} = \\ ` | # > - << >> <% if %> {{ }}"
    " ![r] ![a][r] [r]: <img src= alt= > </ div> <div> https:// // data: C:\\ #only-dark"
)
BLANKS = ("\n", "\n\n", "    ", " ", "\t", "\0", "```\n", "<!--", "-->", "\n\n[r]: x.png\n\n")
MARKS = st.sampled_from([*WORDS.split(), *BLANKS, "\u00e9"])


def folder_of(case):
    if case.suffix == ".md":
        lesson = read_lesson(case.parent, case.name)
        page = Page(Lesson(f"docs/{case.name}", case.name, lesson.text))
        return Folder(docs=CASES / "no-files", pages=(page,), ours=False)
    config = case / "mkdocs.yml"
    return Folder(
        docs=case / "docs",
        pages=tuple(map(Page, read_lessons(case / "docs"))),
        ours=(case / "events").is_dir(),
        config=YAML(typ="safe").load(config) if config.exists() else {},
    )


def found_in(folder):
    found = [problem for page in folder.pages for problem in pictures.check(page, folder)]
    return [*found, *picture_files.check_folder(folder)]


def page_of(text):
    return Page(Lesson("docs/page.md", "page.md", text))


@pytest.mark.parametrize("golden", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_rule_reports_exactly(golden):
    case = golden.with_suffix("")
    found = found_in(folder_of(case if case.is_dir() else golden.with_suffix(".md")))
    assert (report(found) + "\n" if found else "") == golden.read_text("utf-8")


def test_every_case_has_its_report():
    cases = {path.stem for path in CASES.iterdir() if path.suffix in (".md", "")}
    assert cases == {path.stem for path in CASES.glob("*.txt")}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_a_case_that_fires_it_and_one_that_comes_close(rule):
    assert f": {rule.name}: " in (CASES / f"{rule.name}.txt").read_text("utf-8")
    assert (CASES / f"{rule.name}-not.txt").read_text("utf-8") == ""


def test_rules_have_different_names():
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_our_lessons_are_clean(root):
    folder = Folder(
        docs=root / "docs", pages=tuple(map(Page, read_lessons(root / "docs"))), ours=True
    )
    assert [str(problem) for problem in found_in(folder)] == []


class _Images(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = Counter()

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            values = dict(reversed(attributes))
            alt = " ".join((values["alt"] or "").split()) if "alt" in values else None
            self.found[(values.get("src") or "").strip(), alt] += 1


def rendered(text):
    """Address and text of each picture that Python-Markdown makes."""
    names = "admonition attr_list def_list md_in_html tables pymdownx.details pymdownx.superfences"
    markdown = Markdown(
        extensions=[*names.split(), "pymdownx.tabbed"],
        extension_configs={"pymdownx.tabbed": {"alternate_style": True}},
    )
    images = _Images()
    images.feed(markdown.convert(text))
    return images.found


def pictures_of(page):
    lesson = read_lesson(page.parent, page.name)
    return PictureSource(lesson.text, page_of(lesson.text).reading).pictures


def comes_out_as_written(page):
    """Whether no template comes before Python-Markdown."""
    return not any(use.templated or "<<" in (use.alt or "") for use in pictures_of(page))


@pytest.mark.parametrize(
    "page",
    sorted(filter(comes_out_as_written, CASES.rglob("*.md"))),
    ids=lambda path: str(path.relative_to(CASES)),
)
def test_the_source_shows_the_pictures_that_come_out(page):
    shown = Counter((use.src, use.alt) for use in pictures_of(page))
    assert shown == rendered(read_lesson(page.parent, page.name).body)


INLINE = st.sampled_from(
    [
        *("![", "](", "[", "]", "(", ")", "a.png", "b c.png", ' "t"', "'t'", " ", "alt", "!", "*"),
        *("\\[", "\\]", "![k](k.png)", "[![k](k.png)](l.html)", "{width=3}"),
        "<img src='y.png' alt='q'>",
    ]
)


@settings(derandomize=True)  # marks that no author writes are read otherwise in rare cases
@given(st.lists(INLINE, max_size=12).map("".join))
def test_a_paragraph_shows_the_pictures_that_come_out(text):
    text = f"A {text}"
    uses = PictureSource(text, page_of(text).reading).pictures
    assert Counter((use.src, use.alt) for use in uses) == rendered(text)


@given(st.one_of(st.text(), st.lists(MARKS, max_size=40).map("".join)))
@example("![a](" * 50)
@example("![a](http://[x)\n<img src='//[' alt=x>")
@example("![a](\0.png)")
def test_no_text_crashes_it_and_places_are_inside_the_file(text):
    page = page_of(text.replace("\r\n", "\n").replace("\r", "\n"))
    folder = Folder(docs=CASES / "unused-picture" / "docs", pages=(page,), ours=False)
    for problem in found_in(folder):
        if problem.path == "docs/page.md":
            lines = page.text.split("\n")
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@given(
    st.binary(),
    st.sampled_from(
        [
            b"\xff\xd8\xff\xe1\0\x40Exif\0\0II*\0\x08\0\0\0",
            b"\x89PNG\r\n\x1a\n\0\0\0\x40eXIf",
            b"RIFF\x80\0\0\0WEBPEXIF\x40\0\0\0MM\0*\0\0\0\x08",
            b"II*\0\x08\0\0\0\x02\0",
            b"GIF89a",
        ]
    ),
)
def test_no_damaged_file_crashes_it(data, start):
    assert personal_data(start + data) is not None
    assert is_animated_gif(start + data) in (True, False)


PIECES = (
    *("![a](", "![", "![a][", "[![a](b", "<img alt='", "<img ", "!(", "!a", "![a] (", "<div>"),
    *("![a](b.png) {", "{{", " ", "\t> ", ".png", "a", "![a](b.png)", "[!", "! [", "<script>"),
)


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_in_proportion_to_a_line(piece):
    page = page_of(piece * (100_000 // len(piece)))
    folder = Folder(docs=CASES / "unused-picture" / "docs", pages=(page,), ours=False)
    assert page.reading.prose
    start = time.process_time()
    found_in(folder)
    assert time.process_time() - start < 10
