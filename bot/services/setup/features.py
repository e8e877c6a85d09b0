"""Which usage metrics count uses of key features, and how many accounts use each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.core.refusal import BadInput
from bot.core.setup import MetricUse
from bot.store.metrics import list_metrics
from bot.store.unit import Unit

# In the workspace's settings: the last count, `{"on": day, "accounts": n, "by_metric": {…}}`.
USE = "metric_use"
MOST = 5


def list_use(unit: Unit) -> list[MetricUse]:
    """All metrics, most used first; without a count in the order of their names."""
    kept: dict[str, Any] = unit.workspace.settings.get(USE, {})
    counted: dict[str, int] = kept.get("by_metric", {})
    made = [
        MetricUse(name, metric.is_key, counted.get(name), kept.get("accounts", 0))
        for name, metric in sorted(list_metrics(unit).items())
    ]
    return sorted(made, key=lambda each: -(each.used_by or 0))


def keep_use(unit: Unit, on: date, accounts: int, by_metric: Mapping[str, int]) -> None:
    """A new count."""
    kept = {"on": on.isoformat(), "accounts": accounts, "by_metric": dict(by_metric)}
    unit.workspace.settings = {**unit.workspace.settings, USE: kept}


def choose_features(unit: Unit, names: Sequence[str], actor: str) -> bool:
    """These one to five metrics are the key features, all others are not; False: they were so."""
    metrics = list_metrics(unit)
    if not 1 <= len(names) <= MOST or not set(names) <= set(metrics):
        raise BadInput("choose_features", most=MOST)
    before = {name for name, metric in metrics.items() if metric.is_key}
    if before == set(names):
        return False
    for name, metric in metrics.items():
        metric.is_key = name in names
    unit.audit(actor, "key_features_chosen", "metrics", now=sorted(names), was=sorted(before))
    return True
