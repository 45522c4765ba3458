"""The theme's script: what it adds to a page, and what of it a lesson does without.

The script is minified, so it is changed by its text. Where a newer version says something in
other words it stays as it is: the site is heavier then, never broken.
"""

import re
from functools import lru_cache
from pathlib import Path

_CLASSES = re.compile(
    r"class(?:(?<=\bclass):|Name\s*=\s*|List\.(?:add|toggle)\()\s*(?:\"([^\"]*)\"|`([^`]*)`)"
)
_WORD = re.compile(r"[\w-]+")
_VALUES = re.compile(r"(?<!==)\"([\w-]+)\"")
_STAND_INS = (Path(__file__).parent / "templates" / "stand_ins.js").read_text("utf-8")

CUTS = (
    # The search's index is fetched when the search opens, as the theme does without a server.
    (re.compile(r"\(location\.protocol!==\"file:\"\)(?=,\w+\(\"search\"\))"), "(false)"),
    # … not when a page opens that might mark the words that were searched for …
    (
        re.compile(r"(\{index\$:(\w),location\$:\w\}\)\{return \w+\(\[)\2(?=,)"),
        r"\1/[?&]h=/.test(location.search)?\2:[]",
    ),
    # … and so is the program that searches it.
    (re.compile(r"(\(e,t=)new Worker(?=\(e\)\))"), r"\1new LateWorker"),
    # A program of 9 kB that copies in browsers which cannot by themselves.
    (
        re.compile(r"(\(\w+,(\w+)\)=>\{)/\*!\s*\* clipboard\.js .*?\.default\}\)\}\);", re.DOTALL),
        r"\1\2.exports=ClipboardButtons});",
    ),
    # All styles are computed anew when the colours change: not when a page opens in its colours …
    (
        re.compile(
            r"(\((\w)=>\{if\()(document\.body\.setAttribute\(\"data-md-color-switching\",\"\"\))"
        ),
        r"\1document.body.dataset.mdColorScheme!==\2.color.scheme&&\3",
    ),
    # … nor when the browser is told of colours that it has from the beginning.
    (
        re.compile(r"return (\w\.content)=(\w\.colorScheme)(?=,)"),
        r'return \2===(\1||"light")||(\1=\2)',
    ),
    # The page is laid out once, not for each block of code that might have to scroll.
    (
        re.compile(
            r"(function \w+\()(\w)(\)\{let (\w)=\2;for\(;)(\4\.clientWidth===0)"
            r"([^{}]*?),(\w+\(\w+\(\2\)\)\)\})"
        ),
        r"\1\2,late\3!late&&\5\6,late?(all)=>all:\7",
    ),
    (
        re.compile(r"(\{return \w+\((\w))(?=\)\.pipe\(\w+\(\(\{width:\w\}\)=>\(\{scrollable:)"),
        r"\1,true",
    ),
    # Facts about a repository, which GitHub and GitLab would be asked for.
    (
        re.compile(
            r"function \w+\(\w,\w\)\{if\(typeof \w!=\"undefined\"\)\{let \w=`https://api\.github\.com/"
            r".*?(function \w+\(\w\)\{)let \w=\w\.match\(/\^\.\+github.*?(return \w\})(?=var )"
        ),
        r"\1\2",
    ),
    # Pages that are put in the place of the one before by a script, which our settings leave out.
    (
        re.compile(
            r"(function \w+\(\{sitemap\$:\w,location\$:\w,viewport\$:\w,progress\$:\w\}\)\{)"
            r"if\(location\.protocol===\"file:\"\)(return \w);"
            r".*?\.subscribe\(\w=>\w\.remove\(\)\),\w\}"
        ),
        r"\1\2}",
    ),
    # Diagrams that are drawn by a script of another host, which no lesson uses.
    (re.compile(r"\"\.node circle,[^\"]*\""), '""'),
    # A stand-in for :focus-visible, which every browser has known since 2022.
    (
        re.compile(
            r"function\(\)\{\"use strict\";function e\(\w\)\{var \w=!0,(?:(?!\"use strict\").)*?"
            r"typeof document!=\"undefined\"&&e\(document\)\}"
        ),
        "function(){}",
    ),
    (re.compile(r"\n//# sourceMappingURL=\S+"), ""),
)
"""What is cut, and what stands in its place."""


OFF = ("md-annotation", "md-source", "md-tag", "md-tooltip__", "md-tooltip--", "md-version")
"""How the classes begin of what the script only makes where the site's settings ask for it:
notes within code, facts about a repository, tags, versions. No settings of ours do."""


@lru_cache(maxsize=8)
def words_of_script(script: str) -> frozenset[str]:
    """Everything in a script that may be a name."""
    return frozenset(_WORD.findall(script))


def added_classes(script: str) -> set[str]:
    """The classes that a script can give to elements: more rather than fewer.

    What has a hyphen is taken for one wherever it stands, other words where a class is set.
    """
    set_here = " ".join("".join(groups) for groups in _CLASSES.findall(script))
    hyphened = {word for word in words_of_script(script) if "-" in word.lstrip("-")}
    words = hyphened.union(_WORD.findall(set_here))
    return {word for word in words if not word.startswith(OFF)}


def added_values(script: str) -> set[str]:
    """The values that a script can give to attributes: each word that it does not just compare."""
    return set(_VALUES.findall(script))


def cut(script: str) -> str:
    """The script without what a page does not need when it is first shown."""
    lighter = script
    for pattern, replacement in CUTS:
        lighter = pattern.sub(replacement, lighter)
    return script if lighter == script else _STAND_INS + lighter
