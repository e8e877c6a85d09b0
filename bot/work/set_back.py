"""What becomes of a file that broke: tried once more, then failed, or stopped where it stands.

A file of which rows are in is never called failed: it waits until somebody has it go on.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.errors import reference_of
from bot.services.imports import batches
from bot.services.imports.alone import APPLYING, READING, find_held
from bot.services.imports.drops import discard_staging, staging_of
from bot.services.imports.strikes import strike
from bot.store.tables import ImportBatch
from bot.views.import_trouble import build_failed, build_late, build_stopped
from bot.views.reply import Message
from bot.work.bench import Bench, show_import

ShowFailed = Callable[..., Message]


_STATES = {READING: (batches.RECEIVED,), APPLYING: (batches.CONFIRMED, batches.APPLYING)}


def work(bench: Bench, *, workspace_id: int, pid: int) -> dict[str, object]:
    """See to the file that process `pid` had in hand when it was killed for taking too long."""
    late = []
    for deed, states in _STATES.items():
        batch_id = find_held(bench.folder, workspace_id, deed, pid)
        if batch_id is None:
            continue
        with bench.store.reading(workspace_id) as unit:
            batch = batches.get_batch(unit, batch_id)
        if batch.state in states:
            reference = reference_of(TimeoutError(f"{deed} took too long"), batch=str(batch_id))
            set_back(bench, workspace_id, batch_id, reference, show_failed=build_late)
            late.append(batch_id)
    return {"late": late}


def set_back(
    bench: Bench,
    workspace_id: int,
    batch_id: int,
    reference: str,
    show_failed: ShowFailed = build_failed,
) -> None:
    """Leave the file for another try, or end it and say so, with the reference in the log."""
    with bench.store.writing(workspace_id) as unit:
        batch = batches.get_batch(unit, batch_id)
        may_try_again = strike(unit, batch)
    if may_try_again:
        return
    if batch.state == batches.APPLYING and batch.applied_rows:
        stop(bench, workspace_id, batch, reference)
    else:
        fail(bench, workspace_id, batch, reference, show_failed)


def fail(
    bench: Bench,
    workspace_id: int,
    batch: ImportBatch,
    reference: str,
    show_failed: ShowFailed = build_failed,
) -> None:
    """Give a file up of which nothing is in."""
    show = partial(show_failed, name=batch.file_name, reference=reference)
    give_up = partial(batches.end, batch_id=batch.id, state=batches.FAILED)
    show_import(bench, workspace_id, batch, show, give_up)
    discard_staging(staging_of(Path(batch.staged_at_path)))


def stop(bench: Bench, workspace_id: int, batch: ImportBatch, reference: str) -> None:
    """Say how far it is in; file and staging stay, and a press has it go on from there."""
    show = partial(
        build_stopped,
        name=batch.file_name,
        batch_id=batch.id,
        done=batch.applied_rows,
        total=max(batch.applied_rows, batch.total_rows),
        reference=reference,
    )
    show_import(bench, workspace_id, batch, show, partial(batches.stop, batch_id=batch.id))
