"""What is the same for every account of a run: days, calendars, metrics, kinds of facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bot.core.breaks import MetricBreak
from bot.core.calendar import WorkCalendar, build_usual, is_known_country
from bot.core.metrics import MetricKind
from bot.core.slow_days import list_slow_days
from bot.core.vocabulary import Touch
from bot.frame.broken import build_mending
from bot.frame.catalogue import get_measure
from bot.frame.days import count_accounts, find_whole, flag_days
from bot.frame.measure import USAGE_DAYS
from bot.frame.metric import Metric
from bot.people import build_calendar, read_closures
from bot.services.cadence import read_contact_days
from bot.services.late_sources import list_late_kinds, list_resting_on
from bot.store.bulk import facts
from bot.store.bulk.fact_queries import ACCOUNT_COLUMNS
from bot.store.metrics import Packing, list_metrics, list_packings
from bot.store.unit import Unit

# Before the window, so that its first day is already compared with what was usual.
_USUAL_DAYS = 40
_DAY = timedelta(days=1)
_OWN = "accounts"
# Facts that rest on persons' own logins.
_OF_PERSONS = frozenset({"champions", "key_people", "deciders"})

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Outlook:
    """`kinds` are the facts to read, `metrics` the usage; `days` the usage window's first and last.

    `data_on` is the last day on which any metric came whole; None without usage. `persons_until` is
    the last day on which any person's own login came, counted from 1970-01-01; NaN for none.
    `breaks` are what is mended of the usage; `contact_days` are those that ops has chosen.
    `late_kinds` are files that should have come, and `late` the facts that rest on them.
    """

    run_on: date
    home: WorkCalendar
    closures: frozenset[date]
    columns: tuple[str, ...]
    account_columns: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]
    packings: dict[int, Packing]
    metrics: tuple[Metric, ...]
    days: tuple[date, date]
    data_on: date | None
    common_incidents: facts.Facts | None
    persons_until: float
    breaks: tuple[MetricBreak, ...]
    contact_days: Mapping[Touch, int]
    late_kinds: tuple[str, ...] = ()

    @property
    def late(self) -> frozenset[str]:
        """The kinds of facts of a block whose source has not come."""
        return list_resting_on(self.late_kinds)

    def off_days(self, country: str) -> BoolArray:
        """Days of the usage window that say nothing of a country's customers: off, or slow."""
        known = country if is_known_country(country) else self.home.country
        return _flag_unusual(build_usual(known, self.closures), *self.days)

    def worked_days(self, count: int) -> NDArray[np.float64]:
        """The last usual business days before the run at home, counted from 1970-01-01."""
        first_on = self.run_on - timedelta(days=count * 3)
        off = _flag_unusual(self.home, first_on, self.run_on - timedelta(days=1))
        start = (first_on - date(1970, 1, 1)).days
        return (np.flatnonzero(~off)[-count:] + start).astype(np.float64)


def read_outlook(
    unit: Unit, run_on: date, columns: Iterable[str], breaks: Sequence[MetricBreak] = ()
) -> Outlook:
    """What a run on that day needs to compute these columns; nothing after the day before counts.

    A run's usage ends the day before, since the run's own day is never whole. Days of `breaks` too
    deep to be mended are as if they had not come.
    """
    names = tuple(columns)
    home = build_calendar(unit.workspace)
    metrics, days = _read_metrics(unit, run_on, names, home, breaks)
    needed = {need for name in names for need in get_measure(name).needs}
    kinds = sorted(facts.list_known(unit.connection, unit.workspace_id, needed))
    if any(metric.name == "active_users" for metric in metrics):
        kinds = [kind for kind in kinds if kind != "activity"]
    return Outlook(
        run_on=run_on,
        home=home,
        closures=read_closures(unit.workspace),
        columns=names,
        account_columns=list_account_columns(names),
        kinds=tuple(kinds),
        packings=list_packings(unit),
        metrics=metrics,
        days=days,
        data_on=days[1] if metrics else None,
        common_incidents=_common_incidents(unit, run_on, needed),
        persons_until=_persons_until(unit, run_on, needed),
        breaks=tuple(breaks),
        contact_days=read_contact_days(unit.workspace),
        late_kinds=list_late_kinds(unit, run_on),
    )


def narrow_outlook(unit: Unit, outlook: Outlook, columns: Iterable[str]) -> Outlook:
    """The same outlook for some of its columns: as before, and nothing is read that they do not
    need. The window's last day stays, whichever metric it came from."""
    names = tuple(columns)
    span = max((get_measure(name).usage_days for name in names), default=USAGE_DAYS)
    needed = _needed_metrics(unit, names)
    needs = {need for name in names for need in get_measure(name).needs}
    return replace(
        outlook,
        columns=names,
        account_columns=list_account_columns(names),
        kinds=tuple(kind for kind in outlook.kinds if kind in needs),
        metrics=tuple(
            replace(metric, whole=metric.whole[-span:])
            for metric in outlook.metrics
            if metric.name in needed
        ),
        days=(outlook.days[1] - timedelta(days=span - 1), outlook.days[1]),
    )


