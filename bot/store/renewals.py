"""Which renewal of an account comes next. Refuses one that is decided: it asks for nothing more.

Two statements, however many accounts there are.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, or_, select

from bot.core.account_card import Renewal
from bot.core.contract_results import AROUND, Term, list_settled
from bot.store.tables import AccountOutcome, Contract
from bot.store.unit import Unit

_Signed = tuple[Term, bool | None]


def find_renewals(unit: Unit, account_ids: Sequence[int], on: date) -> dict[int, Renewal]:
    """Each account's next contract end from `on` whose outcome is open; others are left out.

    A result on file settles it, also before its day, and so does the contract that follows.
    """
    if not account_ids:
        return {}
    signed, results = _read_signed(unit, account_ids, on), _read_results(unit, account_ids, on)
    found = {key: _find_next(each, results.get(key, ()), on) for key, each in signed.items()}
    return {key: each for key, each in found.items() if each is not None}


def _find_next(signed: Sequence[_Signed], results: Sequence[date], on: date) -> Renewal | None:
    settled = list_settled([term for term, _ in signed], results)
    for term, auto_renews in signed:
        turns_on, notice_on = term.turns_on, term.notice_on
        ahead = notice_on if notice_on and notice_on >= on else None
        if turns_on not in settled and (ahead or (turns_on and turns_on >= on)):
            return Renewal(turns_on, ahead, auto_renews)
    return None


def _read_signed(unit: Unit, account_ids: Sequence[int], on: date) -> dict[int, list[_Signed]]:
    """Contracts by the day they turn, those without one last; a result may be of one just over."""
    turns = func.coalesce(Contract.renews_on, Contract.ends_on)
    wanted = (
        select(
            Contract.account_id,
            Contract.starts_on,
            Contract.ends_on,
            Contract.renews_on,
            Contract.notice_on,
            Contract.auto_renews,
        )
        .where(Contract.account_id.in_(account_ids))
        .where(or_(turns >= on - AROUND, turns.is_(None), Contract.notice_on >= on))
        .order_by(Contract.account_id, turns.is_(None), turns, Contract.id)
    )
    found: dict[int, list[_Signed]] = defaultdict(list)
    for account_id, *days, auto_renews in unit.session.execute(wanted):
        found[account_id].append((Term(*days), auto_renews))
    return found


def _read_results(unit: Unit, account_ids: Sequence[int], on: date) -> dict[int, list[date]]:
    wanted = select(AccountOutcome.account_id, AccountOutcome.ended_on).where(
        AccountOutcome.account_id.in_(account_ids), AccountOutcome.ended_on >= on - AROUND
    )
    found: dict[int, list[date]] = defaultdict(list)
    for account_id, ended_on in unit.session.execute(wanted):
        found[account_id].append(ended_on)
    return found
