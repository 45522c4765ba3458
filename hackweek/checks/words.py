"""Code blocks that can be copied, terms that are explained, and words spelled right."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from hackweek.checks.headings import anchors, extension_options, headings
from hackweek.checks.markdown_links import links
from hackweek.checks.page import Folder, Page
from hackweek.checks.spelling import SPELLING_RULES, check_spelling
from hackweek.diagnostics import Diagnostic, counted, did_you_mean
from hackweek.glossary import definitions
from hackweek.reading import Fence, Line
from hackweek.rules import Rule

RULES = (
    Rule(
        name="fence-without-language",
        why="Without a language, code is neither coloured nor read out as what it is.",
        bad="```\ngit status\n```",
        good="```bash\ngit status\n```",
    ),
    Rule(
        name="unclosed-fence",
        why="Everything below is shown as code, or the marks are published as they stand.",
        bad="```bash\ngit status",
        good="```bash\ngit status\n```",
    ),
    Rule(
        name="prompt-in-command",
        why="The button that copies a command copies the prompt, too, and the command fails.",
        bad="```bash\n$ git status\n```",
        good="```bash\ngit status\n```",
    ),
    Rule(
        name="undefined-term",
        why="A reader follows a word to the glossary and does not find it there.",
        bad="[fork](glossary.md#forks) (and no such term)",
        good="[fork](glossary.md#fork)",
    ),
    *SPELLING_RULES,
)

_SHELLS = {"bash", "sh", "shell", "zsh", "ksh", "fish", "powershell", "pwsh", "ps1", "cmd", "bat"}
_PROMPT = re.compile(
    r"[ \t]*(?P<prompt>"
    r"(?:\([\w./-]+\)[ ]?)?(?:\[?[\w.-]+@[\w.-]+(?:[: ][~/\w.-]*)?\]?|~|bash-[\d.]+|sh-[\d.]+)?[ ]?"
    r"[$%]|PS [A-Za-z]:[^>\n]*>|[A-Za-z]:\\[^>\n]*>)[ \t]+\S"
)
_CONTINUED = re.compile(r"[ \t]*(?P<prompt>>)[ \t]+[\w./-]+[ \t]+\S")
_HEREDOC = re.compile(r"<<-?[ \t]*([\"']?)([A-Za-z_]\w*)\1")
_OPENING = re.compile(r"(?P<indent>[ \t]*)(?P<marks>`{3,}|~{3,})[ \t]*[\w{.]")
_ABOUT_IT = re.compile(
    r"glossary|\b(?:terms?|words?|definitions?|vocabulary|list|explain|see|here|more|mean)",
    re.IGNORECASE,
)
_STRONG = re.compile(r"^[ \t>*+-]*(?:\*\*|__)([^*_\n]+)(?:\*\*|__)", re.MULTILINE)
_CELL = re.compile(r"^[ \t]*\|[ \t]*([^|\n]+?)[ \t]*\|", re.MULTILINE)


def check(page: Page, folder: Folder) -> Iterator[Diagnostic]:
    """What is wrong with one page's code blocks and words."""
    yield from _fences(page, folder)
    yield from _terms(page, folder)
    yield from check_spelling(page, folder)


def _fences(page: Page, folder: Folder) -> Iterator[Diagnostic]:
    default = extension_options(folder, "pymdownx.highlight").get("default_lang")
    mixed_up = False
    """Whether an end mark was forgotten, so that later marks may end what they began."""
    end_marks = 0
    """The line of those of a fence whose code lacks its blanks."""
    for fence in page.reading.fences:
        swallowed = _swallowed(page, fence)
        if fence.line == end_marks:
            continue
        if not fence.closed and (cut := _cut_short(page, fence)):
            line, end_marks = cut
            yield _outside(page, fence, line)
        elif not fence.closed or swallowed:
            if not (mixed_up and not fence.info):
                yield _unclosed(page, fence, swallowed)
            mixed_up = mixed_up or bool(swallowed)
        elif not fence.info and not default and not mixed_up:
            help = f'write "{_marks(page, fence)}bash" or "{_marks(page, fence)}text"'
            message = f'"{_marks(page, fence)}" names no language'
            yield page.at_line(fence.line, fence.column, "fence-without-language", message, help)
        if _language(fence) in _SHELLS and ".no-copy" not in fence.info:
            yield from _prompt(page, fence)


def _marks(page: Page, fence: Fence) -> str:
    opening = page.reading.lines[fence.line - 1].text
    found = re.search(r"`{3,}|~{3,}", opening)
    return found[0] if found else "```"


def _swallowed(page: Page, fence: Fence) -> int:
    """The line of the next fence's beginning, where a fence is not closed before it."""
    marks = _marks(page, fence)
    opening = page.reading.lines[fence.line - 1]
    for line in fence.body:
        found = _OPENING.match(line.text)
        if found and found["marks"].startswith(marks) and line.indent == opening.indent:
            return line.number
    return 0


