"""A contact with a customer is logged in a moment, and the card knows of it at once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.store.tables import Touch
from tests.house import SATO, SMITH, STRANGER
from tests.stories.conftest import PEOPLE, Company

pytestmark = pytest.mark.row("A1", "A2", "A3")

LANGUAGE = {user: language for language, user in PEOPLE.items()}
WORDS = {
    "ja": ("プロアクティブ", "リアクティブ", "11/24(火)", "休業日です"),
    "en": ("proactive", "reactive", "Tue 24 Nov", "a day off"),
}
ALREADY = {"ja": "すでに記録されています", "en": "already on record"}
WRITTEN = {"ja": ("touch アクメ", "活動 アクメ"), "en": ("touch アクメ", "log アクメ")}


def touches(company: Company) -> list[Touch]:
    """What is on record, in the order it became known."""
    house = company.house
    with house.bot.store.reading(house.workspace.id) as unit:
        return list(unit.session.scalars(select(Touch).order_by(Touch.known_at, Touch.id)))


def test_one_tap_from_a_name_to_the_card(company: Company, person: str) -> None:
    house, (proactive, reactive, *_) = company.house, WORDS[LANGUAGE[person]]
    assert "アクメ商事" in house.says(person, "/touch アクメ")
    assert house.visitor.modal(person) == {}
    assert proactive in house.clicks(person, "touch_now#1")
    assert proactive in house.says(person, "/health アクメ")
    assert reactive in house.clicks(person, "touch_mover")
    assert reactive in house.says(person, "/health アクメ")
    [kept] = touches(company)
    assert (kept.kind, kept.initiated_by) == ("reached_out", "them")


def test_a_second_press_records_nothing_twice(company: Company, person: str) -> None:
    house = company.house
    house.says(person, "/sakidori touch アクメ")
    house.clicks(person, "touch_now#3")
    assert ALREADY[LANGUAGE[person]] in house.clicks(person, "touch_now#3")
    assert len(touches(company)) == 1


def test_the_next_date_is_set_from_what_was_tapped(company: Company, person: str) -> None:
    house, (*_, next_day, _) = company.house, WORDS[LANGUAGE[person]]
    house.says(person, "/health アクメ")
    house.clicks(person, "touch")
    house.clicks(person, "touch_now#2")
    house.clicks(person, "touch_change")
    assert "アクメ商事" in house.form(person)
    assert list(house.submits(person, next_on="2026-11-20")["errors"]) == ["next_on"]
    assert house.submits(person, next_on="2026-11-24").get("closed")
    assert next_day in house.says(person, "/health アクメ")
    assert len(touches(company)) == 1


def test_the_form_wrong_and_then_right(company: Company, person: str) -> None:
    house, (*_, day_off) = company.house, WORDS[LANGUAGE[person]]
    house.says(person, "/touch")
    offered = {"ja": "[打診 / 打ち合わせ /", "en": "[Reached out / Meeting /"}
    assert offered[LANGUAGE[person]] in house.form(person)
    assert house.types_ahead(person, "account", "アクメ") == ["アクメ商事株式会社"]
    said = {"account": "アクメ", "kind": "call", "mover": "them", "note": "値上げの相談"}
    wrong = house.submits(person, **said, touched_on="2026-11-21", next_on="2026-11-20")
    assert sorted(wrong["errors"]) == ["next_on", "touched_on"]
    assert touches(company) == []
    right = {"touched_on": "2026-11-19", "next_on": "2026-11-28", "role": "decision_maker"}
    assert house.submits(person, **said, **right).get("closed")
    house.rest()
    assert day_off in house.reads(person)[-1]
    [kept] = touches(company)
    assert (kept.with_role, kept.note, kept.initiated_by) == (
        "decision_maker",
        "値上げの相談",
        "them",
    )


def test_a_form_sent_twice_is_one_touch(company: Company, person: str) -> None:
    house = company.house
    said = {"account": "アクメ", "kind": "meeting", "note": "定例"}
    for _ in range(2):
        house.says(person, "/touch")
        answer = house.submits(person, **said)
    assert list(answer["errors"]) == ["note"]
    assert len(touches(company)) == 1


def test_a_word_in_the_direct_message_does_the_same(company: Company, person: str) -> None:
    house = company.house
    for written in WRITTEN[LANGUAGE[person]]:
        assert "アクメ商事" in house.says(person, written)
        assert "touch_now#1" in str(house.visitor.messages(person, house.visitor.direct(person)))
    house.says(person, "touch")
    assert house.form(person) == ""
    house.clicks(person, "say_again")
    assert house.form(person)
    assert house.submits(person, account="アクメ", kind="email").get("closed")
    assert [each.kind for each in touches(company)] == ["email"]


def test_a_name_that_is_two_customers_is_asked_about(company: Company, person: str) -> None:
    company.records.add_account("アクメ物産")
    house = company.house
    assert "アクメ物産" in house.says(person, "/touch アクメ")
    assert "アクメ物産" in house.clicks(person, "アクメ物産")
    house.clicks(person, "touch_now#4")
    assert [each.kind for each in touches(company)] == ["email"]


def test_on_the_last_working_day_of_the_year_the_next_date_is_after_the_holidays(
    company: Company, person: str
) -> None:
    house = company.house.at(datetime(2026, 12, 28, 8, 0, tzinfo=UTC))
    house.says(person, "/touch アクメ")
    house.clicks(person, "touch_now#3")
    house.clicks(person, "touch_change")
    assert house.submits(person, next_on="2027-01-04").get("closed")
    card = house.says(person, "/health アクメ")
    assert {SATO: "1/4(月)", SMITH: "Mon 4 Jan"}[person] in card


def test_a_row_of_the_digest_leads_to_the_taps(company: Company, person: str) -> None:
    house = company.house
    house.says(person, "/sakidori digest")
    told = house.clicks(person, "more", choose=f"touch#{company.acme.id}")
    assert "アクメ商事" in told
    house.clicks(person, "touch_now#2")
    assert [each.kind for each in touches(company)] == ["meeting"]


def test_somebody_outside_the_cs_team_is_refused(company: Company, person: str) -> None:
    assert "アクメ商事" not in company.house.says(STRANGER, "/touch アクメ")
    assert touches(company) == []
