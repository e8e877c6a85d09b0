"""`/sakidori`, its words, plain text to the bot, and the type-ahead."""

import pytest

from bot.commands.accounts import choose_account, suggest_accounts
from bot.commands.help import show_help
from bot.commands.jobs import list_jobs
from bot.commands.language import choose_language, language
from bot.commands.message import hear
from bot.core.refusal import AmbiguousAccount, NotAllowed, UnknownAccount
from bot.core.vocabulary import Locale, Role
from bot.registry import whole
from bot.store.members import get_member
from bot.store.tables import JobRun
from bot.views.reply import Options, Private
from tests.commands.desk import FRIDAY, Desk
from tests.views.shown import elements_of, message_of, problems_of, text_of


@pytest.mark.row("X39")
@pytest.mark.parametrize("locale", list(Locale))
def test_help_names_every_command_the_person_may_use(desk: Desk, locale: Locale) -> None:
    ops = desk.hire("大野", *Role)
    reply = message_of(show_help(desk.ask(by=ops, locale=locale)))
    shown = text_of(reply)
    assert problems_of(reply) == []
    assert [deed.key for deed in whole().commands() if f"/sakidori {deed.key}" not in shown] == []


def test_help_leaves_out_what_the_person_may_not_do(desk: Desk) -> None:
    newcomer = desk.hire("新田")
    shown = text_of(message_of(show_help(desk.ask(by=newcomer))))
    assert "/sakidori language" in shown
    assert "/sakidori health" not in shown


def test_an_unknown_word_is_named_and_the_commands_follow(desk: Desk) -> None:
    shown = text_of(message_of(show_help(desk.ask("<healthh>"))))
    assert "「&lt;healthh&gt;」というコマンドはありません" in shown


def test_language_is_offered_and_then_kept(desk: Desk) -> None:
    offered = message_of(language(desk.ask()))
    assert [each["value"] for each in elements_of(offered.blocks)] == ["ja", "en"]
    changed = choose_language(desk.ask(value="en"))
    assert isinstance(changed, Private)
    assert changed.replaces
    assert changed.message.text.startswith("From now on")
    with desk.store.reading(desk.workspace.id) as unit:
        assert get_member(unit, desk.sato.id).locale == "en"


def test_language_can_be_named_at_once(desk: Desk) -> None:
    assert "日本語でお知らせ" in message_of(language(desk.ask("JA", locale=Locale.EN))).text


@pytest.mark.parametrize("locale", list(Locale))
def test_jobs_tell_when_they_run_and_how_it_went(desk: Desk, locale: Locale) -> None:
    run = JobRun(
        job="digest",
        audience=f"member:{desk.sato.id}",
        slot="2026-11-20",
        state="done",
        started_at=FRIDAY,
    )
    with desk.store.writing(desk.workspace.id) as unit:
        unit.add(run)
    reply = message_of(list_jobs(desk.ask(locale=locale)))
    assert problems_of(reply) == []
    assert "08:30" in text_of(reply)
    assert ("11/20(金) 09:00" if locale is Locale.JA else "Fri 20 Nov 09:00") in text_of(reply)


def test_the_workspaces_jobs_are_told_on_its_own_clock_to_somebody_far_away(desk: Desk) -> None:
    emily = desk.hire("Emily", Role.CSM, zone="America/New_York", locale="en")
    told = text_of(message_of(list_jobs(desk.ask(by=emily))))
    assert "*Nightly recompute* daily at 05:30 (Asia/Tokyo)" in told
    assert "*Digest* daily at 08:30 on business days\n" in told
    assert "*Roles* every 10 minutes\n" in told


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("ヘルプ", "使い方"),
        ("help", "使い方"),
        ("HELP", "使い方"),
        ("language en", "From now on"),
        ("アクメ", "アクメ商事"),
        ("health アクメ", "アクメ商事"),
        ("一覧", "担当1社"),
        ("今日", "今日が期限"),
    ],
)
def test_plain_text_is_a_word_or_a_name(desk: Desk, said: str, expected: str) -> None:
    desk.add_account("アクメ商事")
    assert expected in text_of(message_of(hear(desk.ask(said))))


def test_a_name_that_begins_like_a_word_is_still_a_name(desk: Desk) -> None:
    desk.add_account("今日 ストア")
    assert "今日 ストア" in text_of(message_of(hear(desk.ask("今日 ストア"))))


def test_nonsense_gets_one_helpful_line(desk: Desk) -> None:
    desk.add_account("アクメ商事")
    reply = message_of(hear(desk.ask("qzx&wvk <!here>")))
    assert len(reply.blocks) == 1
    assert "ヘルプ" in reply.text
    assert "<!here>" not in reply.text


def test_a_near_name_and_an_unclear_one_are_offered(desk: Desk) -> None:
    desk.add_account("Northwind Traders")
    desk.add_account("アクメ東日本")
    desk.add_account("アクメ西日本")
    with pytest.raises(UnknownAccount):
        hear(desk.ask("Nothwind Tradrs"))
    with pytest.raises(AmbiguousAccount):
        hear(desk.ask("アクメ"))


def test_roles_hold_for_plain_text_too(desk: Desk) -> None:
    newcomer = desk.hire("新田")
    desk.add_account("アクメ商事")
    assert "使い方" in text_of(message_of(hear(desk.ask("ヘルプ", by=newcomer))))
    for said in ("health アクメ", "アクメ"):
        with pytest.raises(NotAllowed):
            hear(desk.ask(said, by=newcomer))


@pytest.mark.parametrize("typed", ["あくめ", "ｱｸﾒ", "株式会社アクメ", "クメ"])
def test_type_ahead_finds_by_kana_width_form_and_part(desk: Desk, typed: str) -> None:
    account = desk.add_account("アクメ商事株式会社")
    desk.add_account("ベータ物流")
    reply = suggest_accounts(desk.ask(value=typed))
    assert isinstance(reply, Options)
    assert list(reply.options) == [("アクメ商事株式会社", str(account.id))]


def test_the_chosen_account_shows_its_card(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    assert "アクメ商事" in text_of(message_of(choose_account(desk.ask(value=str(account.id)))))
