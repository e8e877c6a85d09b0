"""Cases and measures to verdicts and a fitted forecast. For heavy work alone.

Every measure is held against segment and size, and refused where only today's state is known.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import select

from bot.core.money import Money, Rate, Rates, total
from bot.core.validity import REFUSED, SEGMENT, SIZE, Finding
from bot.insight.judging import Judged
from bot.insight.validity import Question, Refused, Validity, When, judge
from bot.services.validity.cases import LEFT, Case
from bot.services.validity.past import Past, is_dated
from bot.store.tables import Account, Contract, ExchangeRate
from bot.store.unit import Unit

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Verdicts:
    """A finding per measure, of segment and size; `judged` is what they were read from."""

    findings: Sequence[Finding]
    judged: Validity


def judge_cases(unit: Unit, cases: Sequence[Case], past: Past) -> Verdicts:
    """Of cases with at least one on either side; below twenty every verdict is too few."""
    left = np.array([each.left for each in cases], dtype=bool)
    ended = np.array([(each.ended_on - _EPOCH).days for each in cases], dtype=float)
    owners = np.array([each.account_id for each in cases], dtype=np.int64)
    looked = [(each.account_id, each.looked_on) for each in cases]
    unkept = [name for name, kept in past.kept.items() if not is_dated(name) and not kept]
    table = build_table(past.table.drop(columns=unkept), unit, looked)
    question = Question(LEFT, (SEGMENT,), SIZE, unforetold=frozenset({SEGMENT, SIZE}))
    found = judge(table, left, question, When(ended, is_date=True), owners)
    findings = [
        *(_finding(each, past) for each in found.judged),
        *(_refused(each) for each in found.refused),
        *(Finding(name, REFUSED, "only_today") for name in unkept),
    ]
    return Verdicts(findings, found)


def build_table(
    measures: pd.DataFrame, unit: Unit, looked: Sequence[tuple[int, date]]
) -> pd.DataFrame:
    """The measures with touch model and yearly amount on the day of looking, row by row.

    The touch model is today's, and an amount may have been written over since: measures are held
    against both, and neither has a part in the forecast.
    """
    ids = {account_id for account_id, _ in looked}
    wanted = select(Account.id, Account.touch).where(Account.id.in_(ids))
    touches = {row.id: row.touch for row in unit.session.execute(wanted)}
    segments = pd.Series([touches.get(account_id) for account_id, _ in looked], dtype=object)
    sizes = np.array(_read_sizes(unit, looked), dtype=float)
    return measures.assign(**{SEGMENT: segments.to_numpy(), SIZE: sizes})


def _read_sizes(unit: Unit, looked: Sequence[tuple[int, date]]) -> list[float]:
    """By row, the amount a year of the contracts that ran on its day; NaN where none is known.

    A contract written over at its renewal begins later: its first amount stands for the size, so
    that a blank does not tell who renewed.
    """
    ids = {account_id for account_id, _ in looked}
    contracts: dict[int, list[Contract]] = defaultdict(list)
    for each in unit.session.scalars(select(Contract).where(Contract.account_id.in_(ids))):
        contracts[each.account_id].append(each)
    rows = unit.session.scalars(select(ExchangeRate))
    rates = Rates(Rate(row.currency, row.base, row.valid_on, row.rate) for row in rows)
    base = unit.workspace.base_currency
    return [_size(contracts[account_id], on, base, rates) for account_id, on in looked]


def _size(contracts: Sequence[Contract], on: date, base: str, rates: Rates) -> float:
    priced = [
        (each.starts_on or date.min, each.ends_on or date.max, each.arr_amount, each.currency)
        for each in contracts
        if each.arr_amount is not None
    ]
    # A currency may be missing and is no order.
    oldest = sorted(priced, key=lambda each: each[:3])[:1]
    running = [each for each in priced if each[0] <= on <= each[1]] or oldest
    moneys = [Money(amount, currency or base) for _, _, amount, currency in running]
    found = total(moneys, base, on, rates).base_sum
    return float(found.amount) if found else float("nan")


def _finding(judged: Judged, past: Past) -> Finding:
    area, name = judged.figures.area, judged.figures.name
    held = judged.held[-1].against if judged.held else ()
    against = (judged.with_measure,) if judged.with_measure else held
    verdict = str(judged.verdict)
    return Finding(
        measure=name,
        verdict=verdict,
        why=judged.why,
        auc=_known(area.auc),
        low=_known(area.low),
        high=_known(area.high),
        left=area.events,
        stayed=area.others,
        against=against if verdict in ("redundant", "goes_along") else (),
        kept=past.kept.get(name, 0),
    )


def _refused(refused: Refused) -> Finding:
    return Finding(refused.name, REFUSED, refused.unfit.why)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
