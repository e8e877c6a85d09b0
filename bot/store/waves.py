"""Waves of alerts that a night has held back."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from bot.core.waves import LateCause, Wave, WaveState
from bot.store.tables import AlertWave, Member, OutboxItem
from bot.store.unit import Unit


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
    wanted = select(AlertWave).filter_by(found_on=run_on).order_by(AlertWave.playbook)
    rows = list(unit.session.scalars(wanted))
    deciders = {row.decided_by_id for row in rows if row.decided_by_id is not None}
    named = select(Member.id, Member.name).where(Member.id.in_(deciders))
    names = {row.id: row.name for row in unit.session.execute(named)}
    return [
        replace(read_wave(row), decided_by=names.get(row.decided_by_id or 0, "")) for row in rows
    ]


def wave_key(found_on: date) -> str:
    """The outbox key of what a night held back, to be followed by `:` and the audience."""
    return f"wave:{found_on.isoformat()}"


def list_wave_posts(unit: Unit, found_on: date) -> list[str]:
    """The keys of the notices in which a night's waves were told."""
    told = OutboxItem.key.startswith(f"{wave_key(found_on)}:", autoescape=True)
    return list(unit.session.scalars(select(OutboxItem.key).where(told, OutboxItem.kind == "post")))


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
