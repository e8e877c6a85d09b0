"""`/health NAME`: the card, its order, and names that are not quite one account."""

from datetime import date, timedelta

import pytest

from bot.commands.health import health
from bot.core.refusal import AmbiguousAccount, UnknownAccount
from bot.core.vocabulary import Band, Locale
from tests.commands.desk import TODAY, Desk
from tests.views.shown import elements_of, message_of, problems_of, text_of


@pytest.mark.row("D13", "E4", "E24", "X39")
@pytest.mark.parametrize("locale", list(Locale))
def test_an_account_scored_by_hand_has_a_card(desk: Desk, locale: Locale) -> None:
    account = desk.add_account(
        "アクメ商事", arr=4_800_000, goal="受注入力の二度手間をなくす", seats=42
    )
    desk.add_contract(account, renews_on=date(2027, 1, 4), notice_on=date(2026, 12, 4))
    desk.score_by_hand(account, Band.RED, "推進担当者が異動した")
    card = message_of(health(desk.ask("アクメ", locale=locale)))
    assert problems_of(card) == []
    first = card.blocks[0]["text"]["text"]
    assert first.startswith("🔴")
    assert "アクメ商事" in first
    assert "12/4" in first or "4 Dec" in first
    assert "推進担当者が異動した" in text_of(card)
    assert "受注入力の二度手間をなくす" in text_of(card)


def test_the_measured_score_stays_visible_beside_the_one_by_hand(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    desk.score(account, TODAY, 71, Band.GREEN)
    desk.score_by_hand(account, Band.RED, "解約の話が出た")
    shown = text_of(message_of(health(desk.ask("アクメ商事"))))
    assert shown.startswith("🔴 高リスク")
    assert "計算値は 71 🟢 良好" in shown


def test_a_score_by_hand_that_has_run_out_no_longer_leads(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    desk.score(account, TODAY, 71, Band.GREEN)
    desk.score_by_hand(
        account, Band.RED, expires_on=TODAY - timedelta(days=1), given_on=date(2026, 10, 1)
    )
    assert text_of(message_of(health(desk.ask("アクメ商事")))).startswith("🟢 良好")


def test_the_trend_is_a_native_chart_with_a_text_in_its_place(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    for days in range(90):
        desk.score(account, TODAY - timedelta(days=days), 48 + days / 4, Band.YELLOW)
    card = message_of(health(desk.ask("アクメ商事")))
    chart = next(block for block in card.blocks if block["type"] == "data_visualization")
    points = chart["chart"]["series"][0]["data"]
    assert 10 <= len(points) <= 20
    assert points[-1] == {"label": "11/20", "value": 48}
    assert "▅" in chart["fallback"][0]["text"]["text"]
    assert problems_of(card) == []


@pytest.mark.parametrize(
    "said", ["ｱｸﾒ商事", "株式会社アクメ商事", "あくめ商事", "クメ商", "㈱アクメ"]
)
def test_width_kana_legal_form_and_fragments_find_it(desk: Desk, said: str) -> None:
    desk.add_account("アクメ商事株式会社")
    desk.add_account("ベータ物流")
    assert "アクメ商事株式会社" in text_of(message_of(health(desk.ask(said))))


def test_several_matches_are_offered_by_id(desk: Desk) -> None:
    east, west = desk.add_account("アクメ東日本"), desk.add_account("アクメ西日本")
    with pytest.raises(AmbiguousAccount) as refused:
        health(desk.ask("アクメ"))
    assert refused.value.params["said"] == "アクメ"
    offered = dict(refused.value.params["matches"])  # type: ignore[call-overload]
    assert offered == {"アクメ東日本": f"id:{east.id}", "アクメ西日本": f"id:{west.id}"}
    assert "アクメ西日本" in text_of(message_of(health(desk.ask(offered["アクメ西日本"]))))


def test_a_whole_name_wins_over_longer_ones(desk: Desk) -> None:
    desk.add_account("アクメ")
    desk.add_account("アクメ西日本")
    assert "*アクメ*" in text_of(message_of(health(desk.ask("アクメ"))))


def test_an_unknown_name_gets_the_nearest_ones(desk: Desk) -> None:
    desk.add_account("Northwind Traders")
    with pytest.raises(UnknownAccount) as refused:
        health(desk.ask("Nothwind Trader"))
    assert refused.value.params["near"][0][0] == "Northwind Traders"  # type: ignore[index]


def test_a_new_account_is_found_at_once(desk: Desk) -> None:
    desk.add_account("アクメ商事")
    health(desk.ask("アクメ"))
    desk.add_account("ゼータ工業")
    assert "ゼータ工業" in text_of(message_of(health(desk.ask("ゼータ"))))


def test_an_account_nobody_could_score_asks_for_a_score(desk: Desk) -> None:
    account = desk.add_account("シータ社")
    card = message_of(health(desk.ask("シータ")))
    shown = [each.get("text", {}).get("text") for each in elements_of(card.blocks)]
    assert shown[:3] == ["良好", "中", "高リスク"]
    assert elements_of(card.blocks)[2]["value"] == f"{account.id}:red"


def test_markup_in_a_customers_name_is_shown_not_obeyed(desk: Desk) -> None:
    desk.add_account("R&D <!channel> *社*")
    card = message_of(health(desk.ask("R&D")))
    assert "R&amp;D &lt;!channel&gt;" in card.blocks[0]["text"]["text"]
    assert problems_of(card) == []


def test_a_score_just_below_an_edge_does_not_look_like_the_edge(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    desk.score(account, TODAY, 69.9, Band.YELLOW)
    shown = text_of(message_of(health(desk.ask("アクメ"))))
    assert "ヘルススコア *69*" in shown
    assert "70" not in shown.split("\n")[2]
