"""What the card and 根拠 say about what moved a score; each number opens its rows."""

from datetime import date

import pytest

from bot.commands.health import health
from bot.commands.why import why, why_rows
from bot.core.refusal import BadInput
from bot.core.vocabulary import Band, Locale
from bot.store.tables import Account, NpsAnswer, Touch
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.scores import Values
from tests.views.shown import elements_of, message_of, problems_of, text_of

LAST_WEEK = date(2026, 11, 13)
GOOD: Values = {"logins_vs_past": (1.0, 12.0), "nps": (9.0, 8.2)}
BAD: Values = {"logins_vs_past": (0.5, -6.0), "nps": (9.0, 8.0)}

pytestmark = pytest.mark.row("E14", "B19")


@pytest.fixture
def account(desk: Desk) -> Account:
    desk.keep_model()
    made = desk.add_account("アクメ商事")
    desk.score(made, LAST_WEEK, 70.2, Band.GREEN, GOOD)
    desk.score(made, TODAY, 52.0, Band.YELLOW, BAD)
    return made


def _why(desk: Desk, account: Account, locale: Locale = Locale.JA) -> str:
    reply = message_of(why(desk.ask(value=str(account.id), locale=locale)))
    assert problems_of(reply) == []
    return text_of(reply)


@pytest.mark.parametrize("locale", list(Locale))
def test_why_tells_each_measure_then_and_now(desk: Desk, account: Account, locale: Locale) -> None:
    shown = _why(desk, account, locale)
    ja = (
        "*先週(11/13(金))から −18.2点*(70.2 → 52.0)",
        "• ログイン +12.0 → −6.0(−18.0)",
        "• ほかの指標と端数 −0.2",
    )
    en = (
        "*Since last week (Fri 13 Nov) −18.2 points* (70.2 → 52.0)",
        "• Logins +12.0 → −6.0 (−18.0)",
        "• Other measures and rounding −0.2",
    )
    assert all(each in shown for each in (ja if locale is Locale.JA else en))


@pytest.mark.parametrize("locale", list(Locale))
def test_the_card_tells_it_in_a_line_and_the_week_once(
    desk: Desk, account: Account, locale: Locale
) -> None:
    shown = text_of(message_of(health(desk.ask("アクメ", locale=locale))))
    told = ("ログイン −18.0、ほか −0.2", "Logins −18.0, other −0.2")
    assert told[locale is Locale.EN] in shown
    assert "7日間で" not in shown


def test_another_model_last_week_is_said_on_both(desk: Desk) -> None:
    desk.keep_model()
    account = desk.add_account("ベータ社")
    desk.score(account, LAST_WEEK, 70.2, Band.GREEN, version=2)
    desk.score(account, TODAY, 52.0, Band.YELLOW, BAD)
    card = text_of(message_of(health(desk.ask("ベータ"))))
    for shown in (_why(desk, account), card):
        assert "当時のスコア 70.2 はヘルスモデル v2、今は v1 による値のため、比べません" in shown
        assert "−18" not in shown
    assert "with model v2, today's with v1" in _why(desk, account, Locale.EN)


def test_the_last_contact_has_a_paragraph_of_its_own(desk: Desk, account: Account) -> None:
    desk.score(account, date(2026, 10, 30), 76.0, Band.GREEN, GOOD)
    touched = {"touched_on": date(2026, 11, 3), "kind": "call", "known_at": FRIDAY}
    desk.keep(Touch(account_id=account.id, ref="T-1", **touched))
    shown = _why(desk, account)
    assert "*前回の接触(10/30(金))から −24.0点*(76.0 → 52.0)" in shown
    assert shown.index("*先週(") < shown.index("*前回の接触(")


@pytest.mark.parametrize("locale", list(Locale))
def test_each_number_opens_its_rows(desk: Desk, account: Account, locale: Locale) -> None:
    answer = {"responded_on": date(2026, 11, 2), "score": 9, "comment": "助かる <毎日>"}
    desk.keep(NpsAnswer(account_id=account.id, ref="N-1", known_at=FRIDAY, **answer))
    menu = elements_of(message_of(why(desk.ask(value=str(account.id)))).blocks)[0]
    values = {each["text"]["text"]: each["value"] for each in menu["options"]}
    reply = message_of(why_rows(desk.ask(value=values["NPS"], locale=locale)))
    assert problems_of(reply) == []
    assert "助かる &lt;毎日&gt;" in text_of(reply)
    assert ("+8点" if locale is Locale.JA else "+8 points") in text_of(reply)
    empty = text_of(message_of(why_rows(desk.ask(value=values["VoC"]))))
    assert "1件ずつ表示できる記録はありません" in empty


def test_a_measure_that_is_none_is_refused(desk: Desk, account: Account) -> None:
    with pytest.raises(BadInput):
        why_rows(desk.ask(value=f"{account.id}:happiness"))
