"""A model document as YAML and back. Refuses what is no YAML, a key that is there twice, too much.

What is written begins with a line saying of which draft it is, so that a file edited meanwhile by
two people is noticed when it comes back.
"""

import re
from typing import Any

import yaml

from bot.core.model_problem import InvalidModel, ModelProblem
from bot.health.model import HealthDocument
from bot.health.problems import shorten

MOST_BYTES = 100_000

_HEAD = re.compile(r"\A\ufeff?# version (\d+) revision (\d+)\s")


def read_yaml(data: bytes) -> Any:
    """What a file holds, before it is read as a model; InvalidModel where it cannot be read."""
    if len(data) > MOST_BYTES:
        _refuse("large_file", limit=MOST_BYTES // 1000)
    try:
        return yaml.load(data.decode("utf-8-sig"), _Loader)
    except _Twice as twice:
        _refuse("key_twice", value=shorten(twice.key), line=twice.line)
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark
        _refuse("no_yaml", line=mark.line + 1 if mark else 0)
    # Dates and numbers that cannot be; nesting without end.
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, TypeError):
        _refuse("no_yaml", line=0)


def read_head(data: bytes) -> tuple[int, int] | None:
    """Version and revision of the draft the file was taken from; None where it does not say."""
    found = _HEAD.match(data[:200].decode("utf-8", "replace"))
    return (int(found[1]), int(found[2])) if found else None


def write_yaml(document: HealthDocument, version: int, revision: int) -> str:
    """The document, a line a measure's corner list; what is left out is as usual."""
    raw = _tidy(document.model_dump(mode="json"))
    head = f"# version {version} revision {revision}\n"
    text = yaml.dump(raw, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return head + text


class _Twice(Exception):
    def __init__(self, key: object, line: int) -> None:
        super().__init__(key)
        self.key = key
        self.line = line


class _Loader(yaml.SafeLoader):
    """YAML keeps the last of two equal keys in silence; this one does not."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.tag != "tag:yaml.org,2002:merge" and key.value in seen:
                raise _Twice(key.value, key.start_mark.line + 1)
            if isinstance(key.value, str):
                seen.add(key.value)
        return super().construct_mapping(node, deep)


class _Dumper(yaml.SafeDumper):
    """Curves and small parts stand in one line; nothing is written as a reference to another."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_sequence(
        self, tag: str, sequence: Any, flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        is_plain = all(not isinstance(each, dict) for each in sequence)
        return super().represent_sequence(tag, sequence, is_plain or flow_style)

    def represent_mapping(
        self, tag: str, mapping: Any, flow_style: bool | None = None
    ) -> yaml.MappingNode:
        is_small = bool({"score_at_most", "red_below", "ja"} & set(mapping))
        return super().represent_mapping(tag, mapping, is_small or flow_style)


def _tidy(part: Any) -> Any:
    """Without what is empty, and whole numbers without a point."""
    if isinstance(part, dict):
        return {
            name: _tidy(value)
            for name, value in part.items()
            if value not in (None, {}, []) and _tidy(value) != {}
        }
    if isinstance(part, list):
        return [_tidy(each) for each in part]
    return int(part) if isinstance(part, float) and part.is_integer() else part


def _refuse(code: str, **params: object) -> None:
    raise InvalidModel([ModelProblem(code, params=params)])
