"""Applies every confirmed file, and what a killed process left half applied."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.clock import Clock
from bot.core.hours import local_day
from bot.core.import_report import ImportReport
from bot.core.say import Say
from bot.errors import Failure, attempt
from bot.services.imports import batches
from bot.services.imports.applying import Applying
from bot.services.imports.drops import discard_staging, staging_of
from bot.services.imports.opening import open_file
from bot.store import outbox
from bot.store.base import IdSource
from bot.store.tables import ImportBatch, Member
from bot.views.import_report import build_delivery, build_done, build_failed, build_working
from bot.views.reply import Message
from bot.work.bench import Bench, show_import, voice_for

# People see it move without the channel being flooded with updates.
_SECONDS_BETWEEN_STEPS = 2.0


def work(bench: Bench, *, workspace_id: int) -> dict[str, object]:
    """Apply all that are confirmed, oldest first; a robot's delivery is told in one message."""
    applied = 0
    delivered: list[tuple[ImportBatch, ImportReport]] = []
    while (batch := _next(bench, workspace_id)) is not None:
        made = attempt(partial(apply_one, bench, workspace_id, batch), task="apply_confirmed")
        if isinstance(made, Failure):
            fail(bench, workspace_id, batch, made.reference)
            continue
        applied += 1
        if _is_delivery(bench, workspace_id, batch):
            delivered.append((batch, made))
        else:
            by = _name_of(bench, workspace_id, batch)
            show_import(bench, workspace_id, batch.id, partial(_done, batch_id=batch.id, by=by))
    if delivered:
        _tell_delivery(bench, workspace_id, delivered)
    return {"applied": applied}


def apply_one(bench: Bench, workspace_id: int, batch: ImportBatch) -> ImportReport:
    """Write one file's facts; the report as it turned out."""
    with bench.store.writing(workspace_id) as unit:
        batches.start_applying(unit, batch.id)
        today = local_day(bench.clock.now(), unit.workspace.zone)
    path = Path(batch.staged_at_path)
    opened = open_file(bench.store, workspace_id, path, batch.answers, today)
    progress = _Progress(bench, workspace_id, batch.id, bench.clock)
    applying = Applying(
        bench.store, workspace_id, batch.id, opened, today, progress.tell, IdSource()
    )
    return applying.run(ImportReport.from_json(batch.report))


def fail(bench: Bench, workspace_id: int, batch: ImportBatch, reference: str) -> None:
    """Give a file up, and say so with the reference that is in the log."""
    with bench.store.writing(workspace_id) as unit:
        batches.end(unit, batch.id, batches.FAILED)
    discard_staging(staging_of(Path(batch.staged_at_path)))
    show_import(bench, workspace_id, batch.id, partial(_failed, reference=reference))


def _next(bench: Bench, workspace_id: int) -> ImportBatch | None:
    with bench.store.reading(workspace_id) as unit:
        waiting = batches.list_in(unit, batches.APPLYING, batches.CONFIRMED)
    return waiting[0] if waiting else None


def _done(say: Say, report: ImportReport, *, batch_id: int, by: str) -> Message:
    return build_done(say, report, batch_id, by)


def _failed(say: Say, report: ImportReport, *, reference: str) -> Message:
    return build_failed(say, report.file_name, reference)


def _is_delivery(bench: Bench, workspace_id: int, batch: ImportBatch) -> bool:
    with bench.store.reading(workspace_id) as unit:
        return batches.is_trusted(unit, batch.member_id)


def _name_of(bench: Bench, workspace_id: int, batch: ImportBatch) -> str:
    with bench.store.reading(workspace_id) as unit:
        member = unit.session.get(Member, (workspace_id, batch.member_id or 0))
    return member.name if member else ""


def _tell_delivery(
    bench: Bench, workspace_id: int, delivered: list[tuple[ImportBatch, ImportReport]]
) -> None:
    first, _ = delivered[0]
    if first.channel is None:
        return
    with bench.store.reading(workspace_id) as unit:
        say = voice_for(bench, unit, first)
    shown = build_delivery(say, [report for _, report in delivered])
    with bench.store.writing(workspace_id) as unit:
        outbox.put(
            unit,
            key=f"delivery:{first.id}",
            audience=first.channel,
            text=shown.text,
            blocks=shown.blocks,
        )


@dataclass
class _Progress:
    """Shows a step now and then."""

    bench: Bench
    workspace_id: int
    batch_id: int
    clock: Clock
    shown_at: float = 0.0

    def tell(self, done: int, total: int) -> None:
        now = self.clock.elapsed()
        self.shown_at = self.shown_at or now
        if now - self.shown_at < _SECONDS_BETWEEN_STEPS:
            return
        self.shown_at = now
        show_import(
            self.bench,
            self.workspace_id,
            self.batch_id,
            lambda say, report: build_working(say, report, done, total),
        )
