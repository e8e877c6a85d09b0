"""Applies every confirmed file, and what a killed process left half applied."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.core.hours import local_day
from bot.core.import_report import ImportReport
from bot.core.say import Say
from bot.heavy.desk import Desk
from bot.services.imports import batches
from bot.services.imports.applying import Applying
from bot.services.imports.reading import read_file
from bot.store.base import IdSource
from bot.store.tables import ImportBatch, Member
from bot.views.import_report import build_done, build_working

# People see it move without the channel being flooded with updates.
_SECONDS_BETWEEN_STEPS = 2.0


def run(desk: Desk, *, workspace_id: int) -> dict[str, object]:
    """Apply all that are confirmed, oldest first."""
    applied = 0
    while (batch := _next(desk, workspace_id)) is not None:
        apply_one(desk, workspace_id, batch)
        applied += 1
    return {"applied": applied}


def apply_one(desk: Desk, workspace_id: int, batch: ImportBatch) -> ImportReport:
    """Write one file's facts and show the end of it."""
    with desk.store.writing(workspace_id) as unit:
        batches.begin(unit, batch.id)
        today = local_day(desk.clock.now(), unit.workspace.zone)
    reading = read_file(
        desk.store, workspace_id, Path(batch.staged_at_path), batch.answers, today
    )
    progress = _Progress(desk, workspace_id, batch.id, desk.clock)
    applying = Applying(
        desk.store, workspace_id, batch.id, reading, today, progress.tell, IdSource()
    )
    report = applying.run(ImportReport.from_json(batch.report))
    by = _name_of(desk, workspace_id, batch)
    desk.show(workspace_id, batch.id, lambda say, made: build_done(say, made, batch.id, by(say)))
    return report


def _next(desk: Desk, workspace_id: int) -> ImportBatch | None:
    with desk.store.reading(workspace_id) as unit:
        waiting = batches.list_in(unit, batches.APPLYING, batches.CONFIRMED)
    return waiting[0] if waiting else None


def _name_of(desk: Desk, workspace_id: int, batch: ImportBatch) -> Callable[[Say], str]:
    with desk.store.reading(workspace_id) as unit:
        member = unit.session.get(Member, (workspace_id, batch.member_id or 0))
        is_automatic = batches.is_automatic(unit, batch)
    name = member.name if member else ""
    return lambda say: say("import", "automatic") if is_automatic or not name else name


@dataclass
class _Progress:
    """Shows a step now and then."""

    desk: Desk
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
        self.desk.show(
            self.workspace_id,
            self.batch_id,
            lambda say, report: build_working(say, report, done, total),
        )
