"""New scores for a workspace: read, frame, score, write, block by block, in flat memory.

A run is one local day. It refuses to run while an import is being applied, and to rewrite a past
day in passing: `recompute_history` does that, and the audit log keeps who asked for it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from sqlalchemy import func, select

from bot.core.refusal import Refusal
from bot.core.vocabulary import Band
from bot.frame.build import Frame, build_frame
from bot.health.score import Scores, score_frame
from bot.services.blocks import Marked, read_ahead, read_all, read_touched
from bot.services.breaks import look_for_breaks
from bot.services.common import build_common
from bot.services.health_models import Version, ensure_active, find_active
from bot.services.outlook import Outlook, narrow_outlook, read_outlook
from bot.store.breaks import list_known_breaks
from bot.store.bulk.native import take_turn
from bot.store.bulk.scores import count_changes, write_scores
from bot.store.bulk.touched import drop_marks, is_usage_late
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
    """`scored` counts the accounts this run wrote a row for, `by_band` their bands.

    `changed_bands` are those whose band differs from the day scored before. `data_on` is the last
    whole day of usage. `seconds` are real.
    """

    run_on: date
    is_full: bool
    scored: int
    by_band: dict[str, int]
    changed_bands: int
    data_on: date | None
    seconds: float


class Watcher(Protocol):
    """Sees every block of a full run once its scores are written; reads `columns` beside them."""

    columns: tuple[str, ...]

    def look(self, version: Version, frame: Frame, scores: Scores) -> None:
        """One block, its accounts in the order of their ids."""


def recompute(
    store: Store,
    workspace_id: int,
    run_on: date,
    *,
    only_touched: bool = False,
    watcher: Watcher | None = None,
) -> RecomputeResult:
    """Score the open day `run_on`: everybody, or those whom a fact has touched since.

    All windows move at midnight, so a day's first run is always a full one; a watched one is, too,
    and one before which anything has moved that holds for everybody.
    """
    with store.reading(workspace_id) as unit:
        _refuse_while_importing(unit)
        latest_on, active = _find_latest(unit), find_active(unit)
    if latest_on is not None and run_on < latest_on:
        raise PastDay(run_on=run_on, latest_on=latest_on)
    version = active or ensure_active(store, workspace_id)
    if only_touched and watcher is None:
        outlook = _find_standing(store, workspace_id, run_on, version)
        if outlook is not None:
            run = _Run(run_on, version, read_touched, is_open=True)
            return _score(store, workspace_id, run, outlook)
    look_for_breaks(store, workspace_id, run_on, _list_columns(version, watcher))
    run = _Run(run_on, version, read_all, is_open=True, watcher=watcher)
    return _score(store, workspace_id, run)


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
        _score(store, workspace_id, _Run(day, version, read_all, is_open=False))
        tell(day)
    return days


def _find_standing(
    store: Store, workspace_id: int, run_on: date, version: Version
) -> Outlook | None:
    """The outlook of the day's last run, if all that is common to all accounts still stands."""
    with store.reading(workspace_id) as unit:
        done = unit.session.get(ScoreRun, (workspace_id, run_on))
        if done is None or done.finished_at is None or not done.common:
            return None
        if done.model_version != version.number:
            return None
        is_late = is_usage_late(unit, done.started_at)
    if is_late:
        # Days that were counted have changed: what all did together may be another thing now.
        look_for_breaks(store, workspace_id, run_on, done.common["columns"])
    with store.reading(workspace_id) as unit:
        breaks = list_known_breaks(unit, run_on)
        outlook = read_outlook(unit, run_on, done.common["columns"], breaks)
        stands = build_common(outlook) == done.common
        return narrow_outlook(unit, outlook, version.document.columns()) if stands else None


@dataclass(frozen=True)
class _Run:
    """What is scored, and how; marks of touched accounts are taken away by the open day alone."""

    run_on: date
    version: Version
    read: Callable[[Store, int, Outlook], Iterator[Marked]]
    is_open: bool
    watcher: Watcher | None = None

    @property
    def is_full(self) -> bool:
        return self.read is read_all


