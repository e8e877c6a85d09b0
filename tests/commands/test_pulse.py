"""CSM pulse: one tap or a form, corrected, taken back, old after 90 days, and never a score."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.commands.health import health
from bot.commands.pulse import (
    open_pulse,
    open_round,
    pulse_back,
    pulse_now,
    save_pulse,
    save_round,
)
from bot.core.refusal import AlreadyDone, BadInput, Refusal, UnknownAccount
from bot.core.vocabulary import Band, Feeling, Locale, PulseReason, Role
from bot.store.cards import get_standing
from bot.store.tables import Account, AuditEntry, CsmPulse, ManualScore
from bot.views.reply import CloseForm, FormErrors, OpenForm
from tests.commands.desk import TODAY, Desk
from tests.views.shown import elements_of, message_of, problems_of, text_of

pytestmark = pytest.mark.row("E24", "B34")


@pytest.fixture
def account(desk: Desk) -> Account:
    made = desk.add_account("アクメ商事")
    desk.score(made, TODAY, 82.0, Band.GREEN)
    return made


def _kept(desk: Desk) -> list[CsmPulse]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(CsmPulse).order_by(CsmPulse.felt_on, CsmPulse.id)))


def _carried(account: Account) -> dict[str, str]:
    return {"account": str(account.id)}


def _feel(desk: Desk, account: Account, on: date, feeling: Feeling = Feeling.WORRIED) -> CsmPulse:
    return desk.keep(
        CsmPulse(
            account_id=account.id,
            feeling=feeling.value,
            reasons=[PulseReason.BUDGET.value],
            words="次年度の話が出ない <!here>",
            member_id=desk.sato.id,
            felt_on=on,
            known_at=desk.clock.now(),
        )
    )


def _card(desk: Desk, locale: Locale = Locale.JA) -> str:
    return text_of(message_of(health(desk.ask("アクメ", locale=locale))))


@pytest.mark.parametrize("locale", list(Locale))
def test_one_tap_is_a_pulse_and_moves_no_score(
    desk: Desk, account: Account, locale: Locale
) -> None:
    offered = elements_of(message_of(health(desk.ask("アクメ", locale=locale))).blocks)
    taps = [each["value"] for each in offered if each["action_id"].startswith("pulse_now")]
    reply = message_of(pulse_now(desk.ask(value=taps[2], locale=locale)))
    assert problems_of(reply) == []
    [kept] = _kept(desk)
    assert (kept.feeling, kept.reasons, kept.felt_on) == ("worried", [], TODAY)
    with desk.store.reading(desk.workspace.id) as unit:
        _, standing = get_standing(unit, account.id, TODAY)
        assert unit.session.scalars(select(ManualScore)).all() == []
    assert (standing.band, standing.score, standing.by_hand) == (Band.GREEN, 82.0, None)
    card = _card(desk, locale)
    assert card.startswith("🟢")
    assert {"ja": "気がかり|佐藤さん", "en": "worried | 佐藤"}[locale.value] in card


def test_a_second_tap_of_the_same_is_told_so_and_another_one_corrects_it(
    desk: Desk, account: Account
) -> None:
    pulse_now(desk.ask(value=f"{account.id}:worried"))
    with pytest.raises(AlreadyDone):
        pulse_now(desk.ask(value=f"{account.id}:worried"))
    pulse_now(desk.ask(value=f"{account.id}:good"))
    [kept] = _kept(desk)
    assert kept.feeling == "good"
    with desk.store.reading(desk.workspace.id) as unit:
        found = unit.session.scalars(select(AuditEntry)).all()
    assert {(each.action, each.change["feeling"], each.change["was"]) for each in found} == {
        ("pulse", "worried", None),
        ("pulse", "good", "worried"),
    }


@pytest.mark.parametrize("locale", list(Locale))
def test_the_form_takes_reasons_and_words_and_comes_back_filled_in(
    desk: Desk, account: Account, locale: Locale
) -> None:
    wrong = save_pulse(desk.submit(_carried(account), feeling="", reasons=[], words=""))
    assert isinstance(wrong, FormErrors)
    assert (list(wrong.errors), _kept(desk)) == (["feeling"], [])
    reasons = ["silent", "champion_gone", "nonsense"]
    words = " 返事が <来ない> "
    said = desk.submit(_carried(account), feeling="worried", reasons=reasons, words=words)
    kept = save_pulse(said)
    assert isinstance(kept, CloseForm)
    [pulse] = _kept(desk)
    assert (pulse.reasons, pulse.words) == (["champion_gone", "silent"], "返事が <来ない>")
    opened = open_pulse(desk.ask(value=str(account.id), locale=locale))
    assert isinstance(opened, OpenForm)
    assert problems_of(opened.view) == []
    asked = [each["element"] for each in opened.view["blocks"][1:4]]
    assert asked[0]["initial_option"]["value"] == "worried"
    assert [each["value"] for each in asked[1]["initial_options"]] == ["champion_gone", "silent"]
    assert asked[2]["initial_value"] == "返事が <来ない>"
    assert "&lt;来ない&gt;" in _card(desk, locale)
    assert "&lt;来ない&gt;" in text_of(opened.view["blocks"])


@pytest.mark.parametrize("locale", list(Locale))
def test_after_ninety_days_it_is_shown_as_old_with_its_age(
    desk: Desk, account: Account, locale: Locale
) -> None:
    _feel(desk, account, TODAY - timedelta(days=90))
    card = _card(desk, locale)
    age, old = ("90日前", "古いため") if locale is Locale.JA else ("90 days ago", "old by now")
    assert age in card
    assert old in card
    _feel(desk, account, TODAY - timedelta(days=89))
    assert old not in _card(desk, locale)


def test_taken_back_the_one_before_counts_again_and_the_row_stays_on_file(
    desk: Desk, account: Account
) -> None:
    _feel(desk, account, TODAY - timedelta(days=10), Feeling.GOOD)
    reply = message_of(pulse_now(desk.ask(value=f"{account.id}:worried")))
    back = next(each["value"] for each in elements_of(reply.blocks) if "back" in each["action_id"])
    told = text_of(message_of(pulse_back(desk.ask(value=back))))
    assert "良い" in told
    assert "気がかり" not in _card(desk)
    assert {each.feeling: each.taken_back_on for each in _kept(desk)} == {
        "good": None,
        "worried": TODAY,
    }
    with pytest.raises(AlreadyDone):
        pulse_back(desk.ask(value=back))
    # Another one may follow on the same day.
    pulse_now(desk.ask(value=f"{account.id}:worried"))
    assert len(_kept(desk)) == 3


def test_only_who_answers_for_the_account_or_leads_may_say(desk: Desk, account: Account) -> None:
    other, lead = desk.hire("森", Role.CSM), desk.hire("渡辺", Role.LEAD)
    for press in (pulse_now, open_pulse):
        with pytest.raises(Refusal, match="pulse_not_yours"):
            press(desk.ask(value=f"{account.id}:good", by=other))
    mine = message_of(pulse_now(desk.ask(value=f"{account.id}:good")))
    back = next(each["value"] for each in elements_of(mine.blocks) if "back" in each["action_id"])
    with pytest.raises(Refusal, match="pulse_not_yours"):
        pulse_back(desk.ask(value=back, by=other))
    pulse_now(desk.ask(value=f"{account.id}:worried", by=lead))
    pulse_back(desk.ask(value=back, by=lead))
    pooled = desk.add_account("みんなの社", owner_mode="pooled")
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.merge(pooled).owner_id = None
    pulse_now(desk.ask(value=f"{pooled.id}:good", by=other))
    kept = {each.member_id: each.feeling for each in _kept(desk) if not each.taken_back_on}
    assert kept == {lead.id: "worried", other.id: "good"}


@pytest.mark.parametrize("value", ["12345:good", "x:good"])
def test_an_account_that_is_gone_is_refused(desk: Desk, value: str) -> None:
    with pytest.raises(UnknownAccount):
        pulse_now(desk.ask(value=value))


def test_a_feeling_nobody_knows_is_refused(desk: Desk, account: Account) -> None:
    for press, value in ((pulse_now, "great"), (pulse_back, "great")):
        with pytest.raises(BadInput):
            press(desk.ask(value=f"{account.id}:{value}"))
    assert _kept(desk) == []


def test_several_are_answered_at_once_and_what_is_left_open_stays_open(desk: Desk) -> None:
    accounts = [desk.add_account(f"{name}社") for name in ("甲", "乙", "丙")]
    _feel(desk, accounts[0], TODAY)
    value = ",".join(str(each.id) for each in accounts)
    opened = open_round(desk.ask(value=value))
    assert isinstance(opened, OpenForm)
    assert problems_of(opened.view) == []
    left = opened.view["private_metadata"]
    assert str(accounts[0].id) not in left
    carried = {"accounts": f"{accounts[1].id},{accounts[2].id}"}
    none, one = f"feeling_{accounts[1].id}", f"feeling_{accounts[2].id}"
    nothing = save_round(desk.submit(carried, None, **{none: "", one: ""}))
    assert isinstance(nothing, CloseForm)
    assert nothing.message is None
    save_round(desk.submit(carried, None, **{none: "", one: "fair"}))
    kept = {each.account_id: each.feeling for each in _kept(desk)}
    assert kept == {accounts[0].id: "worried", accounts[2].id: "fair"}
    again = open_round(desk.ask(value=str(accounts[2].id)))
    assert isinstance(again, OpenForm)
    assert "記録済み" in text_of(again.view["blocks"])
