"""A gap between words and use is told to one person, answered once, and else left to their lead.

An answer can be taken back. Refuses a second note about the same one, whoever the account is
handed to meanwhile.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from sqlalchemy import select, update

from bot.ask import Person
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.task import Plan
from bot.core.vocabulary import Hypothesis, MismatchAnswer
from bot.core.words_gap import ANSWER_WITHIN, LOOKED_BUSINESS_DAYS, MOST_A_MORNING, Gap
from bot.playbooks.parts import OwnerRule
from bot.services.pulses import refuse_strangers
from bot.services.tasks import add_task, drop_task, lock_account
from bot.services.watch.people import People
from bot.store import outbox
from bot.store.tables import Member, WordsGap
from bot.store.unit import Unit
from bot.store.words_gaps import gap_key, get_gap, list_untold

# Who hears of it: who is away or has left is passed over.
_ORDER = (OwnerRule.OWNER, OwnerRule.SECOND, OwnerRule.LEAD)


def list_to_tell(unit: Unit, member_id: int, today: date) -> list[Gap]:
    """What the member is to hear this morning: two at most, the most money at risk first."""
    found = list_untold(unit, member_id, today)
    if not found:
        return []
    people = People(unit.workspace, unit.session.scalars(select(Member)).all(), today)
    mine = [
        row.id
        for row, account in found
        if people.find_owner(_ORDER, account.owner_id, account.second_id) == member_id
    ]
    gaps = [get_gap(unit, each, today) for each in mine]
    return sorted(gaps, key=lambda each: (-each.row.at_risk, each.id))[:MOST_A_MORNING]


def answer_by(by: Person, today: date) -> date:
    """Until when an answer is waited for, by their own calendar."""
    return by.calendar.add_business_days(today, ANSWER_WITHIN)


def tell(
    unit: Unit, gap_id: int, person: Person, today: date, text: str, blocks: Sequence[Any]
) -> bool:
    """Put the note into the outbox; False where it was told, or is over, by now."""
    row = _lock(unit, gap_id)
    if row.told_on is not None or row.ended_on is not None:
        return False
    outbox.put(unit, key=gap_key(gap_id), audience=person.slack_user, text=text, blocks=blocks)
    row.told_on, row.told_to_id = today, person.member_id
    row.answer_by_on = answer_by(person, today)
    unit.audit("morning", "words_gap_told", str(row.account_id), to=person.member_id)
    return True


def answer_gap(
    unit: Unit,
    gap_id: int,
    answer: MismatchAnswer,
    *,
    by: Person,
    today: date,
    cause: Hypothesis | None = None,
    task: str = "",
) -> None:
    """The one answer there is; a look at it makes a task of theirs, called `task`."""
    row = _lock(unit, gap_id)
    if row.answer is not None:
        name = unit.session.scalar(select(Member.name).filter_by(id=row.answered_by_id))
        raise AlreadyDone("words_gap_answered", name=name or "", on=row.answered_on)
    if row.told_on is None:
        raise Refusal("no_such_action")
    _refuse_others(unit, row, by)
    if answer is MismatchAnswer.LOOK:
        due_on = by.calendar.add_business_days(today, LOOKED_BUSINESS_DAYS)
        # The same is on their list already.
        with suppress(AlreadyDone):
            made = add_task(unit, row.account_id, Plan(task, due_on), by=by, today=today)
            row.task_id = made.id
    row.answer, row.cause = answer.value, cause.value if cause else None
    row.answered_on, row.answered_by_id = today, by.member_id
    change = {"answer": answer.value, "cause": row.cause}
    unit.audit(str(by.member_id), "words_gap_answered", str(row.account_id), **change)


def take_answer_back(
    unit: Unit, gap_id: int, answer: MismatchAnswer, *, by: Person, today: date, reason: str
) -> None:
    """It was a slip: the question is open again, and the task it made is dropped for `reason`.

    Whoever may answer may do so, until it is over. The day for an answer stays as it was.
    """
    row = _lock(unit, gap_id)
    if row.answer != answer.value:
        raise AlreadyDone("words_gap_asked_again")
    if row.ended_on is not None:
        raise AlreadyDone("words_gap_over")
    _refuse_others(unit, row, by)
    if row.task_id is not None:
        # What is done or dropped by now stays so.
        with suppress(AlreadyDone):
            drop_task(unit, row.task_id, reason, by=by, today=today)
    row.answer = row.cause = row.answered_on = row.answered_by_id = row.task_id = None
    unit.audit(str(by.member_id), "words_gap_taken_back", str(row.account_id), answer=answer.value)


def leave_to_lead(unit: Unit, gap_ids: Sequence[int], today: date) -> None:
    """Their lead reads of these today, and never again."""
    wanted = update(WordsGap).where(WordsGap.id.in_(gap_ids), WordsGap.lead_told_on.is_(None))
    unit.session.execute(wanted.values(lead_told_on=today))


def _refuse_others(unit: Unit, row: WordsGap, by: Person) -> None:
    if row.told_to_id != by.member_id:
        refuse_strangers(unit, row.account_id, by)


def _lock(unit: Unit, gap_id: int) -> WordsGap:
    """Under the lock of its account, as whoever makes a task takes it first."""
    account_id = unit.session.scalar(select(WordsGap.account_id).filter_by(id=gap_id))
    if account_id is None:
        raise Refusal("no_such_action")
    lock_account(unit, account_id)
    wanted = select(WordsGap).filter_by(id=gap_id).with_for_update()
    return unit.session.scalars(wanted, execution_options={"populate_existing": True}).one()
