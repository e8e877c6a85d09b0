"""Alerts in the morning: each told once, where it belongs, five a day, most at risk first."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.core.vocabulary import Band, Role
from bot.jobs.alerts import MOST_A_DAY, alerts, alerts_team
from bot.registry import CS_TEAM, whole
from bot.services.playbooks import ensure_shipped
from bot.store.tables import Episode, Member, OutboxItem
from tests.commands.desk import FRIDAY, TODAY, Desk
from tests.commands.loop_records import add_episode, add_task

# The Monday after 20 November is a holiday in Japan.
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)


def posts(desk: Desk) -> list[OutboxItem]:
    """The alerts' own messages."""
    with desk.store.reading(desk.workspace.id) as unit:
        wanted = select(OutboxItem).filter_by(kind="post", thread_of_id=None)
        ordered = wanted.order_by(OutboxItem.created_at, OutboxItem.id)
        return list(unit.session.scalars(ordered))


def updates(desk: Desk) -> int:
    with desk.store.reading(desk.workspace.id) as unit:
        return len(list(unit.session.scalars(select(OutboxItem).filter_by(kind="update"))))


def lines(desk: Desk) -> list[str]:
    with desk.store.reading(desk.workspace.id) as unit:
        wanted = select(OutboxItem).where(OutboxItem.thread_of_id.is_not(None))
        return [each.payload["text"] for each in unit.session.scalars(wanted)]


def run(desk: Desk, on: date = TODAY, member: Member | None = None) -> None:
    """Both jobs of a morning, for one member."""
    now = desk.clock.now()
    desk.clock.move_to(now.replace(month=on.month, day=on.day))
    alerts(desk.turn(member or desk.sato, on))
    alerts_team(desk.turn(None, on))


def change(desk: Desk, episode: Episode, **values: Any) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        row = unit.session.scalars(select(Episode).filter_by(id=episode.id)).one()
        for name, value in values.items():
            setattr(row, name, value)


def stands(desk: Desk, episode: Episode) -> Episode:
    with desk.store.reading(desk.workspace.id) as unit:
        return unit.session.scalars(select(Episode).filter_by(id=episode.id)).one()


def run_scores(desk: Desk, *days: date) -> None:
    """Finished recomputes of these days."""
    account = desk.add_account("毎晩社")
    for on in days:
        desk.score(account, on, 80, Band.GREEN)


def test_a_new_alert_is_told_once_and_a_second_run_posts_nothing(desk: Desk) -> None:
    made = add_episode(desk, desk.add_account("アクメ商事", arr=1))
    run(desk)
    [post] = posts(desk)
    assert (post.key, post.audience) == (f"episode:{made.id}", desk.sato.slack_user)
    assert stands(desk, made).told_at == desk.clock.now()
    run(desk)
    run(desk, TUESDAY)
    assert len(posts(desk)) == 1


@pytest.mark.row("D41")
def test_five_a_day_most_at_risk_first_and_the_rest_comes_another_day(desk: Desk) -> None:
    for number in range(8):
        add_episode(desk, desk.add_account(f"顧客{number}", arr=10**6 * (number + 1)))
    run(desk)
    assert {text.payload["text"].split(":")[0].split()[-1] for text in posts(desk)} == {
        f"顧客{number}" for number in range(3, 8)
    }
    run(desk)
    assert len(posts(desk)) == MOST_A_DAY
    run(desk, TUESDAY)
    assert len(posts(desk)) == 8


def test_the_watched_those_gone_and_those_that_recovered_meanwhile_are_not_posted(
    desk: Desk,
) -> None:
    acme = desk.add_account("アクメ商事")
    add_episode(desk, acme, playbook="slow_decline", is_watch=True)
    add_episode(desk, acme, clear_since_on=TODAY)
    add_episode(desk, acme, playbook="renewal", open_as=None, state="closed")
    add_episode(desk, desk.add_account("去った社", is_active=False))
    run(desk)
    assert posts(desk) == []


def test_it_goes_where_the_person_s_messages_go_and_a_channel_s_people_share_its_five(
    desk: Desk,
) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.scalars(select(Member)).one().digest_channel = "C0TEAM"
    tanaka = desk.hire("田中", Role.CSM, digest_channel="C0TEAM")
    for number in range(3):
        add_episode(desk, desk.add_account(f"佐藤の{number}"))
        add_episode(desk, desk.add_account(f"田中の{number}", tanaka))
    run(desk)
    run(desk, member=tanaka)
    assert [each.audience for each in posts(desk)] == ["C0TEAM"] * MOST_A_DAY


