"""Writing the score rows of a run: one row per account and day, the same day's replaced."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from bot.store.bulk.native import fetch, upsert
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


def count_changes(unit: Unit, before_on: date, on: date) -> int:
    """How many accounts have another band on `on` than on `before_on`; new ones do not count."""
    rows = fetch(
        unit.connection,
        "SELECT COUNT(*) FROM account_scores AS now JOIN account_scores AS past"
        " ON past.workspace_id = now.workspace_id AND past.account_id = now.account_id"
        " AND past.run_on = :before_on"
        " WHERE now.workspace_id = :ours AND now.run_on = :on AND past.band <> now.band",
        ours=unit.workspace_id,
        before_on=before_on,
        on=on,
    )
    return int(rows[0][0])


def count_bands(unit: Unit, on: date) -> dict[str, int]:
    """How many accounts were scored into each band on `on`."""
    rows = fetch(
        unit.connection,
        "SELECT band, COUNT(*) FROM account_scores"
        " WHERE workspace_id = :ours AND run_on = :on GROUP BY band",
        ours=unit.workspace_id,
        on=on,
    )
    return {band: int(count) for band, count in rows}
