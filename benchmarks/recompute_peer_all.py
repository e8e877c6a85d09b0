"""What DuckDB needs for every measure: the sums behind them by SQL, then the bot's own scoring.

The last arithmetic is done for the shared measures alone, so that the peer does rather less than
the bot. Breaks in use (the largest of many shifts) are left out of it altogether.
"""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.recompute_data import ALL_DAYS, COUNTRIES
from benchmarks.recompute_dates import RUN_ON
from bot.core.calendar import WorkCalendar
from bot.core.slow_days import list_slow_days

# Business days of the longest window and of the one before it.
_LONGEST = 120
_WINDOWS = {
    **{"l5": (0, 1, 5), "l20": (0, 6, 25), "l20now": (0, 1, 20), "l20was": (0, 21, 40)},
    **{"a20": (1, 1, 20), "a60": (1, 41, 60), "k5": (2, 1, 5), "k20": (2, 1, 20)},
    **{"k40": (2, 21, 40), "k60": (2, 1, 60), "f20": (3, 1, 20), "f40": (3, 21, 40)},
}
# By weekday: a window of key feature use and the one before it.
_CHANGES = {"w1": (1, 5, 25), "w4": (1, 20, 60), "w12": (1, 60, _LONGEST)}
_USAGE = """FROM usage JOIN accounts ON accounts.account_id = usage.account_id
JOIN worked_days AS w ON w.country = accounts.country AND w.day = usage.day"""
_FACTS = """
asked AS (
  SELECT account_id, COUNT(*) FILTER (WHERE opened_on > '{on_28}') AS recent,
    COUNT(*) FILTER (WHERE opened_on > '{on_112}' AND opened_on <= '{on_28}') AS before,
    COUNT(*) FILTER (WHERE status = 'open') AS open_now,
    COUNT(*) FILTER (WHERE opened_on > '{on_28}' AND priority IN ('low', 'normal')) AS small,
    COUNT(*) FILTER (WHERE opened_on <= '{on_28}' AND priority IN ('low', 'normal')) AS small_was,
    SUM(CASE priority WHEN 'urgent' THEN 3 WHEN 'high' THEN 2 ELSE 1 END) AS weight
  FROM tickets GROUP BY account_id
), latest AS (
  SELECT account_id, score, role, responded_on, ROW_NUMBER() OVER (
    PARTITION BY account_id, respondent ORDER BY responded_on DESC, score) AS place
  FROM nps_answers WHERE responded_on > '{on_365}'
), answered AS (
  SELECT account_id, AVG(score) FILTER (WHERE responded_on >= '{on_180}') AS nps,
    AVG(score) FILTER (WHERE role = 'decision_maker') AS nps_decision_makers,
    AVG(score) FILTER (WHERE role = 'user') AS nps_users, AVG(score) AS nps_any,
    AVG(score) FILTER (WHERE responded_on < '{on_180}') AS nps_was, COUNT(*) AS people_answered
  FROM latest WHERE place = 1 GROUP BY account_id
), said AS (
  SELECT account_id, SUM(weight * tone) / SUM(weight) AS voc,
    SUM(weight) FILTER (WHERE tone < 0) / SUM(weight) AS voc_negative_share,
    AVG(tone) FILTER (WHERE age < 60) - AVG(tone) FILTER (WHERE age >= 60) AS voc_change,
    AVG(tone) FILTER (WHERE speaker_role = 'decision_maker') AS voc_decision_makers,
    MIN(age) FILTER (WHERE tone < 0) AS voc_negative_days,
    COUNT(*) FILTER (WHERE category = 'product') AS feature_requests
  FROM (
    SELECT *, date_diff('day', said_on, DATE '{on}') AS age,
      0.5 ** (date_diff('day', said_on, DATE '{on}') / 45.0)
        * CASE speaker_role WHEN 'decision_maker' THEN 3 WHEN 'champion' THEN 2 ELSE 1 END
        * CASE confidence WHEN 'low' THEN 0.5 WHEN 'high' THEN 1.5 ELSE 1 END AS weight,
      CASE sentiment WHEN 'positive' THEN 1 WHEN 'negative' THEN -1 ELSE 0 END AS tone
    FROM voc_remarks
  ) WHERE age <= 120 GROUP BY account_id
), touched AS (
  SELECT account_id, date_diff('day', MAX(touched_on), DATE '{on}') AS touch_age_days
  FROM touches GROUP BY account_id
), billed AS (
  SELECT account_id, AVG(greatest(date_diff('day', due_on, paid_on), 0)) AS usual_payment_delay,
    0.0 AS late_payment_days
  FROM invoices WHERE due_on > '{on_180}' GROUP BY account_id
), people AS (
  SELECT c.account_id, MIN(active_on) AS first_on, MAX(active_on) AS last_on,
    MAX(active_on) FILTER (WHERE role = 'champion') AS champion_on,
    COUNT(*) FILTER (WHERE role = 'decision_maker' AND active_on > '{on_28}')
      AS decision_maker_logins
  FROM contacts AS c JOIN contact_activity AS a
    ON a.account_id = c.account_id AND a.contact_ref = c.ref
  GROUP BY c.account_id
), looked AS (
  SELECT account_id, SUM(0.5 ** (date_diff('day', occurred_on, DATE '{on}') / 30.0))
    AS marketing_interest
  FROM marketing_events WHERE occurred_on > '{on_90}' GROUP BY account_id
), signed AS (
  SELECT account_id, SUM(seats) AS seats FROM contracts GROUP BY account_id
), limited AS (
  SELECT account_id, MIN(plan_limit) AS plan_limit FROM limits GROUP BY account_id
)
"""


