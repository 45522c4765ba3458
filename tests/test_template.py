"""What in a lesson is a template, what is text, and what is wrong with it."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hackweek.diagnostics import Problems, report
from hackweek.lesson import Lesson
from hackweek.render import Context
from hackweek.template_faults import render

CASES = Path(__file__).parent / "cases" / "template"

LITERAL = [
    "cat <<EOF",
    "cat <<EOF >> ~/.bashrc",
    "cat << EOF >> ~/.bashrc",
    "cat <<'EOF' >> ~/.bashrc",
    "cat << 'EOF' >> ~/.bashrc",
    'cat <<"EOF" > notes.txt',
    'cat << "EOF" | sort >> notes.txt',
    "cat <<-EOF",
    "cat <<- EOF >> notes.txt",
    "cat <<\\EOF >> notes.txt",
    "cat <<~EOF >> notes.txt",
    "cat << end > a; cat b >> c",
    'grep x <<< "$line" >> found.txt',
    "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main",
    "cout << x",
    'std::cout << "a" << endl; std::cin >> b;',
    "1 << 3",
    "1 << 3 >> 2",
    "if (x << 2 >= y >> 1)",
    "(1 << n) | (m >> 2)",
    "echo $((1 << 2)) >> f",
    "${#a[@]}",
    "${{ secrets.X }}",
    "${{ github.ref }}",
    ">>> print()",
    "{{ jinja }}",
    "{% raw %}{# comment #}{% endraw %}",
    "<%= erb %>",
    "<<EOF>>",
    "<< >>",
    "<<",
    "\\<<EOF",
    "\ufdd0 one \ufdd1 two \ufdd2 three \ufdd3 four \ufdd4 five \ufdd5",
]


def greet(name, punctuation="!"):
    return f"Hello {name}{punctuation}"


CONTEXT = Context(
    variables={
        "jupyterhub_url": "https://hub.example.org",
        "hub_name": "Example Hub",
        "hub_image": {"title": "Hackweek image"},
        "earthdata_required": True,
        "slack_url": None,
        "days": 5,
        "tutorials": [{"title": "One"}, {"title": "Two"}],
    },
    macros={"greet": greet, "contact": lambda: "the organizers"},
    origin="events/example-2027.yml",
)


def rendered(text):
    return render(Lesson("docs/lesson.md", "lesson.md", text), CONTEXT)


def problems(text):
    with pytest.raises(Problems) as raised:
        rendered(text)
    return report(raised.value.diagnostics)


@pytest.mark.parametrize("text", LITERAL)
def test_text_of_git_and_the_shell_comes_out_as_it_was_written(text):
    assert rendered(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Open << jupyterhub_url >>.", "Open https://hub.example.org."),
        ("<<  hub_name\t>>", "Example Hub"),
        ("<< hub_image.title >>", "Hackweek image"),
        ("<< hub_name | upper >>", "EXAMPLE HUB"),
        ('<< greet("you") >>', "Hello you!"),
        ('<< greet("you", punctuation=" >> ") >>', "Hello you >> "),
        ("<< days + 1 >>", "6"),
        ("a << hub_name >> b << days >> c", "a Example Hub b 5 c"),
        ("cat <<EOF >> << hub_name >>", "cat <<EOF >> Example Hub"),
        ("\\<< hub_name >>", "<< hub_name >>"),
        ("\\<% if x %>", "<% if x %>"),
        ("\\{{ hub_name }}", "{{ hub_name }}"),
        ("<% if slack_url %>a<% else %>b<% endif %>", "b"),
        ("one\n<% if earthdata_required %>\ntwo\n<% endif %>\nthree", "one\ntwo\nthree"),
        ("one\n  <% if slack_url %>\n  two\n  <% endif %>\nthree\n", "one\nthree\n"),
        ("<% for t in tutorials %>\n- << t.title >>\n<% endfor %>\nend", "- One\n- Two\nend"),
        ("text <% if slack_url %>x<% endif %>\nnext", "text \nnext"),
        ("<% set n = days * 2 %>\n<< n >>", "10"),
    ],
)
def test_a_template_is_filled_in(text, expected):
    assert rendered(text) == expected


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_faults_are_reported_at_their_places(case):
    assert problems(case.read_text()) + "\n" == case.with_suffix(".txt").read_text()


SHELL = st.text(alphabet="<>{}%$#\\|&;'\" \n-~=EOFabc_1()[]@", max_size=60)
ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r"))


@example(text="".join(map(chr, range(0xFDD0, 0xFDF0))))  # of no meaning: free for marks
@given(text=SHELL | ANY)
@settings(max_examples=1000)
def test_text_without_marks_is_never_changed(text):
    text = re.sub(r"<<(?=[ \t])|<%|{{", "< <", text)
    text = re.sub(r"<<(?=\w)", "<<-", text)
    assert rendered(text) == text


@example(text="---\n---", name="hub_name")
@given(text=ANY, name=st.sampled_from(["hub_name", "jupyterhub_url"]))
@settings(max_examples=300)
def test_text_around_an_expression_is_never_changed(text, name):
    text = re.sub(r"[<{\\]", "", text)
    before = f"What follows is no front matter.\n{text}"
    expected = f"{before} {CONTEXT.variables[name]} {text}"
    assert rendered(f"{before} << {name} >> {text}") == expected


@given(text=SHELL)
@settings(max_examples=1000)
def test_whatever_is_written_is_rendered_or_reported_within_the_file(text):
    try:
        rendered(text)
    except Problems as found:
        lines = text.split("\n")
        for each in found.diagnostics:
            assert 1 <= each.line <= len(lines)
            assert 1 <= each.column <= len(lines[each.line - 1]) + 1
