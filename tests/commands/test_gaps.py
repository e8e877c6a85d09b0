"""`/sakidori gaps`: one sentence that says what holds things up, and the figures it rests on."""

from datetime import date, datetime, timedelta

import pytest

from bot.commands.gaps import gaps
from bot.core.vocabulary import Band, Locale, Role
from bot.job_runner import put_post
from bot.jobs.nightly import nightly
from bot.registry import LEADERS, whole
from bot.services.playbooks import ensure_shipped
from bot.store.tables import ImportBatch, PlaybookReview, ScoreRun, UnlinkedRef, UsageDay
from bot.views.reply import Post, Private, Reply
from tests.commands.desk import Desk
from tests.commands.loop_records import add_episode, add_task
from tests.commands.nights import NIGHT
from tests.commands.records import TODAY
from tests.commands.test_break_decided import add_break
from tests.views.shown import elements_of, problems_of, text_of


def read(desk: Desk, locale: Locale = Locale.JA) -> Private:
    reply = gaps(desk.ask(by=desk.hire(f"大野{locale}", Role.OPS), locale=locale))
    assert isinstance(reply, Private)
    assert problems_of(reply.message) == []
    return reply


def offered(reply: Reply) -> list[str]:
    assert isinstance(reply, Private)
    return [each["action_id"] for each in elements_of(reply.message.blocks)]


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
    assert {"tasks", "alerts"} < set(offered(reply))


def test_an_open_break_can_be_decided_by_ops_alone(desk: Desk) -> None:
    add_break(desk)
    assert offered(read(desk))[:2] == ["break_decided#1", "break_decided#2"]
    reply = gaps(desk.ask(by=desk.hire("高橋", Role.LEAD)))
    assert isinstance(reply, Private)
    assert not any(each.startswith("break") for each in offered(reply))
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
    assert back.key == f"source-back:tickets:2026-10-30:{ops}"


@pytest.mark.row("B1")
def test_a_metric_that_stops_alone_is_told_and_with_all_others_once(desk: Desk) -> None:
    desk.hire("大野", Role.OPS)
    add_usage_days(desk, "logins", date(2026, 11, 17))
    add_usage_days(desk, "exports", date(2026, 11, 19))
    [alone] = night(desk, "2026-11-19")
    assert alone.key.startswith("source:logins:2026-11-17")
    [whole_feed] = [each for each in night(desk, "2026-11-17") if "2026-11-17" in each.key]
    assert whole_feed.key.startswith("gap:2026-11-17")


@pytest.mark.row("B1")
@pytest.mark.parametrize(
    ("locale", "told"), [(Locale.JA, "11/19(木)分まで届いています"), (Locale.EN, "up to")]
)
def test_a_metric_that_comes_again_is_told_once(desk: Desk, locale: Locale, told: str) -> None:
    ops = desk.hire("大野", Role.OPS).slack_user
    desk.workspace.locale = locale
    add_usage_days(desk, "logins", date(2026, 11, 17))
    add_usage_days(desk, "exports", date(2026, 11, 19))
    night(desk, "2026-11-19")
    with desk.store.writing(desk.workspace.id) as unit:
        for day in (18, 19):
            on = date(2026, 11, day)
            unit.add(UsageDay(metric="logins", used_on=on, account_count=100))
    [back] = night(desk, "2026-11-19")
    assert back.key == f"source-back:logins:2026-11-17:{ops}"
    assert told in text_of(back.message)
    assert night(desk, "2026-11-19") == []


