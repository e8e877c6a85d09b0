"""Tells whoever asked for a simulation that its process ended before it could say so itself.

It was killed at its time limit, or by somebody, or by a system that had no memory left.
"""

from sqlalchemy import select

from bot.errors import reference_of
from bot.people import build_person
from bot.store.tables import Member, OutboxItem
from bot.views.model_told import build_unfinished
from bot.work.bench import Bench, put_newest


def work(
    bench: Bench, *, workspace_id: int, version: int, revision: int, slack_user: str, pid: int
) -> dict[str, object]:
    """In the place where it stood how far it was, or as a message of its own, with a reference."""
    reference = reference_of(ChildProcessError(f"the simulation in process {pid} was ended"))
    own = key_of(version, revision, pid)
    newest = select(OutboxItem.key).where(OutboxItem.key.startswith(own, autoescape=True))
    with bench.store.reading(workspace_id) as unit:
        member = unit.session.scalars(select(Member).filter_by(slack_user=slack_user)).one()
        reader = build_person(member, unit.workspace)
        told = unit.session.scalars(newest.order_by(OutboxItem.created_at.desc()).limit(1)).first()
    say = bench.texts.speak(reader.locale)
    made = build_unfinished(say, version, revision, reference)
    with bench.store.writing(workspace_id) as unit:
        put_newest(unit, told or f"{own}{bench.clock.now().isoformat()}", slack_user, made)
    return {"reference": reference}


def key_of(version: int, revision: int, pid: int) -> str:
    """How the keys of what process `pid` says of a simulation begin; an instant follows."""
    return f"model:simulation:{version}:{revision}:{pid}:"
