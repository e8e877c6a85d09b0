"""Tables and charts: sizes, equal rows, and series that cover every category."""

from typing import Any

from sandbox.kinds import Json
from sandbox.rules.engine import (
    Choice,
    Flag,
    ListOf,
    Number,
    Problems,
    Rule,
    Shape,
    Text,
    Typed,
    shaped,
)
from sandbox.rules.objects import BLOCK_ID
from sandbox.rules.problem import Problem
from sandbox.rules.rich_text import RICH_TEXT

DATA_TABLE_CHARACTERS = 20_000
_MOST_ROWS = 100
_MOST_COLUMNS = 20
_MOST_SERIES = 6
_MOST_POINTS = 20

_CELLS: dict[str, Shape] = {
    "raw_text": shaped("raw_text", {"text": Text(3000, shortest=0), "emoji": Flag()}, "text"),
    "raw_number": shaped(
        "raw_number", {"value": Number(fraction=True), "text": Text(3000)}, "value"
    ),
    "rich_text": RICH_TEXT,
}
_CELL = Typed(_CELLS, tuple(_CELLS), "in a table cell")
_ROW = ListOf(_CELL, _MOST_COLUMNS)


class _Nullable:
    """Column settings may skip a column with null."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule

    def check(self, value: Any, at: str) -> Problems:
        if value is not None:
            yield from self._rule.check(value, at)


_COLUMN = Shape({"align": Choice(("left", "center", "right")), "is_wrapped": Flag()})


def _check_equal_rows(value: Json, at: str) -> Problems:
    width = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != width:
            message = f"must have {width} cells like the first row (has {len(row)})"
            yield Problem(f"{at}/rows/{index}", "uneven_rows", message)


def _check_header(value: Json, at: str) -> Problems:
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            pointer = f"{at}/rows/0/{index}/type"
            yield Problem(pointer, "not_allowed_here", "rich_text is not allowed in the header")
    last = len(value["rows"][0]) - 1
    if value.get("row_header_column_index", 0) > last:
        yield Problem(f"{at}/row_header_column_index", "out_of_range", f"must be at most {last}")


def _check_table_text(value: Json, at: str) -> Problems:
    total = sum(len(cell.get("text", "")) for row in value["rows"] for cell in row)
    if total > DATA_TABLE_CHARACTERS:
        message = f"cells must have at most {DATA_TABLE_CHARACTERS} characters (have {total})"
        yield Problem(f"{at}/rows", "too_long", message)


def _check_cells_filled(value: Json, at: str) -> Problems:
    for row_index, row in enumerate(value["rows"]):
        for index, cell in enumerate(row):
            if cell.get("type") == "raw_text" and cell.get("text") == "":
                pointer = f"{at}/rows/{row_index}/{index}/text"
                yield Problem(pointer, "too_short", "must have at least 1 character(s)")


TABLE = shaped(
    "table",
    {
        "block_id": BLOCK_ID,
        "rows": ListOf(_ROW, _MOST_ROWS),
        "column_settings": ListOf(_Nullable(_COLUMN), _MOST_COLUMNS, fewest=0),
    },
    "rows",
)

DATA_TABLE = shaped(
    "data_table",
    {
        "block_id": BLOCK_ID,
        "rows": ListOf(_ROW, _MOST_ROWS + 1, fewest=2),
        "caption": Text(3000),
        "page_size": Number(1, 100),
        "row_header_column_index": Number(0),
    },
    "rows",
    "caption",
    checks=(_check_equal_rows, _check_header, _check_table_text, _check_cells_filled),
)

_POINT = Shape({"label": Text(20), "value": Number(fraction=True)}, ("label", "value"))
_SERIES = Shape({"name": Text(20), "data": ListOf(_POINT, _MOST_POINTS)}, ("name", "data"))
_AXIS = Shape(
    {
        "categories": ListOf(Text(20), _MOST_POINTS),
        "x_label": Text(50),
        "y_label": Text(50),
    },
    ("categories",),
)


def _check_slices(value: Json, at: str) -> Problems:
    for index, segment in enumerate(value["segments"]):
        if segment["value"] <= 0:
            pointer = f"{at}/segments/{index}/value"
            yield Problem(pointer, "out_of_range", "must be greater than 0")


def _check_categories(value: Json, at: str) -> Problems:
    categories = value["axis_config"]["categories"]
    if len(set(categories)) != len(categories):
        yield Problem(f"{at}/axis_config/categories", "duplicate", "must not repeat a category")
    names = [series["name"] for series in value["series"]]
    for index, series in enumerate(value["series"]):
        if names.index(series["name"]) != index:
            yield Problem(f"{at}/series/{index}/name", "duplicate", "must not repeat a series")
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            message = "must have one point for every category, and no other"
            yield Problem(f"{at}/series/{index}/data", "uncovered_category", message)


def _axes(kind: str) -> Shape:
    return shaped(
        kind,
        {"series": ListOf(_SERIES, _MOST_SERIES), "axis_config": _AXIS},
        "series",
        "axis_config",
        checks=(_check_categories,),
    )


_CHARTS: dict[str, Shape] = {
    "pie": shaped(
        "pie", {"segments": ListOf(_POINT, _MOST_SERIES)}, "segments", checks=(_check_slices,)
    ),
    "bar": _axes("bar"),
    "area": _axes("area"),
    "line": _axes("line"),
}

DATA_VISUALIZATION = shaped(
    "data_visualization",
    {
        "block_id": BLOCK_ID,
        "title": Text(50),
        "chart": Typed(_CHARTS, tuple(_CHARTS), "as a chart"),
    },
    "title",
    "chart",
)
