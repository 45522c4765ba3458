"""What is cut from stylesheets and scripts, and what is not."""

import pytest

from hackweek.stylesheet import Names, lighten
from hackweek.theme_script import added_classes, cut

NAMES = Names(
    marks=frozenset({"box", "menu", "is-open", "arrow--"}),
    elements=frozenset({"p", "a", "input", "html"}),
    values=frozenset({"ltr", "dark"}),
    last_input=3,
)

KEPT = [
    "p{color:red}",
    ".box{color:red}",
    "#menu>.box{color:red}",
    "P{color:red}",
    ".arrow--next{color:red}",
    "*{margin:0}",
    ":root{color:red}",
    "::selection{color:red}",
    ".box:not(.gone){color:red}",
    ".box:is(.gone,.menu){color:red}",
    ".box:has(> .gone):hover::before{color:red}",
    "[dir=ltr] .box{color:red}",
    '[data-scheme="dark"]{color:red}',
    "[hidden]{display:none}",
    'a[href$=".svg"]{color:red}',
    "input:nth-child(3):checked{color:red}",
    ".box:nth-child(40){color:red}",
    "@media print{.box{color:red}}",
    "@supports selector(::marker){@media print{.box{color:red}}}",
    '@charset "UTF-8";',
    "@font-face{font-family:x;src:url(x.woff2)}",
    "@page{margin:1cm}",
    ":root{--shade:red}p{color:var(--shade)}",
    ":root{--a:var(--b);--b:red}p{color:var(--a)}",
    ":root{--icon:url('data:image/svg+xml;a{}b,c')}p{mask:var(--icon)}",
    '.box::after{content:"} .gone {"}',
    "@keyframes pulse{from{top:0}to{top:1px}}.box{animation:pulse 1s infinite}",
]


@pytest.mark.parametrize("css", KEPT)
def test_a_rule_that_can_apply_stays_as_it_is(css):
    assert lighten(css, NAMES) == css


@pytest.mark.parametrize(
    "css",
    [
        ".gone{color:red}",
        "#gone{color:red}",
        ".box .gone{color:red}",
        ".box.gone{color:red}",
        ".box--gone{color:red}",
        "dl{color:red}",
        ".box>dl{color:red}",
        "[dir=rtl] .box{color:red}",
        "input:nth-child(4){color:red}",
        "@media print{.gone{color:red}}",
        "@media print{@supports (top:0){.gone{color:red}}}",
        ":root{--shade:red}",
        ":root{--a:var(--b);--b:red}",
        ".gone{color:var(--shade)}:root{--shade:red}",
        "@keyframes pulse{from{top:0}}.gone{animation:pulse 1s}",
        "/* .box{color:red} */",
    ],
)
def test_a_rule_that_cannot_apply_goes(css):
    assert lighten(css, NAMES) == ""


def test_of_several_selectors_those_stay_that_can_apply():
    assert lighten(".gone,.box:is(p,a),dl{top:0}", NAMES) == ".box:is(p,a){top:0}"


def test_a_comment_goes_and_what_stands_around_it_stays():
    assert lighten("/* } */ .box { color: red; /* , */ top: 0 }\n", NAMES) == (
        ".box{color: red;top: 0}"
    )


def test_the_order_of_rules_stays():
    css = ".box{top:0}@media print{.box{top:1px}}.box{top:2px}"
    assert lighten(css, NAMES) == css


@pytest.mark.parametrize(
    "script",
    [
        'x("div",{class:"one two"})',
        "e({class:`one two--${t}`})",
        'e.className = "one two"',
        'e.classList.add("one");f.classList.toggle("two",!0)',
    ],
)
def test_the_classes_that_a_script_adds_are_found(script):
    assert {"one"} < added_classes(script)


def test_what_looks_like_a_class_is_taken_for_one_wherever_it_stands():
    assert {"md-one", "md-one--two"} <= added_classes("let c=`md-one md-one--two`;x({class:c})")


def test_a_word_that_is_set_nowhere_is_no_class():
    assert added_classes('document.querySelector(".one");e.classList.contains("two")') == set()


def test_what_a_script_adds_for_settings_that_are_off_is_no_class_of_the_sites():
    assert added_classes('x("div",{class:"md-version__list md-nav__link"})') == {"md-nav__link"}


def test_a_script_without_what_is_cut_stays_as_it_is():
    script = 'new Worker(e);location.protocol!=="file:"'
    assert cut(script) == script
