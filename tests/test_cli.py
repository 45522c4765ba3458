"""Commands as a person or a machine gives them: what they print and how they end."""

import os
import re
import subprocess
import sys

import pytest

from repository import ROOT, append, copy_repository, replace_in


def run(*arguments, cwd, **environment):
    return subprocess.run(
        [sys.executable, "-m", "hackweek", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(cwd), **environment},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def repository(tmp_path):
    return copy_repository(tmp_path / "repository")


def test_the_repository_itself_is_clean():
    done = run("check", cwd=ROOT)
    assert re.fullmatch(r"no problems \(\d+ files checked\)\n", done.stdout)
    assert done.returncode == 0


def test_check_reports_a_fault_in_a_lesson_once_for_all_events(repository):
    lesson = repository / "docs/help.md"
    append(lesson, "\n<< jupyterhub_ulr >>\n")
    line = lesson.read_text().count("\n")
    done = run("check", cwd=repository)
    assert done.stdout == (
        f'docs/help.md:{line}:4: undefined-variable: "jupyterhub_ulr" is not in'
        " events/example-2027.yml\n"
        '  help: did you mean "jupyterhub_url"?\n'
        "1 problem in 1 file (17 checked)\n"
    )
    assert done.returncode == 1


def test_check_names_an_event_that_is_not_there(repository):
    done = run("check", "ohw-26", cwd=repository)
    assert done.stdout == (
        'events/ohw-26.yml:1:1: no-such-event: there is no event "ohw-26"\n'
        '  help: did you mean "ohw26"? the events are: example-2027, icesat2-2020,'
        " icesat2-2024, ohw26\n"
        "1 problem in 1 file (14 checked)\n"
    )
    assert done.returncode == 1


def test_check_finds_a_schema_that_is_not_current_and_schema_writes_it(repository):
    replace_in(repository / "events/event.schema.json", '"title": "Event"', '"title": "E"')
    done = run("check", cwd=repository)
    assert "events/event.schema.json:1:1: stale-schema" in done.stdout
    assert done.returncode == 1
    assert run("schema", cwd=repository).stdout == (
        "wrote events/event.schema.json\nwrote journeys/journey.schema.json\n"
    )
    assert run("check", cwd=repository).returncode == 0


def test_build_says_where_the_site_is_and_how_to_look_at_it(repository):
    done = run("build", cwd=repository)
    assert re.fullmatch(
        r"building example-2027 …\n"
        r"built 1 event in \d+\.\d s: site/\n"
        r"to look at it, run: python -m http\.server --directory site\n"
        r"and open http://localhost:8000/\n",
        done.stdout,
    )
    assert done.stderr == ""
    assert done.returncode == 0


def test_build_takes_the_event_from_the_environment(repository):
    assert run("build", cwd=repository, EVENT="ohw26").returncode == 0
    assert [path.name for path in (repository / "site").glob("*/")] == ["ohw26"]


def test_without_the_example_the_last_event_is_the_one_that_is_meant(repository):
    (repository / "events/example-2027.yml").unlink()
    assert run("build", cwd=repository).returncode == 0
    assert [path.name for path in (repository / "site").glob("*/")] == ["ohw26"]


def test_build_ends_with_1_and_writes_nothing_when_a_lesson_is_wrong(repository):
    append(repository / "docs/help.md", "\n<< nobody >>\n")
    done = run("build", cwd=repository)
    assert done.returncode == 1
    assert done.stdout.endswith("1 problem in 1 file\n")
    assert not (repository / "site").exists()


def test_build_refuses_a_folder_that_is_not_its_own(repository):
    (repository / "thesis/ohw26").mkdir(parents=True)
    (repository / "thesis/ohw26/chapter.txt").write_text("years of work")
    done = run("build", "ohw26", "--output", "thesis", cwd=repository)
    assert "thesis/ohw26 holds files that no build made; nothing was written" in done.stderr
    assert done.returncode == 2


def test_an_output_that_cannot_be_written_is_told_without_a_traceback(repository):
    (repository / "taken").write_text("a file, not a folder")
    done = run("build", "--output", "taken/site", cwd=repository)
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("hackweek: ")
    assert done.returncode == 2


def test_commands_say_where_they_must_be_run(tmp_path):
    done = run("check", cwd=tmp_path, PYTHONPATH=str(ROOT))
    assert done.stderr == "hackweek: run this in the repository's root, where events/ is\n"
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "lessons.example.org"),
        ("SITE_URL", "https://"),
        ("SITE_URL", "https://lessons.example.org/?page=1"),
        ("SITE_URL", "https://lessons.example.org/#top"),
        ("REPO_URL", "owner/lessons"),
        ("REPO_URL", "https://github.com/owner"),
        ("REPO_URL", "https://github.com/owner/lessons/tree/main"),
    ],
)
def test_an_address_that_nothing_can_be_built_with_is_told_with_what_to_write(name, value):
    done = run("check", cwd=ROOT, **{name: value})
    meaning = {
        "SITE_URL": "the address at which all events are published, such as"
        " https://owner.github.io/lessons/",
        "REPO_URL": "the lessons' repository, such as https://github.com/owner/lessons",
    }[name]
    expected = f'hackweek: {name} is "{value}"\n  help: write {meaning}, or leave it out\n'
    assert (done.returncode, done.stdout, done.stderr) == (2, "", expected)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", ""),
        ("SITE_URL", "http://[::1]:8000/a/b"),
        ("REPO_URL", "https://github.com/owner/lessons.2027/"),
        ("REPO_URL", "https://git.example.org/group/owner/lessons"),
    ],
)
def test_other_addresses_are_taken(repository, name, value):
    done = run("diff", "ohw26", "ohw26", cwd=repository, **{name: value})
    assert (done.returncode, done.stderr) == (0, "")


def test_what_the_engine_says_of_mkdocs_yml_is_told(repository):
    replace_in(repository / "mkdocs.yml", "repo_url: !ENV REPO_URL", "repo_url: owner/lessons")
    done = run("build", "ohw26", cwd=repository)
    assert done.stderr.startswith(
        "hackweek: the engine failed:\nConfig value 'repo_url': The URL isn't valid"
    )
    assert done.returncode == 2


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_mistake_in_a_macros_python_is_told_at_its_line(repository, command):
    replace_in(repository / "macros/lessons.py", "    return _box(", "    retrun _box(")
    done = run(command, "ohw26", cwd=repository)
    line = (repository / "macros/lessons.py").read_text("utf-8").partition("retrun")[0].count("\n")
    assert re.sub(r'"retrun .*"', '"…"', done.stdout) == (
        f'macros/lessons.py:{line + 1}:12: code-error: "…": invalid syntax\n1 problem in 1 file\n'
    )
    assert (done.returncode, done.stderr) == (1, "")


def test_a_mistake_in_a_template_is_told_at_its_line(repository):
    replace_in(
        repository / "overrides/main.html", "{% block footer %}", "{% block footer %}{% if %}"
    )
    text = (repository / "overrides/main.html").read_text("utf-8")
    line = text.partition("{% if %}")[0].count("\n") + 1
    done = run("build", "ohw26", cwd=repository)
    assert done.stdout.splitlines()[1:] == [
        f'overrides/main.html:{line}:1: code-error: "{{% block footer %}}{{% if %}}":'
        ' expected an expression, got "end of statement block"',
        "1 problem in 1 file",
    ]
    assert (done.returncode, done.stderr) == (1, "")
    assert not (repository / "site").exists()
