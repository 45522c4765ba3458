"""Hosts that answer people and turn programs away, and hosts whose pages scripts make."""

import re
from collections.abc import Iterable

from hackweek.links.outside.answer import Answer

GUARDED_HOSTS = frozenset(
    # Social networks and shops for attention: 999, 403 or a login to whoever runs no scripts.
    "linkedin.com x.com twitter.com facebook.com instagram.com tiktok.com reddit.com quora.com"
    " medium.com researchgate.net academia.edu glassdoor.com indeed.com pinterest.com"
    # Publishers, and the registries that lead to them.
    " doi.org sciencedirect.com elsevier.com wiley.com agupubs.onlinelibrary.wiley.com"
    " tandfonline.com springer.com nature.com science.org pnas.org cell.com acs.org aip.org"
    " iop.org ieee.org acm.org jstor.org oup.com cambridge.org sagepub.com mdpi.com"
    " royalsociety.org royalsocietypublishing.org annualreviews.org ametsoc.org geoscienceworld.org"
    " biorxiv.org essoar.org ssrn.com"
    # Behind a guard against programs, whatever they ask for.
    " stackoverflow.com stackexchange.com askubuntu.com superuser.com serverfault.com npmjs.com"
    " udemy.com coursera.org fiverr.com zenodo.org openai.com chatgpt.com claude.ai".split()
)
"""Known to answer 401, 403, 429 or 999 to programs; subdomains are meant as well."""

GUARDED_STATUSES = frozenset({400, 401, 403, 405, 406, 418, 429, 451, 503, 999})
"""What such a host answers to programs."""

SCRIPTED_HOSTS = frozenset(
    "github.com gist.github.com gitlab.com bitbucket.org docs.google.com drive.google.com"
    " colab.research.google.com youtube.com notion.so notion.site figma.com miro.com airtable.com"
    " hackmd.io codepen.io observablehq.com overleaf.com readme.io slack.com app.element.io"
    " matrix.to web.zoom.us groups.google.com nbviewer.org mybinder.org".split()
)
"""Their pages get anchors from scripts, which only a browser runs."""

_CHALLENGES = {
    # https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
    "cf-mitigated": re.compile("challenge"),
    # https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
    "x-amzn-waf-action": re.compile("challenge|captcha"),
    "x-vercel-mitigated": re.compile("challenge"),
    "x-datadome": re.compile("protected"),
}
"""Headers by which a guard says that it wants a browser."""


def is_among(name: str, hosts: Iterable[str]) -> bool:
    """Whether a host, or a domain that it belongs to, is one of these."""
    labels = name.rstrip(".").split(".")
    return not {".".join(labels[start:]) for start in range(len(labels))}.isdisjoint(hosts)


def is_challenge(answer: Answer) -> bool:
    """Whether this is a guard's answer to programs, and not the page's; 999 is nothing else."""
    return answer.status == 999 or any(
        pattern.search(answer.headers.get(name, "").lower())
        for name, pattern in _CHALLENGES.items()
    )
