"""Every lesson's commands run for every event, and what is said when one of them breaks."""

import pytest

from command_lessons import site_of, told
from hackweek.checks import run_instructions
from hackweek.checks.page import Folder, Page
from hackweek.commands.instructions import unpublished
from hackweek.commands.report import Fate
from hackweek.commands.rules import RULES, TOLD
from hackweek.commands.run import run_commands
from hackweek.commands.source_lines import rendered_lesson
from hackweek.diagnostics import report
from hackweek.events import event_slugs, load_event
from hackweek.lesson import Lesson
from hackweek.links.sources.traced_lesson import LessonTracer
from hackweek.site import Site
from repository import ROOT

CASES = sorted((ROOT / "tests/cases/commands").glob("*.md"))
EVENTS = event_slugs(ROOT)
GIT = "preliminary/git.md"
PYTHON = "preliminary/python.md"
PROJECT = "workflows/project.md"


@pytest.fixture(scope="module", name="report")
def report_of_all():
    return run_commands([Site(ROOT, load_event(ROOT, slug)) for slug in EVENTS])


def fates(report, page):
    return [fate for (path, _), fate in report.fates.items() if path == f"docs/{page}"]


def test_every_command_of_every_lesson_does_what_the_lesson_says(report):
    assert [str(finding) for finding in report.findings] == []
    assert Fate.NOT_REACHED not in report.fates.values()


@pytest.mark.parametrize(
    "page", [GIT, PROJECT, "workflows/tutorial.md", "preliminary/jupyterhub.md"]
)
def test_no_block_about_git_is_excused(report, page):
    assert set(fates(report, page)) == {Fate.RUN, Fate.MATCHED}


def test_the_light_way_to_python_is_run_to_its_end(report):
    lines = (ROOT / "docs" / PYTHON).read_text("utf-8").split("\n")
    begin = next(n for n, line in enumerate(lines) if line.startswith("## The light way"))
    run = [
        fate
        for (path, line), fate in report.fates.items()
        if path == f"docs/{PYTHON}" and line > begin and "powershell" not in lines[line - 1]
    ]
    assert len(run) == 7
    assert set(run) == {Fate.RUN, Fate.MATCHED}


