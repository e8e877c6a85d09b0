"""Who answers for an account: owner, second, lead, whoever is there first."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.playbooks.parts import OwnerRule
from bot.services.watch.people import People
from bot.store.tables import Member, Workspace

ON = date(2026, 11, 20)
ALL = tuple(OwnerRule)
OWNER, SECOND, LEAD, OTHER = 1, 2, 3, 4


def people(**away: dict[str, Any]) -> People:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    home = Workspace(
        name="W", team_id="T", zone="Asia/Tokyo", country="JP", settings={}, created_at=at
    )
    rows = {"owner": OWNER, "second": SECOND, "lead": LEAD, "other": OTHER}
    usual = {"is_active": True, "workdays": [0, 1, 2, 3, 4], "lead_id": LEAD}
    made = [Member(**{"id": id_, "name": n, **usual} | away.get(n, {})) for n, id_ in rows.items()]
    return People(home, made, ON)


@pytest.mark.row("B38")
@pytest.mark.parametrize(
    ("away", "found"),
    [
        ({}, OWNER),
        ({"owner": {"is_active": False}}, SECOND),
        ({"owner": {"absent_until_on": ON}}, SECOND),
        ({"owner": {"absent_until_on": date(2026, 11, 19)}}, OWNER),
        ({"owner": {"is_active": False}, "second": {"absent_until_on": date(2026, 12, 1)}}, LEAD),
        ({name: {"is_active": False} for name in ("owner", "second", "lead")}, None),
    ],
)
def test_who_is_away_or_has_left_is_passed_over(
    away: dict[str, dict[str, Any]], found: int | None
) -> None:
    assert people(**away).find_owner(ALL, OWNER, SECOND) == found


def test_an_account_without_an_owner_goes_to_the_seconds_lead_at_last() -> None:
    assert people().find_owner(ALL, None, SECOND) == SECOND
    assert people().find_owner((OwnerRule.OWNER, OwnerRule.LEAD), None, SECOND) == LEAD
    assert people().find_owner(ALL, None, None) is None


def test_a_member_unknown_to_us_answers_for_nothing() -> None:
    assert people().find_owner(ALL, 99, None) is None


def test_each_has_the_calendar_of_their_own_country_and_week() -> None:
    found = people(owner={"country": "US"}, second={"workdays": [1, 2]})
    holiday = date(2026, 11, 23)
    assert found.calendar(OWNER).is_business_day(holiday)
    assert not found.calendar(LEAD).is_business_day(holiday)
    assert not found.calendar(None).is_business_day(holiday)
    assert found.calendar(SECOND).is_business_day(date(2026, 11, 24))
    assert not found.calendar(SECOND).is_business_day(date(2026, 11, 26))
    assert found.calendar(OWNER) is found.calendar(OWNER)
