"""How many of the next renewals are lost, by a forecast fitted on past ends. Heavy work alone.

Refuses a forecast by account where it is no better than telling everybody the base rate.
"""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, sqrt

import numpy as np
import pandas as pd

from bot.core.validity import SEGMENT, Foretold, Risk
from bot.insight.auc import Z
from bot.insight.column import Column, Floats, Kind
from bot.insight.forecast import Forecast
from bot.insight.validity import Validity
from bot.services.validity.cases import Case
from bot.services.validity.judging import build_table
from bot.services.validity.past import read_as_of
from bot.services.validity.renewals import Renewal, find_base, list_renewals
from bot.store.unit import Store

_MOST = 200


def foretell(
    store: Store, workspace_id: int, today: date, cases: Sequence[Case], judged: Validity
) -> Foretold:
    """Of the accounts whose contract renews within 90 days and of which no result is known."""
    with store.reading(workspace_id) as unit:
        ahead = list_renewals(unit, today)
    base = find_base(cases, today)
    forecast = judged.forecast
    if not ahead or forecast is None:
        return Foretold(len(ahead), "few" if ahead else "none", *base)
    quality = forecast.quality
    area = (quality.area.auc, quality.area.low, quality.area.high)
    if not quality.is_better:
        share = base[0] / base[1]
        return _sum_up(np.full(len(ahead), share), ahead, base, area, "no_better", base[1])
    risks = _risks(store, workspace_id, today, ahead, judged, forecast)
    return _sum_up(risks, ahead, base, area, "", forecast.model.calibrated_on)


def _risks(
    store: Store,
    workspace_id: int,
    today: date,
    ahead: Sequence[Renewal],
    judged: Validity,
    forecast: Forecast,
) -> Floats:
    """The calibrated share for each renewal, from what is known today."""
    columns = [each.figures.column for each in judged.judged]
    ids = [account_id for account_id, _ in ahead]
    names = [each.name for each in columns if not each.name.startswith("@")]
    measures = read_as_of(store, workspace_id, today, ids, names).loc[ids].reset_index(drop=True)
    with store.reading(workspace_id) as unit:
        table = build_table(measures, unit, [(account_id, today) for account_id in ids])
    read = [_as_fitted(each, table[each.name]) for each in columns]
    return forecast.model.forecast(read, np.ones(len(ids), dtype=bool))


def _as_fitted(column: Column, cells: pd.Series) -> Column:
    """The column as it was when fitted; a word it has not seen is missing."""
    if column.name != SEGMENT or column.kind not in (Kind.CATEGORY, Kind.YESNO):
        return Column(column.name, column.kind, cells.to_numpy(dtype=float))
    place = {level: float(at) for at, level in enumerate(column.levels)}
    values = np.array([place.get(str(word), np.nan) for word in cells], dtype=float)
    return Column(column.name, column.kind, values, column.levels)


def _sum_up(
    risks: Floats,
    ahead: Sequence[Renewal],
    base: tuple[int, int],
    area: tuple[float, float, float],
    reason: str,
    calibrated_on: int,
) -> Foretold:
    """The number with a 95 % interval: who leaves is chance, and the level is itself estimated."""
    count, expected = len(ahead), float(risks.sum())
    level = expected / count
    unsure = level * (1 - level) / max(calibrated_on, 1)
    reach = Z * sqrt(float((risks * (1 - risks)).sum()) + count**2 * unsure)
    ranked = sorted(zip(risks.tolist(), ahead, strict=True), key=lambda each: (-each[0], each[1]))
    shown = [] if reason else ranked[:_MOST]
    return Foretold(
        renewals=count,
        reason=reason,
        base_left=base[0],
        base=base[1],
        expected=expected,
        low=max(0, floor(expected - reach)),
        high=min(count, ceil(expected + reach)),
        area=area,
        calibrated_on=calibrated_on,
        risks=[Risk(account_id, on, risk) for risk, (account_id, on) in shown],
    )
