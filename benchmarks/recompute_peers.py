"""The same features by SQL over narrow rows, then the bot's own scoring and writing.

Peers know the same windows of business days and read only the metrics and days they need.
"""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.recompute_data import COUNTRIES, DAYS, FIRST_ON
from benchmarks.recompute_dates import RUN_ON
from bot.core.calendar import WorkCalendar
from bot.core.slow_days import list_slow_days
from bot.frame.build import Frame
from bot.health.model import HealthDocument, load_default
from bot.health.score import score_frame
from bot.store.bulk.scores import write_scores
from bot.store.tables import HealthModel, ScoreRun
from bot.store.unit import Store

_WRITTEN = 4_096

# One statement for both: usage by account, then tickets, answers and contracts by account.
FEATURES = """
WITH used AS (
  SELECT usage.account_id,
    SUM(value) FILTER (WHERE metric = 0 AND nth <= 5) AS l5,
    COUNT(*) FILTER (WHERE metric = 0 AND nth <= 5) AS l5n,
    SUM(value) FILTER (WHERE metric = 0 AND nth > 5 AND nth <= 25) AS l20,
    COUNT(*) FILTER (WHERE metric = 0 AND nth > 5 AND nth <= 25) AS l20n,
    SUM(value) FILTER (WHERE metric = 1 AND nth <= 20) AS a20,
    COUNT(*) FILTER (WHERE metric = 1 AND nth <= 20) AS a20n,
    SUM(value) FILTER (WHERE metric = 2 AND nth <= 20) AS k20,
    COUNT(*) FILTER (WHERE metric = 2 AND nth <= 20) AS k20n,
    COUNT(*) FILTER (WHERE metric = 2 AND nth <= 20 AND value > 0) AS k20used,
    SUM(value) FILTER (WHERE metric = 2 AND nth > 20) AS k40,
    COUNT(*) FILTER (WHERE metric = 2 AND nth > 20) AS k40n,
    SUM(value) FILTER (WHERE metric = 3 AND nth <= 20) AS f20,
    COUNT(*) FILTER (WHERE metric = 3 AND nth <= 20) AS f20n
  FROM usage
  JOIN accounts ON accounts.account_id = usage.account_id
  JOIN worked_days AS w ON w.country = accounts.country AND w.day = usage.day
  WHERE metric <> 4 GROUP BY usage.account_id
), asked AS (
  SELECT account_id,
    COUNT(*) FILTER (WHERE opened_on > '{on_28}') AS recent,
    COUNT(*) FILTER (WHERE opened_on > '{on_112}' AND opened_on <= '{on_28}') AS before
  FROM tickets WHERE opened_on <= '{on}' GROUP BY account_id
), latest AS (
  SELECT account_id, score, responded_on,
    CASE role WHEN 'decision_maker' THEN 3.0 WHEN 'champion' THEN 2.0 WHEN 'admin' THEN 1.5
      ELSE 1.0 END AS weight,
    ROW_NUMBER() OVER (
      PARTITION BY account_id, respondent ORDER BY responded_on DESC, score) AS place
  FROM nps_answers WHERE responded_on <= '{on}' AND responded_on > '{on_365}'
), answered AS (
  SELECT account_id,
    SUM(weight * score) FILTER (WHERE responded_on >= '{on_180}')
      / SUM(weight) FILTER (WHERE responded_on >= '{on_180}') AS nps,
    SUM(weight * score) / SUM(weight) AS nps_any
  FROM latest WHERE place = 1 GROUP BY account_id
), signed AS (
  SELECT account_id, SUM(seats) AS seats FROM contracts
  WHERE starts_on <= '{on}' GROUP BY account_id
)
SELECT used.account_id, l5, l5n, l20, l20n, a20, a20n, k20, k20n, k20used, k40, k40n, f20, f20n,
  COALESCE(recent, 0) AS recent, COALESCE(before, 0) AS before, nps, nps_any, seats
FROM used
LEFT JOIN asked ON asked.account_id = used.account_id
LEFT JOIN answered ON answered.account_id = used.account_id
LEFT JOIN signed ON signed.account_id = used.account_id
ORDER BY used.account_id
"""


def number_worked_days() -> list[tuple[str, int, int]]:
    """Country, day of the window, its number among the last 40 usual days, from the end."""
    numbered = []
    for country in sorted(set(COUNTRIES)):
        calendar = WorkCalendar(country)
        off = calendar.days_off(FIRST_ON, RUN_ON) | list_slow_days(calendar, FIRST_ON, RUN_ON)
        worked = [n for n in range(DAYS) if FIRST_ON + timedelta(days=n) not in off]
        numbered += [(country, day, nth) for nth, day in enumerate(reversed(worked[-40:]), 1)]
    return numbered


