"""What is stamped of a page is what Markdown would have made of it, whatever the values are."""

import shutil
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.config import load_config

from hackweek.events import load_event
from hackweek.extension import LessonExtension
from hackweek.render import PRINTED, unmarked
from hackweek.site import Site
from hackweek.stamping.dissection import Dissector
from hackweek.stamping.inert import Inertness
from hackweek.stamping.plate import plate_of
from hackweek.stamping.tokens import UnknownFormError, spelled, split
from repository import ROOT

# Markdown with a value in each place where a lesson can have one.
PLACES = """\
# Welcome to {}
---
{} (UTC−{}, UTC+{}) is <a href="a.ics">where</a> it begins,
in the repository of {}, at *{}* and **{}**.
Second line {}, with `code {} here`, and [the site of {}](https://{}/a).
---
## {}, {}: {}
---
### {} in `{}`
---
Write to <mailto@{}> or {}.
---
- {}
- [ ] {} is open: [{}]({})
- [{}](mailto:{}) and [{}](https://{})
---
[{}][somewhere] and [{}] and {}
---
1. {}
2. Number {} of a list, {}.
---
!!! note "A box of {}"

    In a box: {} and `{}`.
---
=== "{}"

    In a tab: {}.
---
{}
:   A definition of {}.
---
| Name | Value |
| --- | --- |
| {} | `{}` |
---
```bash
git clone https://{} {}
cd {}  # into {}
export NAME={} "{}"
python={} && {}
```
---
```python
name = {}
print("{}", {})
```
---
1. A step.

    ```console
    $ cd {}
    {} is here
    ```
---
``` {}
code of {}
```
---
    indented {}
---
> A quotation of {}. The pull {} and the home {} of a two-factor {}.
---
<p title="{}">Raw {}</p>
---
<div data-name="{}" class="{}">{}</div>
---
<div data-name="A {}"
title="x">
---
| Time | What |
| --- | --- |
| <span class="when"><time datetime="{}">{}</time>–<time datetime="{}">{}</time></span> | {} |
| <small>{}</small> | {} |
---
![A picture of {}](https://{}/p.png)
---
Text with {}{{: .word }}
---
- [ ] **You can see {}.**{{ #see }} Lesson: [{}](https://example.org/{}#{}), `{}`.
---
Text with \\{} and &{}; and !{} _{}_ x_{} {}_x {}{}.
---
Underlined {}
=============
---
{}
---
[somewhere]: https://example.org/{}
---
See [a{}b](https://example.org/{}?q={}#{} "Title {}") and ``{} ` {}``.
""".split("---\n")
WORDS = "Ocean Week practice test if 2027 8 x git GitHub token request directory é Ñandú ß".split()
SCRIPTS = ["שבוע האוקיינוס", "أسبوع المحيط", "海洋週", "हिमालय", "İstanbul", "\u212aelvin"]
MARKS = [*"'\"&*_`[](){}<>#+-.!|\\~^=$:;,/@%?’–", "  ", "\u00a0", "***", "<b>", "&amp;"]

ordinary = st.lists(st.sampled_from(WORDS + SCRIPTS), min_size=1, max_size=4).map(" ".join)
name = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,5}([-_./][A-Za-z0-9]{1,5}){0,3}", fullmatch=True)
number = st.integers(0, 3000).map(str)
wild = st.lists(st.sampled_from(WORDS + SCRIPTS + MARKS), min_size=1, max_size=6).map("".join)
lines = st.tuples(ordinary, st.sampled_from(["\n", "\n\n", "\n\n    "]), wild).map("".join)
value = st.one_of(ordinary, name, number, wild, lines).map(str.strip).filter(bool)


@st.composite
def filled_in(draw):
    """Some of the places, with two values for each."""
    places = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=5, unique=True))
    text = "\n".join(places)
    count = text.replace("{{", "").replace("}}", "").count("{}")
    two = st.lists(value, min_size=count, max_size=count)
    return text, draw(two), draw(two)


class _Page(Treeprocessor):
    """In the place of MkDocs', which knows the page that is being converted."""

    file = SimpleNamespace(src_uri="preliminary/git.md")

    def run(self, root):
        pass


@pytest.fixture(scope="module")
def site():
    return Site(ROOT, load_event(ROOT, "example-2027"))


@pytest.fixture(scope="module")
def html(site):
    """Markdown as MkDocs converts it for us."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    extensions = [*config.markdown_extensions, LessonExtension(site=site)]

    def converted(text):
        markdown = Markdown(extensions=extensions, extension_configs=config.mdx_configs)
        markdown.treeprocessors.register(_Page(markdown), "relpath", 0)
        return markdown.convert(text)

    return converted


@pytest.fixture(scope="module")
def page(site):
    """A text with values, taken apart."""
    dissector = Dissector(Inertness(site.glossary, "lessons.example.org"))

    def taken_apart(text, values):
        marked = text.format(*(f"{PRINTED[0]}{each}{PRINTED[1]}" for each in values))
        return dissector.page(marked, unmarked(marked))

    return taken_apart


def stamped(page, others, html, folder):
    """The HTML of a page with tokens, stamped with its values; None if they do not fit."""
    pairs = zip(page.values, others, strict=True)
    tokens = [spelled(number, pair) for number, pair in enumerate(pairs)]
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "built").mkdir(parents=True)
    (folder / "built/index.html").write_text(html(page.with_texts(tokens)), "utf-8")
    try:
        plate = plate_of(folder / "built", tokens, frozenset())
    except UnknownFormError:
        return None
    if not plate.fits(page.values):
        return None
    plate.stamp(page.values, folder / "stamped")
    return (folder / "stamped/index.html").read_text("utf-8")


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(filled_in())
def test_pages_that_share_a_pattern_can_share_a_build(page, html, tmp_path_factory, drawn):
    text, first, second = drawn
    one = page(text, first)
    other = page(text, second)
    folder = tmp_path_factory.getbasetemp() / "stamped"
    for each, values in ((one, first), (other, second)):
        alike = (one.pieces, one.kinds) == (other.pieces, other.kinds)
        partner = (other if each is one else one) if alike else each
        made = stamped(each, partner.values, html, folder)
        assert made in (None, html(text.format(*values)))


@pytest.mark.parametrize(
    ("text", "as_json"),
    [("QZJVW0XZQ", False), ("qzjvw0", False), ("Qzjvw7xZQ", False), ("Qzjvw0xx'xZQ", True)],
)
def test_a_token_in_an_unknown_form_is_refused(text, as_json):
    with pytest.raises(UnknownFormError):
        split(f"before {text} behind", ["Qzjvw0xZQ"], as_json=as_json)
