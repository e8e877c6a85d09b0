"""Whether a sign stands on facts that came late. Refuses to guess: only what began the very night
after such facts came is called so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from bot.core.calendar import WorkCalendar
from bot.core.waves import LATE_AFTER_DAYS, LATE_USAGE_BUSINESS_DAYS, USAGE, LateCause
from bot.people import build_calendar
from bot.store.tables import Invoice, LateFact, NpsAnswer, ScoreRun, Ticket, Touch, VocRemark
from bot.store.unit import Unit

_DAY = timedelta(days=1)
# The day on which a fact of a kind could have been known. An unpaid invoice says something when
# it is due; one that comes later than that says it late.
_DATED: Mapping[str, InstrumentedAttribute[date]] = {
    "invoices": Invoice.due_on,
    "nps": NpsAnswer.responded_on,
    "tickets": Ticket.opened_on,
    "touches": Touch.touched_on,
    "voc": VocRemark.said_on,
}


@dataclass(frozen=True)
class Asked:
    """A sign of an account, the night it began, and the kinds of files it rests on."""

    account_id: int
    began_on: date
    kinds: frozenset[str]


@dataclass(frozen=True)
class _Row:
    on: date
    known_on: date


class LateCourse:
    """The nights before and what had come by each: the same for all accounts of a night."""

    def __init__(self, unit: Unit, runs: Sequence[date]) -> None:
        """`runs` are watched nights, newest first."""
        self._runs = runs
        self._home = build_calendar(unit.workspace)
        self._zone = ZoneInfo(unit.workspace.zone)
        wanted = select(ScoreRun.run_on, ScoreRun.data_on).where(ScoreRun.run_on.in_(runs))
        self._data = dict(unit.session.execute(wanted).all())

    def list_late(self, unit: Unit, asked: Sequence[Asked]) -> list[list[LateCause]]:
        """For each, what came late in time for its beginning; nothing where that cannot be told."""
        rows = self._read(unit, asked)
        usage = {on: self._find_usage(on) for on in {each.began_on for each in asked}}
        return [
            [
                *(_sum_up(each, rows, self._night_before(each.began_on)) if rows else ()),
                *(usage[each.began_on] if USAGE in each.kinds else ()),
            ]
            for each in asked
        ]

    def _night_before(self, on: date) -> date:
        return next((run for run in self._runs if run < on), on - _DAY)

    def _read(self, unit: Unit, asked: Sequence[Asked]) -> dict[tuple[str, int], list[_Row]]:
        since_on = min(self._night_before(on) for on in {each.began_on for each in asked})
        since_at = datetime.combine(since_on, time(), self._zone)
        new = self._list_new(unit, asked, since_at)
        found: defaultdict[tuple[str, int], list[_Row]] = defaultdict(list)
        for kind in sorted({kind for kind, *_ in new}):
            ids = sorted({account_id for each, account_id, _ in new if each == kind})
            for account_id, row in self._read_kind(unit, kind, ids, since_at):
                if (kind, account_id, row.known_on) in new:
                    found[kind, account_id].append(row)
        return found

    def _list_new(
        self, unit: Unit, asked: Sequence[Asked], since_at: datetime
    ) -> set[tuple[str, int, date]]:
        """Kind, account and day of new facts; a known one that is written anew says nothing.

        On most nights there are none, and the facts themselves are not read at all.
        """
        kinds = {kind for each in asked for kind in each.kinds} & _DATED.keys()
        wanted = select(LateFact.kind, LateFact.account_id, LateFact.known_at).where(
            LateFact.account_id.in_({each.account_id for each in asked}),
            LateFact.kind.in_(kinds),
            LateFact.known_at >= since_at,
            LateFact.from_on.is_not(None),
        )
        return {
            (kind, account_id, self._day(known_at))
            for kind, account_id, known_at in unit.session.execute(wanted)
        }

    def _read_kind(
        self, unit: Unit, kind: str, ids: Sequence[int], since_at: datetime
    ) -> Iterable[tuple[int, _Row]]:
        dated = _DATED[kind]
        table = dated.class_
        wanted = select(table.account_id, dated, table.known_at).where(
            table.account_id.in_(ids), table.known_at >= since_at
        )
        for account_id, on, known_at in unit.session.execute(wanted):
            known_on = self._day(known_at)
            if (known_on - on).days > LATE_AFTER_DAYS:
                yield account_id, _Row(on, known_on)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def _find_usage(self, began_on: date) -> list[LateCause]:
        """The whole feed, where it had stood still for days and came on that night."""
        before = self._night_before(began_on)
        if not {before, began_on} <= self._data.keys():
            return []
        was, now = self._data[before], self._data[began_on]
        if now is None or (was is not None and not _has_come_late(self._home, was, now, before)):
            return []
        first_on = now if was is None else was + _DAY
        return [LateCause(USAGE, 0, min(first_on, now), now)]


def _has_come_late(home: WorkCalendar, was: date, now: date, before: date) -> bool:
    missed = home.business_days(was + _DAY, before)
    return now > was and missed >= LATE_USAGE_BUSINESS_DAYS


def _sum_up(
    asked: Asked, rows: Mapping[tuple[str, int], Sequence[_Row]], night_before: date
) -> list[LateCause]:
    found = []
    for kind in sorted(asked.kinds):
        days = [
            row.on
            for row in rows.get((kind, asked.account_id), ())
            if night_before <= row.known_on <= asked.began_on
        ]
        if days:
            found.append(LateCause(kind, len(days), min(days), max(days)))
    return found
