"""Touches as people record them. Refuses the same one twice, and days that cannot be.

A tap says only kind and day, so it is the same touch as any other of that kind, day and person;
what has a note is another one as soon as the note differs. One that another system told us of is
completed by what the person says.
"""

from datetime import date
from hashlib import sha256

from sqlalchemy import Select, func, select

from bot.core.contact import Contact, complete
from bot.core.refusal import AlreadyDone, BadInput, Refusal
from bot.core.vocabulary import Mover, SpeakerRole, TouchKind
from bot.store.bulk.touched import mark_touched
from bot.store.tables import Account, Touch
from bot.store.unit import Unit

SAID = "said-"
"""How the id of a touch begins that holds a person's own words."""


def record_touch(
    unit: Unit, account_id: int, contact: Contact, member_id: int, today: date
) -> Touch:
    """Keep a new touch; raises `AlreadyDone` where it is on record, `BadInput` for a day ahead.

    One of the same day, kind and person that an import brought is completed, not told twice.
    """
    if contact.touched_on > today:
        raise BadInput
    _lock(unit, account_id)
    imported = _find_imported(unit, account_id, contact, member_id)
    if imported is not None:
        _fill(imported, complete(contact, read_contact(imported)))
        _tell(unit, "touch_changed", imported, member_id)
        return imported
    _refuse_repetition(unit, account_id, contact, member_id)
    made = Touch(id=unit.ids.next(), account_id=account_id, member_id=member_id, known_at=unit.at)
    _fill(made, contact)
    unit.add(made)
    _tell(unit, "touch_recorded", made, member_id)
    return made


def change_touch(unit: Unit, touch_id: int, contact: Contact, member_id: int, today: date) -> Touch:
    """Give a touch on record these facts instead; who recorded it stays as it was.

    Where that makes it one that an import brought, the two are one from then on.
    """
    kept = get_touch(unit, touch_id)
    if contact.touched_on > today:
        raise BadInput
    _lock(unit, kept.account_id)
    if read_contact(kept) == contact:
        raise AlreadyDone
    _refuse_repetition(unit, kept.account_id, contact, kept.member_id, kept)
    _fill(kept, _take_in(unit, kept, contact))
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


def _find_imported(unit: Unit, account_id: int, contact: Contact, member_id: int) -> Touch | None:
    """The same touch as another system told it, where the person has more to say of it."""
    if not (contact.note or contact.next_on or contact.with_role):
        return None
    same = _like(account_id, contact, member_id).where(Touch.ref.not_like(f"{SAID}%"))
    found = unit.session.scalars(same.order_by(Touch.ref).limit(1)).first()
    is_known = found is not None and complete(contact, read_contact(found)) == read_contact(found)
    return None if is_known else found


def _take_in(unit: Unit, kept: Touch, contact: Contact) -> Contact:
    """`contact` with what an imported touch of the same tells; that one stands for no other."""
    if kept.imported_as or not kept.ref.startswith(SAID):
        return contact
    same = _like(kept.account_id, contact, kept.member_id).where(Touch.ref.not_like(f"{SAID}%"))
    twin = unit.session.scalars(same.order_by(Touch.ref).limit(1)).first()
    if twin is None:
        return contact
    kept.imported_as = twin.ref
    unit.session.delete(twin)
    return complete(contact, read_contact(twin))


def _fill(touch: Touch, contact: Contact) -> None:
    if touch.ref and not touch.ref.startswith(SAID):
        touch.imported_as = touch.ref
    touch.touched_on, touch.next_on = contact.touched_on, contact.next_on
    touch.kind, touch.initiated_by = contact.kind.value, contact.initiated_by.value
    touch.with_role = contact.with_role.value if contact.with_role else None
    touch.note = contact.note or None
    touch.ref = _make_ref(contact, touch.member_id)


def _make_ref(contact: Contact, member_id: int | None) -> str:
    said = (contact.touched_on.isoformat(), contact.kind.value, str(member_id), contact.note)
    return SAID + sha256("\n".join(said).encode()).hexdigest()[:32]


def _lock(unit: Unit, account_id: int) -> None:
    unit.session.execute(select(Account.id).filter_by(id=account_id).with_for_update()).one()


def _refuse_repetition(
    unit: Unit, account_id: int, contact: Contact, member_id: int | None, own: Touch | None = None
) -> None:
    same = _like(account_id, contact, member_id)
    if own is not None:
        same = same.where(Touch.id != own.id)
    if own is not None or contact.note:
        same = same.where(func.coalesce(Touch.note, "") == contact.note)
    if unit.session.scalars(same.limit(1)).first() is not None:
        raise AlreadyDone("touch_already", field="note")


def _like(account_id: int, contact: Contact, member_id: int | None) -> Select[Touch]:
    return select(Touch).filter_by(
        account_id=account_id,
        touched_on=contact.touched_on,
        kind=contact.kind.value,
        member_id=member_id,
    )


def _tell(unit: Unit, action: str, touch: Touch, member_id: int) -> None:
    """What a note says stays with the touch; the audit names day, kind and who moved."""
    is_new = action == "touch_recorded"
    since = {touch.account_id: touch.touched_on} if is_new else None
    mark_touched(unit, [touch.account_id], "touches", since)
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
