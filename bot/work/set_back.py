"""What becomes of a file that broke: tried once more, then failed, or stopped where it stands.

A file of which rows are in is never called failed: it waits until somebody has it go on.
"""

from functools import partial
from pathlib import Path

from bot.services.imports import batches
from bot.services.imports.drops import discard_staging, staging_of
from bot.services.imports.strikes import strike
from bot.store.tables import ImportBatch
from bot.views.import_trouble import build_failed, build_stopped
from bot.work.bench import Bench, show_import


def set_back(bench: Bench, workspace_id: int, batch_id: int, reference: str) -> None:
    """Leave the file for another try, or end it and say so, with the reference in the log."""
    with bench.store.writing(workspace_id) as unit:
        batch = batches.get_batch(unit, batch_id)
        may_try_again = strike(unit, batch)
    if may_try_again:
        return
    if batch.state == batches.APPLYING and batch.applied_rows:
        stop(bench, workspace_id, batch, reference)
    else:
        fail(bench, workspace_id, batch, reference)


def fail(bench: Bench, workspace_id: int, batch: ImportBatch, reference: str) -> None:
    """Give a file up of which nothing is in."""
    show = partial(build_failed, name=batch.file_name, reference=reference)
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
