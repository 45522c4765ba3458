"""What can be said of an address that leads to another site."""

from hackweek.rules import Rule

RULES = (
    Rule(
        name="broken-outside-link",
        why="What the address led to is gone, or its server does not answer: the reader learns "
        "nothing.",
        bad="[Pangeo](https://pangeo.io/no-such-page)",
        good="[Pangeo](https://pangeo.io)",
    ),
    Rule(
        name="moved-link",
        why="The address has moved for good. It still works, until its owner tidies up.",
        bad="[JupyterLab](https://jupyterlab.readthedocs.io/en/latest/user/interface.html)",
        good="[JupyterLab](https://jupyterlab.readthedocs.io/en/stable/user/interface.html)",
    ),
    Rule(
        name="doubtful-link",
        why="The server turns programs away, is slow, or its certificate is about to expire: only "
        "a person with a browser can tell.",
        bad="[the data](https://data.pangeo.io), which takes half a minute to answer",
        good="the same link, after somebody has opened it",
    ),
    Rule(
        name="allowed-link-expired",
        why="The day has come on which somebody wanted to look at this link again.",
        bad="until: 2026-11-01    # and today is later",
        good="until: 2027-02-01    # after somebody has looked",
    ),
    Rule(
        name="allowed-link-unused",
        why="No page has such a link any more, so nobody knows what the entry is for.",
        bad="url: https://example.org/gone    # and no page links there",
        good="the list without this entry",
    ),
)

WARNINGS = frozenset({"moved-link", "doubtful-link"})
"""The rules that stop nothing."""