@pytest.mark.parametrize("away", [{"absent_until_on": TUESDAY}, {"is_active": False}])
def test_while_the_owner_is_away_the_second_is_told(desk: Desk, away: dict[str, Any]) -> None:
    tanaka = desk.hire("田中", Role.CSM)
    made = add_episode(desk, desk.add_account("アクメ商事", second_id=tanaka.id))
    with desk.store.writing(desk.workspace.id) as unit:
        sato = unit.session.scalars(select(Member).filter_by(id=desk.sato.id)).one()
        for name, value in away.items():
            setattr(sato, name, value)
    run(desk)
    assert posts(desk) == []
    run(desk, member=tanaka)
    assert [each.audience for each in posts(desk)] == [tanaka.slack_user]
    assert stands(desk, made).owner_id == desk.sato.id


def test_an_owner_without_a_cs_role_is_passed_over_like_one_who_is_away(desk: Desk) -> None:
    """Nobody's morning would tell a sales person's alerts, nor wake them."""
    mori, sales = desk.hire("森", Role.LEAD), desk.hire("営業", Role.SALES)
    account = desk.add_account("アクメ商事", sales)
    made = add_episode(desk, account)
    asleep = {"state": "snoozed", "snoozed_until_on": TODAY, "snooze_reason": "休暇"}
    snoozed = add_episode(desk, account, playbook="late_payment", told_at=FRIDAY, **asleep)
    run(desk, member=mori)
    assert [(each.key, each.audience) for each in posts(desk)] == [
        (f"episode:{made.id}", mori.slack_user)
    ]
    assert stands(desk, snoozed).state == "open"


def test_what_nobody_owns_goes_to_the_channel_of_the_team_else_to_a_lead(desk: Desk) -> None:
    mori = desk.hire("森", Role.LEAD)
    first = add_episode(desk, desk.add_account("一社"), owner_id=None)
    alerts_team(desk.turn(None))
    assert posts(desk) == []
    run(desk, member=mori)
    assert [each.audience for each in posts(desk)] == [mori.slack_user]
    with desk.store.writing(desk.workspace.id) as unit:
        unit.workspace.cs_channel = "C0CS"
    second = add_episode(desk, desk.add_account("二社"), owner_id=None)
    run(desk, member=mori)
    told = {each.key: each.audience for each in posts(desk)}
    assert told == {
        f"episode:{first.id}": mori.slack_user,
        f"episode:{second.id}": "C0CS",
    }


def test_where_nobody_is_left_to_tell_it_waits(desk: Desk) -> None:
    made = add_episode(desk, desk.add_account("アクメ商事"), owner_id=None)
    run(desk)
    assert stands(desk, made).told_at is None


def test_a_snoozed_alert_wakes_on_its_day_and_its_message_says_so(desk: Desk) -> None:
    made = add_episode(desk, desk.add_account("アクメ商事"))
    run(desk)
    asleep = {"state": "snoozed", "snoozed_until_on": WEDNESDAY, "snooze_reason": "休暇"}
    change(desk, made, **asleep, state_at=desk.clock.now(), state_by_id=desk.sato.id)
    run(desk, TUESDAY)
    assert stands(desk, made).state == "snoozed"
    run(desk, WEDNESDAY)
    run(desk, WEDNESDAY)
    assert stands(desk, made).state == "open"
    assert [each for each in lines(desk) if "再開しました" in each] == [
        "スヌーズが終わり、アラートを再開しました。"
    ]


def test_what_nobody_works_for_wakes_as_well(desk: Desk) -> None:
    asleep = {"state": "snoozed", "snoozed_until_on": TUESDAY, "snooze_reason": "休暇"}
    made = add_episode(desk, desk.add_account("アクメ商事"), owner_id=None, **asleep)
    alerts_team(desk.turn(None, TODAY))
    assert stands(desk, made).state == "snoozed"
    alerts_team(desk.turn(None, TUESDAY))
    assert stands(desk, made).state == "open"


@pytest.mark.row("D7")
def test_after_three_business_day_runs_without_a_sign_closing_is_proposed_once(
    desk: Desk,
) -> None:
    ensure_shipped(desk.store, desk.workspace.id)
    made = add_episode(desk, desk.add_account("アクメ商事"))
    run(desk)
    change(desk, made, clear_since_on=TODAY)
    # A weekend and a holiday lie between the first and the second run that count.
    run_scores(desk, *(TODAY + timedelta(days=day) for day in range(6)))
    run(desk, TUESDAY)
    assert not stands(desk, made).is_recovery_told
    run(desk, WEDNESDAY)
    run(desk, WEDNESDAY)
    assert stands(desk, made).is_recovery_told
    assert stands(desk, made).state == "open"
    [line] = [each for each in lines(desk) if "回復しています" in each]
    assert "11/20(金)から" in line


