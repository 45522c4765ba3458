"""What can be wrong with boxes and tabs."""

from hackweek.rules import Rule

_TEXT = "Python-Markdown reads the line as text, so readers see the marks and no box."

RULES = (
    Rule(
        name="wrong-number-of-marks",
        why=f'A box begins with "!!!" or "???", a tab with "===". {_TEXT}',
        bad='!! note "Title"',
        good='!!! note "Title"',
    ),
    Rule(
        name="wrong-marks",
        why=f'Only a plus may follow the marks, and only "???", for a box that is open. {_TEXT}',
        bad="!!!+ note",
        good="???+ note",
    ),
    Rule(
        name="missing-blank",
        why=f"A title and a tab's label need a blank before them. {_TEXT}",
        bad='==="Windows"',
        good='=== "Windows"',
    ),
    Rule(
        name="wrong-blank",
        why=f"After the marks comes one blank, that of the space bar. {_TEXT}",
        bad='!!! note\N{NO-BREAK SPACE}"Title"',
        good='!!! note "Title"',
    ),
    Rule(
        name="missing-box-type",
        why=f'After "!!!" comes a type, even where there is a title. {_TEXT}',
        bad='!!! "Title"',
        good='!!! note "Title"',
    ),
    Rule(
        name="unknown-box-type",
        why="The theme has no colour and no icon for the type, so a warning looks like a note.",
        bad="!!! wraning",
        good="!!! warning",
    ),
    Rule(
        name="colon-after-type",
        why=f"The type is a word and nothing else. {_TEXT}",
        bad="!!! note:",
        good="!!! note",
    ),
    Rule(
        name="unquoted-title",
        why="Words without quotes become CSS classes that nobody sees, or undo the box.",
        bad="!!! note Before you start",
        good='!!! note "Before you start"',
    ),
    Rule(
        name="wrong-title-quotes",
        why=f"Only straight double quotes, one at each end, make a title. {_TEXT}",
        bad="!!! note 'Title'",
        good='!!! note "Title"',
    ),
    Rule(
        name="text-after-title",
        why=f"The title ends its line; text belongs into the lines below. {_TEXT}",
        bad='!!! note "Title" and more',
        good='!!! note "Title"\n    and more',
    ),
    Rule(
        name="blanks-before-box",
        why=f"Outside lists and boxes the marks begin their line. {_TEXT}",
        bad="  !!! note\n      text",
        good="!!! note\n    text",
    ),
    Rule(
        name="box-at-wrong-depth",
        why=(
            "Within a list or another box, each level is 4 blanks, however wide the list's mark"
            f" is. {_TEXT}"
        ),
        bad="1. item\n\n   !!! note\n       text",
        good="1. item\n\n    !!! note\n        text",
    ),
    Rule(
        name="box-as-text",
        why=f"Right below a list item's text a box needs an empty line before it. {_TEXT}",
        bad="- item\n    !!! note\n        text",
        good="- item\n\n    !!! note\n        text",
    ),
    Rule(
        name="misindented-body",
        why="What belongs to a box begins with 4 blanks more; with fewer it stands below the box.",
        bad="!!! note\n  text",
        good="!!! note\n    text",
    ),
    Rule(
        name="empty-box",
        why="Readers see a title with nothing below it, and what was meant for the box elsewhere.",
        bad="!!! note\n\ntext",
        good="!!! note\n\n    text",
    ),
    Rule(
        name="text-outside-box",
        why="A line with fewer than 4 blanks ends the box, so the text comes out below it.",
        bad="!!! note\n    text\n\n  more",
        good="!!! note\n    text\n\n    more",
    ),
    Rule(
        name="foreign-callout",
        why="The callouts of GitHub, MyST, Docusaurus, Sphinx or GitBook come out as text or code.",
        bad="> [!NOTE]\n> text",
        good="!!! note\n    text",
    ),
    Rule(
        name="no-blank-after-marks",
        why="It works, but a blank after the marks is how everybody writes it, and finds it.",
        bad="!!!note",
        good="!!! note",
        style=True,
    ),
    Rule(
        name="tab-indented-body",
        why="A tab is as wide as each editor shows it; blanks are 4 columns for everyone.",
        bad="!!! note\n\ttext",
        good="!!! note\n    text",
        style=True,
    ),
)
