"""One row per login, or per person and day, to activity of persons and to usage of the account.

Refuses to add distinct people up: active users are counted here, where the people are known.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from bot.ingest.fold import fold
from bot.ingest.metrics import metric_name
from bot.ingest.sheet import Sheet
from bot.ingest.table import Row, drop_repeated, note_refs, stand_in

_LOGIN_WORDS = ("login", "log in", "sign in", "signin", "session_start", "ログイン", "サインイン")


def read_logins(sheet: Sheet) -> None:
    """Add activity; where a row is one login, usage is counted from the rows too."""
    values = sheet.parse()
    count = len(sheet.body.rows)
    rows: list[Row] = [{name: held[at] for name, held in values.items()} for at in range(count)]
    for at, row in enumerate(rows):
        stand_in(row, sheet.kind)
        _check(sheet, at, row)
    counted = sheet.at("logins") is not None
    kept = drop_repeated(sheet, rows, sheet.kind.key) if counted else _events(sheet, rows)
    sheet.refuse_faulty()
    sheet.tally.parsed += len(kept)
    note_refs(sheet, [rows[at] for at in kept])
    facts = [rows[at] for at in kept]
    sheet.reading.add_table("contact_activity", _activity(facts, counted))
    if not counted:
        sheet.reading.add_table("usage_daily", _usage(facts))


def _check(sheet: Sheet, at: int, row: Row) -> None:
    sheet.lacks(at, row, "account_ref", "account_name")
    for name in ("contact_ref", "on", *(["logins"] if "logins" in row else [])):
        sheet.lacks(at, row, name)


def _events(sheet: Sheet, rows: Sequence[Row]) -> list[int]:
    """Indexes of rows to count.  The same person at the same second is one event told twice;
    where the file gives only days, every row counts.
    """
    column = sheet.at("on")
    seen: set[tuple[object, ...]] = set()
    kept: list[int] = []
    for at, row in enumerate(rows):
        if at in sheet.body.faults:
            continue
        written = sheet.body.rows[at][column] if column is not None else None
        key = (row["account_ref"], row["contact_ref"], row.get("event"), str(written))
        if _tells_time(written) and key in seen:
            sheet.tally.duplicates += 1
            continue
        seen.add(key)
        kept.append(at)
    return kept


def _tells_time(cell: object) -> bool:
    if isinstance(cell, str):
        return ":" in cell or "時" in cell
    return isinstance(cell, datetime) or (isinstance(cell, int | float) and cell > 1e9)


def _is_login(row: Row) -> bool:
    event = row.get("event")
    return event is None or any(word in fold(str(event)) for word in _LOGIN_WORDS)


def _activity(facts: Sequence[Row], counted: bool) -> pd.DataFrame:
    logins: Counter[tuple[object, ...]] = Counter()
    for row in facts:
        number = row.get("logins") if counted else int(_is_login(row))
        logins[row["account_ref"], row["contact_ref"], row["on"]] += int(str(number))
    return pd.DataFrame(
        [(*key, number) for key, number in logins.items()],
        columns=["account_ref", "contact_ref", "on", "logins"],
        dtype=object,
    )


def _usage(facts: Sequence[Row]) -> pd.DataFrame:
    totals: Counter[tuple[object, ...]] = Counter()
    people: dict[tuple[object, object], set[object]] = {}
    for row in facts:
        account, day = row["account_ref"], row["on"]
        metric = "logins" if _is_login(row) else metric_name(str(row["event"]))
        totals[account, metric, day] += 1
        people.setdefault((account, day), set()).add(row["contact_ref"])
    for (account, day), contacts in people.items():
        totals[account, "active_users", day] = len(contacts)
    frame = pd.DataFrame(
        [(*key, float(number)) for key, number in totals.items()],
        columns=["account_ref", "metric", "on", "value"],
        dtype=object,
    )
    return frame.astype({"value": float})
