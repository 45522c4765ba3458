"""YAML 1.2 as event files are written in it: https://yaml.org/spec/1.2.2/."""

import contextlib
import re
import warnings
from typing import Any, ClassVar

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.resolver import implicit_resolvers


class _Libyaml(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """What composes text that means the same in YAML 1.1 and 1.2, ten times as fast."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}


for _versions, _tag, _pattern, _first in implicit_resolvers:
    if (1, 2) in _versions:
        _Libyaml.add_implicit_resolver(_tag, _pattern, _first)

_DIFFERENT = re.compile(
    r"[\t\\\x85\u2028\u2029\ufeff\ud800-\udfff]|^[%.]|(?:^|[-:?,] ) *[&*!|>@`?{}\[\]<=]",
    re.MULTILINE,
)
"""What the two may read in different ways."""


def compose(text: str) -> Any:
    """The root node of a text.

    Raises the errors of PyYAML, also where ruamel.yaml says what is wrong.
    """
    if not _DIFFERENT.search(text):
        with contextlib.suppress(yaml.YAMLError):  # ruamel.yaml says it
            root = yaml.compose(text, Loader=_Libyaml)
            if root and not _has_empty(root):
                return root
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReusedAnchorWarning)
        try:
            return YAML().compose(text)
        except MarkedYAMLError as error:
            marks = error.context, error.context_mark, error.problem, error.problem_mark
            raise yaml.MarkedYAMLError(*marks) from error
        except ReaderError as error:
            parts = error.name, error.position, error.character, error.encoding, error.reason
            raise yaml.reader.ReaderError(*parts) from error
        except YAMLError as error:
            raise yaml.YAMLError(str(error)) from error


def _has_empty(node: Any) -> bool:
    """Whether a value is left out, of which the parsers say in different ways where that is."""
    if node.id == "scalar":
        return bool(node.start_mark.index == node.end_mark.index)
    if node.id == "mapping":
        return any(_has_empty(key) or _has_empty(value) for key, value in node.value)
    return any(map(_has_empty, node.value))
