"""Why a measure does not count: never any data, too old, too little, or not expected at all."""

from datetime import date

import pytest

from bot.commands.health import health
from bot.commands.why import why
from bot.core.vocabulary import Band, Locale
from bot.store.tables import Account, NpsAnswer, VocRemark
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.scores import NAN, Values
from tests.views.shown import message_of, problems_of, text_of

USED: Values = {"logins_vs_past": (1.0, 12.0), "late_payment_days": (0.0, 6.0)}
# 180 and 120 days before 20 November 2026.
LAST_DAY_OF_NPS, LAST_DAY_OF_VOC = date(2026, 5, 24), date(2026, 7, 23)

pytestmark = pytest.mark.row("B19", "C15")


@pytest.fixture
def account(desk: Desk) -> Account:
    desk.keep_model()
    return desk.add_account("アクメ商事")


def _why(desk: Desk, account: Account, locale: Locale = Locale.JA) -> str:
    reply = message_of(why(desk.ask(value=str(account.id), locale=locale)))
    assert problems_of(reply) == []
    return text_of(reply)


def _answer(desk: Desk, account: Account, on: date, score: int = 9) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        unit.add(
            NpsAnswer(
                account_id=account.id,
                ref=f"N-{on}",
                respondent="鈴木",
                responded_on=on,
                score=score,
                known_at=FRIDAY,
            )
        )


def _remark(desk: Desk, account: Account, on: date, text: str) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        unit.add(
            VocRemark(
                account_id=account.id,
                ref=f"V-{on}",
                said_on=on,
                text=text,
                sentiment="negative",
                known_at=FRIDAY,
            )
        )


def test_never_any_data_is_not_the_same_as_too_old(desk: Desk, account: Account) -> None:
    _answer(desk, account, date(2026, 2, 3))
    values = USED | {"nps": (9.0, NAN)}
    desk.score(account, TODAY, 68, Band.YELLOW, values)
    shown = _why(desk, account)
    assert "• NPS 9.0:古いため除外(最終 2/3(火)、180日以内のみ有効)" in shown
    assert "• VoC:データなし" in shown


def test_it_reads_in_english_too(desk: Desk, account: Account) -> None:
    _answer(desk, account, date(2026, 2, 3))
    values = USED | {"nps": (9.0, NAN)}
    desk.score(account, TODAY, 68, Band.YELLOW, values)
    shown = _why(desk, account, Locale.EN)
    assert "• NPS 9.0: too old to count (last Tue 3 Feb; only 180 days count)" in shown
    assert "• VoC: no data" in shown


def test_an_answer_of_years_ago_is_too_old_and_not_missing(desk: Desk, account: Account) -> None:
    """So old that the run does not even read it, so the score holds no value of it."""
    _answer(desk, account, date(2024, 2, 29))
    desk.score(account, TODAY, 68, Band.YELLOW, USED)
    assert "• NPS:古いため除外(最終 2024/2/29、180日以内のみ有効)" in _why(desk, account)


def test_a_stopped_feed_tells_the_day_it_stopped_in_business_days(
    desk: Desk, account: Account
) -> None:
    values = USED | {"logins_vs_past": (1.0, NAN)}
    desk.score(account, TODAY, 68, Band.YELLOW, values)
    shown = _why(desk, account)
    assert "• ログイン 1.0倍:古いため除外(最終 11/20(金)、5営業日以内のみ有効)" in shown


def test_use_that_does_not_suffice_is_not_called_missing(desk: Desk, account: Account) -> None:
    desk.score(account, TODAY, 68, Band.YELLOW, USED)
    shown = _why(desk, account)
    assert "• 利用量の推移:算出に必要なデータが不足" in shown


@pytest.mark.parametrize("locale", list(Locale))
def test_what_is_not_expected_of_an_account_is_named_in_one_line(
    desk: Desk, account: Account, locale: Locale
) -> None:
    values: Values = {"nps": (9.0, 8.0), "late_payment_days": (0.0, 6.0)}
    desk.score(account, TODAY, 68, Band.YELLOW, values, variant=0)
    shown = _why(desk, account, locale)
    [line] = [one for one in shown.splitlines() if "ログイン" in one or "Logins" in one]
    expected = "• 対象外" if locale is Locale.JA else "• Not expected of this kind of account"
    assert line.startswith(expected)
    assert ("席の利用率" if locale is Locale.JA else "Seats in use") in line


def test_a_row_too_old_to_count_says_so_beside_one_that_counts(
    desk: Desk, account: Account
) -> None:
    _remark(desk, account, LAST_DAY_OF_VOC, "まだ数える")
    _remark(desk, account, date(2026, 7, 22), "もう数えない")
    _answer(desk, account, LAST_DAY_OF_NPS)
    _answer(desk, account, date(2026, 5, 23), 3)
    desk.score(account, TODAY, 68, Band.YELLOW, USED)
    lines = {line for line in _why(desk, account).splitlines() if line.startswith("• ")}
    too_old = {line for line in lines if "計算の対象外" in line}
    assert {line for line in lines if "数え" in line} - too_old == {"• VoC 7/23(木)「まだ数える」"}
    assert too_old == {
        "• VoC 7/22(水)「もう数えない」 (古いため計算の対象外:120日以内のみ有効)",
        "• NPS 5/23(土) 3点(鈴木) (古いため計算の対象外:180日以内のみ有効)",
    }


@pytest.mark.parametrize("locale", list(Locale))
def test_the_card_names_what_was_too_old_and_of_what_nothing_is_on_file(
    desk: Desk, account: Account, locale: Locale
) -> None:
    values = USED | {"nps": (9.0, NAN)}
    desk.score(account, TODAY, 68, Band.YELLOW, values)
    shown = text_of(message_of(health(desk.ask("アクメ", locale=locale))))
    expected = {
        Locale.JA: "(NPSは古いため除外、VoC、問い合わせの増加、障害の影響ほか5指標はデータなし)",
        Locale.EN: "too old: NPS; no data: VoC, Growth of inquiries, Incident in memory and 5 more",
    }
    assert expected[locale] in shown
