"""The book, the digest, the home and the settings, as a person goes through them."""

from datetime import UTC, date, datetime

import pytest

from bot.core.vocabulary import Band
from tests.house import CS, KUDO, OPS, SHARED
from tests.stories.conftest import Company

pytestmark = pytest.mark.row("B2", "B22", "E15")


def test_the_book_is_paged_and_filtered(company: Company, person: str) -> None:
    house = company.house
    first = house.says(person, "/health")
    assert first.index("アクメ商事株式会社") < first.index("シータ社") < first.index("緑11社")
    second = house.clicks(person, "book_page#2")
    assert "緑00社" in second
    assert "アクメ商事株式会社" not in second
    only_red = house.clicks(person, "book_band", choose="red:0")
    assert "アクメ商事株式会社" in only_red
    assert "緑" not in only_red
    assert "アクメ商事株式会社" in house.clicks(person, "card")


def test_a_manager_sees_everything(company: Company, person: str) -> None:
    assert "14" in company.house.says(KUDO, "/health").splitlines()[0]


def test_the_digest_comes_once_and_its_buttons_work(company: Company, person: str) -> None:
    house = company.house.at(datetime(2026, 11, 20, 8, 30, tzinfo=UTC))
    house.run_job("digest")
    [digest] = house.reads(person)
    assert "🟢 → 🔴 *アクメ商事株式会社*" in digest
    house.run_job("digest")
    assert len(house.reads(person)) == 1
    assert "シータ社" in house.clicks(person, "score_now#1")
    house.clicks(person, "more", choose=f"card#{company.acme.id}")
    assert "二重入力をなくす" in "".join(house.reads(person))
    assert "アクメ商事株式会社" in house.says(person, "/sakidori digest")


def test_the_home_shows_the_day_and_keeps_settings(company: Company, person: str) -> None:
    house = company.house
    home = house.opens_home(person)
    assert "アクメ商事株式会社" in home
    assert "08:30" in home
    house.clicks_home(person, "home_page#2")
    house.clicks_home(person, "settings")
    wrong = house.submits(person, closes="07:00", channel=SHARED)
    assert "closes" in wrong["errors"]
    refused = house.submits(person, closes="18:00", channel=SHARED)
    assert list(refused["errors"]) == ["channel"]
    assert house.submits(person, digest_time="07:45", channel=CS).get("closed")
    assert "07:45" in house.opens_home(person)


def test_the_home_finds_an_account_by_a_fragment(company: Company, person: str) -> None:
    house = company.house
    house.opens_home(person)
    house.clicks_home(person, "account", choose="アクメ商事株式会社")
    assert "二重入力をなくす" in "".join(house.reads(person))


def test_a_chosen_channel_gets_the_digest(company: Company, person: str) -> None:
    house = company.house
    house.says(person, "/sakidori settings")
    assert house.submits(person, channel=CS).get("closed")
    house.at(datetime(2026, 11, 20, 8, 30, tzinfo=UTC)).run_job("digest")
    assert "アクメ商事株式会社" in "".join(house.reads(person, CS))


def test_words_in_a_direct_message_are_commands_and_names(company: Company, person: str) -> None:
    house = company.house
    assert "二重入力をなくす" in house.says(person, "アクメ")
    assert "/sakidori" in house.says(person, "help")
    assert "help" in house.says(person, "qzxwvk") or "ヘルプ" in house.reads(person)[-1]
    assert "08:30" in house.says(person, "jobs")


def test_another_language_changes_everything_at_once(company: Company, person: str) -> None:
    house = company.house
    assert "From now on" in house.says(person, "/sakidori language en")
    assert "See card" in house.says(person, "/health")
    assert "日本語" in house.says(person, "/sakidori language ja")
    assert "カードを見る" in house.says(person, "/health")


def test_imports_are_explained_to_ops(company: Company, person: str) -> None:
    assert company.house.says(OPS, "/sakidori import")


@pytest.mark.row("B22", "C13")
def test_a_score_at_the_edge_is_news_on_the_third_morning(company: Company, person: str) -> None:
    """Wednesday to Friday; the mornings before it went back and forth."""
    house, records = company.house, company.records
    hovering = records.add_account("霞丘人材", arr=2_000_000)
    for day, score in ((13, 70.6), (16, 69.4), (17, 70.3), (18, 69.1), (19, 69.4), (20, 68.7)):
        band = Band.GREEN if score >= 70 else Band.YELLOW
        records.score(hovering, date(2026, 11, day), score, band)
    told = "🟢 → 🟡 *霞丘人材*"
    house.at(datetime(2026, 11, 19, 8, 30, tzinfo=UTC)).run_job("digest")
    assert told not in "".join(house.reads(person))
    assert told not in house.opens_home(person)
    house.at(datetime(2026, 11, 20, 8, 30, tzinfo=UTC))
    assert told in house.opens_home(person)
    house.run_job("digest")
    assert told in house.reads(person)[-1]
    assert "霞丘人材" in house.says(person, "/health")
