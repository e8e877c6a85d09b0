"""The company of the stories: a few accounts of 佐藤 and Smith, over each way in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.core.vocabulary import Band
from bot.store.tables import Account, Member
from tests.commands.records import TODAY, Records
from tests.house import SATO, SMITH, House, open_house


@dataclass
class Company:
    """The house and what is on file there; `people` are those who own the accounts, by language."""

    house: House
    records: Records
    acme: Account
    theta: Account


PEOPLE = {"ja": SATO, "en": SMITH}
# Every deed is tried over each way in each language (`test_every_deed`); a story over one of each.
WAYS = ("http-ja", "socket-en")


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """A way in, and the language of whoever comes by it."""
    return str(request.param)


@pytest.fixture
def any_house(way: str, sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """A house over that way."""
    yield from open_house(way.split("-")[0], sqlite_url, tmp_path)


@pytest.fixture
def person(way: str) -> str:
    """Somebody who reads that language."""
    return PEOPLE[way.split("-")[1]]


@pytest.fixture
def company(any_house: House, person: str) -> Company:
    """Accounts owned by the person of the story."""
    with any_house.bot.store.reading(any_house.workspace.id) as unit:
        owner = unit.session.scalars(select(Member).filter_by(slack_user=person)).one()
    records = Records(any_house.bot.store, any_house.workspace.id, owner)
    with records.together():
        acme = records.add_account("アクメ商事株式会社", arr=4_800_000, goal="二重入力をなくす")
        records.add_contract(acme, renews_on=date(2027, 1, 4), notice_on=date(2026, 12, 4))
        theta = records.add_account("シータ社", arr=1_900_000)
        for back in range(30):
            score, band = (48, Band.RED) if back == 0 else (71 + back, Band.GREEN)
            records.score(acme, TODAY - timedelta(days=back), score, band)
        for number in range(12):
            green = records.add_account(f"緑{number:02}社", arr=1000 + number)
            records.score(green, TODAY, 90, Band.GREEN)
    return Company(any_house, records, acme, theta)
