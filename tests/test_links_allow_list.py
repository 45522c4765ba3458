"""The list of links that somebody has allowed, as it is read."""

import pytest

from hackweek.diagnostics import report
from hackweek.links.outside.allow_list import load_allow_list, parse_allow_list

WRONG = """\
allow: []
allowed:
  - https://example.org/
  - url: example.org
    reason: ""
    until: soon
  - url: https://example.org/*/x
    because: it is slow
    until: 2027-13-01
  - url: [https://example.org/]
    reason: 7
    until:
  - url: https://example.org/good
    reason: it is good
    until: 2027-01-31
"""

WRONG_REPORT = """\
links-allowed.yml:1:1: unknown-key: "allow" is not a key of links-allowed.yml
  help: did you mean "allowed"?
links-allowed.yml:3:5: invalid-value: an entry has url, reason and until: "https://example.org/"
  help: write "url:" before it, and "reason:" and "until:" below
links-allowed.yml:4:10: invalid-value: url is not an address on the web: "example.org"
  help: begin it with https://
links-allowed.yml:5:13: invalid-value: reason is no text: ""
  help: say why the link may fail
links-allowed.yml:6:12: invalid-value: until is not a date: "soon"
  help: write it as year-month-day: 2027-06-14
links-allowed.yml:7:5: missing-key: "reason" is missing
  help: add: reason: …
links-allowed.yml:7:10: invalid-value: url has a "*" that is not at its end: "https://example.org/*/x"
  help: keep the one at the end, or none
links-allowed.yml:8:5: unknown-key: "because" is not a key of an allowed link
links-allowed.yml:9:12: invalid-value: until is not a date: "2027-13-01"
  help: write it as year-month-day: 2027-06-14
links-allowed.yml:10:10: invalid-value: url is not an address on the web: a list
  help: begin it with https://
links-allowed.yml:11:13: invalid-value: reason is no text: "7"
  help: say why the link may fail
links-allowed.yml:12:11: invalid-value: until is not a date: ""
  help: write it as year-month-day: 2027-06-14
12 problems in 1 file"""


def test_every_mistake_in_the_list_is_reported_at_its_place():
    allowed = parse_allow_list(WRONG)
    assert [each.url for each in allowed.entries] == ["https://example.org/good"]
    assert report(allowed.problems) == WRONG_REPORT


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "allowed: []\n", "allowed:\n"])
def test_a_list_without_entries_allows_nothing(text):
    allowed = parse_allow_list(text)
    assert (allowed.entries, allowed.problems) == ((), ())


def test_a_repository_needs_no_list(tmp_path):
    assert load_allow_list(tmp_path).entries == ()


def test_a_list_that_is_not_utf_8_is_reported(tmp_path):
    (tmp_path / "links-allowed.yml").write_bytes(b"allowed:\n  - url: \xff\n")
    [problem] = load_allow_list(tmp_path).problems
    assert (
        str(problem).splitlines()[0] == "links-allowed.yml:2:10: not-utf-8: byte 0xff is not UTF-8"
    )
