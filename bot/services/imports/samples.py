"""Three accounts of a file as they will look once it is imported."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np
import pandas as pd

from bot.core.import_report import Sample
from bot.ingest.staged import Staged
from bot.services.imports.staged_usage import said_in

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
        made.append(_sum_up(str(ref), {str(name): sum_ for name, sum_ in totals.items()}, names))
    return tuple(made)


def pick_staged_samples(staged: Staged, names: Mapping[str, str]) -> tuple[Sample, ...]:
    """As `pick_samples`, of a large file's daily usage."""
    made = (_sum_up(ref, totals, names) for ref, totals in _staged_totals(staged))
    return tuple(islice(made, _SHOWN))


def _staged_totals(staged: Staged) -> Iterator[tuple[str, dict[str, float]]]:
    """Sums by metric of every account the file says anything of."""
    for block in staged.usage_blocks():
        for at, ref in enumerate(block.account_refs):
            said = said_in(block, slice(at, at + 1))[0]
            totals = {
                name: float(np.nansum(block.values[at, place].astype(np.float64)))
                for place, name in enumerate(block.metrics)
                if said[place].any()
            }
            if totals:
                yield ref, totals


def _sum_up(ref: str, totals: Mapping[str, float], names: Mapping[str, str]) -> Sample:
    facts = tuple((metric, f"{total:,.0f}") for metric, total in sorted(totals.items()))
    return Sample(names.get(ref, ref), facts[:5])


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
