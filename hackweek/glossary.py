"""The glossary's definitions, and the words in a lesson that show them."""

import re
from xml.etree.ElementTree import Element

# A definition list: https://python-markdown.github.io/extensions/definition_lists/
_ENTRY = re.compile(
    r"^(?P<term>\S[^\n]*)\n:[ ]{3}(?P<text>[^\n]+(?:\n[ ]{4}[^\n]+)*)", re.MULTILINE
)
_UNMARKED = {"a", "abbr", "button", "code", "figcaption", "kbd", "label", "pre", "strong", "th"} | {
    f"h{level}" for level in range(1, 7)
}

UNMARKED_BOX = "lesson-box"
"""The class of a box in which words are not marked either."""


def definitions(glossary: str) -> dict[str, str]:
    """Each term of the glossary's Markdown with its definition, on one line."""
    return {
        found["term"].strip(): " ".join(found["text"].split())
        for found in _ENTRY.finditer(glossary)
    }


class WordMarker:
    """Wraps the first use of each term, or its plural, on a page in `<abbr title="definition">`.

    Headings, links, code, what is bold (the names of buttons), and the boxes that frame a
    lesson are left alone.
    """

    def __init__(self, terms: dict[str, str]) -> None:
        self._left = {term.casefold(): text for term, text in terms.items()}
        longest_first = sorted(map(re.escape, terms), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)({'|'.join(longest_first)})s?(?!\w)", re.IGNORECASE)

    def mark(self, element: Element) -> None:
        """Marks words in an element's text and in everything below it, in reading order."""
        boxed = UNMARKED_BOX in element.get("class", "").split()
        if boxed or element.tag in _UNMARKED or not self._left:
            return
        children = list(element)
        made, element.text = self._split(element.text)
        for position, word in enumerate(made):
            element.insert(position, word)
        for child in children:
            self.mark(child)
            made, child.tail = self._split(child.tail)
            after = list(element).index(child) + 1
            for position, word in enumerate(made, start=after):
                element.insert(position, word)

    def _split(self, text: str | None) -> tuple[list[Element], str | None]:
        """The marked words of a text with what follows each, and what stands before them."""
        if not text:
            return [], text
        words: list[Element] = []
        before, position = text, 0
        for found in self._pattern.finditer(text):
            definition = self._left.pop(found[1].casefold(), None)
            if definition is None:
                continue
            if words:
                words[-1].tail = text[position : found.start()]
            else:
                before = text[: found.start()]
            word = Element("abbr", {"title": definition})
            word.text = found[0]
            words.append(word)
            position = found.end()
        if words:
            words[-1].tail = text[position:]
        return words, before
