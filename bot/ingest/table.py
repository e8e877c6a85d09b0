"""Rows that are facts one by one.  Refuses a row that lacks what identifies it, and two that
contradict each other.
"""

import hashlib
from collections.abc import Mapping, Sequence

import pandas as pd

from bot.ingest.fault import Fault
from bot.ingest.fields import Kind, Type
from bot.ingest.reading import AccountRef
from bot.ingest.sheet import Sheet
from bot.ingest.values.money import Amount

# What a reference begins with that the source did not give.
MADE = "made-"
_NOT_FACTS = ("account_name",)
Row = dict[str, object]


def read_table(sheet: Sheet) -> None:
    """Add the sheet's facts to the reading."""
    rows = parse_rows(sheet)
    check_rows(sheet, rows)
    kept = drop_repeated(sheet, rows, sheet.kind.key)
    sheet.refuse_faulty()
    sheet.tally.parsed += len(kept)
    note_refs(sheet, [rows[at] for at in kept])
    sheet.reading.add_table(sheet.kind.name, fact_table(sheet, rows, kept))


def parse_rows(sheet: Sheet) -> list[Row]:
    """Every data row by field, with what stands for blanks; faults are left on the sheet."""
    return _rows(sheet.parse(), len(sheet.body.rows), sheet.kind)


def check_rows(sheet: Sheet, rows: Sequence[Row], meant: Sequence[bool] | None = None) -> None:
    """Put a fault on rows that lack what they need or contradict themselves; of all rows, or of
    those `meant`.
    """
    for at, row in enumerate(rows):
        if meant is None or meant[at]:
            _check(sheet, at, row)


def fact_table(sheet: Sheet, rows: Sequence[Row], kept: Sequence[int]) -> pd.DataFrame:
    """The rows `kept` in the kind's own columns."""
    columns = _columns(sheet)
    facts = [[rows[at].get(name) for name in columns] for at in kept]
    return pd.DataFrame(facts, columns=columns, dtype=object)


def drop_repeated(sheet: Sheet, rows: Sequence[Row], key: tuple[str, ...]) -> list[int]:
    """Indexes of rows to keep: of equal rows the first; rows of one key that differ are refused."""
    first: dict[tuple[object, ...], int] = {}
    clashes: dict[int, int] = {}
    kept: list[int] = []
    for at, row in enumerate(rows):
        if at in sheet.body.faults:
            continue
        known = first.setdefault(tuple(row.get(name) for name in key), at)
        if known == at:
            kept.append(at)
        elif rows[known] == row:
            sheet.tally.duplicates += 1
        else:
            clashes[at] = known
            clashes.setdefault(known, at)
    _refuse_clashes(sheet, clashes, key)
    return [at for at in kept if at not in clashes]


def note_refs(sheet: Sheet, rows: Sequence[Mapping[str, object]]) -> None:
    """Remember under which names and domains the source knows its accounts."""
    for row in rows:
        ref = row.get("account_ref")
        name = row.get("account_name") or (row.get("name") if _is_account(sheet) else None)
        held = sheet.reading.refs.get(str(ref))
        if ref is not None and (held is None or (name and held.name is None)):
            domain = row.get("mail_domain")
            sheet.reading.refs[str(ref)] = AccountRef(
                str(ref), str(name) if name else None, str(domain) if domain else None
            )


def stand_in(row: Row, kind: Kind) -> None:
    """Fill blank fields from the fields that stand for them, then with the kind's defaults."""
    for name, other in kind.stand_ins.items():
        if row.get(name) is None and row.get(other) is not None:
            row[name] = row[other]
    for name, default in kind.defaults.items():
        if row.get(name) is None:
            row[name] = default


def _is_account(sheet: Sheet) -> bool:
    return sheet.kind.name == "accounts"


def _rows(values: Mapping[str, list[object]], count: int, kind: Kind) -> list[Row]:
    names = list(values)
    rows = [dict(zip(names, cells, strict=True)) for cells in zip(*values.values(), strict=True)]
    rows = rows or [{} for _ in range(count)]
    for row in rows:
        _take_money_apart(row, kind)
        stand_in(row, kind)
        _make_ref(row, kind)
    return rows


def _take_money_apart(row: Row, kind: Kind) -> None:
    for field in kind.fields:
        amount = row.get(field.name)
        if field.type is Type.MONEY and isinstance(amount, Amount):
            row[field.name] = format(amount.amount.normalize(), "f")
            own, column = amount.currency, row.get("currency")
            row["_conflict"] = own and column and own != column and str(own)
            row["currency"] = column or own


def _make_ref(row: Row, kind: Kind) -> None:
    name = kind.made_ref
    if name is None or row.get(name) is not None or _is_nameless(row, kind, name):
        return
    parts = "|".join(str(row.get(part)) for part in kind.made_from)
    row[name] = MADE + hashlib.sha256(parts.encode()).hexdigest()[:12]


def _is_nameless(row: Row, kind: Kind, name: str) -> bool:
    """Whether the row lacks all that could stand for the reference: a ref of nothing is none."""
    groups = [group for group in kind.required if name in group]
    return any(all(row.get(each) is None for each in group) for group in groups)


def _check(sheet: Sheet, at: int, row: Row) -> None:
    conflict, stand_ins = row.pop("_conflict", None), sheet.kind.stand_ins
    if conflict:
        params = {"found": str(conflict), "expected": str(row["currency"])}
        sheet.refuse(at, "currency", Fault("currency_conflict", params))
    for group in sheet.kind.required:
        sheet.lacks(at, row, *group, *(stand_ins[name] for name in group if name in stand_ins))
    for check in sheet.kind.checks if at not in sheet.body.faults else ():
        found = check(row)
        if found:
            sheet.refuse(at, *found)


def _refuse_clashes(sheet: Sheet, clashes: Mapping[int, int], key: tuple[str, ...]) -> None:
    for at, other in clashes.items():
        params = {"other": str(sheet.body.numbers[other])}
        sheet.refuse(at, key[-1], Fault("contradiction", params))


def _columns(sheet: Sheet) -> list[str]:
    held = {*sheet.columns.values(), *sheet.kind.key, *sheet.kind.defaults, *sheet.kind.stand_ins}
    if any(field.type is Type.MONEY and field.name in held for field in sheet.kind.fields):
        held.add("currency")
    if sheet.kind.made_ref:
        held.add(sheet.kind.made_ref)
    return [name for name in sheet.kind.names() if name in held and name not in _NOT_FACTS]
