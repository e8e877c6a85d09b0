"""Four weeks after the start ops is shown once how the thresholds sort the accounts."""

from datetime import date, time, timedelta

from sqlalchemy import select

from bot.ask import JobTurn
from bot.core.revision import Thresholds, propose, sorts_well
from bot.core.setup import Spread
from bot.core.slots import Daily
from bot.people import build_person
from bot.registry import job
from bot.services.setup.thresholds import REVISED_AFTER, is_provisional, read_thresholds
from bot.store.members import list_active
from bot.store.spread import read_spread
from bot.store.standing import last_run_on
from bot.store.unit import Unit
from bot.views.reply import Post
from bot.views.setup_bands import Preview, build_revision

# Past this nobody is told any more, so that a new ops person does not hear of an old day.
_STILL = timedelta(weeks=1)


@job("revision", Daily(time(9, 30)), audience="workspace", grace=timedelta(hours=6))
def revision(turn: JobTurn) -> list[Post]:
    """One post to each ops person; the key keeps it to one."""
    on = turn.slot.local_day
    with turn.reading() as unit:
        started_on = unit.workspace.started_on
        if started_on is None or not _is_due(started_on, on) or not is_provisional(unit.workspace):
            return []
        people = [build_person(one, unit.workspace) for one in list_active(unit) if one.slack_user]
        spread, thresholds = read_spread(unit, on), read_thresholds(unit)
        now = _preview(unit, spread, thresholds, on)
        proposed = _preview(unit, spread, propose(spread, thresholds), on)
    weeks = REVISED_AFTER.days // 7
    return [
        Post(
            f"revision:{started_on}:{one.member_id}",
            one.slack_user,
            build_revision(
                turn.voices[one.locale],
                now,
                proposed,
                weeks,
                sorts_well=sorts_well(spread, thresholds),
            ),
            holds_customer_data=False,
        )
        for one in people
        if "ops" in one.roles
    ]


def _is_due(started_on: date, on: date) -> bool:
    return started_on + REVISED_AFTER <= on < started_on + REVISED_AFTER + _STILL


def _preview(unit: Unit, spread: Spread, thresholds: Thresholds, on: date) -> Preview:
    return Preview(
        thresholds=thresholds,
        landings=spread.land(thresholds.red_below, thresholds.green_from),
        currency=unit.workspace.base_currency,
        run_on=unit.session.scalar(select(last_run_on(on))),
    )
