"""Addresses in lessons and an event file: every way to write one, each to be found again."""

from repository import append, replace_in

EVENT = "example-2027"
EVENT_FILE = f"events/{EVENT}.yml"
HOST = "https://planted.example"
LESSON = "docs/preliminary/python.md"
WINDOWS = "docs/preliminary/github.md"
COMPARING = "docs/preliminary/earthdata.md"
BUILT = "preliminary/python/index.html"

WRITTEN = {
    "inline": "See [it](https://planted.example/inline).",
    "two on a line": "[a](https://planted.example/one) [b](https://planted.example/two)",
    "title": '[it](https://planted.example/title "A title")',
    "title in single quotes": "[it](https://planted.example/single 'A title')",
    "angle brackets": "[it](<https://planted.example/angle>)",
    "parentheses": "[it](https://planted.example/parens_(x))",
    "encoded blank": "[it](https://planted.example/blank%20here)",
    "ampersand": "[it](https://planted.example/query?a=1&b=2)",
    "after many bytes": "Zürich 🛰️ naïve — ist [schön](https://planted.example/bytes)",
    "over two lines": "[some\ntext](https://planted.example/lines)",
    "attributes": "[it](https://planted.example/attributes){ .md-button }",
    "reference": '[it][planted]\n\n[planted]: https://planted.example/reference "T"',
    "short reference": "[Shortest]\n\n[shortest]: <https://planted.example/shortest>",
    "autolink": "Go to <https://planted.example/autolink>.",
    "autolink without a path": "Go to <https://bare.planted.example>.",
    "mail": "Write to <mail@planted.example>.",
    "inline HTML": 'An <a class="x" href="https://planted.example/html">anchor</a>.',
    "block of HTML": "<div>\n<a\n href='https://planted.example/block'>x</a>\n</div>",
    "HTML without quotes": "<p><a href=https://planted.example/unquoted>x</a></p>",
    "HTML with an entity": '<p><a href="https://planted.example/entity?a&amp;b">x</a></p>',
    "Markdown in HTML": "<div markdown>\n\n[it](https://planted.example/markdown)\n\n</div>",
    "relative HTML": '<p><a href="../planted.html">x</a></p>',
    "list": "- one\n- [two](https://planted.example/list)\n\n    1. [x](https://planted.example/deep)",
    "task": "- [ ] [it](https://planted.example/task)",
    "tab": '=== "A"\n\n    [it](https://planted.example/tab)',
    "box": '!!! note "Title"\n\n    [it](https://planted.example/box)',
    "title of a box": '!!! note "See [it](https://planted.example/title-of-box)"\n\n    Text.',
    "folded box": '??? note "Title"\n\n    [it](https://planted.example/folded)',
    "quotation": "> Said [he](https://planted.example/quotation)",
    "definition": "Planted term\n:   [it](https://planted.example/definition)",
    "table": "| A | B |\n| --- | --- |\n| a | [b](https://planted.example/table) |",
    "heading": "### About [it](https://planted.example/heading)",
    "underlined heading": "See [it](https://planted.example/underlined)\n---",
    "picture": "Text and ![alt](https://planted.example/picture.png) text.",
    "picture in a link": "[![x](https://planted.example/in.png)](https://planted.example/out)",
    "text that is an address": "[www.planted.example](https://planted.example/shown)",
    "after a condition": "<% if hub_name %>Yes: [it](https://planted.example/condition)<% endif %>",
    "in a condition": "<% if hub_name %>\n[it](https://planted.example/inside)\n<% endif %>",
    "after a value": "<< hub_name >> and << name >>: [it](https://planted.example/after-value)",
    "after an escape": r"\<< name >> \<< x >> [it](https://planted.example/escape)",
    "after a here document": "`cat <<EOF >> x` [it](https://planted.example/heredoc)",
    "after private characters": "\U000f0001\U00100002 [it](https://planted.example/private)",
    "value in the query": "[it](https://planted.example/part?<< hub_name | replace(' ', '') >>)",
}
"""Each holds addresses that stand nowhere else, and has to be placed at them."""

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'
LESSON_TEXTS = [
    f"`[code]({HOST}/decoy)` <!-- [comment]({HOST}/decoy) -->\n\n[real]({HOST}/decoy)",
    f"```text\n[code]({HOST}/fenced)\n```\n\n[really]({HOST}/fenced)",
    f"<% if archived %>\n[a]({HOST}/branch)\n<% else %>\n[b]({HOST}/branch)\n<% endif %>",
    f"[first]({HOST}/twice) and\n[second]({HOST}/twice)",
    f"[use][again] and [another][again]\n\n[again]: {HOST}/definition-line",
    f"<% for each in tutorials %>\n- [<< each.title >>]({HOST}/loop)\n<% endfor %>",
    '![alone](../img/planted.svg "A caption")',
    "![own](../img/hub-connectivity.svg)",
    "## Values",
    f'<% if slug == "{EVENT}" %>',
    "[partly](<< jupyterhub_url >>/hub/planted)",
    f"[made]({HOST}/<< github_org >>/planted)",
    "[org](<< github_org_url >>) [practice](<< practice_repo_url >>)",
    "[chat](<< slack_url >>) <a href='<< calendar_url >>'>calendar</a>",
    "[host](<< slack_url.rpartition('/')[0] >>)",
    "`<twin@planted.example>` and <twin@planted.example>",
    "<% set address = hub_docs_url %>[set](<< address >>)",
    "<% for each in tutorials %>\n1. << launch_link(each) >>\n<% endfor %>",
    "[first](<< schedule[0].resources[0].url >>) [site](<< website_url >>)",
    "[changed](<< anonymous_report_url | replace('report', 'changed') >>)",
    "<% endif %>",
]
COMPARISON = (
    f"<% if hub_cloud == 'AWS' %>[known]({HOST}/compared)<% endif %> [chat](<< slack_url >>)"
)
EVENT_CHANGES = {
    "slack_url: https://slack.example.org": f'slack_url: "{HOST}/slack"',
    "description: Five days": f"description: See [it]({HOST}/description). Five days",
    "  - conduct@example.org": f'  - conduct@example.org\n  - "[form]({HOST}/conduct)"',
    "    urlpath: lab/tree/first-look/first-look.ipynb": (
        "    urlpath: lab/tree/first-look/first-look.ipynb\n  - title: Second\n"
        "    repo: example-hackweek/second\n    branch: main\n    urlpath: lab"
    ),
    "    title: Welcome and introductions": (
        "    title: Welcome and introductions\n    resources:\n"
        f"      - title: Slides\n        url: {HOST}/slides"
    ),
}


def plant(root):
    """Puts every kind of address into a copy of the repository."""
    (root / "docs/img/planted.svg").write_text(PICTURE)
    (root / "docs/img/planted.dark.svg").write_text(PICTURE)
    (root / f"docs/img/{EVENT}").mkdir()
    (root / f"docs/img/{EVENT}/hub-connectivity.svg").write_text(PICTURE)
    for text in (*WRITTEN.values(), *LESSON_TEXTS):
        append(root / LESSON, f"\n{text}\n")
    append(root / "docs/help.md", f"\n[the same]({HOST}/twice)\n")
    append(root / COMPARING, f"\n{COMPARISON}\n")
    replace_in(root / LESSON, "keypoints:\n", f'keypoints:\n  - "See [it]({HOST}/keypoint)"\n')
    replace_in(root / COMPARING, 'description: "', f'description: "[Data]({HOST}/listed): ')
    for old, new in EVENT_CHANGES.items():
        replace_in(root / EVENT_FILE, old, new)
    append(root / WINDOWS, f"\nWindows: [it]({HOST}/windows)\n")
    text = (root / WINDOWS).read_text("utf-8")
    (root / WINDOWS).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
