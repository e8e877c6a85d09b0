"""The buttons of an alert: each done once, told privately, and shown in the one message."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.ask import Ask
from bot.commands.alert import (
    alert,
    alert_cause,
    alert_claim,
    alert_tasks,
    alert_wait,
    alert_why,
)
from bot.commands.alert_forms import (
    ask_until,
    ask_whom,
    ask_why_false,
    keep_false_alarm,
    keep_hand_over,
    keep_snooze,
)
from bot.core.refusal import AlreadyDone, Refusal
from bot.core.vocabulary import Band, Locale, Role
from bot.jobs.alerts import alerts
from bot.registry import CS_TEAM, whole
from bot.services.playbooks import ensure_shipped
from bot.store.alert_messages import find_message
from bot.store.tables import Account, Episode, Member, OutboxItem, Task
from bot.views.reply import CloseForm, FormErrors, OpenForm, Reply
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_check, add_episode, add_outcome, add_task
from tests.views.shown import message_of, problems_of, text_of

LOCALES = pytest.mark.parametrize("locale", list(Locale))
TUESDAY, RECHECK = date(2026, 11, 24), date(2026, 11, 26)


@pytest.fixture
def acme(desk: Desk) -> Account:
    account = desk.add_account("アクメ商事", arr=4_800_000)
    desk.add_contract(account, renews_on=date(2027, 1, 4), notice_on=date(2026, 12, 4))
    for back in range(30):
        score, band = (48, Band.RED) if back == 0 else (71, Band.GREEN)
        desk.score(account, TODAY - timedelta(days=back), score, band)
    return account


@pytest.fixture
def told(desk: Desk, acme: Account) -> Episode:
    """An alert with its message."""
    made = add_episode(desk, acme)
    add_task(desk, acme, TUESDAY, episode=made)
    alerts(desk.turn(desk.sato))
    return made


def said(desk: Desk, episode: Episode) -> str:
    """What stands in the message's place by now."""
    with desk.store.reading(desk.workspace.id) as unit:
        post = find_message(unit, episode.id)
        assert post is not None
        updates = list(unit.session.scalars(select(OutboxItem).filter_by(post_id=post.id)))
    payload = (updates or [post])[-1].payload
    return str(payload["text"]) + "\n" + text_of(payload["blocks"])


def thread(desk: Desk, episode: Episode) -> list[str]:
    """The lines below it."""
    with desk.store.reading(desk.workspace.id) as unit:
        key = OutboxItem.key.startswith(f"episode:{episode.id}:log:")
        wanted = select(OutboxItem).where(key).order_by(OutboxItem.created_at, OutboxItem.id)
        return [str(each.payload["text"]) for each in unit.session.scalars(wanted)]


def stands(desk: Desk, episode: Episode) -> Episode:
    with desk.store.reading(desk.workspace.id) as unit:
        return unit.session.scalars(select(Episode).filter_by(id=episode.id)).one()


def press(desk: Desk, deed: Callable[[Ask], Reply], episode: Episode, **more: Any) -> str:
    value = more.pop("value", str(episode.id))
    reply = message_of(deed(desk.ask(value=value, **more)))
    assert problems_of(reply) == []
    return text_of(reply)


def submit(
    desk: Desk, deed: Callable[[Ask], Reply], episode: Episode, **fields: Any
) -> CloseForm | FormErrors:
    carried = {"episode": str(episode.id), "from": str(fields.pop("was", episode.owner_id) or "")}
    reply = deed(desk.submit(carried, **fields))
    assert isinstance(reply, CloseForm | FormErrors)
    return reply


@pytest.mark.row("D41", "D40")
@LOCALES
def test_the_message_says_what_why_and_what_next_in_the_reader_s_language(
    desk: Desk, acme: Account, locale: Locale
) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.scalars(select(Member)).one().locale = locale
    desk.sato.locale = locale
    made = add_episode(desk, acme)
    add_task(desk, acme, TUESDAY, episode=made)
    alerts(desk.turn(desk.sato))
    lines = said(desk, made).splitlines()
    expected = {
        Locale.JA: ("🔴 高リスク|*アクメ商事*:ヘルススコアが急落", "71 → 48", "11/24(火)まで"),
        Locale.EN: ("🔴 At risk | *アクメ商事*: the health score", "71 → 48", "by Tue 24 Nov"),
    }[locale]
    assert lines[1].startswith(expected[0])
    assert expected[1] in lines[2]
    assert expected[2] in "\n".join(lines)
    deadline = {Locale.JA: "480万円/解約通知期限まで14日(12/4)", Locale.EN: "in 14 days (4 Dec)"}
    assert deadline[locale] in lines[1]


