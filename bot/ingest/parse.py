"""Columns of cells to columns of values.  Refuses nothing itself: faults are put on the rows."""

from bot.ingest.fault import Fault, Unreadable
from bot.ingest.fields import Field, Type
from bot.ingest.fold import is_missing, show
from bot.ingest.rows import Body
from bot.ingest.values.parsers import PARSERS
from bot.ingest.values.setting import Setting
from bot.ingest.values.words import is_choice

_CHOICES = (Type.CHOICE, Type.CHOICES)
_EXCEL_ERRORS = ("#ref!", "#div/0!", "#value!", "#name?", "#num!", "#spill!", "#calc!")


def parse_column(body: Body, at: int, setting: Setting) -> list[object]:
    """Values of column `at`, None where nothing is said or the cell is at fault."""
    known: dict[tuple[type, object], object | Fault] = {}
    values: list[object] = []
    for row, cell in enumerate(body.column(at)):
        key = (type(cell), cell)
        if key not in known:
            known[key] = parse_cell(cell, setting)
        value = known[key]
        if isinstance(value, Fault):
            body.add_fault(row, at, value)
            value = None
        values.append(value)
    return values


def parse_cell(cell: object, setting: Setting) -> object | Fault:
    """One value, None for a missing one, or the fault."""
    if is_missing(cell) and not _means_none(cell, setting.field):
        return None
    fault = _spreadsheet_fault(cell)
    if fault:
        return fault
    try:
        return PARSERS[setting.field.type](cell, setting)
    except Unreadable as unreadable:
        return unreadable.fault


def _means_none(cell: object, field: Field) -> bool:
    return field.type in _CHOICES and isinstance(cell, str) and is_choice(cell, field)


def _spreadsheet_fault(cell: object) -> Fault | None:
    if not isinstance(cell, str) or cell[:1] not in ("=", "#"):
        return None
    if cell.casefold() in _EXCEL_ERRORS:
        return Fault("spreadsheet_error", {"value": show(cell)})
    if cell.startswith("=") and len(cell) > 2 and ("(" in cell or cell[1:2].isalnum()):
        return Fault("formula_without_value", {"value": show(cell)})
    return None
