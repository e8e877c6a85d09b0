"""What was found of the measures, run by run: begun once, kept, and the newest found again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from bot.core.validity import Validity
from bot.store.base import new_id
from bot.store.bulk.native import take_turn
from bot.store.tables import ValidityRun
from bot.store.unit import Unit

# A run that was asked for so long ago and has brought nothing brings nothing any more.
PATIENCE = timedelta(minutes=30)


@dataclass(frozen=True)
class Made:
    """A finished run."""

    run_id: int
    made_at: datetime
    validity: Validity


def asked_key(run_id: int) -> str:
    """The key of the one message to whoever asked for a run."""
    return f"validity:asked:{run_id}"


def begin_run(unit: Unit, run_on: date, actor: str, *, even_beside: bool = False) -> int | None:
    """The new run's id; None while another is under way, unless `even_beside` it."""
    take_turn(unit.connection, unit.workspace_id, "validity_runs")
    is_open, since = ValidityRun.made_at.is_(None), unit.at - PATIENCE
    under_way = select(ValidityRun.id).where(is_open, ValidityRun.asked_at > since)
    if not even_beside and unit.session.scalar(under_way.limit(1)):
        return None
    # What a killed child has left behind.
    unit.session.execute(delete(ValidityRun).where(is_open, ValidityRun.asked_at <= since))
    made = ValidityRun(id=new_id(), run_on=run_on, asked_by=actor, asked_at=unit.at)
    unit.add(made)
    unit.audit(actor, "validity_asked", str(made.id), run_on=run_on.isoformat())
    return made.id


def keep_run(unit: Unit, run_id: int, found: Validity) -> bool:
    """Keep what was found; False where the run is gone or kept already."""
    row = unit.session.get(ValidityRun, (unit.workspace_id, run_id))
    if row is None or row.made_at is not None:
        return False
    row.result, row.made_at = found.to_json(), unit.at
    return True


def drop_run(unit: Unit, run_id: int) -> None:
    """A run that broke does not stand in the next one's way."""
    unit.session.execute(
        delete(ValidityRun).where(ValidityRun.id == run_id, ValidityRun.made_at.is_(None))
    )


def list_newest(unit: Unit, most: int = 1) -> list[Made]:
    """The newest finished runs, newest first."""
    wanted = (
        select(ValidityRun)
        .where(ValidityRun.made_at.is_not(None))
        .order_by(ValidityRun.made_at.desc(), ValidityRun.run_on.desc())
        .limit(most)
    )
    return [
        Made(row.id, row.made_at, Validity.from_json(row.result))
        for row in unit.session.scalars(wanted)
        if row.made_at is not None and row.result is not None
    ]


def find_newest(unit: Unit) -> Made | None:
    """The newest finished run; None before the first."""
    return next(iter(list_newest(unit)), None)


def find_before(unit: Unit, on: date) -> Made | None:
    """The newest finished run of a day before the month of `on`: what this month compares with."""
    wanted = (
        select(ValidityRun)
        .where(ValidityRun.made_at.is_not(None), ValidityRun.run_on < on.replace(day=1))
        .order_by(ValidityRun.made_at.desc(), ValidityRun.run_on.desc())
        .limit(1)
    )
    row = unit.session.scalars(wanted).first()
    if row is None or row.made_at is None or row.result is None:
        return None
    return Made(row.id, row.made_at, Validity.from_json(row.result))


def find_by_id(unit: Unit, run_id: int) -> Made | None:
    """A finished run; None where it is gone or under way."""
    row = unit.session.get(ValidityRun, (unit.workspace_id, run_id))
    if row is None or row.made_at is None or row.result is None:
        return None
    return Made(row.id, row.made_at, Validity.from_json(row.result))
