"""The lead's morning digest: the exceptions of their team, in private."""

from datetime import date

from sqlalchemy import select

from bot.ask import JobTurn
from bot.core.lead_digest import LeadDigest
from bot.core.vocabulary import Role
from bot.registry import morning_job
from bot.services.words_gaps import leave_to_lead
from bot.store.lead_digests import read_lead_digest
from bot.store.members import get_member
from bot.store.standing import last_run_on
from bot.store.tables import ScoreRun
from bot.views.lead_digest import ROWS, LeadPage, build_lead_digest, build_no_team
from bot.views.reply import Post


@morning_job("lead_digest", roles=[Role.LEAD])
def lead_digest(turn: JobTurn) -> list[Post]:
    """One direct message, whatever channel the lead's own digest goes to.

    Whom nobody has as their lead is told once, ever, how to set it.
    """
    person, today = turn.person, turn.slot.local_day
    assert person is not None
    with turn.reading() as unit:
        if get_member(unit, person.member_id).is_away(today):
            return []
        found = read_lead_digest(unit, person.member_id, person.calendar, today)
        run = unit.session.scalars(select(ScoreRun).filter_by(run_on=last_run_on(today))).first()
    if not found.team:
        shown = build_no_team(turn.say, person.name)
        return [Post(f"lead:no-team:{person.member_id}", person.slack_user, shown)]
    _remember_unanswered(turn, found, today)
    page = LeadPage(found, today, person.zone, run.finished_at if run else None)
    key = f"lead:{today.isoformat()}:{person.member_id}"
    return [Post(key, person.slack_user, build_lead_digest(turn.say, page))]


def _remember_unanswered(turn: JobTurn, found: LeadDigest, today: date) -> None:
    """Of those that stand among the rows shown; a repeated turn shows the same ones again."""
    before = len(found.unclaimed) + len(found.overdue) + len(found.unplanned)
    shown = [gap.id for gap, _ in found.unanswered[: max(0, ROWS - before)]]
    if shown:
        with turn.writing() as unit:
            leave_to_lead(unit, shown, today)
