"""Simulations that somebody asked for and was not told of yet: a row from the press to the answer.

The row outlives the process that was asked, so that nothing that was promised is forgotten.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from bot.store.base import new_id
from bot.store.tables import AskedSimulation
from bot.store.unit import Unit

# A simulation under way gives a sign every few seconds; after so long it has come to its end.
SILENCE = timedelta(minutes=5)


def simulation_key(asked_id: int) -> str:
    """The outbox key of the one message to whoever asked."""
    return f"model:simulation:{asked_id}"


def ask_simulation(unit: Unit, version: int, revision: int, slack_user: str) -> int:
    """The id of what is asked; what waits already is asked for once.

    The caller holds the lock of the draft.
    """
    asked = {"version": version, "revision": revision, "slack_user": slack_user}
    waiting = select(AskedSimulation.id).filter_by(**asked, seen_at=None)
    found = unit.session.scalar(waiting.limit(1))
    if found is not None:
        return found
    made = AskedSimulation(id=new_id(), asked_at=unit.at, **asked)
    unit.add(made)
    return made.id


def begin_simulation(unit: Unit, asked_id: int, real_at: datetime) -> bool:
    """Take it on; False where it is over or in other hands."""
    wanted = update(AskedSimulation).where(AskedSimulation.id == asked_id)
    begun = unit.session.execute(
        wanted.where(AskedSimulation.seen_at.is_(None)).values(seen_at=real_at)
    )
    return bool(begun.rowcount)  # type: ignore[attr-defined]


def note_sign(unit: Unit, asked_id: int, real_at: datetime) -> None:
    """It is still under way."""
    wanted = update(AskedSimulation).where(AskedSimulation.id == asked_id)
    unit.session.execute(wanted.values(seen_at=real_at))


def end_simulation(unit: Unit, asked_id: int) -> bool:
    """It is told of now; False where it had been."""
    ended = unit.session.execute(delete(AskedSimulation).where(AskedSimulation.id == asked_id))
    return bool(ended.rowcount)  # type: ignore[attr-defined]


def find_simulation(unit: Unit, asked_id: int) -> AskedSimulation | None:
    """What was asked for; None once it is told of."""
    return unit.session.get(AskedSimulation, (unit.workspace_id, asked_id))


def list_waiting_simulations(unit: Unit) -> list[int]:
    """Those that nobody has begun, in the order they were asked for."""
    waiting = select(AskedSimulation.id).filter_by(seen_at=None)
    return list(unit.session.scalars(waiting.order_by(AskedSimulation.asked_at)))


def list_silent_simulations(unit: Unit, real_at: datetime) -> list[int]:
    """Those that were begun and have given no sign for long."""
    silent = select(AskedSimulation.id).where(AskedSimulation.seen_at < real_at - SILENCE)
    return list(unit.session.scalars(silent.order_by(AskedSimulation.asked_at)))
