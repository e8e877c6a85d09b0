"""From the digest's reason to the rows behind it, and to what did not count."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.core.vocabulary import Band
from bot.store.tables import NpsAnswer, ScoreRun
from tests.commands.records import TODAY
from tests.commands.scores import NAN, Values
from tests.house import KUDO, MORI, SATO
from tests.stories.conftest import Company

GOOD: Values = {
    "logins_vs_past": (1.02, 9.0),
    "late_payment_days": (0.0, 4.0),
    "nps": (9.0, NAN),
}
FALLEN: Values = GOOD | {"logins_vs_past": (0.48, -8.0)}

pytestmark = pytest.mark.row("B2", "B19")


def _fall(company: Company) -> None:
    """A customer of the person falls from green to yellow; its NPS answer is of February."""
    records = company.records
    records.keep_model()
    account = records.add_account("ベータ物流", arr=6_200_000)
    for back, score, band, values in (
        (7, 74, Band.GREEN, GOOD),
        (2, 73, Band.GREEN, GOOD),
        (0, 62, Band.YELLOW, FALLEN),
    ):
        on = TODAY - timedelta(days=back)
        records.score(account, on, score, band, values)
    with company.house.bot.store.writing(company.house.workspace.id) as unit:
        answer = {"ref": "N-1", "respondent": "鈴木", "score": 9, "known_at": unit.at}
        unit.add(NpsAnswer(account_id=account.id, responded_on=date(2026, 2, 3), **answer))


def test_the_morning_says_why_and_one_press_says_the_rest(company: Company, person: str) -> None:
    _fall(company)
    house = company.house.at(datetime(2026, 11, 20, 8, 30, tzinfo=UTC))
    house.run_job("digest")
    [digest] = house.reads(person)
    ja = "74 → 62(7日間)|ログイン 1.0倍 → 0.5倍(直近5営業日/その前の20営業日)"
    en = "74 → 62 (7 days) | Logins ×1.0 → ×0.5 (last 5 business days / the 20 before)"
    assert (ja if person == SATO else en) in digest
    assert "ベータ物流" in house.says(person, "/health ベータ物流")
    why = house.clicks(person, "why")
    ja = "NPS 9.0:古いため除外(最終 2/3(火)、180日以内のみ有効)"
    en = "NPS 9.0: too old to count (last Tue 3 Feb; only 180 days count)"
    assert (ja if person == SATO else en) in why


def test_first_scores_are_told_once_and_many_in_one_line(company: Company, person: str) -> None:
    """The twelve customers of the company and one more have none before today."""
    house, records = company.house, company.records
    _count_runs(company)
    new = records.add_account("新規社", arr=900_000)
    records.score(new, TODAY, 78, Band.GREEN)
    told = "13社に初めてスコアが出ました" if person == SATO else "First scores for 13 accounts"
    house.at(datetime(2026, 11, 20, 8, 30, tzinfo=UTC)).run_job("digest")
    assert told in house.reads(person)[-1]
    tuesday = date(2026, 11, 24)
    records.score(new, tuesday, 78, Band.GREEN)
    house.at(datetime(2026, 11, 24, 8, 30, tzinfo=UTC)).run_job("digest")
    assert told not in house.reads(person)[-1]


def _count_runs(company: Company) -> None:
    """The workspace has had scores for a month."""
    with company.house.bot.store.writing(company.house.workspace.id) as unit:
        unit.session.execute(
            update(ScoreRun).where(ScoreRun.run_on < TODAY).values(scored=1),
        )


def test_a_home_without_own_accounts_says_whose_accounts_are_there(
    company: Company, person: str
) -> None:
    house = company.house
    lead = house.opens_home(MORI)
    assert "ご自身の担当顧客はないため" in lead
    assert "担当顧客がまだない" not in lead
    assert "全顧客は" in house.opens_home(KUDO)
