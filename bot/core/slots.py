"""When a job is due: pure arithmetic over wall clocks.  Refuses to run, store or send anything."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.core.calendar import WorkCalendar
from bot.core.hours import local_day, wall_instant

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# The clock ticks every 15 to 30 s; a slot found within a minute was not late.
_PUNCTUAL = timedelta(minutes=1)

# No chain of holidays and closures moves a slot further than this.
_FURTHEST_MOVE = timedelta(days=31)


@dataclass(frozen=True)
class Daily:
    """Each day at `at`; on business days only, unless told otherwise."""

    at: time
    business_days_only: bool = True


@dataclass(frozen=True)
class Weekly:
    """Each week on `weekday` (Monday 0) at `at`; a day off moves it to the next business day."""

    weekday: int
    at: time


@dataclass(frozen=True)
class Monthly:
    """On the first business day of each month at `at`."""

    at: time


@dataclass(frozen=True)
class Interval:
    """Every so often, counted from the epoch whatever the wall clock shows."""

    every: timedelta

    def __post_init__(self) -> None:
        if self.every <= timedelta(0):
            raise ValueError("an interval is longer than nothing")


Rule = Daily | Weekly | Monthly | Interval


class SlotState(StrEnum):
    """Whether a slot is to be run now, or only to be recorded."""

    DUE = "due"
    MISSED = "missed"


class SlotReason(StrEnum):
    """Why a slot is where it is."""

    ON_TIME = "on_time"
    LATE = "late"
    TOO_LATE = "too_late"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Slot:
    """One turn of a rule.

    `key` is unique per rule and audience, and sorts in order of time: the local day for rules
    of the wall clock (so a repeated or skipped hour cannot make two), the UTC minute for an
    interval.  `at` is UTC.
    """

    key: str
    local_day: date
    at: datetime
    state: SlotState
    reason: SlotReason


def due_slots(
    rule: Rule,
    zone: str,
    calendar: WorkCalendar,
    last_slot: str | None,
    now: datetime,
    grace: timedelta,
) -> list[Slot]:
    """The slots after the one keyed `last_slot` whose time has come, oldest first.

    Of those still useful (at most `grace` late) only the newest is due; the rest are missed,
    each with its reason.  An interval has no missed slots: its newest one stands for all.
    With None for `last_slot` (a new schedule) only today counts, and nothing was missed.
    """
    if isinstance(rule, Interval):
        return _interval_slots(rule, zone, last_slot, now)
    days = _days(rule, calendar, last_slot, local_day(now, zone))
    times = [(on, wall_instant(on, rule.at, zone)) for on in days]
    slots = [_judged(on, at, now, grace) for on, at in times if at <= now]
    if last_slot is None:
        return [slot for slot in slots if slot.state is SlotState.DUE]
    return [_superseded(slot) for slot in slots[:-1]] + slots[-1:]


def _interval_slots(rule: Interval, zone: str, last_slot: str | None, now: datetime) -> list[Slot]:
    at = _EPOCH + rule.every * ((now - _EPOCH) // rule.every)
    key = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    if last_slot is not None and key <= last_slot:
        return []
    return [Slot(key, local_day(at, zone), at, SlotState.DUE, SlotReason.ON_TIME)]


def _days(
    rule: Daily | Weekly | Monthly, calendar: WorkCalendar, last_slot: str | None, today: date
) -> list[date]:
    """Local days of the slots after the last one up to today, in order, each once."""
    if last_slot is None:
        start, earliest = today - _FURTHEST_MOVE, today
    else:
        # An interval's key, from before the rule was changed, begins with its day as well.
        start = earliest = date.fromisoformat(last_slot[:10]) + _DAY
    placed = {_placed(rule, calendar, on) for on in _nominal_days(rule, calendar, start, today)}
    return sorted(on for on in placed if earliest <= on <= today)


def _nominal_days(
    rule: Daily | Weekly | Monthly, calendar: WorkCalendar, start: date, end: date
) -> Iterator[date]:
    """The days from `start` to `end`, both included, that the rule names before any is moved."""
    for offset in range((end - start).days + 1):
        on = start + timedelta(days=offset)
        match rule:
            case Daily(business_days_only=only):
                named = not only or calendar.is_business_day(on)
            case Weekly(weekday=weekday):
                named = on.weekday() == weekday
            case Monthly():
                named = on.day == 1
        if named:
            yield on


def _placed(rule: Daily | Weekly | Monthly, calendar: WorkCalendar, on: date) -> date:
    return on if isinstance(rule, Daily) else calendar.next_business_day(on)


def _judged(on: date, at: datetime, now: datetime, grace: timedelta) -> Slot:
    late_by = now - at
    if late_by > grace:
        return Slot(on.isoformat(), on, at, SlotState.MISSED, SlotReason.TOO_LATE)
    reason = SlotReason.LATE if late_by > _PUNCTUAL else SlotReason.ON_TIME
    return Slot(on.isoformat(), on, at, SlotState.DUE, reason)


def _superseded(slot: Slot) -> Slot:
    if slot.state is SlotState.MISSED:
        return slot
    return replace(slot, state=SlotState.MISSED, reason=SlotReason.SUPERSEDED)
