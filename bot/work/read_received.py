"""Reads every file that was handed in, and shows what importing it would do."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bot.core.hours import local_day
from bot.core.import_report import ImportReport
from bot.core.refusal import AlreadyDone
from bot.errors import Failure, attempt
from bot.services.imports import batches
from bot.services.imports.alone import READING, alone, hold
from bot.services.imports.opening import open_file
from bot.services.imports.reading import build_report
from bot.store.tables import ImportBatch
from bot.store.unit import Unit
from bot.views.import_report import build_waiting
from bot.work import apply_confirmed
from bot.work.bench import Bench, show_import
from bot.work.set_back import fail


def work(bench: Bench, *, workspace_id: int) -> dict[str, object]:
    """Read all that wait; files of trusted deliverers are applied at once."""
    read = 0
    with alone(bench.folder, workspace_id, READING):
        while (batch := _next(bench, workspace_id)) is not None:
            hold(bench.folder, workspace_id, READING, batch.id)
            with suppress(AlreadyDone):
                _read(bench, workspace_id, batch)
            read += 1
    applied = apply_confirmed.work(bench, workspace_id=workspace_id)
    return {"read": read, **applied}


def _next(bench: Bench, workspace_id: int) -> ImportBatch | None:
    with bench.store.reading(workspace_id) as unit:
        waiting = batches.list_in(unit, batches.RECEIVED)
    return waiting[0] if waiting else None


def _read(bench: Bench, workspace_id: int, batch: ImportBatch) -> None:
    with bench.store.reading(workspace_id) as unit:
        today = local_day(bench.clock.now(), unit.workspace.zone)
    found = attempt(lambda: _look(bench, workspace_id, batch, today), task="read_received")
    if isinstance(found, Failure):
        fail(bench, workspace_id, batch, found.reference)
        return
    report, manner = found
    with bench.store.reading(workspace_id) as unit:
        is_trusted = batches.is_trusted(unit, batch.member_id)
    keep = partial(batches.keep_report, batch_id=batch.id, report=report, manner=manner)
    if is_trusted and (report.is_ready or report.is_settled):
        with bench.store.writing(workspace_id) as unit:
            keep(unit)
            _go_on(unit, batch.id, report)
        return
    show = partial(build_waiting, report=report, batch_id=batch.id)
    show_import(bench, workspace_id, batch, show, keep)


def _go_on(unit: Unit, batch_id: int, report: ImportReport) -> None:
    """A trusted deliverer's file needs no press; where it changes nothing there is no news."""
    if report.is_ready:
        batches.confirm(unit, batch_id, "automatic")
        return
    batches.end(unit, batch_id, batches.APPLIED)
    batches.mark_told(unit, [batch_id])


def _look(
    bench: Bench, workspace_id: int, batch: ImportBatch, today: date
) -> tuple[ImportReport, Mapping[str, Any]]:
    path = Path(batch.staged_at_path)
    opened = open_file(bench.store, workspace_id, path, batch.answers, today)
    report = build_report(bench.store, workspace_id, batch.file_name, opened)
    return report, opened.manner.to_json()
