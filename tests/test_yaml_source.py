"""A text is read the same by the fast parser and by the one that knows all of YAML 1.2."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hackweek import yaml_1_2
from hackweek.yaml_source import read_mapping
from repository import ROOT

FILES = sorted([*(ROOT / "events").glob("*.yml"), *Path(__file__).parent.rglob("cases/**/*.yml")])
SCALARS = [
    *("no yes on off y n true True FALSE null ~ 3.10 010 0o17 0x1F 1_000 1e3 .5 +1 1:30").split(),
    *(
        "12:30:45 2027-06-14 2027-06-14T09:00 '3.12' '#help' a#b a:b don't 'it''s' = << é 海"
    ).split(),
    *("a, b", "two words", '"a: b"', "x # a comment", "'#x' # why", "", "-", "- ", "a - b", "?"),
]
LINE = st.tuples(
    st.sampled_from(["", "  ", "- ", "  - "]),
    st.sampled_from(["a", "key", "a b", "'q'", "1", "no", "2027-06-14", "é"]),
    st.sampled_from([":", ": ", " : ", ":\n  ", ":\n- ", "\n", " "]),
    st.sampled_from(SCALARS),
)


def both(text, monkeypatch):
    """What each of the two parsers makes of a text."""
    fast = read_mapping("a.yml", text)
    with monkeypatch.context() as patched:
        patched.setattr(yaml_1_2, "_DIFFERENT", re.compile(""))
        return fast, read_mapping("a.yml", text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_read_the_same(path, monkeypatch):
    fast, slow = both(path.read_bytes().decode("utf-8-sig", "replace"), monkeypatch)
    assert fast == slow


@settings(max_examples=500, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=5))
def test_any_text_is_read_the_same(lines):
    text = "".join(f"{''.join(parts)}\n" for parts in lines)
    with pytest.MonkeyPatch.context() as monkeypatch:
        fast, slow = both(text, monkeypatch)
    assert fast == slow
