"""Whether the highlighter of code treats two texts alike."""

from functools import lru_cache
from typing import Any

from pygments.lexers import TextLexer, get_lexer_by_name  # type: ignore[import-untyped]
from pygments.util import ClassNotFound  # type: ignore[import-untyped]

from hackweek.stamping.tokens import spelled


def lexed_alike(block: str, spans: list[tuple[int, int]], language: str) -> bool:
    """Whether tokens at some spans of a fenced block are coloured as what stands there.

    The HTML of code is made of its lexemes, one after the other, each escaped by itself.
    """
    values = [block[start:end] for start, end in spans]
    tokens = [spelled(number, [value]) for number, value in enumerate(values)]
    pieces, position = [], 0
    for (start, end), token in zip(spans, tokens, strict=True):
        pieces += [block[position:start], token]
        position = end
    with_tokens = "".join([*pieces, block[position:]])
    kinds, texts = _lexemes(with_tokens, language)
    true_kinds, true_texts = _lexemes(block, language)
    if kinds != true_kinds:
        return False
    filled_in = list(texts)
    number = 0
    for index, text in enumerate(filled_in):
        while number < len(tokens) and tokens[number] in text:
            text = text.replace(tokens[number], values[number])
            number += 1
        filled_in[index] = text
    return tuple(filled_in) == true_texts


@lru_cache(maxsize=4096)
def _lexemes(block: str, language: str) -> tuple[tuple[object, ...], tuple[str, ...]]:
    """Kinds and texts of a fenced block's lexemes; neighbours of one kind are one."""
    first, *lines, _last = block.rstrip().split("\n")
    indent = len(first) - len(first.lstrip())
    code = "\n".join(line[indent:] if line[:indent].isspace() else line for line in lines)
    kinds: list[object] = []
    texts: list[str] = []
    for kind, text in _lexer(language).get_tokens(code):
        if kinds and kinds[-1] is kind:
            texts[-1] += text
        else:
            kinds.append(kind)
            texts.append(text)
    return tuple(kinds), tuple(texts)


@lru_cache(maxsize=64)
def _lexer(language: str) -> Any:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return TextLexer(stripnl=False)
