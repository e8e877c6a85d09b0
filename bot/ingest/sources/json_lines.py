"""JSON lines, and JSON lists of objects.  Nested objects become dotted columns."""

import json
from collections.abc import Mapping, Sequence

from bot.ingest.fault import Fault
from bot.ingest.fold import show
from bot.ingest.grid import Book, Grid
from bot.ingest.sources.encoding import decode

_DEEPEST = 3


def read_json(data: bytes) -> Book:
    """One grid whose header row holds the keys in order of appearance."""
    decoded = decode(data)
    if decoded is None:
        return Book(fault=Fault("not_a_table"))
    text, notes = decoded
    whole = _records(text)
    if whole is not None:
        return Book([_grid(list(enumerate(whole, 1)), {})], notes)
    objects: list[tuple[int, object]] = []
    broken: dict[int, Fault] = {}
    for number, line in enumerate(text.splitlines(), 1):
        _take(line, number, objects, broken)
    return Book([_grid(objects, broken)], notes)


def _records(text: str) -> list[object] | None:
    """The rows of a document that is one list, or one object holding one list of objects."""
    document = _loaded(text)
    if isinstance(document, Mapping):
        lists = [each for each in document.values() if isinstance(each, list)]
        return lists[0] if len(lists) == 1 else [document]
    return document if isinstance(document, list) else None


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _take(
    line: str, number: int, objects: list[tuple[int, object]], broken: dict[int, Fault]
) -> None:
    loaded = _loaded(line) if line.strip() else {}
    if not isinstance(loaded, Mapping):
        broken[number] = Fault("json_line", {"value": show(line)})
    objects.append((number, loaded if isinstance(loaded, Mapping) else line))


def _grid(objects: list[tuple[int, object]], broken: dict[int, Fault]) -> Grid:
    flat = [_flat(each) if isinstance(each, Mapping) else {"": each} for _, each in objects]
    keys = list(dict.fromkeys(key for each in flat for key in each if key))
    rows: list[Sequence[object]] = [keys]
    rows += [[each.get(key) for key in keys] or [each.get("")] for each in flat]
    for at, (number, each) in enumerate(objects):
        if number in broken:
            rows[at + 1] = [each]
        elif not isinstance(each, Mapping):
            broken[number] = Fault("json_line", {"value": show(each)})
    return Grid("", rows, first=0, broken=broken)


def _flat(nested: Mapping[str, object], before: str = "", depth: int = 1) -> dict[str, object]:
    flat: dict[str, object] = {}
    for key, value in nested.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping) and depth < _DEEPEST:
            flat |= _flat(value, f"{name}.", depth + 1)
        elif isinstance(value, list | dict):
            flat[name] = json.dumps(value, ensure_ascii=False)
        else:
            flat[name] = value
    return flat
