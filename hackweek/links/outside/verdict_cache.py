"""Verdicts kept on disk, so that the second run of a day asks nothing twice."""

import datetime
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hackweek.links.outside.verdict import Outcome, Verdict
from hackweek.publish import replace_file

MAX_AGE = {
    Outcome.OK: datetime.timedelta(days=3),
    # Less than a day, so that a check at the same time every day asks again.
    Outcome.WARN: datetime.timedelta(hours=20),
    Outcome.BROKEN: datetime.timedelta(hours=20),
}
"""How long a verdict holds; one that is not here is not kept."""
_FORM = 1
"""Raised when the file's form or the meaning of a verdict changes."""


class VerdictCache:
    """The verdicts of a file. One that is damaged, or of another form, counts as empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._verdicts = _read(path)

    def get(self, url: str, now: datetime.datetime) -> Verdict | None:
        """The verdict on an address, if it still holds."""
        verdict = self._verdicts.get(url)
        return verdict if verdict and _holds(verdict, now) else None

    def add(self, verdict: Verdict) -> None:
        """Keeps a verdict in memory until `save`."""
        self._verdicts[verdict.url] = verdict

    def save(self, now: datetime.datetime) -> None:
        """Writes all that still hold, at once. Raises OSError."""
        kept = [each for each in self._verdicts.values() if _holds(each, now)]
        kept.sort(key=lambda each: each.url)
        body = {"form": _FORM, "verdicts": [_as_json(each) for each in kept]}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(self._path, json.dumps(body, indent=1, ensure_ascii=False) + "\n")


def _holds(verdict: Verdict, now: datetime.datetime) -> bool:
    age = now - verdict.checked
    # One from the future was written by a wrong clock.
    return datetime.timedelta() <= age < MAX_AGE.get(verdict.outcome, datetime.timedelta())


def _as_json(verdict: Verdict) -> dict[str, Any]:
    return {**asdict(verdict), "checked": verdict.checked.isoformat()}


def _read(path: Path) -> dict[str, Verdict]:
    try:
        body = json.loads(path.read_text("utf-8"))
        if body["form"] != _FORM:
            return {}
        verdicts = [_from_json(each) for each in body["verdicts"]]
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return {each.url: each for each in verdicts}


def _from_json(fields: dict[str, Any]) -> Verdict:
    checked = datetime.datetime.fromisoformat(fields["checked"])
    if checked.tzinfo is None:
        raise ValueError("a time without a zone")
    return Verdict(**{**fields, "checked": checked, "outcome": Outcome(fields["outcome"])})
