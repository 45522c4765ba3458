"""LinkChecker over a served site; a program of its own, started by `hackweek.links.outside.crawl`.

It calls the LinkChecker that is installed as a library, because its command
- ignores a misspelt key of its configuration, where `configure` refuses it,
- becomes the user `nobody` when root starts it, who may not read the Python that runs it,
- slows down for every host unless the host asks it not to, this machine's own hosts too.
It reads one JSON object and writes one for each address on a line of its own.
https://linkchecker.github.io/linkchecker/man/linkcheckerrc.html
"""

import json
import sys
from typing import Any, TextIO

from linkcheck import checker, director, url  # type: ignore[import-untyped]
from linkcheck.configuration import Configuration  # type: ignore[import-untyped]
from linkcheck.logger import _Logger  # type: ignore[import-untyped]

MEMORY = 512 * 2**20
"""Bytes: LinkChecker reads the body of every redirect, however long it is."""


class Lines(_Logger):  # type: ignore[misc]
    """Writes what LinkChecker found out about each address that does not belong to the site."""

    LoggerName = "lines"

    def __init__(self, output: TextIO, site: str) -> None:
        super().__init__()
        self._output = output
        self._site = site

    def start_output(self) -> None:
        """Begins without a heading."""

    def log_url(self, found: Any) -> None:
        """Writes one address; for one of the site, an empty line: a sign of life."""
        line = ""
        if not found.url.startswith(self._site) or found.base_url.startswith("http"):
            warnings = [text for _tag, text in found.warnings]
            fields = {"url": found.base_url, "valid": bool(found.valid), "result": found.result}
            line = json.dumps({**fields, "warnings": warnings})
        self._output.write(f"{line}\n")
        self._output.flush()

    def end_output(self, **_statistics: Any) -> None:
        """Ends without a summary."""


class Unasked:
    """A pattern of addresses that LinkChecker shall not ask: all outside that are not wanted."""

    def __init__(self, site: str, wanted: list[str]) -> None:
        self._site = site
        self._wanted = {url.url_norm(each, "utf-8")[0] for each in wanted}

    def search(self, address: str) -> bool:
        """Whether the address is one of them, as `re.Pattern.search` would say."""
        return not address.startswith(self._site) and (
            address.partition("#")[0] not in self._wanted
        )


def configure(settings: dict[str, Any]) -> Configuration:
    """LinkChecker's configuration with these changes. Raises KeyError for a name it lacks."""
    configuration = Configuration()
    for name, value in settings.items():
        if name not in configuration:
            raise KeyError(name)
        configuration[name] = value
    return configuration


def run(job: dict[str, Any], output: TextIO) -> None:
    """Crawls the site that the job names and asks for the addresses that it wants."""
    configuration = configure(job["settings"])
    configuration["externlinks"] = [
        {"pattern": Unasked(job["site"], job["wanted"]), "negate": False, "strict": True}
    ]
    configuration["logger"] = Lines(output, job["site"])
    configuration.sanitize()
    aggregate = director.get_aggregate(configuration)
    for host in job["unthrottled"]:
        aggregate.set_maxrated_for_host(host)
    aggregate.urlqueue.put(checker.get_url_from(job["site"], 0, aggregate, extern=(0, 0)))
    director.check_urls(aggregate)


def _limit_memory() -> None:
    try:
        import resource  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit_memory()
    run(json.load(sys.stdin), sys.stdout)
