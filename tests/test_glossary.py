"""The glossary's words are shown where a page first uses them, and nothing else changes."""

import os
import re
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackweek.glossary import UNMARKED_BOX, WordMarker, definitions

UNHURRIED = settings(derandomize="CI" in os.environ, database=None)
TERMS = {
    "clone": "A copy.",
    "pull": "To fetch.",
    "pull request": "A proposal.",
    "GitHub": "A site.",
}


def marked(html: str, terms: dict[str, str] = TERMS) -> str:
    """An element after marking, as HTML in which `[…]` stands for `<abbr title=…>…</abbr>`."""
    element = fromstring(html)
    WordMarker(terms).mark(element)
    made = tostring(element, encoding="unicode", short_empty_elements=False)
    return re.sub(r'<abbr title="[^"]*">(.*?)</abbr>', r"[\1]", made)


# Definitions


def test_each_term_has_its_definition():
    glossary = "# Glossary\n\nfork\n:   A copy on GitHub.\n\npull request\n:   A proposal.\n"

    assert definitions(glossary) == {"fork": "A copy on GitHub.", "pull request": "A proposal."}


def test_a_definition_goes_on_in_indented_lines():
    glossary = "fork\n:   A copy\n    on   GitHub\n    of yours.\n\nNot this.\n"

    assert definitions(glossary) == {"fork": "A copy on GitHub of yours."}


def test_a_definition_ends_with_its_paragraph():
    glossary = "fork\n:   A copy.\nclone\n:   Another.\n"

    assert definitions(glossary) == {"fork": "A copy.", "clone": "Another."}


@pytest.mark.parametrize(
    "text", ["", "fork\n: too near\n", "fork\n\nA copy.\n", "  fork\n:   indented\n", "a: b\n"]
)
def test_what_is_no_definition_list_defines_nothing(text):
    assert definitions(text) == {}


def test_the_committed_glossary_is_read_whole(root):
    glossary = (root / "docs" / "glossary.md").read_text("utf-8")

    found = definitions(glossary)

    assert len(found) == len(re.findall(r"^:", glossary, re.MULTILINE))


def test_a_committed_definition_is_one_line_of_text(root):
    found = definitions((root / "docs" / "glossary.md").read_text("utf-8"))

    assert [term for term, text in found.items() if not text.endswith(".") or "\n" in text] == []


# Words


def test_a_word_shows_its_definition():
    element = fromstring("<p>To clone is easy.</p>")

    WordMarker(TERMS).mark(element)

    assert tostring(element, encoding="unicode") == (
        '<p>To <abbr title="A copy.">clone</abbr> is easy.</p>'
    )


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Clone, then clone.</p>", "<p>[Clone], then clone.</p>"),
        ("<p>Two clones.</p>", "<p>Two [clones].</p>"),
        ("<p>CLONES and a clone.</p>", "<p>[CLONES] and a clone.</p>"),
        ("<p>On github.</p>", "<p>On [github].</p>"),
        ("<p>Cloned, cyclone, clone_x.</p>", "<p>Cloned, cyclone, clone_x.</p>"),
        ("<p>A pull request.</p>", "<p>A [pull request].</p>"),
        ("<p>Pull requests, then pull.</p>", "<p>[Pull requests], then [pull].</p>"),
        (
            "<p>A pull request and a pull request.</p>",
            "<p>A [pull request] and a pull request.</p>",
        ),
        ("<p>pull, clone, GitHub</p>", "<p>[pull], [clone], [GitHub]</p>"),
        ("<p>(clone)</p>", "<p>([clone])</p>"),
        ("<p>No such word.</p>", "<p>No such word.</p>"),
        ("<p></p>", "<p></p>"),
    ],
)
def test_the_first_use_of_a_word_is_marked(html, shown):
    assert marked(html) == shown


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p><em>x</em> clone</p>", "<p><em>x</em> [clone]</p>"),
        ("<p><em>clone</em> clone</p>", "<p><em>[clone]</em> clone</p>"),
        ("<p>clone <em>clone</em></p>", "<p>[clone] <em>clone</em></p>"),
        (
            "<p>pull <em>clone <b>GitHub</b> clone</em> pull request, clone</p>",
            "<p>[pull] <em>[clone] <b>[GitHub]</b> clone</em> [pull request], clone</p>",
        ),
        (
            "<p>pull <i>x</i> clone and GitHub <i>y</i> a pull request</p>",
            "<p>[pull] <i>x</i> [clone] and [GitHub] <i>y</i> a [pull request]</p>",
        ),
        (
            "<div><p>x</p><p>clone</p><p>clone</p></div>",
            "<div><p>x</p><p>[clone]</p><p>clone</p></div>",
        ),
        (
            "<ul><li>clone<ul><li>clone</li></ul></li></ul>",
            "<ul><li>[clone]<ul><li>clone</li></ul></li></ul>",
        ),
    ],
)
def test_elements_are_marked_in_reading_order(html, shown):
    assert marked(html) == shown


