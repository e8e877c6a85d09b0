"""Waves of alerts that a night has held back."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from bot.core.waves import LateCause, Wave, WaveState
from bot.store.ops_decides import list_found
from bot.store.tables import AlertWave
from bot.store.unit import Unit

# The word of its notices to ops.
NOTICE = "wave"


def list_waves(unit: Unit, since_on: date) -> list[Wave]:
    """All found since that day, oldest first."""
    wanted = select(AlertWave).where(AlertWave.found_on >= since_on)
    rows = unit.session.scalars(wanted.order_by(AlertWave.found_on, AlertWave.playbook))
    return [read_wave(row) for row in rows]


def list_open_waves(unit: Unit) -> list[Wave]:
    """Those that people are still to decide on, oldest first."""
    wanted = select(AlertWave).filter_by(state=WaveState.OPEN.value)
    rows = unit.session.scalars(wanted.order_by(AlertWave.found_on, AlertWave.playbook))
    return [read_wave(row) for row in rows]


def list_found_waves(unit: Unit, run_on: date) -> list[Wave]:
    """Those that a night has held back, with the name of whoever has decided since."""
    found = list_found(unit, AlertWave, run_on, AlertWave.playbook)
    return [replace(read_wave(row), decided_by=name) for row, name in found]


def read_wave(row: AlertWave) -> Wave:
    """The row as it stands now."""
    return Wave(
        id=row.id,
        playbook=row.playbook,
        title=row.title,
        found_on=row.found_on,
        ends_on=row.ends_on,
        held=row.held,
        watched=row.watched,
        causes=[_read_cause(each) for each in row.causes],
        state=WaveState(row.state),
        opened=row.opened,
        opened_on=row.opened_on,
    )


def keep_cause(cause: LateCause) -> dict[str, Any]:
    """As a row keeps it."""
    days = {"first_on": cause.first_on.isoformat(), "last_on": cause.last_on.isoformat()}
    return {"kind": cause.kind, "rows": cause.rows, **days}


def _read_cause(kept: dict[str, Any]) -> LateCause:
    days = (date.fromisoformat(kept[name]) for name in ("first_on", "last_on"))
    return LateCause(kept["kind"], kept["rows"], *days)
