"""From a name to its card, its reasons, a score by hand, and a channel that may see it."""

import pytest

from tests.house import CS, SHARED, WITH_GUEST
from tests.stories.conftest import Company

pytestmark = pytest.mark.row("X39", "D13")


def test_a_name_leads_to_the_card_and_the_card_to_its_reasons(
    company: Company, person: str
) -> None:
    house = company.house
    card = house.says(person, "/health ｱｸﾒ")
    assert card.startswith("🔴")
    assert "二重入力をなくす" in card
    assert "アクメ商事株式会社" in house.clicks(person, "why")


def test_an_unclear_name_is_offered_and_one_press_settles_it(company: Company, person: str) -> None:
    company.records.add_account("アクメ物産")
    offered = company.house.says(person, "/health アクメ")
    assert "アクメ物産" in offered
    assert company.house.clicks(person, "アクメ物産").startswith("⚪")


def test_an_unknown_name_is_told_what_is_near(company: Company, person: str) -> None:
    company.records.add_account("Northwind Traders")
    assert "Northwind Traders" in company.house.says(person, "/health Nothwind Tradrs")


def test_one_tap_scores_an_account_without_data(company: Company, person: str) -> None:
    house = company.house
    house.says(person, "/health シータ")
    assert "シータ社" in house.clicks(person, "score_now#3")
    assert house.says(person, "/health シータ").startswith("🔴")


def test_a_form_wrong_and_then_right_covers_a_measured_score(company: Company, person: str) -> None:
    house = company.house
    house.says(person, "/health アクメ")
    house.clicks(person, "score")
    assert "アクメ商事株式会社" in house.form(person)
    assert list(house.submits(person, band="green")["errors"]) == ["reason"]
    assert house.submits(person, band="green", reason="後任が決まった").get("closed")
    card = house.says(person, "/health アクメ")
    assert card.startswith("🟢")
    assert "後任が決まった" in card


@pytest.mark.parametrize("channel", [SHARED, WITH_GUEST])
def test_a_card_is_not_shared_where_outsiders_read(
    company: Company, person: str, channel: str
) -> None:
    house = company.house
    house.says(person, "/health アクメ")
    house.clicks(person, "more", choose=f"share#{company.acme.id}")
    answer = house.submits(person, channel=channel)
    assert list(answer["errors"]) == ["channel"]
    house.send()
    assert "アクメ" not in "".join(house.reads(person, channel))


def test_a_card_is_shared_in_an_internal_channel_on_request(company: Company, person: str) -> None:
    house = company.house
    house.says(person, "/health アクメ")
    house.clicks(person, "more", choose=f"share#{company.acme.id}")
    assert house.submits(person, channel=CS).get("closed")
    house.send()
    [card] = house.reads(person, CS)
    assert person in card
    assert "アクメ商事株式会社" in card
    assert "アクメ商事株式会社" in house.clicks(person, "why", CS)
