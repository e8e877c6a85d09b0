"""Applies every confirmed file, and what a killed process left half applied."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.core.hours import local_day
from bot.core.import_report import ImportReport
from bot.errors import Failure, attempt
from bot.services.imports import batches
from bot.services.imports.alone import APPLYING, alone, hold
from bot.services.imports.applying import Applying
from bot.services.imports.opening import open_file
from bot.store import outbox
from bot.store.base import IdSource
from bot.store.tables import ImportBatch, Member
from bot.views.import_report import build_delivery, build_done, build_working
from bot.work.bench import Bench, show_import, voice_for
from bot.work.set_back import set_back

# People see it move without the channel being flooded with updates.
_SECONDS_BETWEEN_STEPS = 2.0


def work(bench: Bench, *, workspace_id: int) -> dict[str, object]:
    """Apply all that are confirmed, oldest first; a robot's delivery is told in one message."""
    with alone(bench.folder, workspace_id, APPLYING):
        return {"applied": apply_all(bench, workspace_id)}


def apply_all(bench: Bench, workspace_id: int) -> int:
    """The same for one who is alone at it already; how many were applied."""
    applied = 0
    while (batch := _next(bench, workspace_id)) is not None:
        hold(bench.folder, workspace_id, APPLYING, batch.id)
        made = attempt(partial(apply_one, bench, workspace_id, batch), task="apply_confirmed")
        if isinstance(made, Failure):
            set_back(bench, workspace_id, batch.id, made.reference)
            continue
        applied += 1
        _tell_each(bench, workspace_id)
    _tell_each(bench, workspace_id)
    _tell_delivery(bench, workspace_id)
    return applied


def apply_one(bench: Bench, workspace_id: int, batch: ImportBatch) -> ImportReport:
    """Write one file's facts; the report as it turned out."""
    with bench.store.writing(workspace_id) as unit:
        batches.start_applying(unit, batch.id)
        today = local_day(bench.clock.now(), unit.workspace.zone)
        is_delivery = batches.is_trusted(unit, batch.member_id)
    path = Path(batch.staged_at_path)
    opened = open_file(bench.store, workspace_id, path, batch.answers, today, kept=batch.mapping)
    progress = _Progress(bench, workspace_id, batch, is_shown=not is_delivery)
    applying = Applying(
        bench.store, workspace_id, batch.id, opened, today, progress.tell, IdSource()
    )
    return applying.run(ImportReport.from_json(batch.report))


def _next(bench: Bench, workspace_id: int) -> ImportBatch | None:
    with bench.store.reading(workspace_id) as unit:
        waiting = batches.list_in(unit, batches.APPLYING, batches.CONFIRMED)
    return waiting[0] if waiting else None


def _tell_each(bench: Bench, workspace_id: int) -> None:
    """What became of the files of people; one whose process was killed over this is among them."""
    for batch in _list_untold(bench, workspace_id, is_delivered=False):
        with bench.store.reading(workspace_id) as unit:
            member = unit.session.get(Member, (workspace_id, batch.member_id or 0))
        report = ImportReport.from_json(batch.report)
        by = member.name if member else ""
        show = partial(build_done, report=report, batch_id=batch.id, by=by)
        told = partial(batches.mark_told, batch_ids=[batch.id])
        show_import(bench, workspace_id, batch, show, told)


def _tell_delivery(bench: Bench, workspace_id: int) -> None:
    delivered = _list_untold(bench, workspace_id, is_delivered=True)
    if not delivered:
        return
    first = delivered[0]
    with bench.store.reading(workspace_id) as unit:
        say = voice_for(bench, unit, first)
    shown = build_delivery(say, [ImportReport.from_json(one.report) for one in delivered])
    with bench.store.writing(workspace_id) as unit:
        batches.mark_told(unit, [one.id for one in delivered])
        outbox.put(
            unit,
            key=f"delivery:{first.id}",
            audience=first.channel or "",
            text=shown.text,
            blocks=shown.blocks,
        )


def _list_untold(bench: Bench, workspace_id: int, *, is_delivered: bool) -> list[ImportBatch]:
    with bench.store.reading(workspace_id) as unit:
        return [
            batch
            for batch in batches.list_untold(unit)
            if batches.is_trusted(unit, batch.member_id) is is_delivered
        ]


@dataclass
class _Progress:
    """Shows a step now and then; of a robot's delivery nobody waits to see it move."""

    bench: Bench
    workspace_id: int
    batch: ImportBatch
    is_shown: bool
    shown_at: float = 0.0

    def tell(self, done: int, total: int) -> None:
        now = self.bench.clock.elapsed()
        self.shown_at = self.shown_at or now
        if not self.is_shown or now - self.shown_at < _SECONDS_BETWEEN_STEPS:
            return
        self.shown_at = now
        report = ImportReport.from_json(self.batch.report)
        show = partial(build_working, report=report, done=done, total=total)
        show_import(self.bench, self.workspace_id, self.batch, show)