def test_whatever_is_not_run_has_a_reason(report):
    assert all(block.needs and block.reason for block in report.excused.values())
    needs = {block.needs for block in report.excused.values()}
    assert needs == {"conda", "network", "person", "site", "windows"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case_is_reported_word_for_word(case, tmp_path):
    site = site_of(tmp_path / "site", case.read_text("utf-8"))
    assert told(site) == case.with_suffix(".txt").read_text("utf-8")


def test_every_rule_has_a_case_that_fires_it_and_one_that_comes_close():
    names = {rule.name for rule in RULES}
    assert {case.stem.removesuffix("-not") for case in CASES} == names
    for name in names:
        told_of = (ROOT / f"tests/cases/commands/{name}.txt").read_text("utf-8")
        assert f": {name}: " in told_of
        assert "problem" not in (ROOT / f"tests/cases/commands/{name}-not.txt").read_text("utf-8")


@pytest.mark.parametrize("name", [rule.name for rule in TOLD])
def test_check_says_the_same_of_how_it_is_told_without_running_anything(name):
    case = ROOT / f"tests/cases/commands/{name}.md"
    page = Page(Lesson("docs/lesson.md", "lesson.md", case.read_text("utf-8")))
    ours, theirs = (Folder(docs=case, pages=(page,), ours=ours) for ours in (True, False))

    *found, summary = report(sorted(run_instructions.check(page, ours))).splitlines(keepends=True)

    assert case.with_suffix(".txt").read_text("utf-8").startswith("".join([*found, summary]))
    assert len(found) > 1
    assert list(run_instructions.check(page, theirs)) == []


def test_check_looks_through_a_condition_between_an_instruction_and_its_block():
    text = """\
<!-- hackweek-run exit 1: it is not there -->
<% if archived %>
```console
<% if earthdata_required %>
$ cat notes.txt
<% endif %>
```
<% endif %>
"""
    page = Page(Lesson("docs/lesson.md", "lesson.md", text))
    folder = Folder(docs=ROOT, pages=(page,), ours=True)
    assert list(run_instructions.check(page, folder)) == []


BROKEN = {
    "wrong flag": (
        GIT,
        "git clone https://github.com/your-github-name/<< practice_repo_name >> git-practice",
        "git clone --quite https://github.com/your-github-name/practice git-practice",
        'failed-command: "git clone --quite https://github.com/your-github-name/practice'
        ' git-practice" ended with status 129, not 0: "error: unknown option `quite\'"',
    ),
    "renamed branch": (
        PROJECT,
        "git merge main --no-edit\n    ```\n\n    You should see a list",
        "git merge master --no-edit\n    ```\n\n    You should see a list",
        'failed-command: "git merge master --no-edit" ended with status 1, not 0:'
        ' "merge: master - not something we can merge"',
    ),
    "another output": (
        GIT,
        "    nothing added to commit but untracked files present",
        "    nothing added, but untracked files present",
        'different-output: "git status" printed "nothing added to commit but untracked files'
        ' present (use "git add" to track)", not "nothing added, but untracked files present'
        ' (use "git add" to track)"',
    ),
    "another name of a file": (
        GIT,
        "    cat measurement.txt\n",
        "    cat measurements.txt\n",
        'failed-command: "cat measurements.txt" ended with status 1, not 0:'
        ' "cat: measurements.txt: No such file or directory"',
    ),
    "misspelt instruction": (
        GIT,
        "<!-- hackweek-run exit 1: both have changed the same line -->",
        "<!-- hackweek-run exist 1: both have changed the same line -->",
        'unknown-run-instruction: "hackweek-run exist 1: both have changed the same line" is not'
        " understood",
    ),
    "removed reason": (
        PYTHON,
        "<!-- hackweek-run needs conda: it changes conda itself -->",
        "<!-- hackweek-run needs conda -->",
        'block-without-reason: no reason is given for "needs"',
    ),
    "removed instruction": (
        GIT,
        "    <!-- hackweek-run exit 1: GitHub has a commit that is not here -->\n",
        "",
        'failed-command: "git push" ended with status 1, not 0: "error: failed to push some refs'
        " to 'https://github.com/your-github-name/practice'\"",
    ),
    "a file that is not changed": (
        GIT,
        '    git add measurement.txt\n    git commit -m "Correct the depth to 15 m"\n',
        '    git commit -m "Correct the depth to 15 m"\n',
        'failed-command: "git commit -m "Correct the depth to 15 m"" ended with status 1, not 0:'
        ' "no changes added to commit (use "git add" and/or "git commit -a")"',
    ),
}


@pytest.mark.parametrize(("page", "old", "new", "message"), BROKEN.values(), ids=BROKEN)
def test_a_command_that_is_broken_is_named_with_its_line(page, old, new, message, tmp_path):
    text = (ROOT / "docs" / page).read_text("utf-8")
    before, found, after = text.partition(old)
    assert found
    line = before.count("\n") + 1
    if not new:  # the command below the line that is gone, after the block's marks
        line += 1
    site = site_of(tmp_path / "site", before + new + after, page=page)
    [problem] = run_commands([site]).problems
    assert (problem.path, problem.line) == (f"docs/{page}", line)
    assert f"{problem.rule}: {problem.message}" == message


def test_a_block_that_an_event_does_not_have_is_not_counted(tmp_path):
    text = "<% if archived %>\n```bash\nfalse\n```\n<% endif %>\n\n```bash\ntrue\n```\n"
    assert told(site_of(tmp_path / "live", text)) == (
        "1 block: 1 run, 0 of them matched with what the lesson shows, 0 excused\n"
    )


def test_lines_that_conditions_and_macros_shift_are_still_the_authors(tmp_path):
    text = (
        "---\ntitle: T\nminutes: 1\n---\n\n# T\n\n<% if archived %>\nOver.\n\n<% endif %>\n"
        "<< schedule_table() >>\n\n<% for person in conduct_contacts %>\n```bash\n"
        'false "<< person >>"\n```\n<% endfor %>\n'
    )
    [problem] = run_commands([site_of(tmp_path / "site", text)]).problems
    assert (problem.line, problem.column) == (16, 1)
    assert problem.message == '"false "conduct@example.org"" ended with status 1, not 0'


def test_what_is_there_is_run_where_it_is_needed(tmp_path):
    text = "<!-- hackweek-run needs conda: it is large -->\n```bash\nfalse\n```\n"
    site = site_of(tmp_path / "site", text)
    assert told(site, available={"conda"}) == (
        'docs/lesson.md:3:1: failed-command: "false" ended with status 1, not 0\n'
        '  help: if it is to fail, write "<!-- hackweek-run exit 1: why -->" above the block\n'
        "1 problem in 1 file\n"
        "1 block: 1 run, 0 of them matched with what the lesson shows, 0 excused\n"
    )


def test_the_reasons_can_be_listed(tmp_path):
    text = "<!-- hackweek-run needs conda: it is large -->\n```bash\nfalse\n```\n"
    assert run_commands([site_of(tmp_path / "site", text)]).text(with_excuses=True) == (
        "docs/lesson.md:2: not run, needs conda: it is large\n"
        "1 block: 0 run, 0 of them matched with what the lesson shows, 1 excused\n"
    )


def test_a_failing_line_between_two_blocks_is_told_as_well(tmp_path):
    text = "<!-- hackweek-run elsewhere: somebody pushes\ntrue\nfalse\n-->\n\n```bash\ntrue\n```\n"
    [problem] = run_commands([site_of(tmp_path / "site", text)]).problems
    assert str(problem).startswith(
        'docs/lesson.md:3:1: failed-command: "false" ended with status 1, not 0'
    )


def test_a_block_that_fails_for_one_event_has_failed(tmp_path):
    text = "```bash\ntest << year >> = 2027\n```\n"
    sites = [site_of(tmp_path / slug, text, slug) for slug in ("icesat2-2020", "example-2027")]
    for order in (sites, sites[::-1]):
        report = run_commands(order)
        assert list(report.fates.values()) == [Fate.FAILED]
        assert [problem.message for problem in report.problems] == [
            '"test 2020 = 2027" ended with status 1, not 0'
        ]


def test_what_is_the_same_for_two_events_is_run_once(tmp_path):
    text = "```bash\necho << 'hello' >>\n```\n\n```bash\necho << contact() >>\n```\n"
    steps = []
    same = [site_of(tmp_path / slug, text.split("\n\n")[0], slug) for slug in EVENTS[:2]]
    run_commands(same, say=steps.append)
    assert steps == [f"running docs/lesson.md for {EVENTS[0]}"]


@pytest.mark.parametrize("slug", EVENTS)
def test_what_is_run_is_what_is_published_and_each_line_is_the_authors(slug):
    site = Site(ROOT, load_event(ROOT, slug))
    tracer = LessonTracer(site)
    for lesson in site.pages:
        rendered = rendered_lesson(tracer, lesson)
        assert unpublished(rendered.text) == site.rendered[lesson.page]
        written = lesson.text.split("\n")
        for text, line in zip(rendered.text.split("\n"), rendered.lines, strict=True):
            assert (
                text == written[line - 1] or "<<" in written[line - 1] or "<%" in written[line - 1]
            )


def test_instructions_are_not_published_and_their_examples_are():
    text = """\
# A

<!-- hackweek-run elsewhere: somebody pushes

git push
-->
1. Type `<!-- hackweek-run exit 1: no -->`:

    <!-- hackweek-run exit 1: no -->
    ```html
    <!-- hackweek-run exit 1: no -->
    ```

<!-- hackweek-ignore some-rule: yes -->
"""
    kept = [1, 2, 7, 8, 10, 11, 12, 13, 14, 15]
    assert unpublished(text).split("\n") == [text.split("\n")[line - 1] for line in kept]
    site = Site(ROOT, load_event(ROOT, "example-2027"))
    assert all("hackweek-run" not in each for each in site.rendered.values())
