"""What a CSM feels, from the card to the form and back, over each way in."""

import pytest

from tests.stories.conftest import Company
from tests.stories.tour_of_feelings import ask_about

pytestmark = pytest.mark.row("E24", "B34")


def test_a_tap_gets_reasons_in_its_form_and_may_be_taken_back(
    company: Company, person: str
) -> None:
    house = company.house
    before = house.says(person, "/health アクメ")
    house.clicks(person, "pulse_now#3")
    house.clicks(person, "pulse")
    assert list(house.submits(person, feeling="worried", words="x" * 301)["errors"]) == ["words"]
    house.submits(person, feeling="worried", reasons=["budget"], words="次年度が白紙 <!channel>")
    card = house.says(person, "/health アクメ")
    assert "次年度が白紙" in card
    # The band and the score stand as they stood.
    assert card.splitlines()[0] == before.splitlines()[0]
    house.clicks(person, "pulse")
    house.submits(person, feeling="good")
    house.clicks(person, "pulse_back")
    assert "次年度が白紙" not in house.says(person, "/health アクメ")


def test_the_digests_button_answers_for_several(company: Company, person: str) -> None:
    house = company.house
    ask_about(house, company, person)
    house.clicks(person, "pulse_round")
    assert "シータ社" in house.form(person)
    house.submits(person, **{f"feeling_{company.theta.id}": "good"})
    card = house.says(person, "/health シータ")
    assert card.startswith("⚪")
    assert any(word in card for word in ("良い", "good"))
