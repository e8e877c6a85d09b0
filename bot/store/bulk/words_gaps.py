"""Gaps between words and use in bulk: what a block has, and what our own people feel of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.core.vocabulary import Band, Feeling
from bot.store.bulk.native import execute, fetch, insert_new, instant
from bot.store.unit import Unit

_COLUMNS = (
    "workspace_id",
    "id",
    "account_id",
    "known_at",
    "kind",
    "since_on",
    "seen_on",
    "tone",
    "weight",
    "slope",
    "change",
)
_TONES = {
    Feeling.GOOD.value: 1.0,
    Feeling.FAIR.value: 0.0,
    Feeling.WORRIED.value: -1.0,
    Band.GREEN.value: 1.0,
    Band.YELLOW.value: 0.0,
    Band.RED.value: -1.0,
}


@dataclass(frozen=True)
class OpenGap:
    """What the night needs to know of one that has not ended."""

    id: int
    account_id: int
    kind: str
    since_on: date
    is_due: bool
    is_told: bool


def read_open_gaps(unit: Unit, low: int, high: int) -> list[OpenGap]:
    """Those of the accounts from one id to another, both included."""
    rows = fetch(
        unit.connection,
        "SELECT id, account_id, kind, since_on, due_on, told_on FROM words_gaps"
        " WHERE workspace_id = :ours AND account_id BETWEEN :low AND :high AND ended_on IS NULL",
        ours=unit.workspace_id,
        low=low,
        high=high,
    )
    return [
        OpenGap(each, account_id, kind, _day(since_on), due_on is not None, told_on is not None)
        for each, account_id, kind, since_on, due_on, told_on in rows
    ]


def read_cooling(unit: Unit, low: int, high: int, since_on: date) -> set[int]:
    """Accounts of which one that was told has ended after a day."""
    rows = fetch(
        unit.connection,
        "SELECT DISTINCT account_id FROM words_gaps WHERE workspace_id = :ours"
        " AND account_id BETWEEN :low AND :high AND ended_on > :since_on",
        ours=unit.workspace_id,
        low=low,
        high=high,
        since_on=since_on,
    )
    return {account_id for (account_id,) in rows}


def read_felt(unit: Unit, low: int, high: int, on: date, days: int) -> list[tuple[int, float, int]]:
    """Newest pulse and newest score by hand of each account, as (account, tone, days ago).

    Of the last `days` only; what was taken back or has ended does not count.
    """
    span = {"ours": unit.workspace_id, "low": low, "high": high, "on": on}
    first_on = on - timedelta(days=days - 1)
    pulses = fetch(
        unit.connection,
        "SELECT account_id, feeling, felt_on FROM csm_pulses WHERE workspace_id = :ours"
        " AND account_id BETWEEN :low AND :high AND felt_on BETWEEN :first_on AND :on"
        " AND taken_back_on IS NULL ORDER BY felt_on, known_at, id DESC",
        first_on=first_on,
        **span,
    )
    given = fetch(
        unit.connection,
        "SELECT account_id, band, given_on FROM manual_scores WHERE workspace_id = :ours"
        " AND account_id BETWEEN :low AND :high AND given_on BETWEEN :first_on AND :on"
        " AND expires_on >= :on ORDER BY given_on, known_at, id DESC",
        first_on=first_on,
        **span,
    )
    newest = [{row[0]: row for row in rows} for rows in (pulses, given)]
    return [
        (account_id, _TONES[tone], (on - _day(day)).days)
        for found in newest
        for account_id, tone, day in found.values()
    ]


def insert_gaps(unit: Unit, rows: Sequence[dict[str, Any]]) -> None:
    """Begin these; one that began on the same day already is left as it stands."""
    at = instant(unit.connection, unit.at)
    insert_new(
        unit.connection,
        "words_gaps",
        ("workspace_id", "account_id", "since_on"),
        _COLUMNS,
        [
            (
                *(unit.workspace_id, unit.ids.next(), row["account_id"], at, row["kind"]),
                *(row["on"].isoformat(), row["on"].isoformat()),
                *(row["tone"], row["weight"], row["slope"], row["change"]),
            )
            for row in rows
        ],
    )


def keep_figures(unit: Unit, rows: Sequence[dict[str, Any]]) -> None:
    """Those that are there today as well, with today's figures."""
    execute(
        unit.connection,
        "UPDATE words_gaps SET seen_on = :on, tone = :tone, weight = :weight, slope = :slope,"
        " change = :change WHERE workspace_id = :ours AND id = :id",
        [{"ours": unit.workspace_id, **row} for row in rows],
    )


def make_due(unit: Unit, ids: Sequence[int], on: date) -> None:
    """From that day on they may be told."""
    statement = "UPDATE words_gaps SET due_on = :on WHERE workspace_id = :ours AND id = :id"
    execute(unit.connection, statement, [_named(unit, each, on=on) for each in ids])


def end_gaps(unit: Unit, ended: Sequence[tuple[int, str]], on: date) -> None:
    """They are over, as (id, by what)."""
    execute(
        unit.connection,
        "UPDATE words_gaps SET ended_on = :on, ended_by = :what"
        " WHERE workspace_id = :ours AND id = :id",
        [_named(unit, each, on=on, what=what) for each, what in ended],
    )


def drop_gaps(unit: Unit, ids: Sequence[int]) -> None:
    """Forget what nobody was told of."""
    execute(
        unit.connection,
        "DELETE FROM words_gaps WHERE workspace_id = :ours AND id = :id AND told_on IS NULL",
        [_named(unit, each) for each in ids],
    )


def _named(unit: Unit, gap_id: int, **more: object) -> dict[str, Any]:
    return {"ours": unit.workspace_id, "id": gap_id, **more}


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
