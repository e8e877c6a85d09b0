"""On the first business day of a month: which measures went with leaving, and what lies ahead."""

from datetime import time, timedelta

from bot.ask import JobTurn
from bot.core.slots import Monthly
from bot.core.validity import Validity
from bot.registry import job
from bot.services.validity.pages import build_page
from bot.services.validity.starting import begin_look
from bot.store.members import list_ops_users
from bot.store.validity import find_before, find_by_id
from bot.views.reply import Message, Post
from bot.views.validity import build_few, build_month


@job("validity", Monthly(time(9, 30)), audience="workspace", grace=timedelta(days=10))
def validity(turn: JobTurn) -> list[Post]:
    """One post to the ops channel, else to each ops person.

    With too few cases one line, and none at all in a month in which their number is the same.
    """
    on = turn.slot.local_day
    with turn.writing() as unit:
        begun = begin_look(unit, on, "sakidori", even_beside=True)
    assert begun is not None
    if not begun.is_done:
        turn.ports.heavy.run(
            "validity", workspace_id=turn.workspace_id, run_id=begun.run_id, on=on.isoformat()
        )
    shown = _build(turn, begun.run_id)
    if shown is None:
        return []
    with turn.reading() as unit:
        channel, users = unit.workspace.ops_channel, list_ops_users(unit)
    return [
        Post(f"validity:{on:%Y-%m}:{each}", each, shown, holds_customer_data=False)
        for each in ([channel] if channel else users)
    ]


def _build(turn: JobTurn, run_id: int) -> Message | None:
    with turn.reading() as unit:
        made = find_by_id(unit, run_id)
        if made is None:
            return None
        before = find_before(unit, made.validity.run_on)
        workspace = unit.workspace
        page = build_page(unit, made, workspace.locale, workspace.zone)
    if made.validity.is_told:
        return build_month(turn.say, page)
    if before is None or before.validity.is_told:
        return build_few(turn.say, made.validity, is_first=True)
    if _counts(before.validity) == _counts(made.validity):
        return None
    return build_few(turn.say, made.validity, is_first=False)


def _counts(found: Validity) -> tuple[int, int]:
    return found.left, found.stayed
