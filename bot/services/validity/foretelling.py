"""How many of the next renewals are lost, by a forecast fitted on past ends. Heavy work alone.

Refuses a forecast by account where it is no better than telling everybody the base rate, and to
use for a renewal what was known nearer to it than in the past cases: a share would then mean
something that was never measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from bot.core.validity import Foretold, Risk
from bot.insight.column import Column, Floats, Kind
from bot.insight.expected import expect
from bot.insight.model import Model
from bot.insight.validity import Validity
from bot.services.validity.cases import Case, find_look
from bot.services.validity.past import read_past
from bot.services.validity.renewals import Renewal, find_base, list_renewals
from bot.store.unit import Store

_MOST = 200


@dataclass(frozen=True)
class _Level:
    """What the level of the forecast rests on: `count` cases, the newest quarter or all."""

    count: int
    is_of_newest: bool = False


def foretell(
    store: Store, workspace_id: int, today: date, cases: Sequence[Case], judged: Validity
) -> Foretold:
    """Of the accounts whose contract renews within 90 days and of which no result is known."""
    with store.reading(workspace_id) as unit:
        ahead = list_renewals(unit, today)
    base = find_base(cases, today)
    forecast = judged.forecast
    if not ahead or forecast is None:
        return Foretold(len(ahead), _why_none(ahead, judged), *base)
    quality = forecast.newest or forecast.quality
    area = (quality.area.auc, quality.area.low, quality.area.high)
    if not forecast.is_better:
        shares = np.full(len(ahead), base[0] / base[1])
        return _sum_up(shares, ahead, base, area, "no_better", _Level(base[1]))
    model = forecast.model
    risks = _risks(store, workspace_id, today, ahead, model, base[0] / base[1])
    level = _Level(model.calibrated_on, model.is_of_newest)
    return _sum_up(risks, ahead, base, area, "", level)


def find_look_ahead(renews_on: date, today: date) -> date:
    """The day whose knowledge counts for a renewal: 60 to 90 days before it, as for the cases."""
    return min(find_look(renews_on), today)


def _why_none(ahead: Sequence[Renewal], judged: Validity) -> str:
    if not ahead:
        return "none"
    fit = {each.figures.name for each in judged.judged} - judged.question.unforetold
    return "few" if fit else "unfit"


def _risks(
    store: Store,
    workspace_id: int,
    today: date,
    ahead: Sequence[Renewal],
    model: Model,
    base_rate: float,
) -> Floats:
    """The calibrated share for each renewal, from what was known as long before it as in cases.

    An account of which nothing was known then has the base rate's share.
    """
    looked = [
        Case(account_id, renews_on, find_look_ahead(renews_on, today), left=False)
        for account_id, renews_on in ahead
    ]
    past = read_past(store, workspace_id, looked, model.names)
    columns = [Column(name, Kind.NUMBER, past.table[name].to_numpy()) for name in model.names]
    told = model.forecast(columns, np.ones(len(ahead), dtype=bool))
    return np.where(np.all([~each.known for each in columns], axis=0), base_rate, told)


def _sum_up(
    risks: Floats,
    ahead: Sequence[Renewal],
    base: tuple[int, int],
    area: tuple[float, float, float],
    reason: str,
    level: _Level,
) -> Foretold:
    found = expect(risks, level.count)
    ranked = sorted(zip(risks.tolist(), ahead, strict=True), key=lambda each: (-each[0], each[1]))
    shown = [] if reason else ranked[:_MOST]
    return Foretold(
        renewals=len(ahead),
        reason=reason,
        base_left=base[0],
        base=base[1],
        expected=found.value,
        low=found.low,
        high=found.high,
        area=area,
        calibrated_on=level.count,
        is_of_newest=level.is_of_newest,
        risks=[Risk(account_id, on, risk) for risk, (account_id, on) in shown],
    )