@pytest.mark.parametrize(
    "tag",
    "h1 h2 h3 h4 h5 h6 a abbr button code figcaption kbd pre th".split(),
)
def test_a_word_is_left_alone_in(tag):
    assert marked(f"<div><{tag}>clone <i>clone</i></{tag}>clone</div>") == (
        f"<div><{tag}>clone <i>clone</i></{tag}>[clone]</div>"
    )


def test_the_boxes_that_frame_a_lesson_are_left_alone():
    html = f'<div><div class="admonition {UNMARKED_BOX}"><p>clone</p></div><p>clone</p></div>'

    assert marked(html) == html.replace(
        "<p>clone</p></div><p>clone", "<p>clone</p></div><p>[clone]"
    )


def test_other_boxes_are_marked():
    html = '<div class="admonition note"><p>clone</p></div>'

    assert marked(html) == html.replace("clone", "[clone]")


@pytest.mark.parametrize("term", ["C++", "a.b", "two-factor authentication"])
def test_a_term_is_no_pattern(term):
    assert marked(f"<p>axb {term} here</p>", {term: "It."}) == f"<p>axb [{term}] here</p>"


def test_without_terms_nothing_is_marked():
    assert marked("<p>clone</p>", {}) == "<p>clone</p>"


def test_pages_do_not_share_what_is_marked():
    assert marked("<p>clone</p>") == marked("<p>clone</p>") == "<p>[clone]</p>"


WORDS = st.lists(
    st.sampled_from(
        ["clone", "Clones", "pull", "pull request", "GITHUB", "x", " ", ", ", "ſ", "İ"]
    ),
    max_size=6,
).map(" ".join)
TAGS = st.sampled_from("p em code a h2 div pre strong".split())


def element(tag: str, text: str, children: list[tuple[Element, str]]) -> Element:
    made = Element(tag)
    made.text = text or None
    for child, tail in children:
        child.tail = tail or None
        made.append(child)
    return made


TREES = st.recursive(
    st.builds(element, TAGS, WORDS, st.just([])),
    lambda inner: st.builds(element, TAGS, WORDS, st.lists(st.tuples(inner, WORDS), max_size=4)),
    max_leaves=12,
)


@UNHURRIED
@given(TREES)
def test_the_text_never_changes(tree):
    before = "".join(tree.itertext())

    WordMarker(TERMS).mark(tree)

    assert "".join(tree.itertext()) == before


@UNHURRIED
@given(TREES)
def test_no_term_is_marked_twice(tree):
    WordMarker(TERMS).mark(tree)

    titles = [each.get("title") for each in tree.iter("abbr")]
    assert len(titles) == len(set(titles))


@UNHURRIED
@given(TREES)
def test_taking_the_marks_away_gives_back_the_page(tree):
    before = tostring(tree, encoding="unicode")

    WordMarker(TERMS).mark(tree)

    after = re.sub(r"<abbr [^>]*>(.*?)</abbr>", r"\1", tostring(tree, encoding="unicode"))
    assert after == before
