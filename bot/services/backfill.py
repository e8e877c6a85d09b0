"""Past days scored again beside what was stored: is a stored score what its facts say?

Every day is scored by the model version and by the common knowledge its own run had, from the
facts as they are dated. Writes nothing. Refuses to guess why a score comes out otherwise: facts
that came late are named by kind, and what none of them explains is counted apart.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from sqlalchemy import select

from bot.frame.build import build_frame
from bot.health.score import Scores, score_frame
from bot.services.blocks import read_all
from bot.services.common import read_common
from bot.services.health_models import Version, get_version
from bot.services.late_facts import is_kept_since
from bot.services.outlook import Outlook
from bot.store.bulk.scores import StoredRow, read_rows
from bot.store.bulk.touched import list_late_kinds
from bot.store.tables import ScoreRun
from bot.store.unit import Store

# So many accounts of a day are named; all are counted.
_NAMED = 20


@dataclass(frozen=True)
class Differing:
    """An account whose score of a day comes out otherwise now; `kinds` are what came late."""

    account_id: int
    stored: float | None
    now: float | None
    kinds: tuple[str, ...]


@dataclass
class DayCompared:
    """One stored day. `agree` come out exactly, `late` otherwise by facts learned later.

    `unexplained` come out otherwise and nothing came late. `gone` are stored and no longer active.
    `is_known` is False for a day whose run kept nothing to go by, or is so long ago that what came
    late since is not kept any more; then nothing is counted.
    """

    run_on: date
    model_version: int
    is_known: bool = True
    agree: int = 0
    late: int = 0
    unexplained: int = 0
    gone: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    differing: list[Differing] = field(default_factory=list)


def compare_history(
    store: Store,
    workspace_id: int,
    from_on: date,
    to_on: date,
    *,
    tell: Callable[[date], None] = lambda _: None,
) -> list[DayCompared]:
    """Each scored day from `from_on` to `to_on`; `tell` hears each one that is done."""
    with store.reading(workspace_id) as unit:
        wanted = select(ScoreRun).where(
            ScoreRun.run_on.between(from_on, to_on), ScoreRun.finished_at.is_not(None)
        )
        runs = list(unit.session.scalars(wanted.order_by(ScoreRun.run_on)))
    compared = []
    for run in runs:
        compared.append(_compare_day(store, workspace_id, run))
        tell(run.run_on)
    return compared


@dataclass(frozen=True)
class _Day:
    """What a run's day is scored by again."""

    outlook: Outlook
    late: dict[int, frozenset[str]]
    versions: dict[int, Version]


def _compare_day(store: Store, workspace_id: int, run: ScoreRun) -> DayCompared:
    is_kept = is_kept_since(run.started_at, store.clock.now())
    is_known = run.common is not None and is_kept
    told = DayCompared(run.run_on, run.model_version, is_known=is_known)
    if run.common is None or not is_known:
        return told
    with store.reading(workspace_id) as unit:
        stored = {row.account_id: row for row in read_rows(unit, run.run_on)}
        numbers = {row.model_version for row in stored.values()}
        day = _Day(
            outlook=read_common(unit, run.run_on, run.common),
            late=list_late_kinds(unit, run.run_on, run.data_on, run.started_at),
            versions={number: get_version(unit, number) for number in numbers},
        )
    found = 0
    for each in read_all(store, workspace_id, day.outlook):
        frame = build_frame(each.block, day.outlook.columns)
        for number, version in day.versions.items():
            rows = _list_rows(score_frame(version.document, frame), number)
            for now in rows:
                then = stored.get(now.account_id)
                if then is not None and then.model_version == number:
                    found += 1
                    _judge(told, then, now, day.late.get(now.account_id, frozenset()))
    told.gone = len(stored) - found
    return told


def _list_rows(scores: Scores, model_version: int) -> Iterator[StoredRow]:
    size = scores.details.dtype.itemsize
    packed = scores.details.tobytes()
    for place, account_id in enumerate(scores.account_ids.tolist()):
        score = float(scores.score[place])
        yield StoredRow(
            account_id=account_id,
            model_version=model_version,
            score=None if np.isnan(score) else score,
            details=packed[place * size : (place + 1) * size],
        )


def _judge(told: DayCompared, then: StoredRow, now: StoredRow, late: frozenset[str]) -> None:
    if then == now:
        told.agree += 1
        return
    if late:
        told.late += 1
        told.by_kind.update(late)
    else:
        told.unexplained += 1
    if len(told.differing) < _NAMED:
        told.differing.append(
            Differing(then.account_id, then.score, now.score, tuple(sorted(late)))
        )