def read_duckdb_all(folder: Path) -> pd.DataFrame:
    """Every sum by account, and of the model's measures those that are made of few of them."""
    import duckdb

    connection = duckdb.connect(str(folder / "duckdb.db"), read_only=True)
    connection.execute(
        "CREATE TEMP TABLE worked_days (country VARCHAR, day INTEGER, nth INTEGER, weekday INTEGER)"
    )
    connection.executemany("INSERT INTO worked_days VALUES (?, ?, ?, ?)", _number_days())
    read = connection.execute(_statement()).fetchnumpy()
    connection.close()
    words = {name: read.pop(name) for name in ("stage", "touch")}
    ids = read.pop("account_id")
    numbers = {
        name: np.ma.filled(np.ma.asarray(values).astype(float), np.nan)
        for name, values in read.items()
    }
    return _measure(pd.DataFrame({"account_id": ids, **numbers})).assign(**words)


def _number_days() -> list[tuple[str, int, int, int]]:
    first_on = RUN_ON - timedelta(days=ALL_DAYS)
    numbered = []
    for country in sorted(set(COUNTRIES)):
        calendar = WorkCalendar(country)
        off = calendar.days_off(first_on, RUN_ON) | list_slow_days(calendar, first_on, RUN_ON)
        days = [first_on + timedelta(days=n) for n in range(ALL_DAYS)]
        worked = [(n, on.weekday()) for n, on in enumerate(days) if on not in off]
        latest = enumerate(reversed(worked[-_LONGEST:]), 1)
        numbered += [(country, day, nth, weekday) for nth, (day, weekday) in latest]
    return numbered


def _statement() -> str:
    ages = {f"on_{n}": RUN_ON - timedelta(days=n) for n in (28, 90, 112, 180, 365)}
    names = (
        *("changed", "asked", "answered", "said", "touched", "billed", "people", "looked"),
        *("signed", "limited"),
    )
    return (
        f"WITH used AS (SELECT usage.account_id, {', '.join(_list_sums())} {_USAGE}"
        " WHERE metric < 4 GROUP BY usage.account_id), weekly AS ("
        f"SELECT usage.account_id, weekday, {', '.join(_list_weekly())} {_USAGE}"
        " WHERE metric = 2 GROUP BY usage.account_id, weekday), changed AS ("
        f"SELECT account_id, {', '.join(_list_changes())} FROM weekly GROUP BY account_id), "
        + _FACTS.format(on=RUN_ON, **ages)
        + "SELECT used.*, stage, touch, "
        + ", ".join(f"{name}.* EXCLUDE (account_id)" for name in names)
        + " FROM used JOIN segments ON segments.account_id = used.account_id "
        + " ".join(f"LEFT JOIN {name} ON {name}.account_id = used.account_id" for name in names)
        + " ORDER BY used.account_id"
    )


def _list_sums() -> list[str]:
    """Windows, last days of use, and what a straight line needs."""
    sums = []
    for name, (metric, first, last) in _WINDOWS.items():
        when = f"FILTER (WHERE metric = {metric} AND nth BETWEEN {first} AND {last})"
        sums += [f"SUM(value) {when} AS {name}", f"COUNT(*) {when} AS {name}n"]
        sums.append(f"SUM(CAST(value > 0 AS INTEGER)) {when} AS {name}used")
    for metric in range(3):
        sums.append(f"MIN(nth) FILTER (WHERE metric = {metric} AND value > 0) AS last{metric}")
    line = "FILTER (WHERE metric = 2 AND nth <= 30)"
    powers = {"x": "nth", "xx": "nth * nth", "xy": "nth * value", "yy": "value * value"}
    return [*sums, *(f"SUM({power}) {line} AS {name}" for name, power in powers.items())]


def _list_weekly() -> list[str]:
    sums = []
    for name, (first, last, before) in _CHANGES.items():
        for part, low, high in (("now", first, last), ("was", last + 1, before)):
            when = f"FILTER (WHERE nth BETWEEN {low} AND {high})"
            sums += [f"SUM(value) {when} AS {name}{part}", f"COUNT(*) {when} AS {name}{part}n"]
    return sums


def _list_changes() -> list[str]:
    return [
        f"SUM({name}now) FILTER (WHERE {name}wasn > 0)"
        f" / NULLIF(SUM({name}nown * {name}was / NULLIF({name}wasn, 0)), 0) - 1 AS {name}"
        for name in _CHANGES
    ]


def _measure(read: pd.DataFrame) -> pd.DataFrame:
    """The last arithmetic of the measures that most segments share."""
    numbers = read.drop(columns=["first_on", "last_on", "champion_on"])
    return numbers.assign(
        logins_vs_past=(read["l5"] / 5) / (read["l20"] / 20),
        active_user_rate=read["a20"] / read["a20n"] / read["seats"],
        key_feature_rate_20bd=read["k20used"] / read["k20n"],
        login_days_20bd=read["l20nowused"] / read["l20nown"],
        use_change_1w=read["w1"],
        use_change_4w=read["w4"],
        use_change_12w=read["w12"],
        team_growth=read["a20"] / read["a60"] - 1,
        limit_share=read["k20"] / read["plan_limit"],
        small_ticket_growth=(read["small"] + 1) / (read["small_was"] / 3 + 1),
        touch_vs_cadence=read["touch_age_days"] / 14,
        nps_change=read["nps"] - read["nps_was"],
        usage_expected=1.0,
    )
