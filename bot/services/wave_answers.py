"""People say what becomes of a wave; refuses a second answer, and one about what is over."""

from datetime import date

from bot.ask import Person
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.waves import Wave, WaveState
from bot.store.tables import AlertWave
from bot.store.unit import Unit
from bot.store.waves import read_wave


def decide_wave(unit: Unit, wave_id: int, state: WaveState, by: Person, today: date) -> Wave:
    """What becomes of it, from the next night on; raises `AlreadyDone` where it is decided."""
    row = unit.session.get(AlertWave, (unit.workspace_id, wave_id), with_for_update=True)
    if row is None:
        raise Refusal("no_such_wave")
    if row.state != WaveState.OPEN.value:
        raise AlreadyDone("wave_decided")
    row.state, row.decided_on, row.decided_by_id = state.value, today, by.member_id
    told = {"playbook": row.playbook, "found_on": row.found_on.isoformat(), "state": state.value}
    unit.audit(str(by.member_id), "wave_decided", str(row.id), accounts=len(row.held), **told)
    return read_wave(row)
