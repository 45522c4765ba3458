"""A lesson is compiled once, and what is kept says what the lesson says."""

import pytest
from jinja2 import Environment

from hackweek.compiled import Compiled
from hackweek.render import Context, unmarked
from hackweek.template import EXPRESSION_MARKS


@pytest.fixture
def compiled(tmp_path, monkeypatch):
    """A new cache, and the sources that are compiled."""
    sources = []

    def compile_(self, source, *args, compile_=Environment.compile, **kwargs):
        sources.append(source)
        return compile_(self, source, *args, **kwargs)

    monkeypatch.setattr(Environment, "compile", compile_)
    return Compiled(tmp_path, "lessons"), sources


def environment(**filters):
    return Context({}, {}, "", filters).environment


def printed(cache, source, **filters):
    """What a source says that names no value of an event."""
    source = source.replace("<<", EXPRESSION_MARKS[0]).replace(">>", EXPRESSION_MARKS[1])
    return unmarked(cache.template(environment(**filters), "lesson.md", source).render())


def test_a_lesson_is_compiled_once(compiled):
    cache, sources = compiled
    assert [printed(cache, "A << 1 + 1 >>"), printed(cache, "A << 1 + 1 >>")] == ["A 2", "A 2"]
    assert len(sources) == 1


def test_an_edited_lesson_takes_the_place_of_the_one_before(compiled, tmp_path):
    cache, _ = compiled
    assert [printed(cache, text) for text in ("One", "Two", "One")] == ["One", "Two", "One"]
    assert len(list((tmp_path / ".cache/compiled/lessons").iterdir())) == 1


def test_what_a_filter_says_is_not_kept(compiled):
    cache, _ = compiled
    source = "<< 'a' | spelled >> << range(2) | map('spelled') | join >>"
    assert printed(cache, source, spelled=lambda each: f"{each}!") == "a! 0!1!"
    assert printed(cache, source, spelled=lambda each: f"{each}?") == "a? 0?1?"


def test_a_newer_jinja_compiles_again(compiled, monkeypatch):
    cache, sources = compiled
    printed(cache, "A")
    monkeypatch.setattr("jinja2.__version__", "99")
    printed(cache, "A")
    assert len(sources) == 2


def test_what_cannot_be_kept_is_compiled_each_time(tmp_path):
    (tmp_path / ".cache").write_text("a file where the folder would be")
    cache = Compiled(tmp_path, "lessons")
    assert [printed(cache, "A"), printed(cache, "A")] == ["A", "A"]