def _score(
    store: Store, workspace_id: int, run: _Run, standing: Outlook | None = None
) -> RecomputeResult:
    began = store.clock.elapsed()
    with store.writing(workspace_id) as unit:
        outlook = standing or _read_anew(unit, run)
        before_on = _find_latest(unit, before=run.run_on)
        _begin(unit, run, outlook, is_standing=standing is not None)
    by_band: Counter[str] = Counter()
    changed, lacking = 0, Counter[tuple[str, int]]()
    for each in read_ahead(run.read(store, workspace_id, outlook)):
        frame = build_frame(each.block, outlook.columns)
        scores = score_frame(run.version.document, frame)
        with store.writing(workspace_id) as unit:
            _write(unit, outlook, run.version.number, scores)
            changed += _count_changes(unit, before_on, run.run_on, scores, is_full=run.is_full)
            if run.is_open:
                drop_marks(unit.connection, workspace_id, each.marks)
        if run.watcher is not None:
            run.watcher.look(run.version, frame, scores)
        by_band.update(scores.count_bands())
        lacking.update(_list_lacking(run.version, scores))
    with store.writing(workspace_id) as unit:
        _finish(unit, run.run_on, (by_band, lacking) if run.is_full else None)
    return RecomputeResult(
        run_on=run.run_on,
        is_full=run.is_full,
        scored=by_band.total(),
        by_band=dict(by_band),
        changed_bands=changed,
        data_on=outlook.data_on,
        seconds=store.clock.elapsed() - began,
    )


def _read_anew(unit: Unit, run: _Run) -> Outlook:
    breaks = list_known_breaks(unit, run.run_on)
    return read_outlook(unit, run.run_on, _list_columns(run.version, run.watcher), breaks)


def _list_columns(version: Version, watcher: Watcher | None) -> tuple[str, ...]:
    more = () if watcher is None else watcher.columns
    return tuple(dict.fromkeys((*version.document.columns(), *more)))


def _write(unit: Unit, outlook: Outlook, model_version: int, scores: Scores) -> None:
    write_scores(
        unit,
        outlook.run_on,
        model_version,
        outlook.data_on,
        scores.account_ids,
        scores.score,
        scores.band_words(),
        scores.coverage,
        scores.details,
    )


def _count_changes(
    unit: Unit, before_on: date | None, run_on: date, scores: Scores, *, is_full: bool
) -> int:
    if before_on is None or not len(scores.account_ids):
        return 0
    return count_changes(unit, before_on, run_on, scores.account_ids, is_span=is_full)


def _refuse_while_importing(unit: Unit) -> None:
    applying = select(ImportBatch.file_name).where(ImportBatch.state == "applying")
    file_name = unit.session.scalars(applying.limit(1)).first()
    if file_name is not None:
        raise ImportUnderWay(file_name=file_name)


def _find_latest(unit: Unit, before: date = date.max) -> date | None:
    """The last day that is scored, of those before a day."""
    finished = ScoreRun.finished_at.is_not(None)
    return unit.session.scalar(
        select(func.max(ScoreRun.run_on)).where(finished, ScoreRun.run_on < before)
    )


def _begin(unit: Unit, run: _Run, outlook: Outlook, *, is_standing: bool) -> None:
    """A day that was finished stays so while it is scored again: its rows are whole throughout."""
    take_turn(unit.connection, unit.workspace_id, "score_runs")
    row = unit.session.get(ScoreRun, (unit.workspace_id, run.run_on))
    if row is None:
        row = ScoreRun(run_on=run.run_on)
        unit.add(row)
    row.model_version, row.data_on = run.version.number, outlook.data_on
    row.started_at = unit.at
    if not is_standing:
        row.common = build_common(outlook)


def _list_lacking(version: Version, scores: Scores) -> dict[tuple[str, int], int]:
    """Counts by measure: those who are asked for it (0), and those who have none (1)."""
    counted = scores.count_lacking(version.document)
    return {(name, at): pair[at] for name, pair in counted.items() for at in (0, 1)}


def _finish(
    unit: Unit, run_on: date, counted: tuple[Counter[str], Counter[tuple[str, int]]] | None
) -> None:
    """The day's numbers are those of its last full run."""
    run = unit.session.get_one(ScoreRun, (unit.workspace_id, run_on))
    if counted is not None:
        by_band, lacking = counted
        run.lacking = {name: [lacking[name, 0], lacking[name, 1]] for name, _ in lacking}
        run.unscored = by_band[Band.UNKNOWN.value]
        run.scored = by_band.total() - run.unscored
    run.finished_at = unit.at
