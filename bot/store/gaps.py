"""What is missing and what lies, counted in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.core.gaps import Acting
from bot.core.vocabulary import Ending, EpisodeState, TaskState
from bot.store.standing import last_run_on
from bot.store.tables import (
    Account,
    AccountScore,
    Episode,
    ImportBatch,
    OutboxItem,
    Task,
    UnlinkedRef,
    UsageDay,
)
from bot.store.tasks import UNDONE
from bot.store.unit import Unit

_APPLIED = "applied"
_THIN = 0.7
_LOOKED_BACK = timedelta(days=400)
_USAGE_BACK = timedelta(days=130)
_WEEKS = timedelta(weeks=4)


def list_file_days(unit: Unit, until_on: date) -> dict[str, list[date]]:
    """By kind the days up to then, by the workspace's clock, on which files of it came in."""
    zone = ZoneInfo(unit.workspace.zone)
    wanted = select(ImportBatch.started_at, ImportBatch.report["counts"]).where(
        ImportBatch.state == _APPLIED, ImportBatch.started_at >= unit.at - _LOOKED_BACK
    )
    days: defaultdict[str, set[date]] = defaultdict(set)
    for started_at, counts in unit.session.execute(wanted):
        for each in counts or ():
            days[each["kind"]].add(started_at.astimezone(zone).date())
    kept = {kind: sorted(on for on in found if on <= until_on) for kind, found in days.items()}
    return {kind: found for kind, found in kept.items() if found}


def list_metric_days(unit: Unit, until_on: date) -> dict[str, list[date]]:
    """By metric the days up to then on which at least half of the usual accounts had a value."""
    wanted = select(UsageDay.metric, UsageDay.used_on, UsageDay.account_count).where(
        UsageDay.used_on.between(until_on - _USAGE_BACK, until_on), UsageDay.account_count > 0
    )
    counts: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    for metric, on, count in unit.session.execute(wanted.order_by(UsageDay.used_on)):
        counts[metric].append((on, count))
    return {metric: _whole(found) for metric, found in counts.items()}


def list_told_outages(unit: Unit, keys: Sequence[str]) -> set[str]:
    """Those of these outages that anybody was told of."""
    told = [OutboxItem.key.startswith(f"{key}:", autoescape=True) for key in keys if key]
    if not told:
        return set()
    found = unit.session.scalars(select(OutboxItem.key).where(or_(*told)))
    return {each.rsplit(":", 1)[0] for each in found}


def count_coverage(unit: Unit, on: date) -> tuple[int, int, int]:
    """Active accounts, those without a score, and those whose score rests on little."""
    joined = and_(
        AccountScore.workspace_id == Account.workspace_id,
        AccountScore.account_id == Account.id,
        AccountScore.run_on == last_run_on(on),
    )
    has_none = AccountScore.score.is_(None)
    wanted = select(
        func.count(),
        func.count().filter(has_none),
        func.count().filter(~has_none, AccountScore.coverage < _THIN),
    )
    found = unit.session.execute(
        wanted.select_from(Account).outerjoin(AccountScore, joined).where(Account.is_active)
    ).one()
    return found[0], found[1], found[2]


def count_unlinked(unit: Unit) -> int:
    """Customer ids nobody answers to."""
    return unit.session.scalars(select(func.count(UnlinkedRef.id))).one()


def read_acting(unit: Unit, on: date) -> Acting:
    """What is open of customers, and how the last four weeks went."""
    alerts, unclaimed = _count_alerts(unit, on)
    tasks, overdue, unanswered = _count_tasks(unit, on)
    closed, without = _count_closed(unit, on)
    return Acting(
        alerts=alerts,
        unclaimed=unclaimed,
        tasks=tasks,
        overdue=overdue,
        unanswered=unanswered,
        closed=closed,
        without_outcome=without,
        claim_hours=_read_claim_hours(unit, unit.at - _WEEKS),
    )


def _whole(found: list[tuple[date, int]]) -> list[date]:
    usual = median(count for _, count in found[-20:])
    return [on for on, count in found if 2 * count >= usual]


def _of_customers(table: type[Episode | Task]) -> ColumnElement[bool]:
    same = and_(Account.workspace_id == table.workspace_id, Account.id == table.account_id)
    return select(Account.id).where(same, Account.is_active).exists()


def _count_alerts(unit: Unit, on: date) -> tuple[int, int]:
    is_unclaimed = and_(Episode.state == EpisodeState.OPEN.value, Episode.opened_on < on)
    wanted = select(func.count(), func.count().filter(is_unclaimed)).where(
        Episode.open_as.is_not(None), Episode.is_watch.is_(False), _of_customers(Episode)
    )
    found = unit.session.execute(wanted).one()
    return found[0], found[1]


def _count_tasks(unit: Unit, on: date) -> tuple[int, int, int]:
    is_overdue = and_(Task.state == TaskState.OPEN.value, Task.due_on < on)
    is_silent = and_(Task.state == TaskState.WAITING.value, Task.waiting_until_on < on)
    wanted = select(
        func.count(), func.count().filter(is_overdue), func.count().filter(is_silent)
    ).where(Task.state.in_(UNDONE), _of_customers(Task))
    found = unit.session.execute(wanted).one()
    return found[0], found[1], found[2]


def _count_closed(unit: Unit, on: date) -> tuple[int, int]:
    is_without = Episode.ending == Ending.RECOVERED.value
    wanted = select(func.count(), func.count().filter(is_without)).where(
        Episode.closed_on > on - _WEEKS, Episode.is_watch.is_(False)
    )
    found = unit.session.execute(wanted).one()
    return found[0], found[1]


def _read_claim_hours(unit: Unit, since_at: datetime) -> float | None:
    """The median from message to claim, nights and days off included; None for no claim."""
    wanted = select(Episode.told_at, Episode.claimed_at).where(
        Episode.told_at.is_not(None), Episode.claimed_at >= since_at
    )
    waits = [
        (claimed_at - told_at) / timedelta(hours=1)
        for told_at, claimed_at in unit.session.execute(wanted)
        if told_at is not None and claimed_at is not None
    ]
    return median(waits) if waits else None
