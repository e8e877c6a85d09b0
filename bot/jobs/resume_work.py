"""Takes up imports and simulations whose process was stopped, and removes what is done with."""

from datetime import timedelta

from bot.ask import JobTurn
from bot.core.slots import Interval
from bot.registry import job
from bot.services.imports import batches
from bot.services.imports.tidying import tidy
from bot.services.late_facts import tidy_late_facts
from bot.store.simulations import list_silent_simulations, list_waiting_simulations
from bot.views.reply import Post


@job(
    "resume_work",
    Interval(timedelta(minutes=5)),
    audience="workspace",
    grace=timedelta(minutes=5),
)
def resume_work(turn: JobTurn) -> list[Post]:
    """Go on with what waits to be read, applied or tried, and take away what nobody needs.

    Nothing is waited for: what is due meanwhile, the digests above all, does not wait either. What
    still waits in the line of a living process is begun once all the same.
    """
    heavy, workspace_id = turn.ports.heavy, turn.workspace_id
    tidy(turn.store, workspace_id, heavy.folder)
    tidy_late_facts(turn.store, workspace_id)
    with turn.reading() as unit:
        is_open = batches.is_any_open(unit)
        waiting = list_waiting_simulations(unit)
        silent = list_silent_simulations(unit, turn.store.clock.real_now())
    if is_open:
        heavy.start("read_received", workspace_id=workspace_id)
    on = turn.slot.local_day.isoformat()
    for asked_id in waiting:
        heavy.start("simulate_model", workspace_id=workspace_id, asked_id=asked_id, on=on)
    for asked_id in silent:
        heavy.start("tell_unsimulated", workspace_id=workspace_id, asked_id=asked_id)
    return []
