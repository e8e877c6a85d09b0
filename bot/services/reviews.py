"""Decisions about playbooks: one a week and playbook, by whoever decides first.

Refuses a second person's, who is told whose it is; the same person may change theirs. A change
makes a draft of the playbook with the limit that the summary proposes, retiring it takes it out of
use: its open alerts stay.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, select

from bot.ask import Person
from bot.core.playbook_week import ACTIVE
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.vocabulary import Role, Verdict
from bot.core.week import Week
from bot.services.playbook_versions import (
    drop_draft,
    get_last_used,
    lock_versions,
    reinstate,
    retire,
    start_draft,
)
from bot.services.proposals import with_proposal
from bot.services.weekly import read_playbooks
from bot.store.bulk.once import insert_once
from bot.store.members import get_member, list_reached
from bot.store.tables import Member, Playbook, PlaybookReview
from bot.store.unit import Unit

# A playbook that is changed or waited for is looked at again after so long.
_AGAIN_AFTER = timedelta(weeks=4)
_LOOKED_AT_AGAIN = (Verdict.CHANGE, Verdict.WAIT)


def decide(unit: Unit, week_on: date, key: str, verdict: Verdict, by: Person, today: date) -> None:
    """Record a decision in the summary of the week that begins on a Monday, and do as it says.

    Raises `AlreadyDone` for the same again, and refuses what somebody else has decided, what a
    later week's summary was decided on, and a playbook that is retired.
    """
    versions = lock_versions(unit, key)
    _refuse_outdated(unit, week_on, key)
    used = get_last_used(versions)
    again_on = today + _AGAIN_AFTER if verdict in _LOOKED_AT_AGAIN else None
    values = {
        "week_on": week_on,
        "playbook": key,
        "playbook_version": used.version,
        "verdict": verdict.value,
        "member_id": by.member_id,
        "decided_at": unit.at,
        "check_on": by.calendar.next_business_day(again_on) if again_on else None,
    }
    if insert_once(unit, PlaybookReview, ["week_on", "playbook"], values) is None:
        _change(unit, versions, values)
    elif used.status != ACTIVE:
        raise Refusal("playbook_retired")
    _follow(unit, versions, used, verdict, str(by.member_id), Week(week_on, week_on))
    told = {"week": week_on.isoformat(), "verdict": verdict.value}
    unit.audit(str(by.member_id), "playbook_decided", f"{key}:{used.version}", **told)


def find_editor(unit: Unit) -> Member | None:
    """Who works on drafts: the first of ops whom Slack reaches, people before robots."""
    return next((each for each in list_reached(unit) if Role.OPS in each.roles), None)


def _refuse_outdated(unit: Unit, week_on: date, key: str) -> None:
    later = exists().where(
        PlaybookReview.workspace_id == unit.workspace_id,
        PlaybookReview.playbook == key,
        PlaybookReview.week_on > week_on,
    )
    if unit.session.scalar(select(later)):
        raise Refusal("verdict_outdated")


def _change(unit: Unit, versions: Sequence[Playbook], values: dict[str, object]) -> None:
    """The same person's other decision; what the first brought about is taken back."""
    wanted = select(PlaybookReview).filter_by(
        week_on=values["week_on"], playbook=values["playbook"]
    )
    kept = unit.session.scalars(wanted.with_for_update()).one()
    if kept.member_id != values["member_id"]:
        name = get_member(unit, kept.member_id).name
        raise Refusal("verdict_given", name=name, verdict=kept.verdict)
    if kept.verdict == values["verdict"]:
        raise AlreadyDone
    _take_back(unit, versions, kept.verdict, kept.decided_at, str(kept.member_id))
    kept.verdict, kept.decided_at = str(values["verdict"]), unit.at
    kept.check_on = values["check_on"]  # type: ignore[assignment]


def _take_back(
    unit: Unit, versions: Sequence[Playbook], verdict: str, at: datetime, actor: str
) -> None:
    if verdict == Verdict.CHANGE:
        drop_draft(unit, versions, actor, at)
    if verdict == Verdict.RETIRE:
        reinstate(unit, versions, actor)


def _follow(
    unit: Unit,
    versions: Sequence[Playbook],
    used: Playbook,
    verdict: Verdict,
    actor: str,
    days: Week,
) -> None:
    if verdict is Verdict.CHANGE:
        start_draft(unit, versions, _draft(unit, used, days), actor)
    if verdict is Verdict.RETIRE:
        retire(unit, versions, actor)


def _draft(unit: Unit, used: Playbook, days: Week) -> dict[str, Any]:
    """The document in use, with the limit that the summary proposes where it proposes one."""
    weeks = {each.key: each for each in read_playbooks(unit, days)}
    about = weeks.get(used.key)
    proposal = about.proposal if about else None
    return with_proposal(used.document, proposal) if proposal else used.document
