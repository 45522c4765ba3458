"""What a finished page says or not, depending on values: it must be the same for each event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from hackweek.lighter import words_of
from hackweek.offline.addresses import ELSEWHERE
from hackweek.stamping.tokens import SLUG, Pieces, Slot, filled_in, slots_of, split


@dataclass(frozen=True)
class Decisions:
    """What was decided by tokens, and can be decided again by values."""

    anchors: tuple[frozenset[Pieces], ...]
    """For each page on which anchors are made of values, all its anchors: equal ones would be
    numbered."""
    links: frozenset[tuple[Pieces, Pieces]]
    """Text and address of each link to elsewhere: on paper an address is spelled out that is not
    the text."""
    attributes: frozenset[tuple[str, Pieces]]
    """Names and values, of whose words rules of the stylesheet can ask."""
    asked: frozenset[str]
    """Words that rules ask for and no page has; these rules were cut."""

    @cached_property
    def slots(self) -> frozenset[Slot]:
        """Every slot."""
        texts = {each for anchors in self.anchors for each in anchors}
        texts |= {each for link in self.links for each in link}
        texts |= {value for _, value in self.attributes}
        return frozenset().union(*map(slots_of, texts))

    def stand(self, texts: Mapping[Slot, str]) -> bool:
        """Whether all would be decided alike with these texts in the slots."""
        written = ((name, filled_in(value, texts)) for name, value in self.attributes)
        words = {word for each in written for word in words_of(*each)}
        return (
            self.asked.isdisjoint(words)
            and all(
                (filled_in(text, texts) == filled_in(address, texts)) is (text == address)
                for text, address in self.links
            )
            and all(
                len({filled_in(each, texts) for each in anchors}) == len(anchors)
                for anchors in self.anchors
            )
        )


def decisions_of(folder: Path, tokens: Sequence[str], asked: frozenset[str]) -> Decisions:
    """The decisions in a finished folder that was built with tokens."""
    anchors, links, attributes = [], set(), set()
    for path in folder.rglob("*.html"):
        ids = set()
        for element in LexborHTMLParser(path.read_text("utf-8")).css("*"):
            for name, value in element.attributes.items():
                pieces = split(value or "", tokens, as_json=False)
                if len(pieces) > 1:
                    attributes.add((name, pieces))
                if name == "id":
                    ids.add(pieces)
            address = element.attributes.get("href")
            if address and ELSEWHERE.match(address):
                text = split(element.text().strip(), tokens, as_json=False)
                links.add((text, split(address, tokens, as_json=False)))
        if any(_is_slug(piece) for each in ids for piece in each):
            anchors.append(frozenset(ids))
    links = {each for each in links if any(map(slots_of, each))}
    return Decisions(tuple(anchors), frozenset(links), frozenset(attributes), asked)


def _is_slug(piece: str | Slot) -> bool:
    return isinstance(piece, Slot) and piece.encoder == SLUG
