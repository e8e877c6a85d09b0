"""A CSM writes down what a customer said: typed, from a message, from the card."""

import pytest
from sqlalchemy import select

from bot.store.tables import VocRemark
from tests.house import CS, SATO, SHARED, House
from tests.stories.conftest import Company

pytestmark = pytest.mark.row("B7", "B8", "B9", "B10", "A9")

ANYWAY = {"sentiment": "negative", "speaker_role": "decision_maker", "channel": "meeting"}


def remarks(house: House) -> list[VocRemark]:
    with house.bot.store.reading(house.workspace.id) as unit:
        return list(unit.session.scalars(select(VocRemark).order_by(VocRemark.known_at)))


def test_typed_after_the_slash_wrong_and_then_right(company: Company, person: str) -> None:
    house = company.house
    house.says(person, "/logvoc アクメ　「連携が遅い」")
    assert "連携が遅い" in house.form(person)
    refused = house.submits(person, **ANYWAY, said_on="2026-11-21", read_as="乗り換えを検討")
    assert list(refused["errors"]) == ["said_on"]
    assert remarks(house) == []
    assert house.submits(person, said_on="2026-11-19")["closed"]
    [kept] = remarks(house)
    assert (kept.account_id, kept.text, kept.read_as) == (
        company.acme.id,
        "連携が遅い",
        "乗り換えを検討",
    )
    told = house.reads(person)[-1]
    assert "アクメ商事株式会社" in told
    assert "連携が遅い" in house.clicks(person, "card")


def test_a_message_becomes_voc_with_its_link_and_the_channel_hears_nothing(
    company: Company, person: str
) -> None:
    house = company.house
    house.visitor.types(person, CS, "シータ社の部長:画面が重い & 高い")
    house.rest()
    before = house.reads(person, CS)
    ts = house.visitor.messages(person, CS)[-1]["ts"]
    shown = house.shortcut(person, "logvoc_message", CS, ts)
    assert "画面が重い & 高い" in shown
    house.submits(person, account="シータ", sentiment="neutral")
    [kept] = remarks(house)
    assert kept.account_id == company.theta.id
    assert kept.permalink is not None
    assert kept.permalink.endswith(f"/archives/{CS}/p{ts.replace('.', '')}")
    assert house.reads(person, CS) == before
    assert kept.permalink in str(house.visitor.messages(person, house.visitor.direct(person)))


def test_in_the_direct_message_a_button_opens_the_form(company: Company, person: str) -> None:
    house = company.house
    house.says(person, "voc アクメ 連携が遅い")
    house.clicks(person, "say_again")
    assert "連携が遅い" in house.form(person)
    house.submits(person, **ANYWAY)
    assert [each.text for each in remarks(house)] == ["連携が遅い"]


def test_the_card_opens_the_form_and_a_second_submission_changes_nothing(
    company: Company, person: str
) -> None:
    house = company.house
    for _ in range(2):
        house.says(person, "/health アクメ")
        house.clicks(person, "logvoc")
        house.form(person)
        answer = house.submits(person, text="高い", **ANYWAY)
    assert list(answer["errors"]) == ["account"]
    assert len(remarks(house)) == 1


def test_asked_for_where_others_read_the_form_is_still_ones_own(
    company: Company, person: str
) -> None:
    house, where = company.house, SHARED if person == SATO else CS
    house.says(person, "/logvoc アクメ 高い", where)
    house.submits(person, **ANYWAY)
    assert not any("アクメ" in each for each in house.reads(person, where))
    assert "アクメ" in house.reads(person)[-1]
