"""A touch: one tap, the form, once each, and what it does to card, audit and recompute."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.commands.health import health
from bot.commands.touch import open_change, save_touch, touch, touch_now, touch_of, turn_mover
from bot.core.refusal import AlreadyDone, Refusal, UnknownAccount
from bot.core.vocabulary import Locale, Role
from bot.registry import CS_TEAM, whole
from bot.store.tables import Account, AuditEntry, Touch
from bot.views.reply import CloseForm, FormErrors, OpenForm, Private
from tests.commands.desk import TODAY, Desk
from tests.views.shown import elements_of, message_of, problems_of, text_of

LOCALES = pytest.mark.parametrize("locale", list(Locale))
RIGHT: dict[str, Any] = {"kind": "meeting", "mover": "us", "touched_on": "2026-11-20"}


def _kept(desk: Desk) -> list[Touch]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(Touch).order_by(Touch.known_at, Touch.kind)))


def _tap(desk: Desk, account: Account, kind: str = "call", **more: Any) -> Private:
    reply = touch_now(desk.ask(value=f"{account.id}:{kind}", **more))
    assert isinstance(reply, Private)
    return reply


def _save(desk: Desk, account: Account, **fields: str) -> CloseForm | FormErrors:
    reply = save_touch(desk.submit({"account": str(account.id)}, **{**RIGHT, **fields}))
    assert isinstance(reply, CloseForm | FormErrors)
    return reply


def _errors(reply: CloseForm | FormErrors) -> list[str]:
    assert isinstance(reply, FormErrors)
    return sorted(reply.errors)


def _card(desk: Desk, **more: Any) -> str:
    return text_of(message_of(health(desk.ask("アクメ", **more))))


@LOCALES
def test_a_name_is_answered_with_one_tap_for_the_common_ones(desk: Desk, locale: Locale) -> None:
    account = desk.add_account("アクメ商事")
    reply = message_of(touch(desk.ask("ｱｸﾒ", locale=locale)))
    assert problems_of(reply) == []
    values = [each["value"].partition(":")[2] for each in elements_of(reply.blocks)]
    assert values == ["reached_out", "meeting", "call", "email", ""]
    assert text_of(message_of(touch_of(desk.ask(value=str(account.id), locale=locale)))) == text_of(
        reply
    )
    assert _kept(desk) == []


@LOCALES
def test_without_a_name_the_form_has_a_type_ahead(desk: Desk, locale: Locale) -> None:
    reply = touch(desk.ask(locale=locale))
    assert isinstance(reply, OpenForm)
    assert problems_of(reply.view) == []
    assert reply.view["blocks"][0]["element"]["type"] == "external_select"
    assert "initial_option" not in reply.view["blocks"][1]["element"]


@pytest.mark.row("A1")
@LOCALES
def test_one_tap_records_a_proactive_touch_of_today(desk: Desk, locale: Locale) -> None:
    account = desk.add_account("アクメ商事")
    reply = _tap(desk, account, locale=locale).message
    assert problems_of(reply) == []
    assert ("プロアクティブ" if locale is Locale.JA else "proactive") in text_of(reply)
    [kept] = _kept(desk)
    assert (kept.touched_on, kept.kind, kept.initiated_by) == (TODAY, "call", "us")
    assert (kept.member_id, kept.next_on, kept.note) == (desk.sato.id, None, None)


def test_a_second_tap_is_told_that_it_is_done_and_another_kind_is_another_touch(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    _tap(desk, account)
    with pytest.raises(AlreadyDone):
        _tap(desk, account)
    _tap(desk, account, "email")
    assert [each.kind for each in _kept(desk)] == ["call", "email"]


def test_a_colleague_s_call_on_the_same_day_is_another_touch(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    _tap(desk, account)
    _tap(desk, account, by=desk.hire("鈴木", Role.CSM))
    assert len(_kept(desk)) == 2


def test_a_tap_after_a_call_with_a_note_is_that_call(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    assert isinstance(_save(desk, account, kind="call", note="後任を紹介された"), CloseForm)
    with pytest.raises(AlreadyDone):
        _tap(desk, account)
    assert isinstance(_save(desk, account, kind="call", note="夕方にもう一度"), CloseForm)
    assert len(_kept(desk)) == 2


@pytest.mark.row("A2")
@LOCALES
def test_the_one_who_moved_can_be_turned_to_the_customer_once(desk: Desk, locale: Locale) -> None:
    account = desk.add_account("アクメ商事")
    _tap(desk, account)
    value = f"{account.id}:{_kept(desk)[0].id}:them"
    reply = turn_mover(desk.ask(value=value, locale=locale))
    assert isinstance(reply, Private)
    assert reply.replaces
    assert ("リアクティブ" if locale is Locale.JA else "reactive") in text_of(reply.message)
    with pytest.raises(AlreadyDone):
        turn_mover(desk.ask(value=value))
    assert [each.initiated_by for each in _kept(desk)] == ["them"]


@pytest.mark.row("A1", "A2", "A3")
@pytest.mark.parametrize(("mover", "word"), [("us", "プロアクティブ"), ("them", "リアクティブ")])
def test_the_card_says_at_once_who_moved_first_and_the_next_date(
    desk: Desk, mover: str, word: str
) -> None:
    account = desk.add_account("アクメ商事")
    _save(desk, account, mover=mover, next_on="2026-12-04")
    card = _card(desk)
    assert word in card
    assert "12/4(金)" in card
    assert "今日、打ち合わせ" in card


def test_a_tap_leaves_a_date_that_was_agreed_before_and_the_newest_touch_is_the_last(
    desk: Desk,
) -> None:
    account = desk.add_account("アクメ商事")
    _save(desk, account, next_on="2026-12-04")
    desk.clock.move_to(desk.clock.now().replace(hour=2))
    _tap(desk, account)
    card = _card(desk)
    assert "今日、電話" in card
    assert "12/4(金)" in card


def test_a_date_that_a_later_touch_has_kept_is_no_longer_the_next_one(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    _save(desk, account, next_on="2026-11-24")
    desk.clock.move_to(desk.clock.now().replace(day=24))
    _tap(desk, account, "meeting")
    assert "未設定" in _card(desk)


@pytest.mark.parametrize(
    ("field", "said", "wrong"),
    [
        ("kind", "", "kind"),
        ("mover", "", "mover"),
        ("touched_on", "", "touched_on"),
        ("touched_on", "2026-11-21", "touched_on"),
        ("next_on", "2026-11-20", "next_on"),
        ("next_on", "2026-11-19", "next_on"),
    ],
)
def test_the_form_says_which_field_is_wrong_and_writes_nothing(
    desk: Desk, field: str, said: str, wrong: str
) -> None:
    account = desk.add_account("アクメ商事")
    assert _errors(_save(desk, account, **{field: said})) == [wrong]
    assert _kept(desk) == []


def test_without_an_account_the_form_asks_for_it_beside_everything_else(desk: Desk) -> None:
    wrong: dict[str, Any] = {"account": "", "kind": "", "mover": "us", "touched_on": "2027-01-04"}
    reply = save_touch(desk.submit({}, **wrong))
    assert isinstance(reply, FormErrors)
    assert sorted(reply.errors) == ["account", "kind", "touched_on"]


@pytest.mark.parametrize(
    ("today", "next_on", "told"),
    [
        (date(2026, 11, 20), "2026-11-23", "休業日です。翌営業日は11/24(火)"),
        (date(2026, 12, 28), "2026-12-31", "休業日です。翌営業日は1/4(月)"),
        (date(2026, 12, 28), "2027-01-04", "1/4(月)"),
        (date(2028, 2, 28), "2028-02-29", "2/29(火)"),
    ],
)
def test_a_day_off_is_taken_and_said(desk: Desk, today: date, next_on: str, told: str) -> None:
    now = desk.clock.now()
    desk.clock.move_to(now.replace(year=today.year, month=today.month, day=today.day))
    account = desk.add_account("アクメ商事")
    reply = _save(desk, account, touched_on=today.isoformat(), next_on=next_on)
    assert isinstance(reply, CloseForm)
    assert reply.message is not None
    assert told in reply.message.text
    assert ("休業日" in told) == ("休業日" in reply.message.text)


def test_today_is_the_day_of_the_person_and_not_of_the_server(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    # Half past three on Friday afternoon in UTC is half past midnight in Tokyo: Saturday.
    desk.clock.move_to(desk.clock.now().replace(hour=15, minute=30))
    _tap(desk, account)
    assert [each.touched_on for each in _kept(desk)] == [date(2026, 11, 21)]


def test_what_is_on_record_is_changed_in_the_form_and_stays_one_touch(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    _tap(desk, account)
    [kept] = _kept(desk)
    opened = open_change(desk.ask(value=f"{account.id}:{kept.id}"))
    assert isinstance(opened, OpenForm)
    assert problems_of(opened.view) == []
    fields: dict[str, Any] = {
        **RIGHT,
        "kind": "call",
        "role": "champion",
        "note": "R2D2",
        "next_on": "2026-12-01",
    }
    assert isinstance(save_touch(desk.submit({"touch": str(kept.id)}, **fields)), CloseForm)
    [changed] = _kept(desk)
    assert (changed.id, changed.with_role, changed.note) == (kept.id, "champion", "R2D2")
    assert changed.next_on == date(2026, 12, 1)


def test_a_next_date_that_has_passed_meanwhile_does_not_stop_a_change(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    _save(desk, account, next_on="2026-11-24")
    desk.clock.move_to(desk.clock.now().replace(day=26))
    [kept] = _kept(desk)
    fields: dict[str, Any] = {**RIGHT, "note": "議事録を送った", "next_on": "2026-11-24"}
    assert isinstance(save_touch(desk.submit({"touch": str(kept.id)}, **fields)), CloseForm)


def test_a_touch_is_audited_without_its_note_and_asks_for_a_new_score(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    _save(desk, account, note="解約を考えている")
    with desk.store.reading(desk.workspace.id) as unit:
        entry = unit.session.scalars(select(AuditEntry)).one()
        marks = "SELECT id FROM touched_accounts WHERE workspace_id = :ours"
        marked = list(unit.session.scalars(text(marks), {"ours": desk.workspace.id}))
    assert (entry.action, entry.change["kind"]) == ("touch_recorded", "meeting")
    assert "解約" not in str(entry.change)
    assert marked == [account.id]


def test_an_account_or_a_touch_that_is_gone_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownAccount):
        touch_now(desk.ask(value="12345:call"))
    with pytest.raises(Refusal, match="no_such_touch"):
        open_change(desk.ask(value="1:12345"))


def test_touches_are_recorded_by_the_cs_team_alone() -> None:
    names = [("command", "touch"), ("form", "touch")]
    names += [("button", f"touch{more}") for more in ("", "_form", "_now", "_change", "_mover")]
    assert {whole().deeds[name].roles for name in names} == {CS_TEAM}