@pytest.mark.row("B24", "D7")
@LOCALES
def test_claiming_offers_the_causes_and_the_message_says_who_and_since_when(
    desk: Desk, told: Episode, locale: Locale
) -> None:
    answer = press(desk, alert_claim, told, locale=locale)
    assert ("忘れられている" if locale is Locale.JA else "Forgotten") in answer
    shown = said(desk, told)
    assert "対応中:佐藤" in shown
    assert "(11/20(金) 09:00〜)" in shown
    assert "社内未浸透" in shown
    assert "対応する" not in shown.splitlines()
    assert "結果を記録" in shown.splitlines()
    with pytest.raises(AlreadyDone, match="alert_claimed"):
        press(desk, alert_claim, told)
    assert len(thread(desk, told)) == 1


@pytest.mark.row("A19")
def test_a_cause_is_one_tap_and_the_row_goes_once_it_is_chosen(desk: Desk, told: Episode) -> None:
    press(desk, alert_claim, told)
    assert "予算" in press(desk, alert_cause, told, value=f"{told.id}:budget")
    shown = said(desk, told)
    assert "原因の仮説:予算" in shown
    assert "社内未浸透" not in shown
    with pytest.raises(AlreadyDone, match="alert_cause_chosen"):
        press(desk, alert_cause, told, value=f"{told.id}:season")
    with pytest.raises(Refusal, match="no_such_action"):
        press(desk, alert_cause, told, value=f"{told.id}:weather")


@pytest.mark.row("E8")
def test_one_click_reaches_out_and_waits(desk: Desk, told: Episode) -> None:
    assert "11/26(木)" in press(desk, alert_wait, told)
    shown = said(desk, told)
    assert "返信待ち:11/26(木)まで" in shown
    assert "再度連絡した" not in shown
    assert len(thread(desk, told)) == 2
    desk.clock.move_to(desk.clock.now().replace(day=26))
    assert "再度連絡した" in press(desk, alert, told)
    assert "12/1(火)" in press(desk, alert_wait, told)


def test_another_colleague_acts_and_the_message_stays_in_the_language_of_its_reader(
    desk: Desk, told: Episode
) -> None:
    smith = desk.hire("Smith", Role.CSM, locale="en", zone="Europe/London")
    answer = press(desk, alert_claim, told, by=smith)
    assert "You are on it" in answer
    assert "対応中:Smith" in said(desk, told)
    assert thread(desk, told) == ["Smithさんが対応を始めました(11/20(金) 09:00)。"]


def test_asleep_it_says_until_when_and_why_and_can_be_taken_up(desk: Desk, told: Episode) -> None:
    opened = ask_until(desk.ask(value=str(told.id)))
    assert isinstance(opened, OpenForm)
    assert problems_of(opened.view) == []
    reply = submit(desk, keep_snooze, told, until_on="2026-11-28", reason="先方が休暇中")
    assert isinstance(reply, CloseForm)
    assert reply.message
    assert "休業日" in reply.message.text
    shown = said(desk, told)
    assert "スヌーズ中:11/30(月)に再開" in shown
    assert "先方が休暇中" in shown
    assert "対応する" in shown.splitlines()
    assert "スヌーズ" not in shown.splitlines()
    press(desk, alert_claim, told)
    assert stands(desk, told).state == "claimed"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"until_on": "", "reason": ""}, ["reason", "until_on"]),
        ({"until_on": "2026-11-20", "reason": "休暇"}, ["until_on"]),
        ({"until_on": "2030-01-07", "reason": "休暇"}, ["until_on"]),
        ({"until_on": "2026-12-01", "reason": "  "}, ["reason"]),
        ({}, ["reason", "until_on"]),
    ],
)
def test_the_snooze_form_says_what_is_wrong_and_keeps_nothing(
    desk: Desk, told: Episode, fields: dict[str, str], wrong: list[str]
) -> None:
    reply = submit(desk, keep_snooze, told, **fields)
    assert isinstance(reply, FormErrors)
    assert sorted(reply.errors) == wrong
    assert stands(desk, told).state == "open"


