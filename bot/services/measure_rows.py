"""The rows that one measure was made from: what a number of the explanation opens."""

from collections.abc import Sequence
from datetime import date

from bot.core.explanation import Evidence
from bot.frame.catalogue import get_measure
from bot.services.explain import judge_row
from bot.store.evidence import list_evidence
from bot.store.unit import Unit
from bot.store.usage_rows import list_usage_rows

_MOST = 10
# By the name that measures have for what they read; what is not here has no rows of its own.
_KINDS: dict[str, Sequence[str]] = {
    "nps": ("nps",),
    "voc": ("voc",),
    "requests": ("voc",),
    "tickets": ("ticket",),
    "inquiries": ("ticket",),
    "invoices": ("invoice",),
    "bills": ("invoice",),
    "incidents": ("incident",),
    "touches": ("touch",),
    "signs": ("ticket", "nps", "voc", "touch"),
}


def list_measure_rows(
    unit: Unit, account_id: int, name: str, on: date, scored_on: date | None
) -> list[Evidence]:
    """At most ten of each kind that the measure reads, and ten days of each metric."""
    needs = get_measure(name).needs
    kinds = {kind for each in needs for kind in _KINDS.get(each.partition(":")[0], ())}
    metrics = {each.partition(":")[2] for each in needs if each.startswith("usage:")}
    rows = list_evidence(unit, account_id, on, sorted(kinds), _MOST)
    used = list_usage_rows(unit, account_id, metrics, scored_on or on) if metrics else []
    return [*used, *(judge_row(row, scored_on or on) for row in rows)]
