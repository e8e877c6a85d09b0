"""What a digest is made of: the book today and a little earlier, and what was told lately.

A fixed number of statements, whatever the size of the book.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from bot.core.account_card import BookRow
from bot.core.calendar import WorkCalendar
from bot.core.deadlines import Days
from bot.core.digest import (
    History,
    Morning,
    count_lost,
    count_pending,
    find_earlier_counts,
    list_items,
)
from bot.core.digest_item import Item
from bot.core.focus import Focus, list_ready
from bot.core.steady import Reading
from bot.core.told import Counts, Told, read_told
from bot.core.vocabulary import Band
from bot.store.book import list_all
from bot.store.contract_ends import read_endings
from bot.store.digest_work import read_work
from bot.store.focus import read_focus
from bot.store.past_scores import list_never_scored
from bot.store.scopes import Scope, own_scope
from bot.store.standing import last_run_on
from bot.store.tables import Account, AccountScore, OutboxItem, ScoreRun
from bot.store.unit import Unit

# Digests whose words are still remembered; an account without a score is asked about weekly.
REMEMBERED = 5
# Digests before those, of which is known whom they asked about and when the newest one was.
_OLDER = 5
# Mornings that are looked back on; a feed may be silent for some of them.
_HISTORY = 20


@dataclass(frozen=True)
class Digest:
    """Everything a digest says; `lost` counts accounts whose score went with their data.

    `pending` counts moves of band that are told if they last, `was` are the bands that the digest
    before said, where they have changed since. `ready` are the accounts that more may be offered,
    which is told where the company's `focus` is on that.
    """

    rows: Sequence[BookRow]
    items: Sequence[Item]
    lost: int
    pending: int
    was: Counts | None
    run_on: date | None
    run_at: datetime | None
    focus: Focus
    ready: Sequence[BookRow]


def digest_key(on: date, member_id: int) -> str:
    """The outbox key of one person's digest of one local day."""
    return f"digest:{on.isoformat()}:{member_id}"


def read_digest(unit: Unit, member_id: int, calendar: WorkCalendar, today: date) -> Digest:
    """The digest of a person's own accounts as of `today`, whether or not it was said already."""
    scope = own_scope(member_id)
    rows = list_all(unit, scope, today)
    mornings = [calendar.add_business_days(today, -back) for back in range(_HISTORY, 0, -1)]
    morning = _read_morning(unit, member_id, mornings, calendar, today, rows)
    run = unit.session.scalars(select(ScoreRun).filter_by(run_on=last_run_on(today))).first()
    items = list_items(rows, morning)
    return Digest(
        rows=rows,
        # Before health was ever computed nobody is asked to guess about every account.
        items=items if run else [item for item in items if item.is_work],
        lost=count_lost(rows, morning.history),
        pending=count_pending(rows, morning.history),
        was=find_earlier_counts(rows, morning.told),
        run_on=run.run_on if run else None,
        run_at=run.finished_at if run else None,
        focus=morning.focus,
        ready=list_ready(rows, morning.troubled) if run else [],
    )


def _read_morning(
    unit: Unit,
    member_id: int,
    mornings: Sequence[date],
    calendar: WorkCalendar,
    today: date,
    rows: Sequence[BookRow],
) -> Morning:
    scope = own_scope(member_id)
    history = _read_history(unit, scope, mornings, today)
    told = _read_told(unit, member_id, mornings)
    days = Days(today, told.last_on or mornings[-1], calendar.add_business_days(today, 1))
    return Morning(
        days=days,
        told=told,
        history=history,
        never_scored=_never_scored(unit, rows, history, days, told),
        endings=read_endings(unit, scope, today, mornings[-REMEMBERED], told.first_on),
        work=read_work(unit, member_id, days, rows),
        focus=read_focus(unit),
    )


def _read_history(unit: Unit, scope: Scope, mornings: Sequence[date], today: date) -> History:
    """What the runs of those days measured; days without a score are left out."""
    wanted = (
        select(Account.id, AccountScore.run_on, AccountScore.band, AccountScore.score)
        .join(
            AccountScore,
            (AccountScore.workspace_id == Account.workspace_id)
            & (AccountScore.account_id == Account.id)
            & AccountScore.run_on.in_(mornings),
        )
        .where(scope.holds(today))
        .order_by(AccountScore.run_on)
    )
    found: dict[int, list[Reading]] = {}
    for account_id, run_on, band, score in unit.session.execute(wanted):
        if score is not None:
            found.setdefault(account_id, []).append(Reading(run_on, Band(band), score))
    return found


def _never_scored(
    unit: Unit, rows: Sequence[BookRow], history: History, days: Days, told: Told
) -> frozenset[int]:
    """Accounts with a score now that had none before the last digest's day.

    The workspace's own first scores are news to whoever was told that there are none.
    """
    candidates = [
        row.id
        for row in rows
        if row.standing.measured is not Band.UNKNOWN
        and not any(each.on < days.last_on for each in history.get(row.id, ()))
    ]
    return list_never_scored(unit, candidates, days.last_on, even_all=told.knew_none)


def _read_told(unit: Unit, member_id: int, mornings: Sequence[date]) -> Told:
    days = mornings[-REMEMBERED - _OLDER :]
    keys = {digest_key(on, member_id): on for on in days}
    wanted = select(OutboxItem.key, OutboxItem.payload).where(OutboxItem.key.in_(keys))
    marks = {keys[key]: list(_marks(payload)) for key, payload in unit.session.execute(wanted)}
    older, recent = days[:-REMEMBERED], days[-REMEMBERED:]
    told = read_told(
        [marks[on] for on in recent if on in marks], [marks[on] for on in older if on in marks]
    )
    return replace(told, last_on=max(marks, default=None), first_on=min(marks, default=None))


def _marks(payload: dict[str, object]) -> Iterator[str]:
    """Each row's block_id is its mark: what was said is read from what was sent."""
    blocks = payload.get("blocks")
    for block in blocks if isinstance(blocks, list) else ():
        mark = str(block.get("block_id", ""))
        if mark.count(".") == 2:
            yield mark
