"""The card leads with what comes next, and remembers for whoever takes over."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.commands.health import health
from bot.core.vocabulary import Band, EpisodeState, Hypothesis, Locale, Role, TaskState
from bot.store.tables import Account, Member, Touch
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.loop_records import add_episode, add_outcome, add_task
from tests.views.shown import elements_of, message_of, problems_of, text_of

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 18)


@pytest.fixture
def acme(desk: Desk) -> Account:
    account = desk.add_account("アクメ商事", arr=4_800_000)
    desk.score(account, TODAY, 48.0, Band.RED)
    return account


def _card(desk: Desk, locale: Locale = Locale.JA, by: Member | None = None) -> str:
    said = message_of(health(desk.ask("アクメ", by=by, locale=locale)))
    assert problems_of(said) == []
    return text_of(said)


def _deeds(desk: Desk) -> list[tuple[str, str]]:
    said = message_of(health(desk.ask("アクメ")))
    return [(each["action_id"], each.get("value", "")) for each in elements_of(said.blocks)]


def _touch(desk: Desk, account: Account, on: date, member: Member, **more: Any) -> None:
    touch = Touch(
        account_id=account.id,
        ref=f"T-{on}",
        touched_on=on,
        kind="call",
        initiated_by="us",
        member_id=member.id,
        known_at=FRIDAY,
        **more,
    )
    desk.keep(touch)


@pytest.mark.row("E8")
@pytest.mark.parametrize("locale", list(Locale))
def test_the_next_step_says_what_by_when_and_who(desk: Desk, acme: Account, locale: Locale) -> None:
    add_task(desk, acme, TUESDAY, title="打ち合わせを打診")
    add_task(desk, acme, date(2026, 12, 1), title="資料")
    shown = _card(desk, locale)
    said = {
        Locale.JA: "*次の一手* 打ち合わせを打診/期限 11/24(火)/佐藤(ほか1件)",
        Locale.EN: "*Next step* 打ち合わせを打診 / due Tue 24 Nov / 佐藤 (1 more)",
    }
    assert said[locale] in shown


def test_what_is_overdue_and_what_waits_are_two_things(desk: Desk, acme: Account) -> None:
    waiting = {"state": TaskState.WAITING.value, "waiting_until_on": TUESDAY}
    task = add_task(desk, acme, WEDNESDAY, **waiting)
    assert "返信待ち(11/24(火)に再確認)" in _card(desk)
    with desk.store.writing(desk.workspace.id) as unit:
        row = unit.session.merge(task)
        row.state, row.waiting_until_on = TaskState.OPEN.value, None
    assert "2日超過(期限 11/18(水))" in _card(desk)


def test_without_a_task_it_says_so(desk: Desk, acme: Account) -> None:
    assert "*次の一手* 未設定" in _card(desk)


@pytest.mark.parametrize("locale", list(Locale))
def test_open_alerts_stand_with_state_owner_and_the_way_to_act(
    desk: Desk, acme: Account, locale: Locale
) -> None:
    alert = add_episode(desk, acme)
    shown = _card(desk, locale)
    assert ("から)/未対応/佐藤" if locale is Locale.JA else ") / unclaimed / 佐藤") in shown.lower()
    assert ("alert_claim", str(alert.id)) in _deeds(desk)


def test_a_claimed_alert_is_looked_at_and_its_cause_told(desk: Desk, acme: Account) -> None:
    taken = {
        "state": EpisodeState.CLAIMED.value,
        "claimed_by_id": desk.sato.id,
        "claimed_at": FRIDAY,
        "hypothesis": Hypothesis.NOT_SPREAD.value,
    }
    alert = add_episode(desk, acme, **taken)
    shown = _card(desk)
    assert "対応中/佐藤" in shown
    assert "*原因の仮説* 社内未浸透(11/20(金) 佐藤)" in shown
    assert ("alert", str(alert.id)) in _deeds(desk)


def test_a_claim_before_nine_in_the_morning_is_of_that_day(desk: Desk, acme: Account) -> None:
    """08:30 on 20 November in Tokyo is still the 19th by UTC."""
    early = FRIDAY - timedelta(minutes=30)
    taken = {"state": "claimed", "claimed_by_id": desk.sato.id, "claimed_at": early}
    add_episode(desk, acme, hypothesis=Hypothesis.NOT_SPREAD.value, **taken)
    assert "*原因の仮説* 社内未浸透(11/20(金) 佐藤)" in _card(desk)


def test_the_cause_of_an_alert_that_is_closed_is_remembered(desk: Desk, acme: Account) -> None:
    ended = {"state": EpisodeState.CLOSED.value, "open_as": None, "hypothesis": "budget"}
    add_episode(desk, acme, **ended)
    assert "*原因の仮説* 予算" in _card(desk)


@pytest.mark.row("E10")
@pytest.mark.parametrize("locale", list(Locale))
def test_whoever_takes_over_reads_what_was_done_by_whom(
    desk: Desk, acme: Account, locale: Locale
) -> None:
    _touch(desk, acme, date(2026, 11, 10), desk.sato, note="部長が交代する")
    _touch(desk, acme, date(2026, 11, 17), desk.sato)
    task = add_task(desk, acme, WEDNESDAY)
    add_outcome(desk, task, recorded_on=WEDNESDAY, done="打ち合わせを実施", impression="前向き")
    shown = _card(desk, locale, by=desk.hire("新人", Role.CSM))
    assert "部長が交代する" in shown
    assert "打ち合わせを実施" in shown
    assert shown.index("打ち合わせを実施") < shown.index("部長が交代する")
    assert ("所感:前向き" if locale is Locale.JA else "impression: 前向き") in shown


@pytest.mark.row("E10")
def test_an_account_only_one_person_knows_is_flagged_until_it_has_a_second(desk: Desk) -> None:
    second = desk.hire("代理", Role.CSM)
    alone = desk.add_account("アクメ商事")
    _touch(desk, alone, date(2026, 11, 10), desk.sato)
    assert "対応の記録が1人だけ" in _card(desk)
    _touch(desk, alone, date(2026, 11, 11), second)
    assert "対応の記録が1人だけ" not in _card(desk)


def test_an_account_with_a_second_is_not_flagged(desk: Desk) -> None:
    second = desk.hire("代理", Role.CSM)
    account = desk.add_account("アクメ商事", second_id=second.id)
    _touch(desk, account, date(2026, 11, 10), desk.sato)
    assert "対応の記録が1人だけ" not in _card(desk)
