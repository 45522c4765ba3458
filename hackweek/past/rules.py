"""What can be wrong with old addresses."""

from hackweek.rules import Rule

RULES = (
    Rule(
        name="invalid-redirect",
        why="Old and new addresses are those of pages, below the root of all that is published;"
        " anything else leads on from nowhere, or to nowhere.",
        bad="/lessons/ohw26/hub/: https://example.org/",
        good="ohw26/hub/: ohw26/preliminary/jupyterhub/",
    ),
    Rule(
        name="redirect-over-page",
        why="A page is published at the old address, and nobody would see it any more.",
        bad="ohw26/help/: ohw26/preliminary/git/",
        good="ohw26/faq/: ohw26/preliminary/git/",
    ),
    Rule(
        name="redirect-to-missing-page",
        why="Whoever comes by an old link is led to a page that there is not.",
        bad="ohw26/hub/: ohw26/preliminary/hub/",
        good="ohw26/hub/: ohw26/preliminary/jupyterhub/",
    ),
    Rule(
        name="unanswered-address",
        why="The previous publication had a page there: people have links to it, in mails, papers"
        " and bookmarks. Only `check --published` tells.",
        bad="a lesson that was renamed, and no line in redirects.yml",
        good="ohw26/preliminary/hub/: ohw26/preliminary/jupyterhub/",
    ),
)
"""Every rule for `redirects.yml`, but for chains and loops, which are those of a built site."""
