"""The digest with tasks, alerts and agreed touches: first what is to be done, in figures that add
up, on the days that hurt."""

import re
from datetime import date, timedelta

import pytest

from bot.core.vocabulary import Band, Locale, TaskState
from bot.job_runner import put_post
from bot.jobs.digest import digest
from bot.store.tables import Account, Member, Touch
from bot.views.reply import Message
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.loop_records import add_episode, add_task
from tests.views.shown import problems_of, text_of

WEDNESDAY, THURSDAY, TUESDAY = date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 24)


def _say(desk: Desk, member: Member | None = None, on: date = TODAY) -> Message:
    [post] = digest(desk.turn(member or desk.sato, on))
    with desk.store.writing(desk.workspace.id) as unit:
        put_post(unit, post)
    assert problems_of(post.message) == []
    return post.message


def _add(desk: Desk, name: str, arr: int = 1_000_000, band: Band = Band.GREEN) -> Account:
    account = desk.add_account(name, arr=arr)
    score = {Band.RED: 30.0, Band.YELLOW: 60.0, Band.GREEN: 85.0}[band]
    for on in (THURSDAY - timedelta(days=1), THURSDAY, TODAY):
        desk.score(account, on, score, band)
    return account


def _agree(desk: Desk, account: Account, next_on: date, touched_on: date = THURSDAY) -> None:
    touch = Touch(
        account_id=account.id,
        ref=f"T-{account.id}-{touched_on}",
        touched_on=touched_on,
        kind="call",
        initiated_by="us",
        next_on=next_on,
        known_at=FRIDAY,
    )
    desk.keep(touch)


def _busy(desk: Desk) -> None:
    """The morning of the sketch."""
    add_task(desk, _add(desk, "ベータ物流", 6_200_000), date(2026, 11, 18), title="更新資料")
    add_task(desk, _add(desk, "ガンマ食品", 1_800_000), TODAY, title="入金遅延の確認")
    add_task(desk, _add(desk, "デルタ社", 3_100_000), TODAY, title="導入効果のまとめ")
    held = {"state": TaskState.WAITING.value, "waiting_until_on": TODAY}
    add_task(desk, _add(desk, "イプシロン社"), date(2026, 11, 17), title="打診", **held)
    _agree(desk, _add(desk, "ラムダ社"), TODAY)
    add_episode(desk, _add(desk, "アクメ商事", 4_800_000, Band.RED))
    add_episode(desk, _add(desk, "ゼータ工業"), playbook="slow_decline", is_watch=True)


def test_a_sign_that_is_gone_is_not_told_as_if_it_lasted(desk: Desk) -> None:
    fell = {"logins": 4.2, "logins_before": 9.0, "change": -0.53}
    sign = {"signal": "login_drop", "values": fell, "since_on": "2026-11-16"}
    gone = [{**sign, "over_on": "2026-11-19"}]
    add_episode(desk, _add(desk, "アクメ商事"), evidence=gone, clear_since_on=THURSDAY)
    assert "11/19(木)に解消" in text_of(_say(desk))


@pytest.mark.row("B36", "E8")
@pytest.mark.parametrize("locale", list(Locale))
def test_what_is_to_be_done_comes_first_and_says_why(desk: Desk, locale: Locale) -> None:
    _busy(desk)
    desk.sato.locale = locale
    shown = text_of(_say(desk))
    names = ["ベータ物流", "デルタ社", "ガンマ食品", "イプシロン社", "ラムダ社"]
    names += ["アクメ商事", "ゼータ工業"]
    assert sorted(names, key=shown.index) == names
    said = ["2日超過", "3営業日返信なし", "未対応"] if locale is Locale.JA else ["2 days overdue"]
    assert [each in shown for each in said] == [True] * len(said)


