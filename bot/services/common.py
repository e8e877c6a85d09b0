"""What a run knew that holds for every account: whole days, breaks, outages, late files, calendars.

Kept with the run. By it a run of the touched accounts alone sees that nothing common has moved,
and a past day is scored again by what it knew. Refuses to keep anything of a single account.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from bot.core.breaks import BreakState, MetricBreak
from bot.core.calendar import build_usual
from bot.core.metrics import MetricKind
from bot.core.vocabulary import Touch
from bot.frame.metric import Metric
from bot.services.outlook import Outlook, list_account_columns
from bot.store.bulk.facts import Facts
from bot.store.metrics import list_packings
from bot.store.unit import Unit

Common = Mapping[str, Any]


def build_common(outlook: Outlook) -> dict[str, Any]:
    """The outlook as JSON that two runs can be compared by."""
    incidents = outlook.common_incidents
    return {
        "country": outlook.home.country,
        "closures": sorted(on.isoformat() for on in outlook.closures),
        "columns": list(outlook.columns),
        "kinds": list(outlook.kinds),
        "days": [on.isoformat() for on in outlook.days],
        "metrics": [_tell_metric(metric) for metric in outlook.metrics],
        "incidents": None if incidents is None else _tell_incidents(incidents),
        "persons_until": _number(outlook.persons_until),
        "contact_days": {touch.value: days for touch, days in outlook.contact_days.items()},
        "breaks": [_tell_break(each) for each in outlook.breaks],
        "late_kinds": list(outlook.late_kinds),
    }


def read_common(unit: Unit, run_on: date, common: Common) -> Outlook:
    """The outlook that the run of that day had."""
    first_on, last_on = map(date.fromisoformat, common["days"])
    closures = frozenset(map(date.fromisoformat, common["closures"]))
    metrics = tuple(_read_metric(each) for each in common["metrics"])
    return Outlook(
        run_on=run_on,
        home=build_usual(common["country"], closures),
        closures=closures,
        columns=tuple(common["columns"]),
        account_columns=list_account_columns(common["columns"]),
        kinds=tuple(common["kinds"]),
        packings=list_packings(unit),
        metrics=metrics,
        days=(first_on, last_on),
        data_on=last_on if metrics else None,
        common_incidents=_read_incidents(common["incidents"]),
        persons_until=float("nan" if common["persons_until"] is None else common["persons_until"]),
        breaks=tuple(_read_break(each, run_on) for each in common["breaks"]),
        contact_days={Touch(touch): days for touch, days in common["contact_days"].items()},
        late_kinds=tuple(common.get("late_kinds", ())),
    )


def _tell_metric(metric: Metric) -> dict[str, Any]:
    return {
        "name": metric.name,
        "kind": metric.kind.value,
        "is_key": metric.is_key,
        "says_zero": metric.says_zero,
        "whole": "".join("1" if each else "0" for each in metric.whole),
        "late_days": metric.late_days,
    }


def _read_metric(told: Common) -> Metric:
    whole = np.array([each == "1" for each in told["whole"]], dtype=np.bool_)
    return Metric(
        name=told["name"],
        kind=MetricKind(told["kind"]),
        is_key=told["is_key"],
        says_zero=told["says_zero"],
        whole=whole,
        late_days=told["late_days"],
    )


def _tell_incidents(found: Facts) -> list[list[Any]]:
    ends = map(_number, found.numbers["ended_on"].tolist())
    return [[severity, end] for severity, end in zip(found.words["severity"], ends, strict=True)]


def _read_incidents(told: list[list[Any]] | None) -> Facts | None:
    if told is None:
        return None
    ends = [float("nan") if end is None else end for _, end in told]
    return Facts(
        account_ids=np.zeros(len(told), dtype=np.int64),
        numbers={"ended_on": np.array(ends, dtype=np.float64)},
        words={"severity": [severity for severity, _ in told]},
    )


def _tell_break(each: MetricBreak) -> dict[str, Any]:
    return {
        "id": each.id,
        "metric": each.metric,
        "began_on": each.began_on.isoformat(),
        "ended_on": each.ended_on.isoformat() if each.ended_on else None,
        "factors": {on.isoformat(): factor for on, factor in sorted(each.factors.items())},
        "state": each.state.value,
    }


def _read_break(told: Common, run_on: date) -> MetricBreak:
    """Without what only people are told: how many accounts moved, and who has decided."""
    ended_on = told["ended_on"]
    return MetricBreak(
        id=told["id"],
        metric=told["metric"],
        began_on=date.fromisoformat(told["began_on"]),
        found_on=run_on,
        noted_on=run_on,
        ended_on=date.fromisoformat(ended_on) if ended_on else None,
        factors={date.fromisoformat(on): value for on, value in told["factors"].items()},
        compared=0,
        moved=0,
        state=BreakState(told["state"]),
    )


def _number(value: float) -> float | None:
    return None if value != value else value
