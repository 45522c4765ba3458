"""The organizer's morning check: does everything answer that an event file names?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hackweek.diagnostics import Diagnostic
from hackweek.links.event_urls import EventUrl
from hackweek.links.outside.judge import Judgement, Options, judge
from hackweek.links.outside.verdict import Outcome
from hackweek.links.outside_links import rule_of

_MARKS = {Outcome.OK: "ok", Outcome.WARN: "look", Outcome.BROKEN: "BROKEN", Outcome.UNKNOWN: "?"}


@dataclass(frozen=True)
class Morning:
    """An event's addresses, and what became of each."""

    path: str
    """The event file, as messages show it."""
    urls: Sequence[EventUrl]
    judgement: Judgement

    def lines(self) -> Iterator[str]:
        """One line for each address: how it did, what it is, and where."""
        width = max(len(each.what) for each in self.urls)
        for each in self.urls:
            outcome, reason = self._outcome(each)
            told = f"  ({reason})" if outcome is Outcome.OK and reason else ""
            yield f"{_MARKS[outcome]:<6}  {each.what:<{width}}  {each.url}{told}"

    def problems(self) -> list[Diagnostic]:
        """What does not answer as it should, at its line of the event file."""
        found = []
        for each in self.urls:
            outcome, reason = self._outcome(each)
            if outcome in (Outcome.WARN, Outcome.BROKEN):
                verdict = self.judgement.verdicts[each.url]
                rule, help = rule_of(verdict)
                found.append(
                    Diagnostic(
                        path=self.path,
                        line=each.line,
                        column=each.column,
                        rule=rule,
                        message=f'{each.what}: "{each.url}" {reason}',
                        help=help,
                        warning=outcome is Outcome.WARN,
                    )
                )
        return sorted(found)

    def _outcome(self, url: EventUrl) -> tuple[Outcome, str]:
        verdict = self.judgement.verdicts[url.url]
        if url.members_only and verdict.outcome is Outcome.BROKEN and " 404 " in verdict.reason:
            return Outcome.OK, "only members see it: open it when you are signed in"
        return verdict.outcome, "" if verdict.outcome is Outcome.OK else verdict.reason


def ask_event(path: str, urls: Sequence[EventUrl], options: Options) -> Morning:
    """Asks for every address of an event."""
    return Morning(path, urls, judge((each.url for each in urls), options))
