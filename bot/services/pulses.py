"""A CSM's pulse of an account: recorded, corrected on the same day, taken back; all audited.

Refuses who does not answer for the account, and the same pulse twice on a day. It moves no score:
`bot.services.manual_score` is what does.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from bot.ask import Person
from bot.core.pulse import LONGEST_WORDS
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.vocabulary import Feeling, PulseReason
from bot.registry import LEADERS
from bot.services.tasks import lock_account
from bot.store.tables import Account, CsmPulse
from bot.store.unit import Unit


def record_pulse(
    unit: Unit,
    account_id: int,
    feeling: Feeling,
    reasons: Sequence[PulseReason],
    words: str,
    *,
    by: Person,
    today: date,
) -> CsmPulse:
    """The person's pulse of today; another one of the same day is a correction of the first."""
    lock_account(unit, account_id)
    refuse_strangers(unit, account_id, by)
    kept = [each.value for each in PulseReason if each in reasons]
    said = " ".join(words.split())[:LONGEST_WORDS]
    found = _find_of_today(unit, account_id, by, today)
    if found is not None and (found.feeling, found.reasons, found.words) == (feeling, kept, said):
        raise AlreadyDone
    was = found.feeling if found is not None else None
    made = found or CsmPulse(
        id=unit.ids.next(), account_id=account_id, member_id=by.member_id, felt_on=today
    )
    made.feeling, made.reasons, made.words, made.known_at = feeling.value, kept, said, unit.at
    if found is None:
        unit.add(made)
    change = {"feeling": feeling.value, "was": was, "reasons": kept}
    unit.audit(str(by.member_id), "pulse", str(account_id), **change)
    return made


def take_back(unit: Unit, account_id: int, pulse_id: int, *, by: Person, today: date) -> CsmPulse:
    """It is shown to nobody any more, and the one before counts again; AlreadyDone the second time.

    Whoever felt it may, and who leads.
    """
    lock_account(unit, account_id)
    wanted = select(CsmPulse).filter_by(id=pulse_id, account_id=account_id, taken_back_on=None)
    found = unit.session.scalars(wanted).one_or_none()
    if found is None:
        raise AlreadyDone
    if found.member_id != by.member_id and not by.roles & LEADERS:
        raise Refusal("pulse_not_yours")
    found.taken_back_on = today
    unit.audit(str(by.member_id), "pulse_taken_back", str(account_id), feeling=found.feeling)
    return found


def refuse_strangers(unit: Unit, account_id: int, by: Person) -> None:
    """Who is neither owner nor second may not, unless they lead or the account has no owner."""
    wanted = select(Account.owner_id, Account.second_id).filter_by(id=account_id)
    owner_id, second_id = unit.session.execute(wanted).one()
    if owner_id is None or by.member_id in (owner_id, second_id) or by.roles & LEADERS:
        return
    raise Refusal("pulse_not_yours")


def _find_of_today(unit: Unit, account_id: int, by: Person, today: date) -> CsmPulse | None:
    wanted = select(CsmPulse).filter_by(
        account_id=account_id, member_id=by.member_id, felt_on=today, taken_back_on=None
    )
    return unit.session.scalars(wanted.order_by(CsmPulse.known_at.desc()).limit(1)).one_or_none()