@pytest.mark.row("B36", "B38")
@pytest.mark.parametrize(
    ("deadline_on", "told"),
    [
        (date(2026, 12, 20), "解約通知期限 12/20(日)まで30日"),
        (date(2026, 11, 20), "解約通知期限 11/20(金)は今日です"),
        (date(2026, 11, 19), "解約通知期限 11/19(木)を過ぎました"),
    ],
)
def test_what_is_left_to_a_deadline_is_counted_from_the_morning_and_said_once(
    desk: Desk, deadline_on: date, told: str
) -> None:
    account = _add(desk, "デルタ社", 3_100_000)
    desk.add_contract(account, renews_on=date(2027, 1, 20), notice_on=deadline_on)
    values = {"deadline_on": deadline_on.isoformat(), "days_left": 60, "is_notice": True}
    evidence = [{"signal": "renewal", "values": values}]
    add_episode(desk, account, playbook="renewal", evidence=evidence, opened_on=WEDNESDAY)
    shown = text_of(_say(desk))
    assert told in shown
    assert shown.count("解約通知期限") == 1


def test_figures_on_the_head_add_up_with_the_rows(desk: Desk) -> None:
    _busy(desk)
    shown = text_of(_say(desk))
    head = re.search(r"今日の対応 (\d+)件・お知らせ (\d+)件\*/担当(\d+)社", shown)
    assert head
    assert [int(each) for each in head.groups()] == [6, 1, 7]
    groups = [int(each) for each in re.findall(r"^\*[^*]+ (\d+)件\*", shown, re.M)]
    assert sum(groups) == 7


def test_the_lock_screen_counts_what_is_to_be_done(desk: Desk) -> None:
    _busy(desk)
    head = "11/20(金) 今日の対応 6件・お知らせ 1件/担当7社"
    groups = "期限超過1 今日が期限2 返信待ち1 今日の予定1 未対応1 要注意1"
    assert _say(desk).text == f"{head} {groups}"


@pytest.mark.row("A3")
def test_a_task_says_who_moved_first(desk: Desk) -> None:
    account = _add(desk, "ベータ物流")
    add_task(desk, account, TODAY, title="資料")
    add_task(desk, account, TODAY, title="回答", mover="them")
    shown = text_of(_say(desk))
    assert "プロアクティブ" in shown
    assert "リアクティブ" in shown


def test_nothing_to_do_is_one_line(desk: Desk) -> None:
    add_task(desk, _add(desk, "ベータ物流"), TUESDAY)
    said = _say(desk)
    assert len(said.blocks) == 1
    assert "今日が期限のタスクはありません。担当1社" in said.text
    assert "新しい変化はありません" in said.text


def test_a_task_due_before_the_long_weekend_is_due_on_friday_and_overdue_on_tuesday(
    desk: Desk,
) -> None:
    add_task(desk, _add(desk, "ベータ物流"), TODAY)
    assert "今日が期限 1件" in text_of(_say(desk))
    assert "4日超過" in text_of(_say(desk, on=TUESDAY))


def test_a_touch_agreed_for_a_day_off_is_told_on_the_next_morning(desk: Desk) -> None:
    account = _add(desk, "ラムダ社")
    _agree(desk, account, date(2026, 11, 23))
    assert "今日の予定" not in text_of(_say(desk))
    assert "今日の予定 1件" in text_of(_say(desk, on=TUESDAY))


def test_a_touch_that_was_kept_is_not_told(desk: Desk) -> None:
    account = _add(desk, "ラムダ社")
    _agree(desk, account, TODAY, date(2026, 11, 9))
    _agree(desk, account, date(2026, 12, 9), TODAY)
    assert "今日の予定" not in text_of(_say(desk))


def test_a_task_for_somebody_elses_account_comes_to_who_does_it(desk: Desk) -> None:
    helper = desk.hire("森")
    add_task(desk, _add(desk, "ベータ物流"), TODAY, owner_id=helper.id)
    shown = text_of(_say(desk, helper))
    assert "今日の対応 1件" in shown
    assert "担当0社" not in shown
    assert len(_say(desk).blocks) == 1


