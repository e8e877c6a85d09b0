"""A health model asked of the past: what its thresholds would have said before contracts ended.

For heavy work alone. Every week of the past is read as a run of that day would have read it; what
is known only afterwards is left out. Writes nothing, and asks the database by week, not by account.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

import numpy as np
from sqlalchemy import select

from bot.core.back_test import (
    FALL,
    GREEN,
    LEAST_LEAD_DAYS,
    RED,
    WATCHED_DAYS,
    BackTest,
)
from bot.frame.build import build_frame
from bot.frame.catalogue import get_measure
from bot.health.model import HealthDocument
from bot.health.score import Scores, score_frame
from bot.insight.back_test import part_cases, try_levels
from bot.insight.column import Whole
from bot.insight.endings import Endings
from bot.insight.looks import WEEK, Looks
from bot.services.blocks import read_those
from bot.services.outlook import Outlook, read_outlook
from bot.services.playbooks import PlaybookVersion
from bot.signals.catalogue import get_signal
from bot.store.breaks import list_known_breaks
from bot.store.bulk.usage_read import BLOCK
from bot.store.tables import AccountOutcome
from bot.store.unit import Store, Unit

# Two years of periods; where they are more, those of every so-manieth account.
PAST_DAYS, MOST_PERIODS = 730, 16_384
_LOST = ("churned", "contracted")
_EPOCH = date(1970, 1, 1)
# Contacts bear no day on which they came or left, and a renewed contract may overwrite the one
# before: what rests on them would tell the past how it ended.
_KNOWN_LATER = frozenset(
    {"contacts", "champions", "key_people", "deciders", "contracts", "deadlines", "usage:limit"}
)
_OF_TODAY = frozenset({"arr", "seats"})


@dataclass(frozen=True)
class PastPlan:
    """The periods to look at, and the days to look on, oldest first; none where they are too few.

    They are of `drawn` out of `accounts` accounts that have any.
    """

    document: HealthDocument
    levels: Sequence[tuple[str, float]]
    first_on: date
    last_on: date
    endings: Endings
    accounts: int
    drawn: int
    days: Sequence[date]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Measures of the model that tell the past how it ended."""
        return tuple(name for name in self.document.columns() if _is_known_later(name))


def plan_past(
    unit: Unit,
    document: HealthDocument,
    playbooks: Sequence[PlaybookVersion],
    on: date,
    most: int = MOST_PERIODS,
) -> PastPlan:
    """What a look back from `on` at `most` periods takes; it reads the results alone."""
    first_on = on - timedelta(days=PAST_DAYS)
    found = _read_endings(unit, first_on, on)
    ids = np.unique(found.account_ids)
    drawn = ids[:: max(1, ceil(len(found.ended) / most))]
    endings = found.take(np.isin(found.account_ids, drawn))
    return PastPlan(
        document=document,
        levels=list_levels(document, playbooks),
        first_on=first_on,
        last_on=on,
        endings=endings,
        accounts=len(ids),
        drawn=len(drawn),
        days=[] if endings.cases.are_few else _list_days(endings, on),
    )


def look_back(
    store: Store, workspace_id: int, plan: PastPlan, tell: Callable[[int], None] = lambda _: None
) -> BackTest:
    """The back-test; `tell` hears how many of the plan's days are done."""
    looks = Looks.blank(plan.endings)
    for done, day in enumerate(plan.days, start=1):
        with store.reading(workspace_id) as unit:
            breaks = list_known_breaks(unit, day)
            outlook = read_outlook(unit, day, plan.document.columns(), breaks)
        rows = looks.find_rows(_number(day))
        for scores in _score(store, workspace_id, plan, outlook, rows):
            looks.note(_number(day), rows, scores.account_ids, scores.score, scores.coverage)
        tell(done)
    is_seen = looks.has_score if plan.days else np.ones(len(plan.endings.ended), dtype=np.bool_)
    before, later, cut = part_cases(looks.take(is_seen))
    return BackTest(
        first_on=plan.first_on,
        cut_on=_EPOCH + timedelta(days=cut) if cut else plan.last_on,
        last_on=plan.last_on,
        before=before.endings.cases,
        after=later.endings.cases,
        unscored=int((~is_seen).sum()),
        accounts=plan.accounts,
        drawn=plan.drawn,
        left_out=plan.left_out,
        trials=tuple(try_levels(before, later, plan.levels)),
    )


def list_levels(
    document: HealthDocument, playbooks: Sequence[PlaybookVersion]
) -> list[tuple[str, float]]:
    """The edges of the bands, and the smallest fall of a score that opens a playbook."""
    usual = get_signal("sharp_drop").limits["points"]
    falls = [
        sign.limits.get("points", usual)
        for version in playbooks
        for sign in version.document.signals
        if sign.key == "sharp_drop"
    ]
    edges = [(RED, document.bands.red_below), (GREEN, document.bands.green_from)]
    return [*edges, *([(FALL, min(falls))] if falls else [])]


def _read_endings(unit: Unit, first_on: date, last_on: date) -> Endings:
    wanted = (
        select(AccountOutcome.account_id, AccountOutcome.ended_on, AccountOutcome.result)
        .where(AccountOutcome.ended_on.between(first_on, last_on))
        .order_by(AccountOutcome.account_id, AccountOutcome.ended_on, AccountOutcome.id)
    )
    rows = unit.session.execute(wanted).all()
    return Endings(
        np.array([row.account_id for row in rows], dtype=np.int64),
        np.array([_number(row.ended_on) for row in rows], dtype=np.int64),
        np.array([row.result in _LOST for row in rows], dtype=np.bool_),
    )


def _list_days(endings: Endings, on: date) -> list[date]:
    """Every seventh day before `on` on which any period is watched."""
    watched = {
        back
        for ended in np.unique(endings.ended).tolist()
        for back in range(
            ceil((_number(on) - ended + LEAST_LEAD_DAYS) / WEEK),
            (_number(on) - ended + WATCHED_DAYS) // WEEK + 1,
        )
    }
    return [on - timedelta(days=WEEK * back) for back in sorted(watched, reverse=True)]


def _score(
    store: Store, workspace_id: int, plan: PastPlan, outlook: Outlook, rows: Whole
) -> Iterator[Scores]:
    """What the model says on that day of those whose periods are watched."""
    ids = np.unique(plan.endings.account_ids[rows])
    for start in range(0, len(ids), BLOCK):
        block = read_those(store, workspace_id, outlook, ids[start : start + BLOCK])
        frame = build_frame(block, outlook.columns)
        for name in plan.left_out:
            frame.table[name] = np.nan
        yield score_frame(plan.document, frame)


def _is_known_later(name: str) -> bool:
    return name in _OF_TODAY or bool(_KNOWN_LATER & set(get_measure(name).needs))


def _number(on: date) -> int:
    return (on - _EPOCH).days
