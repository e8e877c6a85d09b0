"""Who answers for an account, and on which days they work. Passes over who is away or has left."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.core.calendar import WorkCalendar
from bot.people import build_calendar, find_country
from bot.playbooks.parts import OwnerRule
from bot.store.tables import Member, Workspace


class People:
    """The members of a workspace on one day."""

    def __init__(self, workspace: Workspace, members: Iterable[Member], on: date) -> None:
        self._workspace = workspace
        self._on = on
        self._members = {member.id: member for member in members}
        self._here = {each.id for each in self._members.values() if _is_here(each, on)}
        self._calendars: dict[int | None, WorkCalendar] = {}
        self._alike: dict[WorkCalendar, WorkCalendar] = {}
        self._at_work: dict[int | None, bool] = {}

    def find_owner(
        self, rules: Sequence[OwnerRule], owner_id: int | None, second_id: int | None
    ) -> int | None:
        """The first by the rules who is here; None where nobody is."""
        asked = (self._name(rule, owner_id, second_id) for rule in rules)
        return next((member_id for member_id in asked if member_id in self._here), None)

    def calendar(self, member_id: int | None) -> WorkCalendar:
        """The days on which a member works, the workspace's own for nobody; equal ones are one."""
        if member_id not in self._calendars:
            made = self._build(member_id)
            self._calendars[member_id] = self._alike.setdefault(made, made)
        return self._calendars[member_id]

    def is_at_work(self, member_id: int | None) -> bool:
        """Whether the day is a business day of theirs."""
        if member_id not in self._at_work:
            self._at_work[member_id] = self.calendar(member_id).is_business_day(self._on)
        return self._at_work[member_id]

    def _name(self, rule: OwnerRule, owner_id: int | None, second_id: int | None) -> int | None:
        if rule is OwnerRule.OWNER:
            return owner_id
        if rule is OwnerRule.SECOND:
            return second_id
        return self._lead_of(owner_id) or self._lead_of(second_id)

    def _build(self, member_id: int | None) -> WorkCalendar:
        member = self._members.get(member_id or 0)
        if member is None:
            return build_calendar(self._workspace)
        country = find_country(member, self._workspace)
        return build_calendar(self._workspace, country, tuple(member.workdays))

    def _lead_of(self, member_id: int | None) -> int | None:
        member = self._members.get(member_id or 0)
        return member.lead_id if member else None


def _is_here(member: Member, on: date) -> bool:
    return member.is_active and not member.is_away(on)
