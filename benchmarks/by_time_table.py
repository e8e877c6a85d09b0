"""A company's tables to one row a customer and month, of what was known at the month's end.

Nothing dated after a month has a part in its row but the outcome: leaving within three months.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

AHEAD = 3
OUTCOME, MONTH, ACCOUNT = "leaves_within_3_months", "month", "account_id"
_NAMES = ("accounts", "contracts", "usage_monthly", "tickets", "nps", "invoices", "outcomes")

Tables = Mapping[str, pd.DataFrame]


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The seven tables as text; exact repeats are one row."""
    return {
        name: pd.read_csv(folder / f"{name}.csv", dtype=str).drop_duplicates() for name in _NAMES
    }


def build_rows(tables: Tables, cut: str) -> pd.DataFrame:
    """The rows to learn from and to judge on, by month.

    Left out are months whose three months ahead are not over at the end of the data, and those
    between: learnt from is only what was over by the cut.
    """
    rows = tables["usage_monthly"].merge(tables["outcomes"][[ACCOUNT, "churn_month"]], on=ACCOUNT)
    month = pd.PeriodIndex(rows[MONTH], freq="M")
    left = _ahead(rows["churn_month"], month)
    last = month.max() - AHEAD
    between = (month > pd.Period(cut, "M") - AHEAD) & (month <= pd.Period(cut, "M"))
    kept = ~(left <= 0) & (month <= last) & ~between
    rows = rows.assign(**{OUTCOME: np.where((left >= 1) & (left <= AHEAD), "yes", "no")})[kept]
    rows = rows.drop(columns="churn_month").reset_index(drop=True)
    rows = rows.merge(tables["accounts"].drop(columns="csm"), on=ACCOUNT)
    rows = rows.merge(tables["contracts"], on=ACCOUNT)
    return _with_facts(rows, tables)


def _with_facts(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Beside each row what was known at its month's end of tickets, answers, and invoices."""
    month = pd.PeriodIndex(rows[MONTH], freq="M")
    ends = month.end_time.normalize()
    made = rows.assign(
        months_since_start=-_ahead(rows["start_month"], month),
        months_to_renewal=(rows["renewal_month_of_year"].astype(int) - month.month - 1) % 12 + 1,
    )
    ways = {
        "tickets": (_dated(tables["tickets"]), _count_tickets),
        "nps": (_dated(tables["nps"]).sort_values("responded_on", kind="stable"), _last_answer),
        "unpaid": (_dated(tables["invoices"]), _count_unpaid),
    }
    known = {
        name: _known(table, count, rows[ACCOUNT], ends) for name, (table, count) in ways.items()
    }
    return made.assign(**known).drop(columns=["start_month", "renewal_month_of_year"])


def _known(
    table: pd.DataFrame,
    count: Callable[[pd.DataFrame, pd.Timestamp], float],
    accounts: pd.Series,
    ends: pd.DatetimeIndex,
) -> list[float]:
    """By row the figure of the account's own part of the table, as of the row's end."""
    parts = dict(list(table.groupby(ACCOUNT)))
    nothing = table.iloc[:0]
    pairs = zip(accounts, ends, strict=True)
    return [count(parts.get(account, nothing), end) for account, end in pairs]


def _count_tickets(own: pd.DataFrame, end: pd.Timestamp) -> int:
    begun = own["created_at"].to_numpy()
    return int(((begun <= end) & (begun > end - pd.Timedelta(days=31))).sum())


def _last_answer(own: pd.DataFrame, end: pd.Timestamp) -> float:
    said = own["score"].to_numpy(dtype=float)[own["responded_on"].to_numpy() <= end]
    return float(said[-1]) if len(said) else float("nan")


def _count_unpaid(own: pd.DataFrame, end: pd.Timestamp) -> int:
    paid = own["paid_on"].to_numpy()
    open_then = np.isnat(paid) | (paid > end)
    return int(((own["due_on"].to_numpy() <= end) & open_then).sum())


def _ahead(named: pd.Series, month: pd.PeriodIndex) -> pd.Series:
    """Months from each row's own to the named one; NaN where none is named."""
    there = pd.PeriodIndex(named, freq="M")
    count = there.year * 12 + there.month - month.year * 12 - month.month
    return pd.Series(np.where(named.isna(), np.nan, count), index=named.index)


def _dated(table: pd.DataFrame) -> pd.DataFrame:
    """Columns that end in _on or _at as days."""
    days = [name for name in table.columns if name.endswith(("_on", "_at"))]
    read = {name: pd.to_datetime(table[name].str.slice(0, 10)) for name in days}
    return table.assign(**read)
