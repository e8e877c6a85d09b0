"""People say what a break was; refuses a second answer, and one about what is over."""

from datetime import date

from bot.ask import Person
from bot.core.breaks import BreakState, MetricBreak
from bot.core.refusal import AlreadyDone, Refusal
from bot.store.breaks import read_break
from bot.store.tables import UsageBreak
from bot.store.unit import Unit


def decide_break(
    unit: Unit, break_id: int, state: BreakState, by: Person, today: date
) -> MetricBreak:
    """What a break was, from the next run on; raises `AlreadyDone` where it needs no saying."""
    row = unit.session.get(UsageBreak, (unit.workspace_id, break_id), with_for_update=True)
    if row is None:
        raise Refusal("no_such_break")
    if row.state != BreakState.OPEN.value or row.ended_on is not None:
        raise AlreadyDone("break_decided")
    row.state, row.decided_on, row.decided_by_id = state.value, today, by.member_id
    told = {"metric": row.metric, "began_on": row.began_on.isoformat(), "state": state.value}
    unit.audit(str(by.member_id), "break_decided", str(row.id), **told)
    return read_break(row)
