"""Whom to approach this month and why: one account once, with its strongest reason first.

Pure choice over plain values. Refuses accounts that somebody acts on already: they are counted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.core.account_card import BookRow
from bot.core.alert import Reason as Sign
from bot.core.cadence import Cadence, find_cadence
from bot.core.calendar import WorkCalendar
from bot.core.deadlines import NOTICE, RENEWAL
from bot.core.vocabulary import Band, Difficulty, Tier, Touch

# How far a renewal is looked ahead to; from 90 days on its playbook has it.
RENEWAL_AHEAD = timedelta(days=180)
# A healthy account that nobody spoke to for so long is praised, not followed up.
PRAISED_AFTER = timedelta(days=60)
# Below these shares use is low; the playbook for key features draws the same line.
LOW_USE = {"key_feature_rate_20bd": 0.4, "active_user_rate": 0.4}


class Why(StrEnum):
    """Reasons to approach an account, the strongest first."""

    WATCH = "watch"
    LOW_USE = "low_use"
    RENEWAL = "renewal"
    FOLLOW_UP = "follow_up"
    PRAISE = "praise"


STRONGEST = tuple(Why)
CONTACT, REVIEW, NEVER = "contact", "review", "never"
_AS_TIER: Mapping[Touch, int] = MappingProxyType({})


@dataclass(frozen=True)
class Reason:
    """Why, in figures: `days` since the last contact or to the deadline, `usual` of a cadence.

    `kind` is contact, review or never for a follow-up, notice or renewal for a deadline. `share`
    is that of a measure and `name` what is watched or measured, by language; `seen` is the sign by
    which it is watched.
    """

    why: Why
    kind: str = ""
    days: int = 0
    usual: int = 0
    on: date | None = None
    share: float = 0.0
    name: Mapping[str, str] = field(default_factory=dict)
    seen: Sign | None = None


@dataclass(frozen=True)
class Candidate:
    """What is known of an account of the book.

    `touched_on` is the last contact, `met_on` the last meeting, `next_on` a contact agreed for
    today or later; `watched` the name of what is on watch since `watched_on`, by the sign `seen`;
    `uses` are the shares
    of use that were measured, with the measures' names.
    """

    row: BookRow
    tier: Tier | None = None
    touch: Touch = Touch.HIGH
    difficulty: Difficulty = Difficulty.NORMAL
    started_on: date | None = None
    touched_on: date | None = None
    met_on: date | None = None
    next_on: date | None = None
    watched: Mapping[str, str] | None = None
    watched_on: date | None = None
    seen: Sign | None = None
    uses: Mapping[str, tuple[float, Mapping[str, str]]] = field(default_factory=dict)
    is_busy: bool = False


@dataclass(frozen=True)
class Pick:
    """An account to approach; `reasons` strongest first, at least one."""

    row: BookRow
    reasons: Sequence[Reason]

    @property
    def reason(self) -> Reason:
        """The strongest."""
        return self.reasons[0]


@dataclass(frozen=True)
class MonthlyList:
    """The list of the month that begins on `month`.

    `busy` accounts are left to their alerts and tasks, `tech` counts those served by digital
    means, `days` are the business days left to do it on.
    """

    month: date
    picks: Sequence[Pick]
    total: int
    busy: int
    tech: Mapping[Band, int]
    days: Sequence[date]


def build_list(
    candidates: Sequence[Candidate],
    today: date,
    calendar: WorkCalendar,
    contact_days: Mapping[Touch, int] = _AS_TIER,
) -> MonthlyList:
    """Of `candidates` (worst first) those with a reason, by strongest reason.

    `contact_days` is how often those served in a way are spoken to, in the stead of their tier's.
    """
    personal = [each for each in candidates if each.touch is not Touch.TECH]
    free = [each for each in personal if not each.is_busy]
    month = find_month(today, calendar)
    due = _Due(today, _end_of(month), calendar, contact_days)
    found = [Pick(each.row, _find_reasons(each, due)) for each in free]
    tech = Counter(each.row.standing.band for each in candidates if each.touch is Touch.TECH)
    return MonthlyList(
        month=month,
        picks=sorted((each for each in found if each.reasons), key=_place),
        total=len(candidates),
        busy=len(personal) - len(free),
        tech={band: tech[band] for band in Band} if tech else {},
        days=list_days(today, month, calendar),
    )


def find_month(today: date, calendar: WorkCalendar) -> date:
    """First day of the month there is still something to do in: of the next business day."""
    return calendar.next_business_day(today).replace(day=1)


def list_days(today: date, month: date, calendar: WorkCalendar) -> list[date]:
    """Business days of the month after today; where none is left, the next business day."""
    end = _end_of(month)
    on = calendar.add_business_days(today, 1)
    days = []
    while on <= end:
        days.append(on)
        on = calendar.add_business_days(on, 1)
    return days or [calendar.next_business_day(today)]


def spread(count: int, days: Sequence[date], taken: Mapping[date, int]) -> list[date]:
    """`count` days in order, evenly over `days`, those with fewer things to do (`taken`) first."""
    load = Counter(dict(taken))
    chosen = []
    for number in range(count):
        ideal = (2 * number + 1) * len(days) / (2 * count) - 0.5
        at = min(range(len(days)), key=lambda at: (load[days[at]], abs(at - ideal), at))
        load[days[at]] += 1
        chosen.append(days[at])
    return sorted(chosen)


@dataclass(frozen=True)
class _Due:
    """What a day's follow-ups are counted by: up to the end of the month, on business days."""

    today: date
    end: date
    calendar: WorkCalendar
    contact_days: Mapping[Touch, int]

    def usual(self, known: Candidate) -> Cadence:
        """The account's cadence."""
        chosen = self.contact_days.get(known.touch)
        return find_cadence(known.tier, known.touch, known.difficulty, chosen)

    def falls_on(self, last_on: date, days: int) -> date:
        """The day something is due that long after the last time."""
        return self.calendar.next_business_day(last_on + timedelta(days=days))


