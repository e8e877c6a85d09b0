"""Applies every confirmed file, and what a killed process left half applied."""

from collections.abc import Callable
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
from bot.services.imports.reading import read_file
from bot.store.base import IdSource
from bot.store.tables import ImportBatch, Member
from bot.views.import_report import build_done, build_failed, build_working
from bot.work.bench import Bench, show_import

# People see it move without the channel being flooded with updates.
_SECONDS_BETWEEN_STEPS = 2.0


def work(bench: Bench, *, workspace_id: int) -> dict[str, object]:
    """Apply all that are confirmed, oldest first."""
    applied = 0
    while (batch := _next(bench, workspace_id)) is not None:
        made = attempt(partial(apply_one, bench, workspace_id, batch), task="apply_confirmed")
        if isinstance(made, Failure):
            fail(bench, workspace_id, batch, made.reference)
        applied += not isinstance(made, Failure)
    return {"applied": applied}


def apply_one(bench: Bench, workspace_id: int, batch: ImportBatch) -> ImportReport:
    """Write one file's facts and show the end of it."""
    with bench.store.writing(workspace_id) as unit:
        batches.begin(unit, batch.id)
        today = local_day(bench.clock.now(), unit.workspace.zone)
    reading = read_file(bench.store, workspace_id, Path(batch.staged_at_path), batch.answers, today)
    progress = _Progress(bench, workspace_id, batch.id, bench.clock)
    applying = Applying(
        bench.store, workspace_id, batch.id, reading, today, progress.tell, IdSource()
    )
    report = applying.run(ImportReport.from_json(batch.report))
    by = _name_of(bench, workspace_id, batch)
    show_import(
        bench, workspace_id, batch.id, lambda say, made: build_done(say, made, batch.id, by(say))
    )
    return report


def fail(bench: Bench, workspace_id: int, batch: ImportBatch, reference: str) -> None:
    """Give a file up, and say so with the reference that is in the log."""
    with bench.store.writing(workspace_id) as unit:
        batches.end(unit, batch.id, batches.FAILED)
    show_import(
        bench,
        workspace_id,
        batch.id,
        lambda say, report: build_failed(say, report.file_name, reference),
    )


def _next(bench: Bench, workspace_id: int) -> ImportBatch | None:
    with bench.store.reading(workspace_id) as unit:
        waiting = batches.list_in(unit, batches.APPLYING, batches.CONFIRMED)
    return waiting[0] if waiting else None


def _name_of(bench: Bench, workspace_id: int, batch: ImportBatch) -> Callable[[Say], str]:
    with bench.store.reading(workspace_id) as unit:
        member = unit.session.get(Member, (workspace_id, batch.member_id or 0))
        is_automatic = batches.is_automatic(unit, batch)
    name = member.name if member else ""
    return lambda say: say("import", "automatic") if is_automatic or not name else name


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
