"""How contract periods ended, and which renewal dates passed without a word of it. Plain values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.core.money import Money

# Worst first, as a digest says them.
RESULTS = ("churned", "contracted", "expanded", "renewed")
# A result is decided this long before the renewal, a contract signed so long around it.
AROUND = timedelta(days=120)
_SIGNED = timedelta(days=31)
# A period may be dated by its last day or by the day of the renewal behind it.
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Result:
    """One result as ops recorded it; `amount` is of a year, `kind` one of `RESULTS`."""

    account_id: int
    name: str
    ended_on: date
    kind: str
    reason: str | None = None
    amount: Money | None = None


@dataclass(frozen=True)
class Term:
    """One contract's days; `ends_on` is the day of its renewal where it has one."""

    starts_on: date | None
    ends_on: date | None
    renews_on: date | None = None
    notice_on: date | None = None

    @property
    def turns_on(self) -> date | None:
        """The day on which it renews or is over."""
        return self.renews_on or self.ends_on


@dataclass(frozen=True)
class Endings:
    """What is on file of contracts that ended lately; `since_on` is the first day looked at.

    `news` became known on one of these days, `results` are all of them by account.
    """

    since_on: date
    terms: Mapping[int, Sequence[Term]] = field(default_factory=dict)
    results: Mapping[int, Sequence[date]] = field(default_factory=dict)
    news: Sequence[Result] = ()


def find_following(terms: Iterable[Term], ended_on: date) -> Term | None:
    """The contract signed after a period: the first that starts around its end and outlives it."""
    following = [
        (term.starts_on, place, term)
        for place, term in enumerate(terms)
        if term.starts_on and abs(term.starts_on - ended_on) <= _SIGNED
        if term.turns_on is None or term.turns_on > ended_on + _DAY
    ]
    return min(following)[2] if following else None


def list_settled(terms: Sequence[Term], results: Iterable[date]) -> set[date]:
    """The days on which a contract turns that are decided already.

    A recorded result belongs to the nearest of them, and never to a contract that began no earlier:
    a month's or a quarter's row that is written over at its renewal is open again. A contract
    signed behind one decides it too.
    """
    turns = [(term.turns_on, term.starts_on or date.min) for term in terms if term.turns_on]
    settled = {on for on, _ in turns if find_following(terms, on)}
    for ended_on in results:
        near = [on for on, began in turns if began < ended_on and abs(ended_on - on) <= AROUND]
        settled |= {min(near, key=lambda on: (abs(ended_on - on), on))} if near else set()
    return settled


def find_unrecorded(endings: Endings, account_id: int, today: date) -> date | None:
    """A renewal date that passed lately, with no result and no contract after it on file."""
    terms = endings.terms.get(account_id, ())
    passed = [
        term.turns_on for term in terms if term.turns_on and endings.since_on <= term.turns_on
    ]
    return max(
        (on for on in passed if on < today and not _is_known(endings, account_id, on)), default=None
    )


def _is_known(endings: Endings, account_id: int, on: date) -> bool:
    results = endings.results.get(account_id, ())
    return find_following(endings.terms.get(account_id, ()), on) is not None or any(
        abs(ended_on - on) <= AROUND for ended_on in results
    )
