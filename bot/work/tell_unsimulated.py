"""Tells whoever asked for a simulation that its process ended before it could say so itself.

It was killed at its time limit, or by somebody, or by a system that had no memory left. Refuses to
say it of one that was told of meanwhile.
"""

from sqlalchemy import select

from bot.errors import reference_of
from bot.people import build_person
from bot.store.simulations import end_simulation, find_simulation, simulation_key
from bot.store.tables import Member
from bot.views.model_told import build_unfinished
from bot.work.bench import Bench, put_newest


def work(
    bench: Bench, *, workspace_id: int, asked_id: int, pid: int | None = None
) -> dict[str, object]:
    """In the place where it stood how far it was, or as a message of its own, with a reference.

    `pid` is the process that ended; None where it went together with the one that knew it.
    """
    with bench.store.reading(workspace_id) as unit:
        asked = find_simulation(unit, asked_id)
        if asked is None:
            return {}
        wanted = select(Member).filter_by(slack_user=asked.slack_user)
        reader = build_person(unit.session.scalars(wanted).one(), unit.workspace)
    reference = reference_of(ChildProcessError(f"a simulation was ended (process {pid})"))
    say = bench.texts.speak(reader.locale)
    made = build_unfinished(say, asked.version, asked.revision, reference)
    with bench.store.writing(workspace_id) as unit:
        if end_simulation(unit, asked_id):
            put_newest(unit, simulation_key(asked_id), reader.slack_user, made)
    return {"reference": reference}