def test_a_false_alarm_needs_its_reason_and_says_it(desk: Desk, told: Episode) -> None:
    opened = ask_why_false(desk.ask(value=str(told.id)))
    assert isinstance(opened, OpenForm)
    assert problems_of(opened.view) == []
    assert isinstance(submit(desk, keep_false_alarm, told), FormErrors)
    assert isinstance(submit(desk, keep_false_alarm, told, reason="検証環境の停止"), CloseForm)
    shown = said(desk, told)
    assert shown.startswith("誤検知 アクメ商事")
    assert "検証環境の停止" in shown
    assert "対応する" not in shown
    assert "検証環境の停止" in thread(desk, told)[-1]


def test_handed_over_it_stands_where_the_new_one_reads_and_the_old_message_says_so(
    desk: Desk, told: Episode
) -> None:
    tanaka = desk.hire("田中", Role.CSM, slack_user="U1TANAKA", locale="en")
    opened = ask_whom(desk.ask(value=str(told.id)))
    assert isinstance(opened, OpenForm)
    assert problems_of(opened.view) == []
    press(desk, alert_claim, told)
    reply = submit(desk, keep_hand_over, told, person="U1TANAKA")
    assert isinstance(reply, CloseForm)
    with desk.store.reading(desk.workspace.id) as unit:
        posts = list(unit.session.scalars(select(OutboxItem).filter_by(thread_of_id=None)))
    by_key = {each.key.removeprefix(f"episode:{told.id}"): each for each in posts}
    assert by_key[":to:1"].audience == "U1TANAKA"
    assert "Claim" in text_of(by_key[":to:1"].payload["blocks"])
    assert "田中さんに変わりました" in by_key[":update:0"].payload["text"]
    assert stands(desk, told).owner_id == tanaka.id
    assert "佐藤 handed it over to 田中." in thread(desk, told)
    press(desk, alert_claim, told, by=tanaka)
    assert "In progress: 田中" in said(desk, told)


def test_in_one_channel_the_message_stays_and_is_told_anew(desk: Desk, acme: Account) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.scalars(select(Member)).one().digest_channel = "C0TEAM"
    desk.hire("田中", Role.CSM, slack_user="U1TANAKA", digest_channel="C0TEAM")
    made = add_episode(desk, acme)
    alerts(desk.turn(desk.sato))
    assert isinstance(submit(desk, keep_hand_over, made, person="U1TANAKA"), CloseForm)
    with desk.store.reading(desk.workspace.id) as unit:
        posts = list(unit.session.scalars(select(OutboxItem).filter_by(kind="post")))
    assert sorted(each.key.removeprefix(f"episode:{made.id}")[:5] for each in posts) == [
        "",
        ":log:",
    ]
    assert "<@U1TANAKA>" in said(desk, made)
    assert stands(desk, made).told_at is not None


def test_only_a_colleague_of_the_cs_team_who_has_it_not_yet_can_get_it(
    desk: Desk, told: Episode
) -> None:
    desk.hire("営業", Role.SALES, slack_user="U1SALES")
    for person in ("", "U1SALES", "U1NOBODY", desk.sato.slack_user):
        reply = submit(desk, keep_hand_over, told, person=person or "")
        assert isinstance(reply, FormErrors)
        assert list(reply.errors) == ["person"]
    assert stands(desk, told).owner_id == desk.sato.id


def test_behind_why_stands_every_sign_and_what_the_playbook_believes(
    desk: Desk, acme: Account
) -> None:
    ensure_shipped(desk.store, desk.workspace.id)
    signs: list[Any] = [
        {"signal": "threshold", "values": {"score": 48.0 - number, "edge": 50}}
        for number in range(5)
    ]
    made = add_episode(desk, acme, evidence=signs)
    alerts(desk.turn(desk.sato))
    shown = said(desk, made)
    assert shown.count("未満は高リスク") == 3
    assert "ほか2件の予兆" in shown
    why = press(desk, alert_why, made)
    assert why.count("未満は高リスク") == 5
    assert "早めに状況を聞き" in why


