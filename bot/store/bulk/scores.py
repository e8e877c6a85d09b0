"""Writing the score rows of a run: one row per account and day, the same day's replaced."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.core.vocabulary import Band
from bot.store.bulk.native import fetch, fetch_columns, is_one_of, one_of, upsert
from bot.store.unit import Unit

_COLUMNS = (
    "workspace_id",
    "run_on",
    "account_id",
    "model_version",
    "score",
    "band",
    "coverage",
    "data_on",
    "details",
)


def write_scores(
    unit: Unit,
    run_on: date,
    model_version: int,
    data_on: date | None,
    account_ids: NDArray[np.int64],
    score: NDArray[np.float64],
    bands: list[str],
    coverage: NDArray[np.float64],
    details: NDArray[np.void],
) -> None:
    """Keep one row per account of `run_on`; a NaN score is kept as none."""
    day = run_on.isoformat()
    data_day = data_on.isoformat() if data_on else None
    known = [None if value != value else value for value in score.tolist()]
    packed, size = details.tobytes(), details.dtype.itemsize
    blobs = [packed[at : at + size] for at in range(0, len(packed), size)]
    upsert(
        unit.connection,
        "account_scores",
        ("workspace_id", "run_on", "account_id"),
        _COLUMNS,
        [
            (unit.workspace_id, day, account, model_version, value, band, share, data_day, blob)
            for account, value, band, share, blob in zip(
                account_ids.tolist(), known, bands, coverage.tolist(), blobs, strict=True
            )
        ],
    )


@dataclass(frozen=True)
class StoredScores:
    """Scores of one day by account, ascending; NaN for none."""

    account_ids: NDArray[np.int64]
    score: NDArray[np.float64]
    coverage: NDArray[np.float64]
    model_version: NDArray[np.int64]


def read_scores(unit: Unit, on: date, low: int, high: int) -> StoredScores:
    """Scores of the accounts from one id to another, both included, as of a day."""
    names = ("account_id", "score", "coverage", "model_version")
    found = fetch_columns(
        unit.connection,
        f"SELECT {', '.join(names)} FROM account_scores WHERE workspace_id = :ours"
        " AND run_on = :on AND account_id BETWEEN :low AND :high ORDER BY account_id",
        names,
        ours=unit.workspace_id,
        on=on,
        low=low,
        high=high,
    )
    ids, score, coverage, version = found
    return StoredScores(
        account_ids=np.array(ids, dtype=np.int64),
        score=np.array(score, dtype=np.float64),
        coverage=np.array(coverage, dtype=np.float64),
        model_version=np.array(version, dtype=np.int64),
    )


@dataclass(frozen=True)
class StoredRow:
    """All of a stored score that its facts and its model version decide."""

    account_id: int
    model_version: int
    score: float | None
    details: bytes


def read_rows(unit: Unit, on: date) -> list[StoredRow]:
    """Every score of a day, by account."""
    rows = fetch(
        unit.connection,
        "SELECT account_id, model_version, score, details FROM account_scores"
        " WHERE workspace_id = :ours AND run_on = :on ORDER BY account_id",
        ours=unit.workspace_id,
        on=on,
    )
    return [StoredRow(key, version, score, bytes(blob)) for key, version, score, blob in rows]


def read_vouched(unit: Unit, on: date, low: int, high: int) -> set[int]:
    """Accounts that somebody scores by hand as not at risk, with a reason, as of a day.

    The newest score by hand in force is the one that counts.
    """
    rows = fetch(
        unit.connection,
        "SELECT account_id, band, reason FROM manual_scores WHERE workspace_id = :ours"
        " AND given_on <= :on AND expires_on >= :on AND account_id BETWEEN :low AND :high"
        " ORDER BY known_at, id DESC",
        ours=unit.workspace_id,
        on=on,
        low=low,
        high=high,
    )
    newest = {account_id: (band, reason) for account_id, band, reason in rows}
    return {key for key, (band, why) in newest.items() if band != Band.RED.value and why}


def count_changes(
    unit: Unit, before_on: date, on: date, account_ids: NDArray[np.int64], *, is_span: bool
) -> int:
    """How many of these accounts have another band on `on` than on `before_on`.

    New ones do not count. `is_span` asks for all ids from the first to the last.
    """
    which, given = "now.account_id BETWEEN :low AND :high", _span(account_ids)
    if not is_span:
        which = is_one_of(unit.connection, "now.account_id")
        given = {"ids": one_of(unit.connection, account_ids)}
    rows = fetch(
        unit.connection,
        "SELECT COUNT(*) FROM account_scores AS now JOIN account_scores AS past"
        " ON past.workspace_id = now.workspace_id AND past.account_id = now.account_id"
        " AND past.run_on = :before_on"
        f" WHERE now.workspace_id = :ours AND now.run_on = :on AND {which}"
        " AND past.band <> now.band",
        ours=unit.workspace_id,
        before_on=before_on,
        on=on,
        **given,
    )
    return int(rows[0][0])


def _span(account_ids: NDArray[np.int64]) -> dict[str, Any]:
    return {"low": int(account_ids[0]), "high": int(account_ids[-1])}