def list_account_columns(columns: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What is read of the accounts themselves; their country decides the business days."""
    wanted = {name for name in columns if "accounts" in get_measure(name).needs} | {"country"}
    needs = {need for name in columns for need in get_measure(name).needs}
    wanted |= {name for kind, _, name in (need.partition(":") for need in needs) if kind == _OWN}
    # Whoever asks for a share of the seats needs the seats.
    wanted.add("seats")
    return tuple(column for name, column in ACCOUNT_COLUMNS.items() if name in wanted)


def _common_incidents(unit: Unit, run_on: date, needed: set[str]) -> facts.Facts | None:
    if "incidents" not in needed:
        return None
    return facts.read_common_incidents(unit.connection, unit.workspace_id, run_on)


def _persons_until(unit: Unit, run_on: date, needed: set[str]) -> float:
    if not needed & _OF_PERSONS:
        return float("nan")
    return facts.read_last_login(unit.connection, unit.workspace_id, run_on)


def _read_metrics(
    unit: Unit,
    run_on: date,
    columns: tuple[str, ...],
    home: WorkCalendar,
    breaks: Sequence[MetricBreak],
) -> tuple[tuple[Metric, ...], tuple[date, date]]:
    """The metrics the columns need as far as any day of them came, and the usage window.

    A metric of which nothing has come for longer than 130 days is none.
    """
    last_on = run_on - timedelta(days=1)
    span = max((get_measure(name).usage_days for name in columns), default=USAGE_DAYS)
    first_on = last_on - timedelta(days=span + USAGE_DAYS + _USUAL_DAYS)
    whole = _without_broken(_read_whole(unit, columns, home, first_on, last_on), first_on, breaks)
    ends = {
        name: int(np.flatnonzero(days)[-1])
        for name, days in whole.items()
        if days[span - 1 :].any()
    }
    if not ends:
        return (), (last_on - timedelta(days=span - 1), last_on)
    off = _flag_off(home, first_on, last_on)
    end = max(ends.values())
    part = slice(end - span + 1, end + 1)
    traits = list_metrics(unit)
    metrics = tuple(
        Metric(
            name=name,
            kind=MetricKind(traits[name].kind),
            is_key=traits[name].is_key,
            says_zero=traits[name].says_zero,
            whole=whole[name][part],
            late_days=int((~off[ends[name] + 1 :]).sum()),
        )
        for name in sorted(ends)
    )
    data_on = first_on + timedelta(days=end)
    return metrics, (data_on - timedelta(days=span - 1), data_on)


def _read_whole(
    unit: Unit, columns: tuple[str, ...], home: WorkCalendar, first_on: date, last_on: date
) -> dict[str, BoolArray]:
    """By metric that the columns need, which days from `first_on` to `last_on` came whole."""
    counts = facts.read_day_counts(unit.connection, unit.workspace_id, first_on, last_on)
    unusual = _flag_unusual(home, first_on, last_on)
    needed = _needed_metrics(unit, columns)
    return {
        name: find_whole(count_accounts(first_on, len(unusual), counted), unusual)
        for name, counted in counts.items()
        if name in needed
    }


def _without_broken(
    whole: dict[str, BoolArray], first_on: date, breaks: Sequence[MetricBreak]
) -> dict[str, BoolArray]:
    mendings = {
        name: build_mending([e for e in breaks if e.metric == name], first_on, len(days))
        for name, days in whole.items()
    }
    return {name: days & ~mendings[name].left_out for name, days in whole.items()}


def _needed_metrics(unit: Unit, columns: tuple[str, ...]) -> set[str]:
    needs = {need for name in columns for need in get_measure(name).needs}
    named = {need.removeprefix("usage:") for need in needs if need.startswith("usage:")}
    groups = named & {"key", "limit"}
    if "key" in groups:
        named |= {name for name, metric in list_metrics(unit).items() if metric.is_key}
    if "limit" in groups:
        named |= facts.list_limited(unit.connection, unit.workspace_id)
    return named - groups


@cache
def _flag_off(calendar: WorkCalendar, first_on: date, last_on: date) -> BoolArray:
    after = last_on + _DAY
    return flag_days(first_on, (after - first_on).days, calendar.days_off(first_on, after))


@cache
def _flag_unusual(calendar: WorkCalendar, first_on: date, last_on: date) -> BoolArray:
    """Days that are not worked, or slow: use on them is no measure of anything."""
    slow = list_slow_days(calendar, first_on, last_on + _DAY)
    return _flag_off(calendar, first_on, last_on) | flag_days(
        first_on, (last_on - first_on).days + 1, slow
    )
