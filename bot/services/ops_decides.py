"""Ops says what a break was, or what becomes of alerts held back.

Refuses a second answer, and one about what is over.
"""

from datetime import date
from typing import Any

from bot.ask import Person
from bot.core.breaks import BreakState, MetricBreak
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.waves import Wave, WaveState
from bot.store.breaks import read_break
from bot.store.tables import AlertWave, UsageBreak
from bot.store.unit import Unit
from bot.store.waves import read_wave


def decide_break(
    unit: Unit, break_id: int, state: BreakState, by: Person, today: date
) -> MetricBreak:
    """What a break was, from the next run on; raises `AlreadyDone` where it needs no saying."""
    row = unit.session.get(UsageBreak, (unit.workspace_id, break_id), with_for_update=True)
    if row is None:
        raise Refusal("no_such_break")
    if not read_break(row).asks:
        raise AlreadyDone("break_decided")
    _decide(row, state, by, today)
    told = {"metric": row.metric, "began_on": row.began_on.isoformat(), "state": row.state}
    unit.audit(str(by.member_id), "break_decided", str(row.id), **told)
    return read_break(row)


def decide_wave(unit: Unit, wave_id: int, state: WaveState, by: Person, today: date) -> Wave:
    """What becomes of it, from the next night on; raises `AlreadyDone` where it is decided."""
    row = unit.session.get(AlertWave, (unit.workspace_id, wave_id), with_for_update=True)
    if row is None:
        raise Refusal("no_such_wave")
    if not read_wave(row).asks:
        raise AlreadyDone("wave_decided")
    _decide(row, state, by, today)
    told: dict[str, Any] = {"playbook": row.playbook, "found_on": row.found_on.isoformat()}
    told |= {"state": row.state, "accounts": len(row.held)}
    unit.audit(str(by.member_id), "wave_decided", str(row.id), **told)
    return read_wave(row)


def _decide(
    row: UsageBreak | AlertWave, state: BreakState | WaveState, by: Person, today: date
) -> None:
    row.state, row.decided_on, row.decided_by_id = state.value, today, by.member_id