def test_signs_that_are_back_take_the_proposal_back(desk: Desk) -> None:
    ensure_shipped(desk.store, desk.workspace.id)
    made = add_episode(desk, desk.add_account("アクメ商事"))
    run(desk)
    change(desk, made, clear_since_on=TODAY, is_recovery_told=True)
    run_scores(desk, TODAY)
    change(desk, made, clear_since_on=None)
    run(desk, TUESDAY)
    assert not stands(desk, made).is_recovery_told


def test_a_deadline_that_passes_is_no_recovery(desk: Desk) -> None:
    ensure_shipped(desk.store, desk.workspace.id)
    made = add_episode(desk, desk.add_account("アクメ商事"), playbook="renewal")
    change(desk, made, clear_since_on=TODAY)
    run_scores(desk, *(TODAY + timedelta(days=day) for day in range(6)))
    run(desk, WEDNESDAY)
    assert not stands(desk, made).is_recovery_told


def test_a_message_is_kept_as_a_night_left_it_and_otherwise_left_alone(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    desk.add_contract(acme, renews_on=date(2027, 3, 31))
    made = add_episode(desk, acme)
    run(desk)
    run(desk, TUESDAY)
    assert updates(desk) == 0
    worse = [{"signal": "threshold", "values": {"score": 44.0, "edge": 50}}]
    change(desk, made, evidence=worse)
    run(desk, WEDNESDAY)
    assert updates(desk) == 1
    add_task(desk, acme, date(2026, 12, 1), episode=made)
    run(desk, date(2026, 11, 26))
    run(desk, date(2026, 11, 26))
    assert updates(desk) == 1
    with desk.store.reading(desk.workspace.id) as unit:
        [newest] = unit.session.scalars(select(OutboxItem).filter_by(kind="update"))
    assert "12/1(火)まで" in str(newest.payload["blocks"])


@pytest.mark.parametrize(
    ("locale", "since", "over"),
    [
        ("ja", "比較)/11/18(水)から", "/11/26(木)に解消"),
        ("en", "/ since Wed 18 Nov", "/ over since Thu 26 Nov"),
    ],
)
def test_newer_figures_change_the_message_in_its_place_and_say_since_when(
    desk: Desk, locale: str, since: str, over: str
) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.scalars(select(Member)).one().locale = locale
    fell = {"logins": 4.2, "logins_before": 9.0, "change": -0.53}
    sign = {"signal": "login_drop", "values": fell, "since_on": "2026-11-18"}
    made = add_episode(desk, desk.add_account("アクメ商事"), evidence=[sign])
    run(desk)
    assert since in str(posts(desk)[0].payload["blocks"])
    lower = {**fell, "logins": 1.5, "change": -0.83}
    change(desk, made, evidence=[{**sign, "values": lower, "first": fell, "over_on": "2026-11-26"}])
    run(desk, date(2026, 11, 26))
    assert (len(posts(desk)), updates(desk), len(lines(desk))) == (1, 1, 0)
    with desk.store.reading(desk.workspace.id) as unit:
        [newest] = unit.session.scalars(select(OutboxItem).filter_by(kind="update"))
    assert "1.5" in str(newest.payload["blocks"])
    assert over in str(newest.payload["blocks"])


def test_the_last_days_before_a_deadline_are_counted_in_the_message(desk: Desk) -> None:
    acme = desk.add_account("アクメ商事")
    desk.add_contract(acme, renews_on=date(2026, 12, 1))
    add_episode(desk, acme)
    run(desk)
    run(desk, TUESDAY)
    assert updates(desk) == 1


def test_the_jobs_come_before_the_digest_at_the_person_s_own_time() -> None:
    jobs = whole().jobs
    assert (jobs["alerts"].audience, jobs["alerts"].own_time) == ("member", True)
    assert jobs["alerts"].rule == jobs["digest"].rule
    assert jobs["alerts"].roles == CS_TEAM
    assert jobs["alerts_team"].audience == "workspace"


def test_an_alert_that_was_handed_over_by_a_process_that_died_is_told_in_the_morning(
    desk: Desk,
) -> None:
    tanaka = desk.hire("田中", Role.CSM)
    made = add_episode(desk, desk.add_account("アクメ商事"))
    run(desk)
    change(desk, made, owner_id=tanaka.id, told_at=None)
    run(desk, TUESDAY, tanaka)
    assert [each.audience for each in posts(desk)] == [desk.sato.slack_user, tanaka.slack_user]
    assert isinstance(stands(desk, made).told_at, datetime)
