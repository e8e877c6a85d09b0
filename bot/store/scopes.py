"""Whose accounts somebody looks at, as a filter. Refuses nothing: any colleague may look."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select, true

from bot.core.vocabulary import Role
from bot.store.tables import Account, Member
from bot.store.unit import Unit

_EVERYTHING = frozenset({Role.MANAGER, Role.OPS})


@dataclass(frozen=True)
class Scope:
    """`kind` is mine, team or everything; `member_ids` are those whose accounts count."""

    kind: str
    member_ids: tuple[int, ...] = ()

    def holds(self, on: date) -> ColumnElement[bool]:
        """Active accounts they own, and those they stand in for while the owner is away."""
        return Account.is_active & self.owns(on)

    def owns(self, on: date) -> ColumnElement[bool]:
        """The same, with those that have left."""
        if self.kind == "everything":
            return true()
        away = select(Member.id).where(
            or_(Member.is_active.is_(False), Member.absent_until_on >= on)
        )
        stands_in = Account.second_id.in_(self.member_ids) & or_(
            Account.owner_id.is_(None), Account.owner_id.in_(away)
        )
        owned = Account.owner_id.in_(self.member_ids)
        return or_(owned, stands_in) if self.member_ids else true()


def own_scope(member_id: int) -> Scope:
    """One person's own accounts."""
    return Scope("mine", (member_id,))


def get_scope(unit: Unit, member_id: int, roles: frozenset[Role]) -> Scope:
    """Everything for managers and ops, the team for a lead, else one's own accounts."""
    if roles & _EVERYTHING:
        return Scope("everything")
    if Role.LEAD not in roles:
        return own_scope(member_id)
    team = unit.session.scalars(select(Member.id).where(Member.lead_id == member_id))
    return Scope("team", (member_id, *team))
