"""What each playbook did in a week and so far: five statements, however many there are."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from bot.core.money import Money
from bot.core.outcome import CHECKED_AFTER
from bot.core.playbook_week import (
    ACTIVE,
    DRAFT,
    Known,
    PlaybookWeek,
    Ran,
    Review,
    Unowned,
    measure,
)
from bot.core.vocabulary import CommonResult, Ending, EpisodeState, Verdict
from bot.core.week import Week
from bot.store.tables import (
    Account,
    Episode,
    Member,
    OutcomeCheck,
    Playbook,
    PlaybookReview,
    TaskOutcome,
)
from bot.store.unit import Unit

# False alarms are judged over so many weeks up to the end of the week.
LOOKED_BACK = timedelta(weeks=8)


def list_playbooks(unit: Unit, days: Week) -> list[PlaybookWeek]:
    """Playbooks in use, and those retired that still had work; the busiest first."""
    ran, closed, unowned = _list_ran(unit, days), _count_closed(unit, days), _find_unowned(unit)
    reviews = list_reviews(unit)
    made = []
    for known in list_known(unit):
        count, false_alarms = closed.get(known.key, (0, 0))
        mine = [each for each in reviews if each.playbook == known.key]
        week = PlaybookWeek(
            known,
            closed=count,
            false_alarms=false_alarms,
            unowned=unowned.get(known.key),
            review=next((each for each in mine if each.week_on == days.week_on), None),
            last_review=next((each for each in mine if each.week_on < days.week_on), None),
        )
        made.append(measure(week, ran.get(known.key, ()), days))
    shown = [each for each in made if each.known.status == ACTIVE or each.runs or each.review]
    return sorted(shown, key=lambda each: (-each.runs, -each.measured - each.unmeasured, each.key))


def list_known(unit: Unit) -> list[Known]:
    """Of each playbook the version in use, else the last one that was; and the draft after it."""
    found: dict[str, Known] = {}
    for row in unit.session.scalars(select(Playbook).order_by(Playbook.version)):
        held = found.get(row.key)
        if row.status == DRAFT:
            found[row.key] = replace(held or _known(row), draft=row.version)
        elif held is None or held.status != ACTIVE:
            found[row.key] = _known(row)
    return list(found.values())


def list_reviews(unit: Unit) -> list[Review]:
    """Every decision on record with who made it, the newest week first."""
    wanted = (
        select(PlaybookReview, Member.name)
        .join(
            Member,
            (Member.workspace_id == PlaybookReview.workspace_id)
            & (Member.id == PlaybookReview.member_id),
        )
        .order_by(PlaybookReview.week_on.desc(), PlaybookReview.playbook)
    )
    return [_review(row, name) for row, name in unit.session.execute(wanted)]


def _known(row: Playbook) -> Known:
    document = row.document
    results = {each["key"]: each["name"] for each in document.get("results", ())}
    return Known(row.key, row.version, row.status, document["name"], results)


def _review(row: PlaybookReview, name: str) -> Review:
    return Review(
        week_on=row.week_on,
        playbook=row.playbook,
        version=row.playbook_version,
        verdict=Verdict(row.verdict),
        member_id=row.member_id,
        name=name,
        decided_at=row.decided_at,
        check_on=row.check_on,
    )


def _list_ran(unit: Unit, days: Week) -> dict[str, list[Ran]]:
    """Outcomes up to the end of the week, with what was measured by the morning after."""
    check = (
        (OutcomeCheck.workspace_id == TaskOutcome.workspace_id)
        & (OutcomeCheck.outcome_id == TaskOutcome.id)
        & (OutcomeCheck.after_days == CHECKED_AFTER[0])
        & (OutcomeCheck.checked_on <= days.next_on)
    )
    wanted = (
        select(
            TaskOutcome.playbook,
            TaskOutcome.playbook_version,
            TaskOutcome.task_id,
            TaskOutcome.episode_id,
            TaskOutcome.result,
            TaskOutcome.recorded_on,
            TaskOutcome.recorded_at,
            TaskOutcome.score_then,
            OutcomeCheck.score,
            OutcomeCheck.like_count,
            OutcomeCheck.like_change,
        )
        .outerjoin(OutcomeCheck, check)
        .where(TaskOutcome.playbook.is_not(None), TaskOutcome.recorded_on <= days.until_on)
        .where(TaskOutcome.result != CommonResult.WAITING.value)
    )
    found: dict[str, list[Ran]] = {}
    for row in unit.session.execute(wanted):
        found.setdefault(row.playbook, []).append(read_ran(row))
    return found


def read_ran(row: Any) -> Ran:
    """An outcome with its check two weeks on; a task outside playbooks has none's name."""
    return Ran(
        playbook=row.playbook or "",
        version=row.playbook_version or 1,
        task_id=row.task_id,
        episode_id=row.episode_id,
        result=row.result,
        recorded_on=row.recorded_on,
        recorded_at=row.recorded_at,
        score_then=row.score_then,
        score=row.score,
        like_count=row.like_count or 0,
        like_change=row.like_change,
    )


def _count_closed(unit: Unit, days: Week) -> dict[str, tuple[int, int]]:
    """Alerts closed in the weeks looked back on, and the false alarms among them."""
    wanted = (
        select(Episode.playbook, Episode.ending, func.count())
        .where(Episode.state == EpisodeState.CLOSED.value)
        .where(Episode.closed_on.between(days.next_on - LOOKED_BACK, days.until_on))
        .group_by(Episode.playbook, Episode.ending)
    )
    found: dict[str, tuple[int, int]] = {}
    for playbook, ending, count in unit.session.execute(wanted):
        closed, false_alarms = found.get(playbook, (0, 0))
        is_false = ending == Ending.FALSE_ALARM.value
        found[playbook] = closed + count, false_alarms + count * is_false
    return found


def _find_unowned(unit: Unit) -> dict[str, Unowned]:
    """Open alerts that nobody answers for, of accounts that are still customers, as of now."""
    wanted = (
        select(Episode.playbook, Episode.id, Account.arr_base)
        .join(
            Account,
            (Account.workspace_id == Episode.workspace_id) & (Account.id == Episode.account_id),
        )
        .where(Episode.open_as.is_not(None), Episode.owner_id.is_(None), Account.is_active)
        .order_by(func.coalesce(Account.arr_base, 0).desc(), Episode.id)
    )
    currency = unit.workspace.base_currency
    found: dict[str, Unowned] = {}
    for playbook, episode_id, arr in unit.session.execute(wanted):
        first = Unowned(0, None, episode_id)
        held = found.setdefault(playbook, first)
        found[playbook] = replace(held, count=held.count + 1, arr=_add(held.arr, arr, currency))
    return found


def _add(held: Money | None, arr: Decimal | None, currency: str) -> Money | None:
    if arr is None:
        return held
    return Money(arr, currency) + (held or Money.zero(currency))
