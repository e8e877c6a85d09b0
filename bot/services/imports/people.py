"""Names and addresses in facts, as members: who led a touch, who leads whom."""

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import select, update

from bot.services.imports.derive import read_members
from bot.store.tables import Member
from bot.store.unit import Unit


def with_people(unit: Unit, kind: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Touches with the member who led them; other kinds as they are."""
    if kind != "touches" or "member" not in frame:
        return frame
    known = read_members(unit)
    ids = pd.Series([known(said) for said in frame["member"]], index=frame.index, dtype="Int64")
    return frame.assign(member_id=ids)


def keep_leads(unit: Unit, frame: pd.DataFrame) -> None:
    """Who leads whom; a lead who is not a member is left out."""
    members = {one.email: one.id for one in unit.session.scalars(select(Member)) if one.email}
    for email, lead in _pairs(frame):
        if email in members and lead in members:
            statement = update(Member).where(Member.id == members[email])
            unit.session.execute(statement.values(lead_id=members[lead]))


def _pairs(frame: pd.DataFrame) -> Iterable[tuple[str, str]]:
    if "lead_email" not in frame:
        return []
    said = frame[frame["lead_email"].notna()]
    return zip(said["email"].astype(str), said["lead_email"].astype(str), strict=True)
