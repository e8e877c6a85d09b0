"""Takes up imports whose process was stopped before its end, and removes files that are done."""

from datetime import timedelta

from bot.ask import JobTurn
from bot.core.slots import Interval
from bot.registry import job
from bot.services.imports import batches
from bot.services.imports.tidying import tidy
from bot.views.reply import Post


@job(
    "resume_imports",
    Interval(timedelta(minutes=5)),
    audience="workspace",
    grace=timedelta(minutes=5),
)
def resume_imports(turn: JobTurn) -> list[Post]:
    """Go on with files that wait to be read or applied, and take away those nobody needs."""
    tidy(turn.store, turn.workspace_id, turn.ports.heavy.folder)
    with turn.reading() as unit:
        is_open = batches.is_any_open(unit)
    if is_open:
        # Not waited for: what is due meanwhile, the digests above all, does not wait either.
        turn.ports.heavy.start("read_received", workspace_id=turn.workspace_id)
    return []
