"""How many accounts use each metric: counted from the packed days, zeros are no use."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from bot.services.setup.features import list_use
from bot.texts import Texts
from bot.work import count_metric_use
from bot.work.bench import Bench
from tests.recompute.customers import Customers

LAST = date(2026, 11, 18)


def count(customers: Customers, folder: Path, on: date = date(2026, 11, 20)) -> dict[str, object]:
    bench = Bench(customers.store, Texts(), customers.clock, folder)
    return count_metric_use.work(bench, workspace_id=customers.workspace_id, on=on.isoformat())


def use(customers: Customers, ref: str, *values: float, on: date = LAST) -> None:
    customers.write(ref, on, np.array(values, dtype=np.float64).reshape(-1, 1))


def test_only_what_was_used_in_the_last_four_weeks_counts(
    any_customers: Customers, tmp_path: Path
) -> None:
    for ref in "ABCD":
        any_customers.add_account(ref)
    any_customers.add_account("E", usage_expected=False)
    use(any_customers, "A", 3, 1, 0, 2, np.nan)
    use(any_customers, "B", 1, 0, 0, np.nan, np.nan)
    use(any_customers, "C", 0, 0, 0, 0, 5, on=LAST - timedelta(days=28))
    use(any_customers, "E", 9, 9, 9, 9, 9)
    done = count(any_customers, tmp_path)
    assert done["accounts"] == 4
    assert done["by_metric"] == {
        "logins": 2,
        "active_users": 1,
        "key_actions": 0,
        "features_used": 1,
        "exports": 0,
    }
    with any_customers.store.reading(any_customers.workspace_id) as unit:
        shown = list_use(unit)
    assert shown[0].name == "logins"
    assert shown[0].share == 0.5
    assert {each.name for each in shown if each.is_key} == {"key_actions"}


def test_without_usage_nothing_is_counted(customers: Customers, tmp_path: Path) -> None:
    customers.add_account("A")
    assert count(customers, tmp_path) == {"accounts": 0}
    with customers.store.reading(customers.workspace_id) as unit:
        assert list_use(unit) == []
