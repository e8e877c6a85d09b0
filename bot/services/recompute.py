"""New scores for a workspace: read, frame, score, write, block by block, in flat memory.

A run is one local day. It refuses to run while an import is being applied, and to rewrite a past
day in passing: `recompute_history` does that, and the audit log keeps who asked for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from bot.core.refusal import Refusal
from bot.frame.build import build_frame
from bot.health.score import score_frame
from bot.services.blocks import Marked, read_ahead, read_all, read_touched
from bot.services.health_models import Version, ensure_active
from bot.services.outlook import Outlook, read_outlook
from bot.store.bulk.scores import count_bands, count_changes, write_scores
from bot.store.bulk.touched import drop_marks
from bot.store.tables import ImportBatch, ScoreRun
from bot.store.unit import Store, Unit


class ImportUnderWay(Refusal):
    """An import is being applied: half of its facts would be scored. Params: `file_name`."""

    usual_code = "import_under_way"


class PastDay(Refusal):
    """The day has been scored and passed. Params: `run_on`, and `latest_on` that is open."""

    usual_code = "past_day"


@dataclass(frozen=True)
class RecomputeResult:
    """`scored` counts accounts with a score row written by this run, `by_band` the whole day's.

    `changed_bands` are accounts whose band differs from the day scored before. `data_on` is the
    last whole day of usage. `seconds` are real.
    """

    run_on: date
    is_full: bool
    scored: int
    by_band: dict[str, int]
    changed_bands: int
    data_on: date | None
    seconds: float


def recompute(
    store: Store, workspace_id: int, run_on: date, *, only_touched: bool = False
) -> RecomputeResult:
    """Score the open day `run_on`: everybody, or those whom a fact has touched since.

    All windows move at midnight, so a day's first run is always a full one.
    """
    with store.reading(workspace_id) as unit:
        _refuse_while_importing(unit)
        latest_on, is_begun = _find_latest(unit), _is_finished(unit, run_on)
    if latest_on is not None and run_on < latest_on:
        raise PastDay(run_on=run_on, latest_on=latest_on)
    version = ensure_active(store, workspace_id)
    read = read_touched if only_touched and is_begun else read_all
    return _run(store, workspace_id, run_on, version, read, is_open=True)


def recompute_history(
    store: Store,
    workspace_id: int,
    from_on: date,
    to_on: date,
    *,
    actor: str = "sakidori",
    tell: Callable[[date], None] = lambda _: None,
) -> list[date]:
    """Score each day from `from_on` to `to_on` as of that day, with today's model; audited.

    Facts dated after a day do not count on it. `tell` hears each day that is done. Returns
    the days.
    """
    with store.writing(workspace_id) as unit:
        _refuse_while_importing(unit)
        unit.audit(actor, "recompute_history", "scores", from_on=str(from_on), to_on=str(to_on))
    version = ensure_active(store, workspace_id)
    days = [from_on + timedelta(days=n) for n in range((to_on - from_on).days + 1)]
    for day in days:
        _run(store, workspace_id, day, version, read_all, is_open=False)
        tell(day)
    return days


def _run(
    store: Store,
    workspace_id: int,
    run_on: date,
    version: Version,
    read: Callable[[Store, int, Outlook], Iterator[Marked]],
    *,
    is_open: bool,
) -> RecomputeResult:
    began = store.clock.elapsed()
    with store.writing(workspace_id) as unit:
        outlook = read_outlook(unit, run_on, version.document.columns())
        _begin(unit, run_on, version.number, outlook.data_on)
    scored = 0
    for each in read_ahead(read(store, workspace_id, outlook)):
        scored += _score_block(store, workspace_id, outlook, version, each, is_open=is_open)
    with store.writing(workspace_id) as unit:
        by_band, changed = _finish(unit, run_on)
    return RecomputeResult(
        run_on=run_on,
        is_full=read is read_all,
        scored=scored,
        by_band=by_band,
        changed_bands=changed,
        data_on=outlook.data_on,
        seconds=store.clock.elapsed() - began,
    )


def _score_block(
    store: Store,
    workspace_id: int,
    outlook: Outlook,
    version: Version,
    each: Marked,
    *,
    is_open: bool,
) -> int:
    scores = score_frame(version.document, build_frame(each.block, outlook.columns))
    with store.writing(workspace_id) as unit:
        write_scores(
            unit,
            outlook.run_on,
            version.number,
            outlook.data_on,
            scores.account_ids,
            scores.score,
            [band.value for band in scores.bands()],
            scores.coverage,
            scores.details,
        )
        if is_open:
            drop_marks(unit.connection, workspace_id, each.marks)
    return len(scores.account_ids)


def _refuse_while_importing(unit: Unit) -> None:
    applying = select(ImportBatch.file_name).where(ImportBatch.state == "applying")
    file_name = unit.session.scalars(applying.limit(1)).first()
    if file_name is not None:
        raise ImportUnderWay(file_name=file_name)


def _find_latest(unit: Unit) -> date | None:
    return unit.session.scalar(
        select(func.max(ScoreRun.run_on)).where(ScoreRun.finished_at.is_not(None))
    )


def _is_finished(unit: Unit, run_on: date) -> bool:
    run = unit.session.get(ScoreRun, (unit.workspace_id, run_on))
    return run is not None and run.finished_at is not None


def _begin(unit: Unit, run_on: date, model_version: int, data_on: date | None) -> None:
    """A day that was finished stays so while it is scored again: its rows are whole throughout."""
    run = unit.session.get(ScoreRun, (unit.workspace_id, run_on))
    if run is None:
        run = ScoreRun(run_on=run_on)
        unit.add(run)
    run.model_version, run.data_on, run.started_at = model_version, data_on, unit.at


def _finish(unit: Unit, run_on: date) -> tuple[dict[str, int], int]:
    by_band = count_bands(unit, run_on)
    run = unit.session.get_one(ScoreRun, (unit.workspace_id, run_on))
    run.unscored = by_band.get("unknown", 0)
    run.scored = sum(by_band.values()) - run.unscored
    run.finished_at = unit.at
    before_on = unit.session.scalar(
        select(func.max(ScoreRun.run_on)).where(
            ScoreRun.finished_at.is_not(None), ScoreRun.run_on < run_on
        )
    )
    return by_band, count_changes(unit, before_on, run_on) if before_on else 0
