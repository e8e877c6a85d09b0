"""Reads what one account uses, in a fixed number of statements. Free of numpy."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select

from bot.core.metrics import MetricKind
from bot.core.usage_summary import TRIED_DAYS, Traits, UsageSummary, build_summary
from bot.store.metrics import list_metrics
from bot.store.tables import Account, ScoreRun
from bot.store.unit import Unit
from bot.store.usage_rows import read_values


def find_usage_summary(unit: Unit, account_id: int, run_on: date | None) -> UsageSummary | None:
    """As of a run; None before the first one, without a feed, or where none is expected."""
    run = unit.session.get(ScoreRun, (unit.workspace_id, run_on)) if run_on else None
    is_expected = select(Account.usage_expected).filter_by(id=account_id)
    if run is None or run.data_on is None or not unit.session.scalar(is_expected):
        return None
    metrics = list_metrics(unit)
    values: dict[str, dict[date, float]] = defaultdict(dict)
    for name, on, value in read_values(unit, account_id, set(metrics), run.data_on, TRIED_DAYS):
        values[name][on] = value
    traits = {
        name: Traits(MetricKind(each.kind), each.is_key, each.says_zero)
        for name, each in metrics.items()
    }
    return build_summary(traits, values, run.data_on) if values else None
