"""Reads every file that was handed in, and shows what importing it would do."""

import logging
from functools import partial
from pathlib import Path

from bot.core.hours import local_day
from bot.errors import reference_of
from bot.heavy import apply_confirmed
from bot.heavy.desk import Desk
from bot.services.imports import batches
from bot.services.imports.reading import build_report, read_file
from bot.store.tables import ImportBatch
from bot.views.import_report import build_failed, build_waiting

log = logging.getLogger(__name__)


def run(desk: Desk, *, workspace_id: int) -> dict[str, object]:
    """Read all that wait; files of trusted deliverers are applied at once."""
    read = 0
    while (batch := _next(desk, workspace_id)) is not None:
        _read(desk, workspace_id, batch)
        read += 1
    applied = apply_confirmed.run(desk, workspace_id=workspace_id)
    return {"read": read, **applied}


def _next(desk: Desk, workspace_id: int) -> ImportBatch | None:
    with desk.store.reading(workspace_id) as unit:
        waiting = batches.list_in(unit, batches.RECEIVED)
    return waiting[0] if waiting else None


def _read(desk: Desk, workspace_id: int, batch: ImportBatch) -> None:
    with desk.store.reading(workspace_id) as unit:
        today = local_day(desk.clock.now(), unit.workspace.zone)
    try:
        path = Path(batch.staged_at_path)
        reading = read_file(desk.store, workspace_id, path, batch.answers, today)
        report = build_report(desk.store, workspace_id, batch.file_name, reading)
    except Exception as problem:  # noqa: BLE001  one file's fault must not keep the others waiting
        _fail(desk, workspace_id, batch, reference_of(problem, work="read_received"))
        return
    with desk.store.writing(workspace_id) as unit:
        batches.keep_report(unit, batch.id, report, reading.mapping)
        if report.is_ready and batches.is_automatic(unit, batch):
            batches.confirm(unit, batch.id, "automatic")
            return
    desk.show(workspace_id, batch.id, partial(build_waiting, batch_id=batch.id))


def _fail(desk: Desk, workspace_id: int, batch: ImportBatch, reference: str) -> None:
    with desk.store.writing(workspace_id) as unit:
        batches.end(unit, batch.id, batches.FAILED)
    desk.show(
        workspace_id,
        batch.id,
        lambda say, report: build_failed(say, report.file_name, reference),
    )
