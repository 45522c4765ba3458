"""What a check can find: each rule's name, why it exists, and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A kind of mistake. Its name is its identity and never changes its meaning."""

    name: str
    """Hyphenated, and says what is found: missing-alt-text."""
    why: str
    """One to three sentences: what goes wrong for whom."""
    bad: str
    """The shortest example that is reported."""
    good: str
    """The same, put right."""
    style: bool = False
    """Whether it is a matter of taste, and only checked when it is selected."""
