"""How hard the service is for a customer: from the list onto the card and into the frame."""

import json

import pytest

from bot.core.vocabulary import Locale
from bot.services.blocks import read_all
from bot.services.outlook import read_outlook
from bot.store.cards import get_card
from bot.store.tables import Account
from bot.texts import Texts
from bot.views.account_card import build_card
from tests.imports.office import TODAY, Office

LIST = (
    "顧客ID,顧客名,ステージ,契約席数,活用難易度\n"
    "A1,あかり工業,定着,20,高い\nA2,みなと商事,定着,20,易しい\nA3,そら物産,定着,20,\n"
)


@pytest.mark.row("A31")
def test_the_list_says_who_finds_the_service_hard_and_the_card_shows_it(office: Office) -> None:
    office.bring_text("顧客一覧.csv", LIST)
    accounts = {each.ref: each for each in office.rows(Account)}
    assert {ref: each.difficulty for ref, each in accounts.items()} == {
        "A1": "hard",
        "A2": "easy",
        "A3": "normal",
    }
    with office.store.reading(office.workspace_id) as unit:
        cards = {ref: get_card(unit, each.id, TODAY) for ref, each in accounts.items()}
    for locale, told in ((Locale.JA, "活用難易度が高い"), (Locale.EN, "hard to use")):
        say = Texts().speak(locale)
        shown = {
            ref: told in json.dumps(build_card(say, card, None, TODAY).blocks, ensure_ascii=False)
            for ref, card in cards.items()
        }
        assert shown == {"A1": True, "A2": False, "A3": False}


def test_the_frame_has_it_as_a_word(office: Office) -> None:
    office.bring_text("顧客一覧.csv", LIST)
    with office.store.reading(office.workspace_id) as unit:
        outlook = read_outlook(unit, TODAY, ["difficulty"])
    [found] = read_all(office.store, office.workspace_id, outlook)
    assert sorted(found.block.accounts["difficulty"]) == ["easy", "hard", "normal"]
