"""How many accounts used each metric lately, so that people can choose the key features."""

from datetime import date, timedelta

import numpy as np
from sqlalchemy import func, select

from bot.services.setup.features import keep_use
from bot.store.bulk import facts
from bot.store.bulk.fact_queries import ACCOUNT_COLUMNS
from bot.store.bulk.usage_read import BLOCK, read_window
from bot.store.metrics import list_metrics, list_packings
from bot.store.tables import UsageDay
from bot.store.unit import Unit
from bot.work.bench import Bench

# Four weeks: what is used once a month is in them.
_DAYS = 28
_EXPECTED = (ACCOUNT_COLUMNS["usage_expected"],)


def work(bench: Bench, *, workspace_id: int, on: str) -> dict[str, object]:
    """Accounts above zero in the four weeks up to the newest day of usage before `on`.

    Of those alone who are expected to send usage.
    """
    with bench.store.reading(workspace_id) as unit:
        names = list(list_metrics(unit))
        newest = select(func.max(UsageDay.used_on)).where(UsageDay.used_on < date.fromisoformat(on))
        last_on = unit.session.scalar(newest)
        if last_on is None:
            return {"accounts": 0}
        accounts, used = _count(unit, names, (last_on - timedelta(days=_DAYS - 1), last_on))
    with bench.store.writing(workspace_id) as unit:
        keep_use(unit, last_on, accounts, used)
    return {"accounts": accounts, "by_metric": used}


def _count(unit: Unit, names: list[str], days: tuple[date, date]) -> tuple[int, dict[str, int]]:
    packings, after, accounts = list_packings(unit), -1, 0
    used = np.zeros(len(names), dtype=np.int64)
    while True:
        block = facts.read_accounts(unit.connection, unit.workspace_id, _EXPECTED, after, BLOCK)
        ids = block.account_ids
        if not len(ids):
            return accounts, {name: int(count) for name, count in zip(names, used, strict=True)}
        values = read_window(
            unit.connection, unit.workspace_id, packings, ids, names, days, is_span=True
        )
        expected = block.numbers["usage_expected"] > 0
        accounts += int(expected.sum())
        used += (values[expected] > 0).any(axis=2).sum(axis=0)
        after = int(ids[-1])
