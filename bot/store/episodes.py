"""Alerts with their accounts and next steps, in a fixed number of statements."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import select, true

from bot.core.account_card import BookRow, Colleague
from bot.core.alert import AlertRow, NextStep, read_reasons
from bot.core.vocabulary import Band, Ending, EpisodeState, Hypothesis
from bot.store.aliases import build_alias
from bot.store.book import colleague, find_rows
from bot.store.tables import Account, Episode, Member, Task
from bot.store.tasks import UNDONE
from bot.store.unit import Unit

_Claimer = build_alias(Member, "claimer")
_Answerer = build_alias(Member, "answerer")
_Turner = build_alias(Member, "turner")


def get_alert(unit: Unit, episode_id: int, on: date) -> AlertRow:
    """The alert, closed or not; sqlalchemy's NoResultFound for an unknown id."""
    unit.session.execute(select(Episode.id).filter_by(id=episode_id)).one()
    return _read(unit, on, Episode.id == episode_id)[0]


def list_open(unit: Unit, owner_ids: Sequence[int] | None, on: date) -> list[AlertRow]:
    """What is open and these people answer for, of accounts that are still customers.

    Everybody's, and what nobody answers for, with None.
    """
    is_theirs = true() if owner_ids is None else Episode.owner_id.in_(owner_ids)
    return _read(unit, on, is_theirs, Episode.open_as.is_not(None), Account.is_active)


def list_open_of(unit: Unit, account_ids: Sequence[int], on: date) -> list[AlertRow]:
    """What is open of these accounts, whoever answers for it."""
    return _read(unit, on, Episode.account_id.in_(account_ids), Episode.open_as.is_not(None))


def list_by_id(unit: Unit, episode_ids: Sequence[int], on: date) -> list[AlertRow]:
    """These alerts, closed or not."""
    return _read(unit, on, Episode.id.in_(episode_ids))


def _read(unit: Unit, on: date, *conditions: Any) -> list[AlertRow]:
    """Worst first: by what is at risk, then by the day they opened."""
    found = unit.session.execute(_joined().where(*conditions)).all()
    rows = find_rows(unit, [episode.account_id for episode, *_ in found], on)
    steps = _find_next_steps(unit, [episode.id for episode, *_ in found]) if found else {}
    alerts = [
        _alert(episode, rows[episode.account_id], people, steps.get(episode.id))
        for episode, *people in found
    ]
    return sorted(alerts, key=lambda each: (-each.row.at_risk, each.opened_on, each.id))


@cache
def _joined() -> Any:
    ours = Episode.workspace_id
    return (
        select(Episode, _Claimer, _Answerer, _Turner)
        .join(Account, (Account.workspace_id == ours) & (Account.id == Episode.account_id))
        .outerjoin(
            _Claimer,
            (_Claimer.workspace_id == ours) & (_Claimer.id == Episode.claimed_by_id),
        )
        .outerjoin(_Answerer, (_Answerer.workspace_id == ours) & (_Answerer.id == Episode.owner_id))
        .outerjoin(_Turner, (_Turner.workspace_id == ours) & (_Turner.id == Episode.state_by_id))
    )


def _find_next_steps(unit: Unit, episode_ids: Sequence[int]) -> dict[int, NextStep]:
    wanted = (
        select(Episode.id, Task, Member)
        .join(Task, (Task.workspace_id == Episode.workspace_id) & (Task.episode_id == Episode.id))
        .outerjoin(
            Member, (Member.workspace_id == Task.workspace_id) & (Member.id == Task.owner_id)
        )
        .where(Episode.id.in_(episode_ids), Task.state.in_(UNDONE))
        .order_by(Task.due_on, Task.id)
    )
    found: dict[int, NextStep] = {}
    for episode_id, task, doer in unit.session.execute(wanted):
        step = NextStep(task.id, task.title, task.due_on, colleague(doer, None))
        found.setdefault(episode_id, step)
    return found


def _alert(
    episode: Episode,
    row: BookRow,
    people: Sequence[Member | None],
    next_step: NextStep | None,
) -> AlertRow:
    claimer, answerer, turner = people
    return AlertRow(
        id=episode.id,
        row=row,
        playbook=episode.playbook,
        playbook_version=episode.playbook_version,
        title=episode.title,
        is_watch=episode.is_watch,
        state=EpisodeState(episode.state),
        opened_on=episode.opened_on,
        reasons=read_reasons(episode.evidence),
        band_then=Band(episode.band_then),
        score_then=episode.score_then,
        owner_id=episode.owner_id,
        owner=_named(answerer),
        hypothesis=Hypothesis(episode.hypothesis) if episode.hypothesis else None,
        claimed_by=_named(claimer),
        claimed_at=episode.claimed_at,
        waiting_until_on=episode.waiting_until_on,
        snoozed_until_on=episode.snoozed_until_on,
        snooze_reason=episode.snooze_reason,
        state_by=_named(turner),
        state_at=episode.state_at,
        clear_since_on=episode.clear_since_on,
        is_recovery_told=episode.is_recovery_told,
        is_told=episode.told_at is not None,
        ending=Ending(episode.ending) if episode.ending else None,
        ending_reason=episode.ending_reason,
        closed_on=episode.closed_on,
        next_step=next_step,
    )


def _named(member: Member | None) -> Colleague | None:
    return colleague(member, None)
