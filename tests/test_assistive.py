"""Names of boxes to tick, tables that scroll, addresses of terms: from Markdown to HTML."""

import pytest
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from hackweek.assistive import make_tables_reachable, name_boxes, name_terms


class Assistive(Extension):
    def extendMarkdown(self, md):  # noqa: N802 - Python-Markdown's name
        class Finish(Treeprocessor):
            def run(self, root):
                name_boxes(md, root)
                make_tables_reachable(root)
                name_terms(root)

        md.treeprocessors.register(Finish(md), "finish", 5)


def html(text, *, custom=True, clickable=False):
    options = {"custom_checkbox": custom, "clickable_checkbox": clickable}
    return Markdown(
        extensions=["tables", "def_list", "toc", "pymdownx.tasklist", Assistive()],
        extension_configs={"pymdownx.tasklist": options},
    ).convert(text)


def box(name, rest, state=' disabled="disabled"', checked=""):
    return (
        f'<li class="task-list-item"><label class="task-list-control"><input aria-label="{name}"'
        f'{checked}{state} type="checkbox" /><span class="task-list-indicator"></span></label>'
        f" {rest}"
    )


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("- [ ] Sign in.", box("Sign in.", "Sign in.</li>")),
        (
            "- [x] Sign in.",
            box("Sign in.", "Sign in.</li>", checked=' checked="checked"'),
        ),
        (
            "- [ ] **Sign in.** Proof: a picture.",
            box("Sign in.", "<strong>Sign in.</strong> Proof: a picture.</li>"),
        ),
        (
            "- [ ] Type `pwd` in [a *terminal*](x.md).",
            box(
                "Type pwd in a terminal.",
                'Type <code>pwd</code> in <a href="x.md">a <em>terminal</em></a>.</li>',
            ),
        ),
        (
            '- [ ] Say "yes" & go.',
            box("Say &quot;yes&quot; &amp; go.", 'Say "yes" &amp; go.</li>'),
        ),
        (
            "- [ ] One\n\n    - not this",
            '<li class="task-list-item">\n<p>' + box("One", "One</p>").partition(">")[2],
        ),
    ],
)
def test_a_box_to_tick_is_called_what_its_item_says(item, expected):
    assert expected in html(item)


def test_a_box_is_not_called_what_the_list_below_it_says():
    assert box("One and two", "One and two<ul>") in html("- [ ] One and two\n    - not this")


def test_a_box_that_can_be_ticked_still_can():
    assert box("Go.", "Go.</li>", state="") in html("- [ ] Go.", clickable=True)


def test_a_plain_list_stays_as_it_is():
    assert html("- [link](x.md)\n- [] no box") == (
        '<ul>\n<li><a href="x.md">link</a></li>\n<li>[] no box</li>\n</ul>'
    )


def test_a_table_stands_in_a_box_with_its_heads_as_name():
    text = html("Before.\n\nDay | *Time*\n--- | ---\n1 | 2\n\nAfter.")
    opening = '<div aria-label="Table: Day, Time" class="scrolls" role="group" tabindex="0"><table>'
    assert text.startswith(f"<p>Before.</p>\n{opening}")
    assert text.endswith("</table></div>\n<p>After.</p>")


def test_a_table_without_heads_is_a_table():
    assert 'aria-label="Table" class="scrolls"' in html("|  |  |\n| --- | --- |\n| 1 | 2 |")


def test_each_term_has_an_address_that_nothing_else_has():
    text = html(
        "# Clone\n\nclone\n:   A copy.\n\ncloud provider\n:   A company.\n\nclone\n:   To copy."
    )
    assert '<dt id="clone_1">clone</dt>' in text
    assert '<dt id="cloud-provider">cloud provider</dt>' in text
    assert '<dt id="clone_2">clone</dt>' in text
