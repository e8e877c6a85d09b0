"""What is missing and what lies, counted in a fixed number of statements."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
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
    HealthModel,
    ImportBatch,
    OutboxItem,
    PlaybookReview,
    ScoreRun,
    Task,
    Touch,
    UsageDay,
    VocRemark,
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


def find_last_known(unit: Unit, table: type[Touch | VocRemark], until_on: date) -> date | None:
    """The last day up to then, by the workspace's clock, on which a row came to be known."""
    zone = ZoneInfo(unit.workspace.zone)
    after = datetime.combine(until_on + timedelta(days=1), time(), zone)
    found = unit.session.scalar(select(func.max(table.known_at)).where(table.known_at < after))
    return found.astimezone(zone).date() if found else None


def list_metric_days(unit: Unit, until_on: date) -> dict[str, list[date]]:
    """By metric the days up to then on which at least half of the usual accounts had a value."""
    wanted = select(UsageDay.metric, UsageDay.used_on, UsageDay.account_count).where(
        UsageDay.used_on.between(until_on - _USAGE_BACK, until_on), UsageDay.account_count > 0
    )
    counts: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    for metric, on, count in unit.session.execute(wanted.order_by(UsageDay.used_on)):
        counts[metric].append((on, count))
    return {metric: _whole(found) for metric, found in counts.items()}


def list_told_stops(unit: Unit) -> dict[str, list[date]]:
    """By what has stopped (`gap`, `source:KIND`) the last days it had come, as anybody was told.

    Oldest first; without those whose end has been told as well.
    """
    told = or_(
        *(
            OutboxItem.key.startswith(each, autoescape=True)
            for each in ("gap:", "gap-back:", "source:", "source-back:")
        )
    )
    wanted = select(OutboxItem.key).where(told, OutboxItem.created_at >= unit.at - _USAGE_BACK)
    keys = {each.rsplit(":", 1)[0] for each in unit.session.scalars(wanted)}
    stops: defaultdict[str, list[date]] = defaultdict(list)
    for what, on in sorted(each.rsplit(":", 1) for each in keys):
        room, colon, rest = what.partition(":")
        if not room.endswith("-back") and f"{room}-back{colon}{rest}:{on}" not in keys:
            stops[what].append(date.fromisoformat(on))
    return stops


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


def read_lacking(unit: Unit, on: date) -> dict[str, tuple[int, int]]:
    """By measure, how many accounts the newest full run up to a day asked and how many had none."""
    wanted = select(ScoreRun.lacking).where(ScoreRun.run_on == last_run_on(on))
    found = unit.session.scalar(wanted) or {}
    return {name: (asked, missing) for name, (asked, missing) in found.items()}


def find_model_version(unit: Unit) -> int:
    """The health model in use; 0 before the first run."""
    active = select(HealthModel.version).filter_by(status="active")
    return unit.session.scalar(active) or 0


def count_reviews(unit: Unit, since_on: date) -> int:
    """Decisions since then: about playbooks in the weeks' summaries, and new health models."""
    since_at = datetime.combine(since_on, time(), ZoneInfo(unit.workspace.zone))
    reviews = select(func.count(PlaybookReview.id)).where(PlaybookReview.decided_at >= since_at)
    models = select(func.count(HealthModel.id)).where(HealthModel.approved_at >= since_at)
    return unit.session.scalars(reviews).one() + unit.session.scalars(models).one()


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
