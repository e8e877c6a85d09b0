"""Three accounts of a file as they will look once it is imported."""

from collections.abc import Mapping, Sequence

import pandas as pd

from bot.core.import_report import Sample

_SHOWN = 3
# What tells a reader fastest that a column was understood wrongly.
_FIELDS: Mapping[str, Sequence[str]] = {
    "accounts": ("owner", "tier", "stage", "seats", "started_on"),
    "contracts": ("arr_amount", "currency", "renews_on", "notice_on"),
    "contacts": ("name", "role", "email"),
    "tickets": ("opened_on", "priority", "status", "subject"),
    "invoices": ("due_on", "paid_on", "amount", "currency"),
    "nps": ("responded_on", "score", "role"),
    "touches": ("touched_on", "kind", "initiated_by"),
    "voc": ("said_on", "speaker_role", "sentiment", "text"),
    "outcomes": ("ended_on", "result", "reason"),
    "members": ("email", "roles", "zone"),
    "incidents": ("started_on", "severity"),
    "marketing_events": ("occurred_on", "kind", "detail"),
}
_USAGE = ("usage_daily", "usage_monthly")


def pick_samples(
    tables: Mapping[str, pd.DataFrame], names: Mapping[str, str]
) -> tuple[Sample, ...]:
    """Samples of the kind that says most; `names` gives an account's name by its reference."""
    for kind in (*_FIELDS, *_USAGE):
        if kind in tables and len(tables[kind]):
            make = _usage if kind in _USAGE else _rows
            return make(kind, tables[kind], names)
    return ()


def _rows(kind: str, table: pd.DataFrame, names: Mapping[str, str]) -> tuple[Sample, ...]:
    made = []
    for row in table.head(_SHOWN).to_dict("records"):
        facts = [(name, _show(row.get(name))) for name in _FIELDS[kind]]
        made.append(Sample(_name(row, names), tuple(fact for fact in facts if fact[1])))
    return tuple(made)


def _usage(kind: str, table: pd.DataFrame, names: Mapping[str, str]) -> tuple[Sample, ...]:
    made = []
    for ref, rows in list(table.groupby("account_ref", sort=False))[:_SHOWN]:
        totals = rows.groupby("metric")["value"].sum()
        facts = tuple((str(metric), f"{total:,.0f}") for metric, total in totals.items())
        made.append(Sample(names.get(str(ref), str(ref)), facts[:5]))
    return tuple(made)


def _name(row: Mapping[object, object], names: Mapping[str, str]) -> str:
    said = row.get("name") or row.get("title")
    ref = str(row.get("account_ref") or "")
    return str(names.get(ref) or said or ref)


def _show(value: object) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)) or value is pd.NaT:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.0f}"
    return str(value)[:60].removesuffix(" 00:00:00")
