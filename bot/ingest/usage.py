"""Usage sheets, long or wide, by day or month, to one row per account, metric and day.

Refuses rows that contradict each other; a blank cell is no fact, the word for delete is one.
"""

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from bot.ingest.fault import Fault
from bot.ingest.fields import Field, Type
from bot.ingest.fold import is_missing
from bot.ingest.mapping import METRIC
from bot.ingest.metrics import known_metric, metric_name, standard_metrics
from bot.ingest.parse import parse_column
from bot.ingest.reading import Question
from bot.ingest.registry import get_kind
from bot.ingest.sheet import Sheet
from bot.ingest.table import Row, note_refs, stand_in
from bot.ingest.usage_columns import day_columns, find_metrics
from bot.ingest.values.dates import month_in
from bot.ingest.values.setting import Setting

_SAMPLE = 200
_VALUE = Field("value", Type.QUANTITY, (), least=0)
_PERIODS = ("daily", "monthly")
Cell = tuple[str, object, float]


def settle_usage_kind(sheet: Sheet) -> None:
    """Fix period, metric columns and day columns before the rows are read."""
    _settle_period(sheet)
    period = period_of(sheet)
    if sheet.at(period) is None:
        sheet.days = day_columns(sheet.header, period)
    taken = {**sheet.columns, **dict.fromkeys(sheet.days, period)}
    if {"metric", "value"} <= set(sheet.columns.values()) or sheet.days:
        return
    rows = sheet.grid.rows[sheet.header.body :]
    for at, name in find_metrics(sheet.header, taken, rows).items():
        sheet.columns[at] = f"{METRIC}{name}"
    value = sheet.at("value")
    if value is not None and sheet.at("metric") is None and sheet.metrics():
        sheet.columns[value] = f"{METRIC}{metric_name(sheet.header.names[value])}"


def period_of(sheet: Sheet) -> str:
    """`on` or `month`: the field that says when."""
    return sheet.kind.required[1][0]


def read_usage(sheet: Sheet) -> None:
    """Add the sheet's numbers to the reading."""
    values = sheet.parse()
    numbers = _numbers(sheet)
    rows = [{name: held[at] for name, held in values.items()} for at in range(_count(sheet))]
    default = _default_metric(sheet)
    cells: dict[int, list[Cell]] = {}
    for at, row in enumerate(rows):
        stand_in(row, sheet.kind)
        cells[at] = list(_cells(sheet, at, row, numbers, default))
        _check(sheet, at, row)
    kept = _settle(sheet, rows, cells)
    sheet.refuse_faulty()
    note_refs(sheet, [rows[at] for at in dict.fromkeys(at for at, _ in kept)])
    sheet.reading.add_table(sheet.kind.name, _frame(sheet, rows, kept))


def _settle_period(sheet: Sheet) -> None:
    at = sheet.at("on")
    if sheet.kind.name != "usage_daily":
        return
    if at is None:
        if not day_columns(sheet.header, "on") and day_columns(sheet.header, "month"):
            sheet.kind = get_kind("usage_monthly")
        return
    rows = sheet.grid.rows[sheet.header.body :][:_SAMPLE]
    cells = [row[at] for row in rows if at < len(row) and not is_missing(row[at])]
    if _all_months(cells) or (_all_firsts(cells) and _asked_period(sheet) == "monthly"):
        sheet.kind = get_kind("usage_monthly")
        sheet.columns[at] = "month"


def _all_months(cells: list[object]) -> bool:
    return bool(cells) and all(isinstance(cell, str) and _is_month(cell) for cell in cells)


def _is_month(text: str) -> bool:
    try:
        return month_in(text) is not None
    except ValueError:
        return False


def _all_firsts(cells: list[object]) -> bool:
    texts = {cell.isoformat() if isinstance(cell, date) else str(cell) for cell in cells}
    firsts = (text[-3:] in ("-01", "/01") or text.endswith(("/1", "月1日")) for text in texts)
    return len(texts) >= 2 and all(firsts)


def _asked_period(sheet: Sheet) -> str:
    said = sheet.answers.get("usage_period", "")
    answer = said if said in _PERIODS else ""
    sheet.reading.ask(Question("usage_period", "usage_period", _PERIODS, answer=answer))
    return answer or "daily"


