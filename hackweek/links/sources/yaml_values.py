"""The values that a YAML file holds, each with where it is written."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from hackweek.links.sources.source_map import Origin, SourceFile, read_source
from hackweek.yaml_source import Location, Source, read_mapping


class YamlValues:
    """The values of a YAML file, or of front matter."""

    def __init__(self, file: SourceFile, source: Source) -> None:
        self.file = file
        self.values = source.values
        self._source = source
        offsets = sorted({file.offset(*place) for place in source.places.values()})
        self._ends = dict(pairwise([*offsets, len(file.text)]))

    @classmethod
    def read(cls, path: Path, shown_as: str, *, as_mkdocs: bool) -> "YamlValues":
        """The values of a file; none where there is no such file."""
        file = read_source(path, shown_as) if path.is_file() else SourceFile(shown_as, "")
        return cls(file, read_mapping(shown_as, file.text, as_mkdocs=as_mkdocs))

    def origin(self, location: Location) -> Origin:
        """Where the value at a location is written."""
        start = self.file.offset(*self._source.place(location))
        end = self._ends.get(start, len(self.file.text))
        return Origin(file=self.file, start=start, end=end, depth=len(location))

    def text(self, location: Location) -> str | None:
        """A single value as it is written, without quotes; None where there is none."""
        return self._source.spelled.get(location)

    def texts(self, *first: str) -> Iterator[tuple[str, Location]]:
        """Each single value below some keys, from the top of the file, and its location."""
        for location, text in self._source.spelled.items():
            if location[: len(first)] == first:
                yield text, location
