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
from bot.insight.back_test import try_levels
from bot.insight.column import Whole
from bot.insight.endings import Endings, find_cut, pick_cases
from bot.insight.looks import WEEK, Looks
from bot.services.blocks import read_those
from bot.services.outlook import Outlook, read_outlook
from bot.services.playbooks import PlaybookVersion
from bot.signals.catalogue import get_signal
from bot.store.breaks import list_known_breaks
from bot.store.bulk.usage_read import BLOCK
from bot.store.tables import AccountOutcome
from bot.store.unit import Store, Unit

# Two years of periods; of more accounts every so-manieth is drawn.
PAST_DAYS, MOST_ACCOUNTS = 730, 8_192
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
    """The cases to look at, and the days to look on, oldest first; none where there are too few."""

    document: HealthDocument
    levels: Sequence[tuple[str, float]]
    first_on: date
    last_on: date
    cut: int
    cases: Endings
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
    most: int = MOST_ACCOUNTS,
) -> PastPlan:
    """What a look back from `on` on `most` accounts at most takes; it reads the results alone."""
    first_on = on - timedelta(days=PAST_DAYS)
    endings, accounts, drawn = _draw(_read_endings(unit, first_on, on), most)
    cut = find_cut(endings) if drawn else _number(on)
    cases = pick_cases(endings, cut)
    return PastPlan(
        document=document,
        levels=list_levels(document, playbooks),
        first_on=first_on,
        last_on=on,
        cut=cut,
        cases=cases,
        accounts=accounts,
        drawn=drawn,
        days=[] if cases.count(cases.ended > cut).are_few else _list_days(cases, on),
    )


def look_back(
    store: Store, workspace_id: int, plan: PastPlan, tell: Callable[[int], None] = lambda _: None
) -> BackTest:
    """The back-test; `tell` hears how many of the plan's days are done."""
    looks = Looks.blank(plan.cases)
    for done, day in enumerate(plan.days, start=1):
        with store.reading(workspace_id) as unit:
            breaks = list_known_breaks(unit, day)
            outlook = read_outlook(unit, day, plan.document.columns(), breaks)
        rows = looks.find_rows(_number(day))
        for scores in _score(store, workspace_id, plan, outlook, rows):
            looks.note(_number(day), rows, scores.account_ids, scores.score, scores.coverage)
        tell(done)
    has_score = looks.has_score if plan.days else np.ones(len(plan.cases.ended), dtype=bool)
    return BackTest(
        first_on=plan.first_on,
        cut_on=_EPOCH + timedelta(days=plan.cut),
        last_on=plan.last_on,
        before=plan.cases.count(has_score & (plan.cases.ended <= plan.cut)),
        after=plan.cases.count(has_score & (plan.cases.ended > plan.cut)),
        unscored=int((~has_score).sum()),
        accounts=plan.accounts,
        drawn=plan.drawn,
        left_out=plan.left_out,
        trials=tuple(try_levels(looks, plan.cut, plan.levels)),
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


def _draw(endings: Endings, most: int) -> tuple[Endings, int, int]:
    """Every so-manieth account, how many there are, and how many were drawn."""
    ids = np.unique(endings.account_ids)
    drawn = ids[:: max(1, ceil(len(ids) / most))]
    return endings.take(np.isin(endings.account_ids, drawn)), len(ids), len(drawn)


def _list_days(cases: Endings, on: date) -> list[date]:
    """Every seventh day before `on` on which any case is watched."""
    watched = {
        back
        for ended in np.unique(cases.ended).tolist()
        for back in range(
            ceil((_number(on) - ended + LEAST_LEAD_DAYS) / WEEK),
            (_number(on) - ended + WATCHED_DAYS) // WEEK + 1,
        )
    }
    return [on - timedelta(days=WEEK * back) for back in sorted(watched, reverse=True)]


def _score(
    store: Store, workspace_id: int, plan: PastPlan, outlook: Outlook, rows: Whole
) -> Iterator[Scores]:
    """What the model says on that day of those whose cases are watched."""
    ids = np.unique(plan.cases.account_ids[rows])
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
