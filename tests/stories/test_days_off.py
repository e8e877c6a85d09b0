"""A team in Tokyo and New York: each one's digest keeps the holidays of where they work."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.core.vocabulary import Band
from bot.store.tables import Member
from tests.commands.records import Records
from tests.house import SATO, SMITH, House, company, open_house

# 勤労感謝の日 is Monday 23 November 2026, Thanksgiving the Thursday of the same week.
MONDAY_IN_TOKYO = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
MONDAY_IN_NEW_YORK = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
THURSDAY_IN_TOKYO = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
THURSDAY_IN_NEW_YORK = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)

pytestmark = pytest.mark.row("B2")


@pytest.fixture
def house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """Smith sits in New York, and the members file knew an address and nothing else."""
    spec = company()
    next(user for user in spec["users"] if user["id"] == SMITH)["tz"] = "America/New_York"
    for made in open_house("http", sqlite_url, tmp_path, spec):
        with made.bot.store.writing(made.workspace.id) as unit:
            smith = _find(unit.session.scalars(select(Member)), SMITH)
            smith.slack_user = smith.zone = None
        _fill(made)
        made.run_job("link_people")
        yield made


def _find(members: Iterator[Member], user: str) -> Member:
    return next(one for one in members if one.slack_user == user)


def _fill(house: House) -> None:
    with house.bot.store.reading(house.workspace.id) as unit:
        people = list(unit.session.scalars(select(Member)))
    for member in people:
        records = Records(house.bot.store, house.workspace.id, member)
        account = records.add_account(f"{member.name}社")
        records.score(account, date(2026, 11, 19), 80, Band.GREEN)


def _digests_at(house: House, at: datetime, user: str) -> int:
    """How many messages the person has once the clock has ticked at that moment."""
    house.at(at)
    only = {"digest": house.bot.registry.jobs["digest"]}
    replace(house.bot.ticker, jobs=only).tick()
    house.send()
    return len(house.reads(user))


def test_a_japanese_holiday_is_a_working_day_in_new_york(house: House) -> None:
    assert _digests_at(house, MONDAY_IN_TOKYO, SATO) == 0
    assert _digests_at(house, MONDAY_IN_NEW_YORK, SMITH) == 1
    assert _digests_at(house, MONDAY_IN_NEW_YORK, SATO) == 0


def test_thanksgiving_is_a_working_day_in_tokyo(house: House) -> None:
    assert _digests_at(house, THURSDAY_IN_TOKYO, SATO) == 1
    assert _digests_at(house, THURSDAY_IN_NEW_YORK, SMITH) == 0


def test_a_country_on_file_is_kept_whatever_the_zone(house: House) -> None:
    with house.bot.store.writing(house.workspace.id) as unit:
        smith = _find(unit.session.scalars(select(Member)), SMITH)
        smith.country = "JP"
    assert _digests_at(house, MONDAY_IN_NEW_YORK, SMITH) == 0
    assert _digests_at(house, THURSDAY_IN_NEW_YORK, SMITH) == 1


def test_the_settings_tell_whose_holidays_count(house: House) -> None:
    assert "holidays: United States" in house.opens_home(SMITH)
    assert "祝日は" not in house.opens_home(SATO)
    assert "United States" in house.says(SMITH, "/sakidori settings") + house.form(SMITH)
    assert "日本の祝日も休み" in house.says(SATO, "/sakidori settings") + house.form(SATO)
