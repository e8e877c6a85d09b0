"""Tells whoever asked for a look at the measures that its process ended before it could say so.

The run is dropped, so that it does not stand in the way of the next one.
"""

from sqlalchemy import select

from bot.errors import reference_of
from bot.people import build_person
from bot.store.tables import Member
from bot.store.validity import asked_key, drop_run
from bot.views.validity import build_line
from bot.work.bench import Bench, put_newest


def work(
    bench: Bench, *, workspace_id: int, run_id: int, slack_user: str, pid: int
) -> dict[str, object]:
    """In the place where it stood how far it was, or as a message of its own, with a reference."""
    reference = reference_of(ChildProcessError(f"the look in process {pid} was ended"))
    with bench.store.reading(workspace_id) as unit:
        member = unit.session.scalars(select(Member).filter_by(slack_user=slack_user)).one()
        reader = build_person(member, unit.workspace)
    made = build_line(bench.texts.speak(reader.locale), "failed", reference=reference)
    with bench.store.writing(workspace_id) as unit:
        drop_run(unit, run_id)
        put_newest(unit, asked_key(run_id), slack_user, made)
    return {"reference": reference}