def test_its_tasks_are_listed_with_their_ways_to_act(desk: Desk, told: Episode) -> None:
    assert "打ち合わせを打診/11/24(火)まで/佐藤" in press(desk, alert_tasks, told)
    press(desk, alert_wait, told)
    assert "返信待ち(11/26(木)まで)" in press(desk, alert_tasks, told)
    submit(desk, keep_false_alarm, told, reason="誤り")
    ended = press(desk, alert_tasks, told)
    assert "取りやめ/佐藤" in ended
    assert "タスクを追加" not in ended


@LOCALES
def test_closed_it_says_what_was_done_the_result_and_the_numbers_without_claiming_an_effect(
    desk: Desk, acme: Account, locale: Locale
) -> None:
    ensure_shipped(desk.store, desk.workspace.id)
    closed: dict[str, Any] = {"open_as": None, "state": "closed", "ending": "outcome"}
    made = add_episode(desk, acme, **closed, state_at=desk.clock.now())
    task = add_task(desk, acme, TUESDAY, episode=made)
    outcome = add_outcome(desk, task, result="met", score_now=52.0)
    looked = {"checked_on": date(2026, 12, 4), "score": 63.4}
    add_check(desk, outcome, 14, **looked, like_count=24, like_change=9.2)
    add_check(desk, outcome, 30)
    shown = press(desk, alert, made, locale=locale)
    expected = {
        Locale.JA: ("打ち合わせを実施", "14日後 48 → 63(+15点)", "効果を判断できません"),
        Locale.EN: ("Met", "After 14 days 48 → 63 (+15 points)", "cannot show an effect"),
    }[locale]
    assert [each for each in expected if each not in shown] == []
    assert ("30日後" if locale is Locale.JA else "After 30") not in shown


@LOCALES
def test_a_renewal_leads_with_its_deadline(desk: Desk, acme: Account, locale: Locale) -> None:
    ahead = {"deadline_on": "2026-12-04", "days_left": 14, "is_notice": True}
    made = add_episode(
        desk,
        acme,
        playbook="renewal",
        title={"ja": "更新準備", "en": "Renewal preparation"},
        evidence=[{"signal": "renewal", "values": ahead}],
    )
    shown = press(desk, alert, made, locale=locale).splitlines()
    lead = {Locale.JA: "解約通知期限まで14日", Locale.EN: "Notice deadline in 14 days"}[locale]
    assert shown[0].lower().startswith(lead.lower())
    assert shown[1].startswith(lead)
    assert "48" in shown[2]


def test_an_alert_that_is_gone_is_refused(desk: Desk) -> None:
    for deed in (alert, alert_why, alert_claim, alert_wait):
        for value in ("12345", "", "x"):
            with pytest.raises(Refusal, match="no_such_alert"):
                deed(desk.ask(value=value))


def test_an_alert_without_a_message_is_handled_and_nothing_is_posted(
    desk: Desk, acme: Account
) -> None:
    made = add_episode(desk, acme)
    press(desk, alert_claim, made)
    with desk.store.reading(desk.workspace.id) as unit:
        assert list(unit.session.scalars(select(OutboxItem))) == []
    assert stands(desk, made).state == "claimed"


def test_a_second_click_brings_a_message_up_that_was_left_behind(desk: Desk, told: Episode) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        row = unit.session.scalars(select(Episode)).one()
        row.state, row.claimed_by_id, row.claimed_at = "claimed", desk.sato.id, unit.at
    assert "対応中" not in said(desk, told)
    with pytest.raises(AlreadyDone):
        press(desk, alert_claim, told)
    assert "対応中:佐藤" in said(desk, told)
    assert len(thread(desk, told)) == 1


def test_alerts_are_handled_by_the_cs_team_alone() -> None:
    names = ["alert", "alert_why", "alert_tasks", "alert_claim", "alert_cause", "alert_wait"]
    names += ["alert_snooze", "alert_false", "alert_hand"]
    deeds = whole().deeds
    assert {deeds["button", name].roles for name in names} == {CS_TEAM}
    assert {deeds["form", name].roles for name in names[6:]} == {CS_TEAM}
    assert deeds["command", "alerts"].roles == CS_TEAM


def test_a_message_s_tasks_are_those_of_its_alert_alone(desk: Desk, told: Episode) -> None:
    other = desk.add_account("他社")
    add_task(desk, other, TUESDAY, title="別件")
    with desk.store.reading(desk.workspace.id) as unit:
        assert len(list(unit.session.scalars(select(Task)))) == 2
    assert "別件" not in press(desk, alert_tasks, told)
