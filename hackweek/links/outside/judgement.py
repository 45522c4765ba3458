"""What an answer, or the lack of one, says about the link that led to it."""

import datetime
import re
from collections.abc import Callable, Iterator

from hackweek.links.outside.address import Address, host_name
from hackweek.links.outside.answer import Answer, Failure, Kind
from hackweek.links.outside.guarded_hosts import SCRIPTED_HOSTS, is_among, is_challenge
from hackweek.links.outside.verdict import Outcome

EXPIRES_SOON = datetime.timedelta(days=14)
SLOW = 3.0
"""Seconds after which an answer is late."""
_FOR_NOW = frozenset({429, 451, 503})
"""An answer to this client, at this moment or in this country."""
_SIGN_IN = re.compile(
    r"[/.](log-?in|sign-?in|sso|oauth2?|saml2?|auth|accounts?|authorize|session)\b", re.IGNORECASE
)
"""A redirect there asks who the reader is; the page stays where it was."""

Finding = tuple[Outcome, str, str | None]
"""The outcome, the reason, and where the address has moved for good."""


def judged(
    address: Address,
    outcome: Answer | Failure,
    turns_programs_away: Callable[[Answer], bool],
    now: datetime.datetime,
) -> Finding:
    """The outcome and its reason for one link of the page that was looked at."""
    if isinstance(outcome, Failure):
        slow = outcome.kind is Kind.SLOW
        return Outcome.WARN if slow else Outcome.BROKEN, outcome.reason, None
    fault = _fault(address, outcome, turns_programs_away)
    if fault:
        return *fault, None
    warnings = list(_warnings(address, outcome, now))
    if not warnings:
        return Outcome.OK, f"answers {outcome.phrase}", None
    return Outcome.WARN, "; ".join(warnings), _moved_to(address, outcome)


def _fault(
    address: Address, answer: Answer, turns_programs_away: Callable[[Answer], bool]
) -> tuple[Outcome, str] | None:
    """Why the page, or the place in it, is not there."""
    if is_challenge(answer) or turns_programs_away(answer):
        return Outcome.WARN, f"answers {answer.phrase} to programs; only a browser can tell"
    if answer.status in _FOR_NOW:
        return Outcome.WARN, f"answers {answer.phrase}, at least for now"
    if answer.status >= 400:
        return Outcome.BROKEN, f"answers {answer.phrase}"
    if not answer.is_fine:
        return Outcome.BROKEN, f"answers {answer.phrase} and does not say where to"
    if address.anchors in answer.missing:
        return _missing_anchor(address, answer)
    return None


def _missing_anchor(address: Address, answer: Answer) -> tuple[Outcome, str]:
    unsure = answer.unsure
    if is_among(host_name(answer.url), SCRIPTED_HOSTS):
        unsure = "scripts make the page"
    shown = f'has no anchor "#{address.fragment}"'
    if unsure:
        return Outcome.WARN, f"{shown} that could be seen: {unsure}"
    return Outcome.BROKEN, shown


def _warnings(address: Address, answer: Answer, now: datetime.datetime) -> Iterator[str]:
    moved_to = _moved_to(address, answer)
    if moved_to:
        yield f'moved for good to "{moved_to}"'
    if answer.expires and answer.expires - now < EXPIRES_SOON:
        host = host_name(answer.url)
        yield f'the certificate of "{host}" expires on {answer.expires:%Y-%m-%d}'
    if answer.seconds > SLOW:
        yield f"slow: no answer within {SLOW:g} s"


def _moved_to(address: Address, answer: Answer) -> str | None:
    """The address to write instead; None where a redirect is none of the author's business."""
    elsewhere = host_name(answer.url) != host_name(address.url)
    if not answer.moved_for_good or (elsewhere and _SIGN_IN.search(answer.url)):
        return None
    fragment = answer.fragment or address.fragment
    return f"{answer.url}#{fragment}" if fragment else answer.url
