"""What a lead has to know of a team: exceptions only, each with the facts to mend it. Pure.

Refuses to compare people: it says what is late or too much, and a way out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.account_card import BookRow
from bot.core.alert import AlertRow
from bot.core.outcome import OutcomeRow
from bot.core.task import TaskRow
from bot.core.vocabulary import Band
from bot.core.words_gap import Gap

# Red accounts one person can look after at a time; two at most change hands in one proposal.
RED_AT_MOST = 3
MOVED_AT_MOST = 2
# A share of fewer touches than this in a week is not judged.
FEWEST_TOUCHES = 4
_HALF = 0.5
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Mate:
    """One of the team."""

    id: int
    name: str
    is_away: bool = False


@dataclass(frozen=True)
class Held:
    """An account with its owner and the one who stands in."""

    row: BookRow
    owner_id: int
    second_id: int | None = None

    @property
    def is_red(self) -> bool:
        """Whether it counts towards the limit."""
        return self.row.standing.band is Band.RED


@dataclass(frozen=True)
class Load:
    """Somebody with more red accounts than the limit, and who could take some of them.

    `to` is None where nobody of the team has room.
    """

    mate: Mate
    red: int
    to: Mate | None = None
    moved: Sequence[BookRow] = ()


@dataclass(frozen=True)
class Week:
    """Touches of one person in one week, and how many of them the customer began."""

    touches: int = 0
    reactive: int = 0

    @property
    def is_reactive(self) -> bool:
        """Whether more than half were begun by customers, of enough to say so."""
        return self.touches >= FEWEST_TOUCHES and self.reactive > self.touches * _HALF


@dataclass(frozen=True)
class Reactive:
    """Two reactive weeks in a row, the newer first; what customers asked about most, if known."""

    mate: Mate
    weeks: tuple[Week, Week]
    cause: str | None = None
    cause_count: int = 0


@dataclass(frozen=True)
class LeadDigest:
    """All exceptions of a team on one morning.

    `unanswered` are gaps between words and use, each with whoever answers for the account.
    """

    team: Sequence[Mate] = ()
    accounts: int = 0
    unclaimed: Sequence[AlertRow] = ()
    overdue: Sequence[TaskRow] = ()
    unplanned: Sequence[OutcomeRow] = ()
    unanswered: Sequence[tuple[Gap, str]] = ()
    loads: Sequence[Load] = ()
    reactive: Sequence[Reactive] = ()

    @property
    def count(self) -> int:
        """How many exceptions there are."""
        first = (self.unclaimed, self.overdue, self.unplanned)
        groups = (*first, self.unanswered, self.loads, self.reactive)
        return sum(len(group) for group in groups)


def is_wanting(alert: AlertRow, today: date) -> bool:
    """Whether a red account's alert still needs somebody: not watched, recovered or put off."""
    is_red = alert.row.standing.band is Band.RED and not alert.is_watch
    return is_red and alert.clear_since_on is None and alert.is_unclaimed(today)


def list_unclaimed(alerts: Iterable[AlertRow], today: date) -> list[AlertRow]:
    """Red alerts nobody acts on since a day before `today`; of today's the owner has just heard."""
    return [each for each in alerts if each.opened_on < today and is_wanting(each, today)]


def list_overdue(tasks: Iterable[TaskRow], today: date) -> list[TaskRow]:
    """Overdue tasks, most at risk first."""
    late = [each for each in tasks if each.is_overdue(today)]
    return sorted(late, key=lambda each: (-each.row.at_risk, each.due_on, each.id))


def list_loads(team: Sequence[Mate], held: Sequence[Held]) -> list[Load]:
    """Who has more red accounts than the limit, with a proposal for each.

    The rule: two at most, to whoever of those at work has the fewest red accounts, then the fewest
    accounts, then by name, never past the limit. Accounts that the taker is second for go first,
    then those with the least at risk, then by name. A proposal counts for the ones after it.
    """
    red = {
        mate.id: [each for each in held if each.owner_id == mate.id and each.is_red]
        for mate in team
    }
    total = {mate.id: sum(each.owner_id == mate.id for each in held) for mate in team}
    counts = {key: len(found) for key, found in red.items()}
    loads = []
    for mate in sorted(team, key=lambda each: (-len(red[each.id]), each.name)):
        if len(red[mate.id]) > RED_AT_MOST:
            loads.append(_propose(mate, team, red[mate.id], counts, total))
    return loads


def _propose(
    mate: Mate,
    team: Sequence[Mate],
    red: Sequence[Held],
    counts: dict[int, int],
    total: Mapping[int, int],
) -> Load:
    takers = [
        each
        for each in team
        if each.id != mate.id and not each.is_away and counts[each.id] < RED_AT_MOST
    ]
    if not takers:
        return Load(mate, len(red))
    taker = min(takers, key=lambda each: (counts[each.id], total[each.id], each.name, each.id))
    most = min(MOVED_AT_MOST, len(red) - RED_AT_MOST, RED_AT_MOST - counts[taker.id])
    ordered = sorted(
        red,
        key=lambda each: (each.second_id != taker.id, each.row.at_risk, each.row.name, each.row.id),
    )
    counts[taker.id] += most
    return Load(mate, len(red), taker, [each.row for each in ordered[:most]])


def weeks_before(today: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """First and last day of the two whole weeks before the one of `today`, the newer first."""
    monday = today - timedelta(days=today.weekday())
    newer, older = monday - _WEEK, monday - 2 * _WEEK
    return (newer, monday - timedelta(days=1)), (older, newer - timedelta(days=1))


def list_reactive(
    team: Iterable[Mate],
    weeks: Mapping[int, tuple[Week, Week]],
    causes: Mapping[int, tuple[str, int]],
) -> list[Reactive]:
    """Whose customers moved first in more than half of the touches, two weeks running."""
    found = [(mate, weeks[mate.id]) for mate in team if mate.id in weeks]
    return [
        Reactive(mate, both, *causes.get(mate.id, (None, 0)))
        for mate, both in found
        if all(week.is_reactive for week in both)
    ]
