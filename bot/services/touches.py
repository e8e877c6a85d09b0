"""Touches as people record them. Refuses the same one twice, and days that cannot be.

A tap says only kind and day, so it is the same touch as any other of that kind, day and person;
what has a note is another one as soon as the note differs.
"""

from datetime import date
from hashlib import sha256

from sqlalchemy import func, select

from bot.core.contact import Contact
from bot.core.refusal import AlreadyDone, BadInput, Refusal
from bot.core.vocabulary import Mover, SpeakerRole, TouchKind
from bot.store.bulk.touched import mark_touched
from bot.store.tables import Account, Touch
from bot.store.unit import Unit


def record_touch(
    unit: Unit, account_id: int, contact: Contact, member_id: int, today: date
) -> Touch:
    """Keep a new touch; raises `AlreadyDone` where it is on record, `BadInput` for a day ahead."""
    if contact.touched_on > today:
        raise BadInput
    _lock(unit, account_id)
    _refuse_repetition(unit, account_id, contact, member_id)
    made = Touch(id=unit.ids.next(), account_id=account_id, member_id=member_id, known_at=unit.at)
    _fill(made, contact)
    unit.add(made)
    _tell(unit, "touch_recorded", made, member_id)
    return made


def change_touch(unit: Unit, touch_id: int, contact: Contact, member_id: int, today: date) -> Touch:
    """Give a touch on record these facts instead; who recorded it stays as it was."""
    kept = get_touch(unit, touch_id)
    if contact.touched_on > today:
        raise BadInput
    _lock(unit, kept.account_id)
    if read_contact(kept) == contact:
        raise AlreadyDone
    _refuse_repetition(unit, kept.account_id, contact, kept.member_id, kept)
    _fill(kept, contact)
    _tell(unit, "touch_changed", kept, member_id)
    return kept


def get_touch(unit: Unit, touch_id: int) -> Touch:
    """The touch; one that is not on record is refused."""
    found = unit.session.scalars(select(Touch).filter_by(id=touch_id)).one_or_none()
    if found is None:
        raise Refusal("no_such_touch")
    return found


def read_contact(touch: Touch) -> Contact:
    """What is on record of a touch."""
    return Contact(
        touched_on=touch.touched_on,
        kind=TouchKind(touch.kind),
        initiated_by=Mover(touch.initiated_by),
        with_role=SpeakerRole(touch.with_role) if touch.with_role else None,
        note=touch.note or "",
        next_on=touch.next_on,
    )


def _fill(touch: Touch, contact: Contact) -> None:
    touch.touched_on, touch.next_on = contact.touched_on, contact.next_on
    touch.kind, touch.initiated_by = contact.kind.value, contact.initiated_by.value
    touch.with_role = contact.with_role.value if contact.with_role else None
    touch.note = contact.note or None
    touch.ref = _make_ref(contact, touch.member_id)


def _make_ref(contact: Contact, member_id: int | None) -> str:
    said = (contact.touched_on.isoformat(), contact.kind.value, str(member_id), contact.note)
    return "said-" + sha256("\n".join(said).encode()).hexdigest()[:32]


def _lock(unit: Unit, account_id: int) -> None:
    unit.session.execute(select(Account.id).filter_by(id=account_id).with_for_update()).one()


def _refuse_repetition(
    unit: Unit, account_id: int, contact: Contact, member_id: int | None, own: Touch | None = None
) -> None:
    same = select(Touch.id).filter_by(
        account_id=account_id,
        touched_on=contact.touched_on,
        kind=contact.kind.value,
        member_id=member_id,
    )
    if own is not None:
        same = same.where(Touch.id != own.id)
    if own is not None or contact.note:
        same = same.where(func.coalesce(Touch.note, "") == contact.note)
    if unit.session.scalars(same.limit(1)).first() is not None:
        raise AlreadyDone("touch_already", field="note")


def _tell(unit: Unit, action: str, touch: Touch, member_id: int) -> None:
    """What a note says stays with the touch; the audit names day, kind and who moved."""
    mark_touched(unit, [touch.account_id])
    unit.audit(
        str(member_id),
        action,
        str(touch.account_id),
        touch=touch.ref,
        on=touch.touched_on.isoformat(),
        kind=touch.kind,
        initiated_by=touch.initiated_by,
        next_on=touch.next_on.isoformat() if touch.next_on else None,
    )
