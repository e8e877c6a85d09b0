"""Looks every night whether a metric moved for everybody at once.

Refuses to let such a day make a wave of red accounts: until it is decided, its common part is taken
out of every account's use, so that what is left is each account's own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bot.core.breaks import BreakState, MetricBreak
from bot.frame.broken import build_search_mending
from bot.frame.tables import Tables
from bot.frame.together import Days, Step, find_step, is_as_before, read_factors
from bot.services.outlook import Outlook, read_outlook
from bot.store.breaks import list_known_breaks
from bot.store.bulk import facts
from bot.store.bulk.once import insert_once
from bot.store.bulk.usage_read import read_window
from bot.store.tables import UsageBreak
from bot.store.unit import Store, Unit

# After so many worked days the common part of an undecided break is known, and stays as it is.
_FOLLOWED_DAYS = 20
# Their median is known to about two per cent, whatever the base; more would only cost every run.
_DRAWN = 512


@dataclass(frozen=True)
class _Sample:
    """Some accounts, drawn evenly: enough for what all do together, however many there are."""

    outlook: Outlook
    tables: Tables
    counted: NDArray[np.bool_]
    countries: NDArray[np.int64]

    def days(self, metric: str) -> Days:
        """One metric as the source told it; every account's days that say something."""
        place = [each.name for each in self.outlook.metrics].index(metric)
        table = self.tables.read(metric, slice(0, self.counted.shape[1]))
        counted = self.counted & self.outlook.metrics[place].whole
        return Days(table.values, table.present * counted[self.countries], self.countries)


@dataclass(frozen=True)
class _Course:
    """How a break went: the factors of its days, and the day on which all was as before."""

    factors: dict[date, float]
    ended_on: date | None


@dataclass(frozen=True)
class _Found:
    metric: str
    step: Step
    course: _Course


@dataclass(frozen=True)
class _Followed:
    known: MetricBreak
    course: _Course


def look_for_breaks(store: Store, workspace_id: int, run_on: date, columns: Iterable[str]) -> None:
    """Note new breaks of the metrics that `columns` need, and how the open ones went on."""
    with store.reading(workspace_id) as unit:
        known = list_known_breaks(unit, run_on)
        sample = _read_sample(unit, run_on, columns)
    if sample is None:
        return
    changes = list(_list_changes(sample, known))
    with store.writing(workspace_id) as unit:
        for change in changes:
            if isinstance(change, _Found):
                _insert(unit, run_on, sample.outlook.days[0], change)
            else:
                _note(unit, run_on, change)


def _read_sample(unit: Unit, run_on: date, columns: Iterable[str]) -> _Sample | None:
    """What the source told, whatever is known of breaks; None without usage or accounts."""
    outlook = read_outlook(unit, run_on, columns)
    drawn = facts.read_sample(unit.connection, unit.workspace_id, _DRAWN)
    if not outlook.metrics or not len(drawn.account_ids):
        return None
    names = [metric.name for metric in outlook.metrics]
    values = read_window(
        unit.connection,
        unit.workspace_id,
        outlook.packings,
        drawn.account_ids,
        names,
        outlook.days,
        is_span=False,
    )
    words = [country or outlook.home.country for country in drawn.words["country"]]
    places = {name: place for place, name in enumerate(dict.fromkeys(words))}
    return _Sample(
        outlook=outlook,
        tables=Tables(values, {each.name: (at, each) for at, each in enumerate(outlook.metrics)}),
        counted=np.array([~outlook.off_days(name) for name in places]),
        countries=np.array([places[name] for name in words], dtype=np.int64),
    )


def _list_changes(sample: _Sample, known: Sequence[MetricBreak]) -> Iterator[_Found | _Followed]:
    for metric in sample.outlook.metrics:
        own = [each for each in known if each.metric == metric.name]
        undecided = next((each for each in own if each.asks), None)
        if undecided is not None:
            yield _follow(sample, undecided)
        elif (found := _search(sample, metric.name, own)) is not None:
            yield found


def _search(sample: _Sample, metric: str, own: Sequence[MetricBreak]) -> _Found | None:
    days, first_on = sample.days(metric), sample.outlook.days[0]
    mending = build_search_mending(own, first_on, days.values.shape[1])
    counts = days.counts * ~mending.left_out
    mended = Days(days.values * mending.scale, counts, days.countries)
    step = find_step(mended)
    if step is None:
        return None
    began_on = first_on + timedelta(days=step.at)
    course = _Course({began_on: step.factor}, None)
    return _Found(metric, step, _go_on(mended, first_on, began_on, step.factor, course))


def _follow(sample: _Sample, known: MetricBreak) -> _Followed:
    days, first_on = sample.days(known.metric), sample.outlook.days[0]
    course = _Course(known.factors, None)
    return _Followed(known, _go_on(days, first_on, known.began_on, known.factor, course))


def _go_on(days: Days, first_on: date, began_on: date, factor: float, course: _Course) -> _Course:
    """The course with the days that have come since, up to the first that is as before."""
    began, last = (began_on - first_on).days, (max(course.factors) - first_on).days
    factors = dict(course.factors)
    for place, each in sorted(read_factors(days, began, last + 1).items()):
        on = first_on + timedelta(days=place)
        if is_as_before(each, factor):
            return _Course(factors, on)
        if len(factors) < _FOLLOWED_DAYS:
            factors[on] = each
    return _Course(factors, None)


def _insert(unit: Unit, run_on: date, first_on: date, found: _Found) -> None:
    step = found.step
    began_on = first_on + timedelta(days=step.at)
    values = {
        "metric": found.metric,
        "began_on": began_on,
        "found_on": run_on,
        "noted_on": run_on,
        "ended_on": found.course.ended_on,
        "factors": _as_kept(found.course),
        "compared": step.compared,
        "moved": step.moved,
        "decided_on": None,
        "decided_by_id": None,
    }
    insert_once(unit, UsageBreak, ["metric", "began_on"], values)


def _note(unit: Unit, run_on: date, followed: _Followed) -> None:
    known, course = followed.known, followed.course
    row = unit.session.get_one(UsageBreak, (unit.workspace_id, known.id))
    is_news = course.factors != known.factors or course.ended_on is not None
    if row.state == BreakState.OPEN.value and is_news:
        row.factors, row.ended_on, row.noted_on = _as_kept(course), course.ended_on, run_on


def _as_kept(course: _Course) -> dict[str, float]:
    return {on.isoformat(): round(factor, 4) for on, factor in course.factors.items()}
