"""A score by hand: from the first day, and beside a measured one while it lasts.

Refuses the same score twice on a day, and a score against a measured one without a reason.
"""

from datetime import date, timedelta

from sqlalchemy import select

from bot.core.refusal import AlreadyDone, BadInput
from bot.core.vocabulary import Band
from bot.store.cards import get_standing
from bot.store.tables import Account, ManualScore
from bot.store.unit import Unit

# A guess where nothing is measured may last a quarter; a contradiction is asked again in a month.
ALONE = timedelta(days=90)
AGAINST_MEASURED = timedelta(days=30)


def needs_reason(unit: Unit, account_id: int, on: date) -> bool:
    """Whether a measured score stands, which a score by hand would cover."""
    return _measured(unit, account_id, on) is not Band.UNKNOWN


def give_score(
    unit: Unit, account_id: int, band: Band, reason: str, member_id: int, on: date
) -> ManualScore:
    """Record the band with its line why. The newest score by hand is the one in force."""
    if band is Band.UNKNOWN:
        raise BadInput
    _lock(unit, account_id)
    measured = _measured(unit, account_id, on)
    if measured is not Band.UNKNOWN and not reason:
        raise BadInput("score_needs_reason")
    _refuse_repetition(unit, account_id, band, reason, member_id, on)
    given = ManualScore(
        account_id=account_id,
        band=band.value,
        reason=reason,
        member_id=member_id,
        given_on=on,
        expires_on=on + (ALONE if measured is Band.UNKNOWN else AGAINST_MEASURED),
        known_at=unit.at,
    )
    unit.add(given)
    unit.audit(str(member_id), "score_by_hand", str(account_id), band=band.value, reason=reason)
    return given


def end_score(unit: Unit, account_id: int, score_id: int, member_id: int, on: date) -> None:
    """From `on` the measured score leads again; the days before stay as they were.

    AlreadyDone where that score by hand leads no more.
    """
    _lock(unit, account_id)
    in_force = (
        select(ManualScore)
        .filter_by(account_id=account_id)
        .where(ManualScore.given_on <= on, ManualScore.expires_on >= on)
    )
    found = list(unit.session.scalars(in_force.order_by(ManualScore.known_at.desc())))
    if not found or found[0].id != score_id:
        raise AlreadyDone
    # An older one that it covered would come back into force.
    for each in found:
        each.expires_on = on - timedelta(days=1)
    unit.audit(str(member_id), "score_by_hand_ended", str(account_id), band=found[0].band)


def _lock(unit: Unit, account_id: int) -> None:
    unit.session.execute(select(Account.id).filter_by(id=account_id).with_for_update()).one()


def _measured(unit: Unit, account_id: int, on: date) -> Band:
    return get_standing(unit, account_id, on)[1].measured


def _refuse_repetition(
    unit: Unit, account_id: int, band: Band, reason: str, member_id: int, on: date
) -> None:
    newest = unit.session.scalars(
        select(ManualScore)
        .filter_by(account_id=account_id, given_on=on)
        .order_by(ManualScore.known_at.desc(), ManualScore.id)
        .limit(1)
    ).one_or_none()
    if newest is not None and (newest.band, newest.reason, newest.member_id) == (
        band.value,
        reason,
        member_id,
    ):
        raise AlreadyDone
