"""根拠を見る: points that add up, what was left out, and the rows behind."""

import struct
from datetime import date

import pytest

from bot.commands.health import health
from bot.commands.why import why
from bot.core.vocabulary import Band, Locale
from bot.store.tables import (
    Account,
    AccountScore,
    Incident,
    Invoice,
    NpsAnswer,
    Ticket,
    Touch,
    VocRemark,
)
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.scores import NAN, pack_measures
from tests.views.shown import message_of, problems_of, text_of


@pytest.fixture
def account(desk: Desk) -> Account:
    made = desk.add_account("アクメ商事", arr=4_800_000)
    desk.score(made, TODAY, 48, Band.RED)
    desk.keep_model()
    packed = pack_measures(
        {
            "key_feature_rate_20bd": (0.21, -12.0),
            "late_payment_days": (0.0, 6.0),
            "nps": (9.0, NAN),
            "touch_age_days": (12.0, 4.0),
        }
    )
    with desk.store.writing(desk.workspace.id) as unit:
        row = unit.session.get_one(AccountScore, (desk.workspace.id, TODAY, made.id))
        row.details = packed
    return made


@pytest.mark.row("E14", "B19", "C15")
@pytest.mark.parametrize("locale", list(Locale))
def test_every_measure_is_named_with_value_and_points(
    desk: Desk, account: Account, locale: Locale
) -> None:
    reply = message_of(why(desk.ask(value=str(account.id), locale=locale)))
    assert problems_of(reply) == []
    shown = text_of(reply)
    assert ("主要機能の利用率* 21%" if locale is Locale.JA else "Key feature use* 21%") in shown
    assert ("−12点" if locale is Locale.JA else "−12 points") in shown


def test_points_and_the_neutral_score_add_up_to_the_score(desk: Desk, account: Account) -> None:
    shown = text_of(message_of(why(desk.ask(value=str(account.id)))))
    assert "ヘルススコア *48* = 基準 50 −2点(3指標の合計)" in shown


def test_what_was_too_old_or_missing_is_said_to_be_left_out(desk: Desk, account: Account) -> None:
    shown = text_of(message_of(why(desk.ask(value=str(account.id)))))
    assert "• NPS 9.0:古いため除外(180日以内のみ有効)" in shown
    assert "データなし" in shown


def test_the_card_shows_the_strongest_each_way_and_how_many_counted(
    desk: Desk, account: Account
) -> None:
    shown = text_of(message_of(health(desk.ask("アクメ"))))
    assert "• 主要機能の利用率 21%(−12点)" in shown
    assert "• 入金の遅れ 0日(+6点)" in shown
    assert "指標中3指標で算出" in shown
    assert shown.index("下げている指標") < shown.index("上げている指標")


@pytest.mark.parametrize("locale", list(Locale))
def test_the_rows_behind_are_shown(desk: Desk, account: Account, locale: Locale) -> None:
    of = {"account_id": account.id, "known_at": FRIDAY, "workspace_id": desk.workspace.id}
    rows = [
        Invoice(ref="INV-7", due_on=date(2026, 10, 31), **of),
        Ticket(ref="T-1", opened_on=date(2026, 11, 2), subject="連携が <止まる>", **of),
        NpsAnswer(ref="N-1", responded_on=date(2026, 11, 2), score=6, comment="高い", **of),
        VocRemark(ref="V-1", said_on=date(2026, 11, 3), text="解約を考えている", **of),
        Touch(ref="TO-1", touched_on=date(2026, 11, 4), kind="call", note="後任は未定", **of),
        Incident(
            ref="I-1",
            title="ログイン障害",
            started_on=date(2026, 11, 1),
            hits_everyone=True,
            workspace_id=desk.workspace.id,
        ),
    ]
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.add_all(rows)
    reply = message_of(why(desk.ask(value=str(account.id), locale=locale)))
    assert problems_of(reply) == []
    shown = text_of(reply)
    for said in (
        "INV-7",
        "連携が &lt;止まる&gt;",
        "高い",
        "解約を考えている",
        "後任は未定",
        "ログイン障害",
    ):
        assert said in shown


def test_before_the_first_run_it_says_when_reasons_come(desk: Desk) -> None:
    account = desk.add_account("シータ社")
    reply = message_of(why(desk.ask(value=str(account.id))))
    assert "計算されたスコアはまだありません" in text_of(reply)
    assert problems_of(reply) == []


def test_details_of_another_layout_are_not_misread(desk: Desk, account: Account) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        row = unit.session.get_one(AccountScore, (desk.workspace.id, TODAY, account.id))
        row.details = struct.pack("<BBBB", 9, 0, 0, 0)
    with pytest.raises(ValueError, match="another model version"):
        why(desk.ask(value=str(account.id)))