def _cut_short(page: Page, fence: Fence) -> tuple[Line, int] | None:
    """The line of code that ends a fence for lack of blanks, and the line of its end marks."""
    opening = page.reading.lines[fence.line - 1]
    after = fence.line + len(fence.body)
    if after >= len(page.reading.lines) or page.reading.lines[after].indent >= opening.indent:
        return None
    for other in page.reading.fences:
        if other.line > after and page.reading.lines[other.line - 1].indent == opening.indent:
            is_end = not other.info and _marks(page, other) == _marks(page, fence)
            return (page.reading.lines[after], other.line) if is_end else None
    return None


def _outside(page: Page, fence: Fence, line: Line) -> Diagnostic:
    blanks = counted(page.reading.lines[fence.line - 1].indent, "blank")
    return page.at_line(
        line.number,
        line.indent + 1,
        "unclosed-fence",
        f"code with fewer blanks than its fence on line {fence.line}, which ends there",
        f"begin the line with {blanks}",
    )


def _unclosed(page: Page, fence: Fence, swallowed: int) -> Diagnostic:
    marks = _marks(page, fence)
    before = f" before the code on line {swallowed}" if swallowed else ""
    return page.at_line(
        fence.line,
        fence.column,
        "unclosed-fence",
        f'"{marks}{fence.info}" is not closed{before}',
        f'write "{marks}" on a line of its own below the code, indented like line {fence.line}',
    )


def _language(fence: Fence) -> str:
    found = re.match(r"\{[^}\n]*?\.([\w+-]+)|([\w+-]+)", fence.info)
    return (found[1] or found[2]).lower() if found else ""


def _prompt(page: Page, fence: Fence) -> Iterator[Diagnostic]:
    """The first line of a block that begins with a prompt."""
    end = ""
    for line in fence.body:
        if end:
            end = "" if line.text.strip() == end else end
            continue
        found = _PROMPT.match(line.text) or _CONTINUED.match(line.text)
        if found:
            prompt = found["prompt"]
            yield page.at_line(
                line.number,
                found.start("prompt") + 1,
                "prompt-in-command",
                f'"{prompt} " is a prompt, and is copied with the command',
                f'delete "{prompt} " and any output, or write "console" instead of '
                f'"{_language(fence)}" on line {fence.line}',
            )
            return
        heredoc = _HEREDOC.search(line.text)
        end = heredoc[2] if heredoc else ""


def _terms(page: Page, folder: Folder) -> Iterator[Diagnostic]:
    """Links to the glossary for terms that it does not explain."""
    for link in links(page).inline:
        path, _, anchor = link.target.partition("#")
        if link.reference or not re.fullmatch(r"(?:[\w.-]+/)*glossary\.md", path):
            continue
        glossary = next(
            (p for p in folder.pages if p.path.name == "glossary.md" and p is not page), None
        )
        if glossary is None or "<<" in link.text or "`" in link.text:
            continue
        terms, named = _defined(glossary), anchors(glossary)
        if anchor and named is not None and unquote(anchor) not in named:
            yield _unanchored(page, link.target_start, anchor, terms, named)
        elif not anchor and len(terms) > 2 and not _ABOUT_IT.search(link.text):
            word = " ".join(link.text.strip("*_ ").casefold().split())
            if 0 < len(word.split()) < 4 and not _known(word, terms, glossary):
                yield _undefined(page, link.start, link.text, word, terms)


def _unanchored(
    page: Page, at: int, anchor: str, terms: frozenset[str], named: frozenset[str]
) -> Diagnostic:
    word = unquote(anchor).replace("-", " ").casefold()
    if word not in terms:
        return _undefined(page, at, f"#{anchor}", anchor, named)
    message = f'"{word}" is in the glossary, but "#{anchor}" is no anchor there'
    return page.at(at, "undefined-term", message, "link to the whole page, without the anchor")


def _undefined(page: Page, at: int, shown: str, word: str, known: frozenset[str]) -> Diagnostic:
    help = did_you_mean(word, known) or f'add "{word}" to the glossary'
    return page.at(at, "undefined-term", f'"{shown}" is not in the glossary', help)


def _known(word: str, terms: frozenset[str], glossary: Page) -> bool:
    singular = word.removesuffix("s")
    return bool({word, singular, word.removesuffix("es")} & terms) or (
        singular in glossary.text.casefold()
    )


@lru_cache(maxsize=16)
def _defined(glossary: Page) -> frozenset[str]:
    """The terms of a glossary: definitions, headings, bold words, or cells of a table."""
    text = glossary.text
    terms = {
        *definitions(text),
        *(heading.text for heading in headings(glossary)),
        *_STRONG.findall(text),
        *_CELL.findall(text),
    }
    return frozenset(" ".join(term.casefold().split()) for term in terms)