@pytest.mark.row("B1")
@pytest.mark.parametrize(
    ("locale", "told"),
    [(Locale.JA, "利用データがまた届きました"), (Locale.EN, "Usage data has come again")],
)
def test_the_whole_feed_that_comes_again_is_told_once(
    desk: Desk, locale: Locale, told: str
) -> None:
    ops = desk.hire("大野", Role.OPS).slack_user
    desk.workspace.locale = locale
    [gap] = night(desk, "2026-11-17")
    assert gap.key == f"gap:2026-11-17:{ops}"
    [back] = night(desk, "2026-11-19")
    assert back.key == f"gap-back:2026-11-17:{ops}"
    assert told in text_of(back.message)
    assert night(desk, "2026-11-19") == []


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        (Locale.JA, ["|普段は毎営業日", "|目安は22営業日おき"]),
        (Locale.EN, ["| usually every business day", "| expected every 22 business days"]),
    ],
)
def test_a_rhythm_of_one_day_is_every_business_day(
    desk: Desk, locale: Locale, told: list[str]
) -> None:
    for day in (12, 13, 16, 17, 18, 19):
        bring(desk, "tickets", date(2026, 11, day))
    bring(desk, "contracts", date(2026, 11, 2))
    shown = text_of(read(desk, locale).message)
    assert [each for each in told if each not in shown] == []


@pytest.mark.row("B3", "A30")
@pytest.mark.parametrize(
    ("locale", "told"),
    [
        (
            Locale.JA,
            [
                "• NPS 62%(128社のうち80社)|取り込むデータ:NPS",
                "取り込むデータ:問い合わせ",
            ],
        ),
        (Locale.EN, ["• NPS: 62% (80 of 128 accounts) | import: NPS", "| import: Tickets"]),
    ],
)
def test_measures_without_data_are_told_worst_first_with_what_mends_them(
    desk: Desk, locale: Locale, told: list[str]
) -> None:
    lacking = {"ticket_growth": [100, 5], "nps": [128, 80], "voc": [128, 0], "gone": [10, 10]}
    account = desk.add_account("アクメ商事")
    desk.score(account, TODAY, 80, Band.GREEN)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.get_one(ScoreRun, (desk.workspace.id, TODAY)).lacking = lacking
    shown = text_of(read(desk, locale).message)
    assert [each for each in told if each not in shown] == []
    assert shown.index("NPS") < shown.index("5%")
    assert "• VoC" not in shown


@pytest.mark.row("B52", "B2")
@pytest.mark.parametrize(
    ("locale", "told"),
    [
        (
            Locale.JA,
            [
                "*整備の順序*",
                "1. 【次】 *データを選ぶ* 顧客 1社/届いているデータ 0種類|顧客リスト",
                "3. 【未】 *指標としきい値を決める* 運用開始前",
                "4. 【済】 *プレイブックを書く* 使用中 7件/プレイブックのない兆候 0件",
                "6. 【未】 *見直す(PDCA)* 直近8週の判断 0件",
            ],
        ),
        (
            Locale.EN,
            [
                "*In this order*",
                "1. [next] *Choose the data*: 1 account, 0 kinds of data | begin with",
                "2. [to do] *Set up its collection*: late 0, ids without an account 0 | have",
                "4. [done] *Write playbooks*: in use 7, signals without one 0",
                "5. [to do] *Execute without omission*: stuck 0 of 0 open",
            ],
        ),
    ],
)
def test_the_page_ends_with_the_order_of_the_setup_and_its_next_step(
    desk: Desk, locale: Locale, told: list[str]
) -> None:
    ensure_shipped(desk.store, desk.workspace.id)
    desk.add_account("アクメ商事")
    shown = text_of(read(desk, locale).message)
    assert [each for each in told if each not in shown] == []


@pytest.mark.row("B52")
def test_decisions_of_eight_weeks_close_the_circle(desk: Desk) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        for days, verdict in ((10, "wait"), (70, "change")):
            decided_at = unit.at - timedelta(days=days)
            unit.add(
                PlaybookReview(
                    week_on=TODAY - timedelta(days=days),
                    playbook="renewal",
                    playbook_version=1,
                    verdict=verdict,
                    member_id=desk.sato.id,
                    decided_at=decided_at,
                )
            )
    assert "6. 【済】 *見直す(PDCA)* 直近8週の判断 1件" in text_of(read(desk).message)