@pytest.mark.row("E11")
def test_who_stands_in_reads_what_the_absent_owner_has_to_do(desk: Desk) -> None:
    away, second = desk.hire("休暇中", absent_until_on=TUESDAY), desk.hire("代理")
    account = desk.add_account("休暇社", away, second_id=second.id)
    desk.score(account, TODAY, 85.0, Band.GREEN)
    add_task(desk, account, TODAY)
    add_episode(desk, account)
    shown = text_of(_say(desk, second))
    assert "今日の対応 2件" in shown
    assert digest(desk.turn(away)) == []


def test_a_task_is_told_before_health_was_ever_computed(desk: Desk) -> None:
    add_task(desk, desk.add_account("ベータ物流"), TODAY)
    shown = text_of(_say(desk))
    assert "今日の対応 1件" in shown
    assert "判定不可" not in shown


@pytest.mark.parametrize("locale", list(Locale))
def test_a_fall_is_said_in_the_row_of_its_alert_and_never_again(desk: Desk, locale: Locale) -> None:
    account = desk.add_account("アクメ商事", arr=4_800_000)
    for on in (THURSDAY - timedelta(days=1), THURSDAY):
        desk.score(account, on, 85.0, Band.GREEN)
    desk.score(account, TODAY, 30.0, Band.RED)
    add_episode(desk, account)
    desk.sato.locale = locale
    shown = text_of(_say(desk))
    assert shown.count("アクメ商事") == 1
    assert "🟢 → 🔴 *アクメ商事*" in shown
    assert "71 → 48" in shown
    again = text_of(_say(desk, on=TUESDAY))
    assert "🔴 *アクメ商事*" in again
    assert "🟢 →" not in again


def test_what_waits_over_new_year_is_asked_about_in_january_and_never_overdue(desk: Desk) -> None:
    """Waits from 28 December; the company closes from the 29th to the 3rd."""
    account = _add(desk, "イプシロン社")
    held = {"state": TaskState.WAITING.value, "waiting_until_on": date(2027, 1, 6)}
    add_task(desk, account, date(2026, 12, 28), **held)
    for on in (date(2027, 1, 4), date(2027, 1, 5)):
        assert len(_say(desk, on=on).blocks) == 1
    assert "返信待ち 1件" in text_of(_say(desk, on=date(2027, 1, 6)))
    assert len(_say(desk, on=date(2027, 1, 7)).blocks) == 1


def test_more_than_ten_rows_are_counted(desk: Desk) -> None:
    for number in range(17):
        add_task(desk, _add(desk, f"{number:02}社"), TODAY)
    shown = text_of(_say(desk))
    assert "今日の対応 17件" in shown
    assert "ほか7件" in shown


def test_every_row_has_the_one_thing_to_press_and_the_rest_in_a_menu(desk: Desk) -> None:
    _busy(desk)
    cleared = {"clear_since_on": WEDNESDAY, "is_recovery_told": True, "playbook": "late_payment"}
    add_episode(desk, _add(desk, "シグマ社"), **cleared)
    rows = [block for block in _say(desk).blocks if block["type"] == "actions"]
    pressed = [block["elements"][0]["action_id"] for block in rows]
    deeds = ["task_done", "task_done", "task_done", "task_again", "touch", "alert_claim", "alert"]
    assert pressed[:-1] == [*deeds, "episode_done"]
    assert all(block["elements"][1]["type"] == "overflow" for block in rows[:-1])


def test_a_wait_nobody_looked_after_is_told_again_after_a_week_and_since_when(desk: Desk) -> None:
    held = {"state": TaskState.WAITING.value, "waiting_until_on": TODAY}
    add_task(desk, _add(desk, "イプシロン社"), date(2026, 11, 17), **held)
    mornings = [date(2026, 11, day) for day in (20, 24, 25, 26, 27, 30)]
    said = [text_of(_say(desk, on=on)) for on in mornings]
    assert ["返信待ち 1件" in each for each in said] == [True, *[False] * 5]
    later = text_of(_say(desk, on=date(2026, 12, 1)))
    assert "返信待ち 1件" in later
    assert "11/20(金)にもお知らせしました" in later
