"""`/sakidori gaps`: one sentence that says what holds things up, and the figures it rests on."""

from datetime import date, datetime, timedelta

import pytest

from bot.commands.gaps import gaps
from bot.core.vocabulary import Band, Locale, Role
from bot.job_runner import put_post
from bot.jobs.nightly import nightly
from bot.registry import LEADERS, whole
from bot.services.playbooks import ensure_shipped
from bot.store.tables import ImportBatch, UnlinkedRef, UsageDay
from bot.views.reply import Post, Private
from tests.commands.desk import Desk
from tests.commands.loop_records import add_episode, add_task
from tests.commands.records import TODAY
from tests.commands.test_break_decided import NIGHT, add_break
from tests.views.shown import elements_of, problems_of, text_of


def read(desk: Desk, locale: Locale = Locale.JA) -> Private:
    reply = gaps(desk.ask(by=desk.hire(f"大野{locale}", Role.OPS), locale=locale))
    assert isinstance(reply, Private)
    assert problems_of(reply.message) == []
    return reply


def bring(desk: Desk, kind: str, on: date) -> None:
    at = datetime(on.year, on.month, on.day, 3, tzinfo=desk.clock.now().tzinfo)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.add(
            ImportBatch(
                file_name=f"{kind}.csv",
                sha256="",
                staged_at_path="",
                state="applied",
                report={"counts": [{"kind": kind, "new": 1}]},
                started_at=at,
            )
        )


def add_usage_days(desk: Desk, metric: str, last_on: date) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        for back in range(20):
            day = last_on - timedelta(days=back)
            unit.add(UsageDay(metric=metric, used_on=day, account_count=100))


def night(desk: Desk, data_on: str) -> list[Post]:
    desk.bench.result = NIGHT | {"data_on": data_on}
    posts = [each for each in nightly(desk.turn(None)) if not each.key.startswith("nightly:")]
    for post in posts:
        assert problems_of(post.message) == []
        with desk.store.writing(desk.workspace.id) as unit:
            put_post(unit, post)
    return posts


@pytest.mark.row("B3", "B13")
@pytest.mark.parametrize("locale", list(Locale))
def test_collecting_is_the_bottleneck_where_scores_rest_on_too_little(
    desk: Desk, locale: Locale
) -> None:
    for number in range(10):
        account = desk.add_account(f"顧客{number}社")
        if number:
            desk.score(account, TODAY, None if number < 4 else 80, Band.GREEN)
    bring(desk, "tickets", date(2026, 10, 1))
    with desk.store.writing(desk.workspace.id) as unit:
        unit.add(UnlinkedRef(ref="X-1", kind="nps", row_count=1, batch_id=1, known_at=unit.at))
    told = text_of(read(desk, locale).message)
    heading = {"ja": "「データの収集」です", "en": "Collecting data is the bottleneck"}
    assert heading[locale] in told
    assert "⚠️ *問い合わせ*" in told or "⚠️ *Tickets*" in told
    without_playbook = {"ja": "プレイブックのない兆候:", "en": "Signals without a playbook:"}
    assert without_playbook[locale] in told


@pytest.mark.row("B3")
def test_acting_is_the_bottleneck_where_work_lies(desk: Desk) -> None:
    ensure_shipped(desk.store, desk.workspace.id)
    account = desk.add_account("アクメ商事")
    desk.score(account, TODAY, 80, Band.GREEN)
    alert = add_episode(desk, account, opened_on=TODAY - timedelta(days=3))
    add_task(desk, account, TODAY - timedelta(days=1), episode=alert)
    reply = read(desk)
    told = text_of(reply.message)
    assert "「対応」です" in told
    assert "2件のうち2件(100%)" in told
    assert "昨日までに出て未着手 1件" in told
    assert [each["action_id"] for each in elements_of(reply.message.blocks)] == ["tasks"]


def test_an_open_break_can_be_decided_by_ops_alone(desk: Desk) -> None:
    add_break(desk)
    found = [each["action_id"] for each in elements_of(read(desk).message.blocks)]
    assert found == ["break_decided#1", "break_decided#2"]
    reply = gaps(desk.ask(by=desk.hire("高橋", Role.LEAD)))
    assert isinstance(reply, Private)
    assert elements_of(reply.message.blocks) == []
    deed = whole().find("command", "gaps")
    assert deed is not None
    assert deed.roles == LEADERS


@pytest.mark.row("B1")
def test_a_late_source_is_told_once_and_its_return_once(desk: Desk) -> None:
    ops = desk.hire("大野", Role.OPS).slack_user
    bring(desk, "tickets", date(2026, 10, 30))
    [late] = night(desk, "2026-11-19")
    assert late.key == f"source:tickets:2026-10-30:{ops}"
    assert "「問い合わせ」のデータが届いていません" in text_of(late.message)
    [again] = night(desk, "2026-11-19")
    assert again.key == late.key
    bring(desk, "tickets", date(2026, 11, 20))
    [back] = night(desk, "2026-11-19")
    assert back.key == f"source-back:tickets:2026-11-20:{ops}"


@pytest.mark.row("B1")
def test_a_metric_that_stops_alone_is_told_and_with_all_others_once(desk: Desk) -> None:
    desk.hire("大野", Role.OPS)
    add_usage_days(desk, "logins", date(2026, 11, 17))
    add_usage_days(desk, "exports", date(2026, 11, 19))
    [alone] = night(desk, "2026-11-19")
    assert alone.key.startswith("source:logins:2026-11-17")
    [whole_feed] = [each for each in night(desk, "2026-11-17") if "2026-11-17" in each.key]
    assert whole_feed.key.startswith("gap:2026-11-17")