def read_duckdb(folder: Path) -> pd.DataFrame:
    """DuckDB's native tables, its own choice of threads, into a frame without copies by row."""
    import duckdb

    connection = duckdb.connect(str(folder / "duckdb.db"), read_only=True)
    connection.execute("CREATE TEMP TABLE worked_days (country VARCHAR, day INTEGER, nth INTEGER)")
    connection.executemany("INSERT INTO worked_days VALUES (?, ?, ?)", number_worked_days())
    read = connection.execute(_statement()).fetchnumpy()
    connection.close()
    ids = read.pop("account_id")
    numbers = {
        name: np.ma.filled(np.ma.asarray(values).astype(float), np.nan)
        for name, values in read.items()
    }
    return pd.DataFrame({"account_id": ids, **numbers})


def read_narrow(folder: Path) -> pd.DataFrame:
    """SQLite's GROUP BY over rows keyed by account, metric and day."""
    connection = sqlite3.connect(folder / "narrow.sqlite3")
    connection.execute(
        "CREATE TEMP TABLE worked_days (country TEXT, day INTEGER, nth INTEGER,"
        " PRIMARY KEY (country, day)) WITHOUT ROWID"
    )
    connection.executemany("INSERT INTO worked_days VALUES (?, ?, ?)", number_worked_days())
    cursor = connection.execute(_statement())
    names = [column[0] for column in cursor.description]
    columns = list(zip(*cursor.fetchall(), strict=True))
    connection.close()
    return pd.DataFrame(
        {
            name: np.array(values, dtype=np.int64 if name == "account_id" else float)
            for name, values in zip(names, columns, strict=True)
        }
    )


def recompute_default(store: Store, read: pd.DataFrame) -> int:
    """From features by SQL to score rows, by the shipped model."""
    too_old = {"nps": np.where(read["nps"].isna(), read["nps_any"], np.nan)}
    return recompute_by_rows(store, load_default(), read.pipe(_measure), too_old)


def recompute_by_rows(
    store: Store,
    document: HealthDocument,
    read: pd.DataFrame,
    too_old: dict[str, NDArray[np.float64]],
) -> int:
    """From measures by account to score rows, as the bot scores and writes them."""
    table = read.set_index("account_id").reindex(columns=list(document.columns()))
    frame = Frame(table, too_old)
    scores = score_frame(document, frame)
    data_on = RUN_ON - timedelta(days=1)
    _begin(store, data_on)
    bands = scores.band_words()
    for first in range(0, len(read), _WRITTEN):
        part = slice(first, first + _WRITTEN)
        with store.writing(1) as unit:
            write_scores(
                unit,
                RUN_ON,
                1,
                data_on,
                scores.account_ids[part],
                scores.score[part],
                bands[part],
                scores.coverage[part],
                scores.details[part],
            )
    return len(read)


def _measure(read: pd.DataFrame) -> pd.DataFrame:
    """The last arithmetic, by column."""

    def mean(name: str, days: int) -> pd.Series:
        enough = read[f"{name}n"] >= days / 2
        return (read[name] / read[f"{name}n"]).where(enough)

    before, past = mean("l20", 20), mean("k40", 20)
    return pd.DataFrame(
        {
            "account_id": read["account_id"],
            "logins_vs_past": (mean("l5", 5) / before).where(before >= 0.6),
            "breadth": mean("f20", 20),
            "key_feature_rate_20bd": (read["k20used"] / read["k20n"]).where(read["k20n"] >= 10),
            "active_user_rate": mean("a20", 20) / read["seats"],
            "usage_trend": (mean("k20", 20) / past).where(past >= 0.5) - 1.0,
            "nps": read["nps"],
            "ticket_growth": (read["recent"] + 1) / (read["before"] / 3 + 1),
            "usage_expected": 1.0,
            "touch": "high",
        }
    )


def _begin(store: Store, data_on: date) -> None:
    with store.writing(1) as unit:
        if unit.session.get(ScoreRun, (1, RUN_ON)) is None:
            unit.add(ScoreRun(run_on=RUN_ON, model_version=1, data_on=data_on, started_at=unit.at))
            unit.add(
                HealthModel(
                    version=1, status="active", document={}, made_by="bench", made_at=unit.at
                )
            )


def _statement() -> str:
    ages = {f"on_{n}": RUN_ON - timedelta(days=n) for n in (28, 112, 180, 365)}
    return FEATURES.format(on=RUN_ON, **ages)
