"""What running the lessons' commands can find."""

from hackweek.rules import Rule

_RUN = (
    Rule(
        name="failed-command",
        why="Whoever types the command gets an error instead of the next step.",
        bad='```bash\ngit comit -m "Add a file"\n```',
        good='```bash\ngit commit -m "Add a file"\n```',
    ),
    Rule(
        name="different-output",
        why="A participant compares what they see with what the lesson shows.",
        bad="```bash\ngit switch -c plot\n```\n\n```text\nSwitched to branch 'plot'\n```",
        good="```bash\ngit switch -c plot\n```\n\n```text\nSwitched to a new branch 'plot'\n```",
    ),
)

TOLD = (
    Rule(
        name="block-without-reason",
        why="A block that nobody runs goes stale; the next author must know why it is not run.",
        bad="<!-- hackweek-run needs conda -->",
        good="<!-- hackweek-run needs conda: it downloads the whole environment -->",
    ),
    Rule(
        name="unknown-run-instruction",
        why="An instruction that nobody understands is not obeyed.",
        bad="<!-- hackweek-run exits 1: the file is not there yet -->",
        good="<!-- hackweek-run exit 1: the file is not there yet -->",
    ),
    Rule(
        name="incomplete-run-instruction",
        why="Something is missing without which the instruction cannot be obeyed.",
        bad="<!-- hackweek-run exit: the file is not there yet -->",
        good="<!-- hackweek-run exit 1: the file is not there yet -->",
    ),
    Rule(
        name="run-instruction-without-block",
        why="The instruction speaks for the block right below it, and there is none.",
        bad="<!-- hackweek-run exit 1: the file is not there yet -->\n\nType it:",
        good="<!-- hackweek-run exit 1: the file is not there yet -->\n```bash\ncat notes.txt\n```",
    ),
    Rule(
        name="console-without-prompt",
        why="Without a prompt nobody can tell the command from its output.",
        bad="```console\ngit status\n```",
        good="```console\n$ git status\n```",
    ),
)
"""How a lesson tells to run its commands; seen without running them."""

RULES = (*_RUN, *TOLD)
