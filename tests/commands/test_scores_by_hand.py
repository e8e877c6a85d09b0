"""手応え: one tap where nothing is measured, a reason where something is, once either way."""

from datetime import date

import pytest
from sqlalchemy import select

from bot.commands.health import health
from bot.commands.score import open_score, save_score, score_now
from bot.core.refusal import AlreadyDone, UnknownAccount
from bot.core.vocabulary import Band, Locale
from bot.store.tables import Account, AuditEntry, ManualScore
from bot.views.reply import CloseForm, FormErrors, OpenForm
from tests.commands.desk import TODAY, Desk
from tests.views.shown import elements_of, message_of, problems_of, text_of


def _given(desk: Desk) -> list[ManualScore]:
    with desk.store.reading(desk.workspace.id) as unit:
        return list(unit.session.scalars(select(ManualScore).order_by(ManualScore.known_at)))


def _carried(account: Account) -> dict[str, str]:
    return {"account": str(account.id)}


@pytest.mark.row("E24")
@pytest.mark.parametrize("locale", list(Locale))
def test_one_tap_records_a_score_where_nothing_is_measured(desk: Desk, locale: Locale) -> None:
    account = desk.add_account("シータ社")
    reply = message_of(score_now(desk.ask(value=f"{account.id}:red", locale=locale)))
    assert problems_of(reply) == []
    assert "シータ社" in text_of(reply)
    [given] = _given(desk)
    assert (given.band, given.member_id, given.given_on) == ("red", desk.sato.id, TODAY)
    assert given.expires_on == date(2027, 2, 18)
    assert elements_of(reply.blocks)[0]["action_id"] == "score"


def test_a_second_tap_is_told_that_it_is_done(desk: Desk) -> None:
    account = desk.add_account("シータ社")
    score_now(desk.ask(value=f"{account.id}:red"))
    with pytest.raises(AlreadyDone):
        score_now(desk.ask(value=f"{account.id}:red"))
    assert len(_given(desk)) == 1


def test_another_band_on_the_same_day_replaces_the_first(desk: Desk) -> None:
    account = desk.add_account("シータ社")
    score_now(desk.ask(value=f"{account.id}:red"))
    desk.clock.move_to(desk.clock.now().replace(hour=1))
    score_now(desk.ask(value=f"{account.id}:green"))
    assert text_of(message_of(health(desk.ask("シータ")))).startswith("🟢 良好")


def test_a_measured_score_is_not_covered_without_a_reason(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    desk.score(account, TODAY, 71, Band.GREEN)
    reply = message_of(score_now(desk.ask(value=f"{account.id}:red")))
    assert _given(desk) == []
    assert elements_of(reply.blocks)[0]["value"] == f"{account.id}:red"


@pytest.mark.parametrize("locale", list(Locale))
def test_the_form_starts_on_the_band_of_the_button(desk: Desk, locale: Locale) -> None:
    account = desk.add_account("アクメ商事")
    desk.score(account, TODAY, 71, Band.GREEN)
    reply = open_score(desk.ask(value=f"{account.id}:red", locale=locale))
    assert isinstance(reply, OpenForm)
    assert problems_of(reply.view) == []
    radios = reply.view["blocks"][1]["element"]
    assert radios["initial_option"]["value"] == "red"
    assert reply.view["blocks"][2]["optional"] is False


def test_the_form_says_which_field_is_wrong_and_writes_nothing(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    desk.score(account, TODAY, 71, Band.GREEN)
    no_band = save_score(desk.submit(_carried(account), band="", reason="異動"))
    no_reason = save_score(desk.submit(_carried(account), band="red", reason="  "))
    assert isinstance(no_band, FormErrors)
    assert list(no_band.errors) == ["band"]
    assert isinstance(no_reason, FormErrors)
    assert list(no_reason.errors) == ["reason"]
    assert _given(desk) == []


def test_with_a_reason_it_leads_for_thirty_days_and_is_audited(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    desk.score(account, TODAY, 71, Band.GREEN)
    reply = save_score(desk.submit(_carried(account), band="red", reason="推進担当者が異動"))
    assert isinstance(reply, CloseForm)
    [given] = _given(desk)
    assert given.expires_on == date(2026, 12, 20)
    with desk.store.reading(desk.workspace.id) as unit:
        entry = unit.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.change["band"]) == ("score_by_hand", "red")


def test_without_a_measured_score_the_reason_may_be_left_out(desk: Desk) -> None:
    account = desk.add_account("シータ社")
    reply = save_score(desk.submit(_carried(account), band="yellow", reason=""))
    assert isinstance(reply, CloseForm)
    assert reply.message is not None
    assert "🟡 中リスク" in reply.message.text


def test_a_button_of_an_account_that_is_gone_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownAccount):
        score_now(desk.ask(value="12345:red"))