def _find_reasons(known: Candidate, due: _Due) -> list[Reason]:
    """Every reason to approach the account, strongest first."""
    found = [
        _watch(known, due.today),
        _low_use(known),
        _renewal(known, due.today),
        _follow_up(known, due),
    ]
    return [each for each in found if each is not None]


def _place(pick: Pick) -> tuple[int, int]:
    """Deadlines nearest first, contacts longest ago first, the others as they came."""
    reason = pick.reason
    order = STRONGEST.index(reason.why)
    if reason.why is Why.RENEWAL:
        return order, reason.days
    if reason.why is Why.FOLLOW_UP:
        return order, reason.usual - reason.days
    return order, 0


def _watch(known: Candidate, today: date) -> Reason | None:
    if known.watched is None:
        return None
    since = known.watched_on or today
    return Reason(
        Why.WATCH, days=(today - since).days, on=since, name=known.watched, seen=known.seen
    )


def _low_use(known: Candidate) -> Reason | None:
    low = [
        Reason(Why.LOW_USE, kind=measure, share=share, name=name)
        for measure, (share, name) in known.uses.items()
        if measure in LOW_USE and share < LOW_USE[measure]
    ]
    return min(low, key=lambda each: each.share, default=None)


def _renewal(known: Candidate, today: date) -> Reason | None:
    """The notice deadline while it is ahead, else the renewal."""
    renewal = known.row.renewal
    kind, on = NOTICE, renewal.notice_on
    if on is None or on < today:
        kind, on = RENEWAL, renewal.renews_on
    if on is None or not today <= on <= today + RENEWAL_AHEAD:
        return None
    return Reason(Why.RENEWAL, kind=kind, days=(on - today).days, on=on)


def _follow_up(known: Candidate, due: _Due) -> Reason | None:
    """Good news first where all is well and nobody said so; nothing where a day is agreed."""
    today = due.today
    if known.next_on is not None and known.next_on >= today:
        return None
    since = known.touched_on or known.started_on
    if since is None:
        return Reason(Why.FOLLOW_UP, kind=NEVER)
    days = (today - since).days
    kind = CONTACT if known.touched_on else NEVER
    if known.row.standing.band is Band.GREEN and today - since >= PRAISED_AFTER:
        return Reason(Why.PRAISE, kind=kind, days=days, on=since)
    cadence = due.usual(known)
    if due.falls_on(since, cadence.contact_days) <= today:
        return Reason(Why.FOLLOW_UP, kind=kind, days=days, usual=cadence.contact_days, on=since)
    met = known.met_on
    if met is not None and due.falls_on(met, cadence.review_days) <= due.end:
        ago, usual = (today - met).days, cadence.review_days
        return Reason(Why.FOLLOW_UP, kind=REVIEW, days=ago, usual=usual, on=met)
    return None


def _end_of(month: date) -> date:
    following = (month + timedelta(days=31)).replace(day=1)
    return following - timedelta(days=1)


def count_by_why(picks: Iterable[Pick]) -> dict[Why, int]:
    """Accounts by their strongest reason, zeros included."""
    counted = Counter(each.reason.why for each in picks)
    return {why: counted[why] for why in Why}
