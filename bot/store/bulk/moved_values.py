"""Values of the measures that playbooks are to move, kept from the night's frame.

A model need not weigh such a measure, so a score's details need not hold it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.store.bulk.native import execute, fetch
from bot.store.unit import Unit

SCORE = "score"


@dataclass(frozen=True)
class Moved:
    """A row that keeps the value of one account's measure; `value` is what it keeps now."""

    id: int
    account_id: int
    measure: str
    value: float | None


def read_open_values(unit: Unit, low: int, high: int) -> list[Moved]:
    """Open episodes of the accounts from one id to another, both included."""
    rows = fetch(
        unit.connection,
        "SELECT id, account_id, measure, value_now FROM episodes"
        " WHERE workspace_id = :ours AND account_id BETWEEN :low AND :high"
        " AND open_as IS NOT NULL AND measure IS NOT NULL AND measure <> :score",
        ours=unit.workspace_id,
        low=low,
        high=high,
        score=SCORE,
    )
    return [Moved(*row) for row in rows]


def read_due_values(unit: Unit, low: int, high: int, on: date) -> list[Moved]:
    """Checks of outcomes whose day has come, and that have neither been made nor a value yet."""
    rows = fetch(
        unit.connection,
        "SELECT c.id, o.account_id, o.measure, c.value FROM outcome_checks AS c"
        " JOIN task_outcomes AS o ON o.workspace_id = c.workspace_id AND o.id = c.outcome_id"
        " WHERE c.workspace_id = :ours AND c.due_on <= :today AND c.checked_on IS NULL"
        " AND c.value IS NULL AND o.measure IS NOT NULL"
        " AND o.account_id BETWEEN :low AND :high",
        ours=unit.workspace_id,
        today=on,
        low=low,
        high=high,
    )
    return [Moved(*row) for row in rows]


def write_open_values(unit: Unit, values: Sequence[tuple[int, float | None]]) -> None:
    """What the measure of each of these episodes is now."""
    execute(
        unit.connection,
        "UPDATE episodes SET value_now = :value WHERE workspace_id = :ours AND id = :id",
        _rows(unit, values),
    )


def write_due_values(unit: Unit, values: Sequence[tuple[int, float | None]]) -> None:
    """What the measure of each of these checks was on its day."""
    execute(
        unit.connection,
        "UPDATE outcome_checks SET value = :value WHERE workspace_id = :ours AND id = :id"
        " AND checked_on IS NULL",
        _rows(unit, values),
    )


def _rows(unit: Unit, values: Sequence[tuple[int, float | None]]) -> list[dict[str, object]]:
    return [{"ours": unit.workspace_id, "id": each, "value": value} for each, value in values]
