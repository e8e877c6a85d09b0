"""A touch that a person told us and another system tells as well is one touch.

Account, day, kind and member say which; from then on the other system's id does, whatever is
changed on either side. What the person said leads, and the file completes it. Runs in the child
process alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import select

from bot.core.contact import Contact, complete, join_notes
from bot.core.vocabulary import Mover, SpeakerRole, TouchKind
from bot.services.touches import SAID, read_contact
from bot.store.tables import Touch
from bot.store.unit import Unit

_Key = tuple[int, str]
_Like = tuple[int, date, str, int | None]


def with_said(unit: Unit, kind: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Touches under the reference of what a person said of them, completed by the file.

    Other kinds stay as they are. `frame` has `account_id`, and `member_id` where members are
    named; two queries, whatever the number of rows.
    """
    if kind != "touches" or frame.empty:
        return frame
    said = unit.session.scalars(select(Touch).where(Touch.ref.startswith(SAID))).all()
    if not said:
        return frame
    stored = select(Touch.account_id, Touch.ref)
    rows = [_Row.of(each) for each in frame.to_dict("records")]
    standing = {(account_id, ref) for account_id, ref in unit.session.execute(stored)}
    pairs = _pair(rows, said, standing)
    return _assign(frame, rows, pairs) if pairs else frame


@dataclass(frozen=True)
class _Row:
    """A touch as the file has it."""

    key: _Key
    contact: Contact
    member_id: int | None

    @classmethod
    def of(cls, said: Mapping[Any, Any]) -> "_Row":
        told: dict[str, Any] = {
            str(name): None if pd.isna(value) else value for name, value in said.items()
        }
        role, member = told.get("with_role"), told.get("member_id")
        contact = Contact(
            touched_on=_day(told["touched_on"]),
            kind=TouchKind(told.get("kind") or TouchKind.OTHER),
            initiated_by=Mover(told.get("initiated_by") or Mover.US),
            with_role=SpeakerRole(role) if role else None,
            note=str(told.get("note") or ""),
            next_on=_day(told["next_on"]) if told.get("next_on") else None,
        )
        key = (int(told["account_id"]), str(told["touch_ref"]))
        return cls(key, contact, None if member is None else int(member))

    @property
    def like(self) -> _Like:
        return self.key[0], self.contact.touched_on, self.contact.kind.value, self.member_id


def _pair(rows: Sequence[_Row], said: Iterable[Touch], standing: set[_Key]) -> dict[int, Touch]:
    """What was said of the row at each place; one remark stands for one row at most."""
    known = {(each.account_id, each.imported_as): each for each in said if each.imported_as}
    free: defaultdict[_Like, list[Touch]] = defaultdict(list)
    for each in said:
        if not each.imported_as:
            like = (each.account_id, each.touched_on, each.kind, each.member_id)
            free[like].append(each)
    pairs = {at: known[row.key] for at, row in enumerate(rows) if row.key in known}
    new = [at for at, row in enumerate(rows) if at not in pairs and row.key not in standing]
    for is_noted in (True, False):
        for at in new:
            alike = free[rows[at].like]
            found = [each for each in alike if not is_noted or _is_told(rows[at], each)]
            if at not in pairs and found:
                pairs[at] = found[0]
                alike.remove(found[0])
    return pairs


def _is_told(row: _Row, said: Touch) -> bool:
    """Whether both have a note, and one of them holds the other."""
    note, told = row.contact.note, said.note or ""
    return bool(note and told) and join_notes(told, note) in (told, note)


def _assign(frame: pd.DataFrame, rows: Sequence[_Row], pairs: Mapping[int, Touch]) -> pd.DataFrame:
    """Only columns that the file fills: what it leaves out altogether stays as it is stored."""
    filled = [name for name in _READ if name in frame and frame[name].notna().any()]
    columns: dict[str, list[Any]] = {name: frame[name].tolist() for name in filled}
    columns["touch_ref"] = [row.key[1] for row in rows]
    columns["imported_as"] = [None] * len(rows)
    for at, touch in pairs.items():
        one = complete(read_contact(touch), rows[at].contact)
        for name in filled:
            columns[name][at] = _READ[name](one, touch)
        columns["touch_ref"][at], columns["imported_as"][at] = touch.ref, rows[at].key[1]
    made = {
        name: pd.Series(values, index=frame.index, dtype=object) for name, values in columns.items()
    }
    return frame.assign(**made)


_READ: Mapping[str, Callable[[Contact, Touch], object]] = {
    "touched_on": lambda one, touch: one.touched_on,
    "kind": lambda one, touch: one.kind.value,
    "initiated_by": lambda one, touch: one.initiated_by.value,
    "with_role": lambda one, touch: one.with_role.value if one.with_role else None,
    "note": lambda one, touch: one.note or None,
    "next_on": lambda one, touch: one.next_on,
    "member_id": lambda one, touch: touch.member_id,
}


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value