def _count(sheet: Sheet) -> int:
    return len(sheet.body.rows)


def _numbers(sheet: Sheet) -> dict[int, list[object]]:
    setting = Setting(_VALUE, sheet.today)
    columns = [*sheet.metrics(), *sheet.days]
    return {at: parse_column(sheet.body, at, setting) for at in columns}


def _default_metric(sheet: Sheet) -> str | None:
    """The metric where no column names one: by the sheet's name, its title, or the answer."""
    if sheet.at("metric") is not None or not (sheet.days or sheet.at("value") is not None):
        return None
    for text in (sheet.grid.name, *sheet.header.title.split()):
        named = known_metric(text)
        if named:
            return named
    answer = sheet.answers.get("metric", "")
    sheet.reading.ask(Question("metric", "metric", standard_metrics(), answer=answer))
    return metric_name(answer) if answer else standard_metrics()[0]


def _cells(
    sheet: Sheet, at: int, row: Row, numbers: Mapping[int, list[object]], default: str | None
) -> Iterator[Cell]:
    said = row.get("metric")
    metric = metric_name(str(said)) if said is not None else default
    if metric and isinstance(row.get("value"), float):
        yield metric, row.get(period_of(sheet)), row["value"]  # type: ignore[misc]
    for column, day in sheet.days.items():
        number = numbers[column][at]
        if metric and isinstance(number, float):
            yield metric, day, number
    for column, name in sheet.metrics().items():
        number = numbers[column][at]
        if isinstance(number, float):
            yield name, row.get(period_of(sheet)), number


def _check(sheet: Sheet, at: int, row: Row) -> None:
    sheet.lacks(at, row, "account_ref", "account_name")
    if not sheet.days:
        sheet.lacks(at, row, period_of(sheet))
    if sheet.at("value") is not None and not sheet.metrics():
        sheet.lacks(at, row, "value")
        if sheet.at("metric") is not None:
            sheet.lacks(at, row, "metric")


def _settle(
    sheet: Sheet, rows: list[Row], cells: Mapping[int, list[Cell]]
) -> list[tuple[int, Cell]]:
    """Cells to keep with their rows: repeated rows are counted, contradicting ones refused."""
    seen: dict[tuple[object, ...], tuple[int, float]] = {}
    fresh: list[tuple[int, Cell]] = []
    good = [at for at in range(len(rows)) if at not in sheet.body.faults]
    for at in good:
        new = [
            cell
            for cell in cells[at]
            if _first_told(sheet, seen, (rows[at]["account_ref"], *cell[:2]), at, cell[2])
        ]
        fresh += [(at, cell) for cell in new]
        if not cells[at]:
            sheet.tally.blank += 1
        elif not new and at not in sheet.body.faults:
            sheet.tally.duplicates += 1
        else:
            sheet.tally.parsed += 1
    refused_late = sum(at in sheet.body.faults for at in good)
    sheet.tally.parsed -= refused_late
    return [(at, cell) for at, cell in fresh if at not in sheet.body.faults]


def _first_told(
    sheet: Sheet,
    seen: dict[tuple[object, ...], tuple[int, float]],
    key: tuple[object, ...],
    at: int,
    value: float,
) -> bool:
    other, told = seen.setdefault(key, (at, value))
    if other == at:
        return True
    if told is not value and told != value:
        for one, two in ((at, other), (other, at)):
            params = {"other": str(sheet.body.numbers[two])}
            if not any(f.code == "contradiction" for _, f in sheet.body.faults.get(one, [])):
                sheet.refuse(one, period_of(sheet), Fault("contradiction", params))
    return False


def _frame(sheet: Sheet, rows: list[Row], kept: list[tuple[int, Cell]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "account_ref": pd.Series([rows[at]["account_ref"] for at, _ in kept], dtype=object),
            "metric": pd.Series([cell[0] for _, cell in kept], dtype=object),
            period_of(sheet): pd.Series([cell[1] for _, cell in kept], dtype=object),
            "value": pd.Series([cell[2] for _, cell in kept], dtype=float),
        }
    )
