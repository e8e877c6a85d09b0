"""What a card shows of alerts, tasks and what was done, in a fixed number of statements."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import and_, select

from bot.core.card_work import Believed, CardWork, Deed
from bot.core.hours import local_day
from bot.core.vocabulary import Hypothesis, Mover
from bot.store.book import colleague
from bot.store.episodes import list_open_of
from bot.store.tables import Episode, Member, TaskOutcome, Touch
from bot.store.tasks import list_undone_of
from bot.store.unit import Unit

DEEDS = 3
_YEAR = timedelta(days=365)


def read_card_work(unit: Unit, account_id: int, on: date) -> CardWork:
    """The account's, whoever does it."""
    return CardWork(
        tasks=list_undone_of(unit, [account_id], on),
        alerts=list_open_of(unit, [account_id], on),
        believed=_find_believed(unit, account_id),
        deeds=_list_deeds(unit, account_id, on),
        known_by=_count_who_know(unit, account_id, on),
    )


def _find_believed(unit: Unit, account_id: int) -> Believed | None:
    """The last cause somebody chose, at the claim or with an outcome."""
    # Of the same day the outcome's, which is first here: it was asked with the claim's filled in.
    found = [_find_recorded(unit, account_id), _find_claimed(unit, account_id)]
    return max((each for each in found if each), key=lambda each: each.on, default=None)


def _find_recorded(unit: Unit, account_id: int) -> Believed | None:
    wanted = (
        select(TaskOutcome, Member)
        .outerjoin(
            Member,
            and_(
                Member.workspace_id == TaskOutcome.workspace_id, Member.id == TaskOutcome.member_id
            ),
        )
        .where(TaskOutcome.account_id == account_id, TaskOutcome.hypothesis.is_not(None))
        .order_by(TaskOutcome.recorded_at.desc(), TaskOutcome.id.desc())
        .limit(1)
    )
    found = unit.session.execute(wanted).one_or_none()
    if found is None:
        return None
    outcome, member = found
    cause = Hypothesis(outcome.hypothesis or Hypothesis.UNKNOWN)
    return Believed(cause, outcome.recorded_on, colleague(member, None))


def _find_claimed(unit: Unit, account_id: int) -> Believed | None:
    wanted = (
        select(Episode, Member)
        .outerjoin(
            Member,
            and_(Member.workspace_id == Episode.workspace_id, Member.id == Episode.claimed_by_id),
        )
        .where(Episode.account_id == account_id, Episode.hypothesis.is_not(None))
        .order_by(Episode.opened_at.desc(), Episode.id.desc())
        .limit(1)
    )
    found = unit.session.execute(wanted).one_or_none()
    if found is None:
        return None
    episode, member = found
    cause = Hypothesis(episode.hypothesis or Hypothesis.UNKNOWN)
    zone = unit.workspace.zone
    believed_on = local_day(episode.claimed_at, zone) if episode.claimed_at else episode.opened_on
    return Believed(cause, believed_on, colleague(member, None))


def _list_deeds(unit: Unit, account_id: int, on: date) -> Sequence[Deed]:
    deeds = [*_list_touches(unit, account_id, on), *_list_outcomes(unit, account_id)]
    return sorted(deeds, key=lambda each: each.on, reverse=True)[:DEEDS]


def _list_touches(unit: Unit, account_id: int, on: date) -> list[Deed]:
    """Those before the last one, which the card tells by itself."""
    wanted = (
        select(Touch, Member)
        .outerjoin(
            Member,
            and_(Member.workspace_id == Touch.workspace_id, Member.id == Touch.member_id),
        )
        .where(Touch.account_id == account_id, Touch.touched_on <= on)
        .order_by(Touch.touched_on.desc(), Touch.known_at.desc(), Touch.id)
        .limit(DEEDS)
        .offset(1)
    )
    return [
        Deed(
            touch.touched_on,
            colleague(member, None),
            Mover(touch.initiated_by),
            kind=touch.kind,
            told=touch.note or "",
        )
        for touch, member in unit.session.execute(wanted)
    ]


def _list_outcomes(unit: Unit, account_id: int) -> list[Deed]:
    wanted = (
        select(TaskOutcome, Member)
        .outerjoin(
            Member,
            and_(
                Member.workspace_id == TaskOutcome.workspace_id, Member.id == TaskOutcome.member_id
            ),
        )
        .where(TaskOutcome.account_id == account_id)
        .order_by(TaskOutcome.recorded_at.desc(), TaskOutcome.id)
        .limit(DEEDS)
    )
    return [
        Deed(
            made.recorded_on,
            colleague(member, None),
            Mover(made.mover),
            told=made.done,
            impression=made.impression,
        )
        for made, member in unit.session.execute(wanted)
    ]


def _count_who_know(unit: Unit, account_id: int, on: date) -> int:
    since = on - _YEAR
    touched = select(Touch.member_id).where(
        Touch.account_id == account_id, Touch.touched_on > since, Touch.member_id.is_not(None)
    )
    closed = select(TaskOutcome.member_id).where(
        TaskOutcome.account_id == account_id, TaskOutcome.recorded_on > since
    )
    return len({*unit.session.scalars(touched), *unit.session.scalars(closed)})
