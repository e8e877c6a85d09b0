"""Why a customer got worse or better, in the digest's row: scores, days, and what moved them."""

from datetime import date, timedelta

import pytest

from bot.core.vocabulary import Band, Locale
from bot.job_runner import put_post
from bot.jobs.digest import digest
from bot.store.tables import Account, ScoreRun
from bot.views.reply import Message
from tests.commands.desk import TODAY, Desk
from tests.commands.scores import NAN, Values
from tests.views.shown import problems_of, text_of

WEEK_AGO = date(2026, 11, 13)
GOOD: Values = {"logins_vs_past": (1.02, 9.0), "late_payment_days": (0.0, 4.0), "nps": (9.0, 8.0)}
FALLEN: Values = {
    "logins_vs_past": (0.48, -8.0),
    "late_payment_days": (6.0, -2.0),
    "nps": (9.0, 8.5),
}

pytestmark = pytest.mark.row("B2", "B19", "E7")


@pytest.fixture
def account(desk: Desk) -> Account:
    desk.keep_model()
    return desk.add_account("アクメ商事", arr=4_800_000)


def _digest(desk: Desk, locale: Locale = Locale.JA, on: date = TODAY) -> Message:
    desk.sato.locale = locale
    [post] = digest(desk.turn(desk.sato, on))
    assert problems_of(post.message) == []
    return post.message


def _fall(desk: Desk, account: Account, before: Values = GOOD, now: Values = FALLEN) -> None:
    desk.score(account, WEEK_AGO, 74.6, Band.GREEN, before)
    desk.score(account, date(2026, 11, 18), 73, Band.GREEN, before)
    desk.score(account, TODAY, 62.9, Band.YELLOW, now)


def test_a_fall_tells_both_scores_and_the_two_measures_behind_it(
    desk: Desk, account: Account
) -> None:
    _fall(desk, account)
    assert (
        "🟢 → 🟡 *アクメ商事*  480万円\n"
        "74 → 62(7日間)|ログイン 1.0倍 → 0.5倍(直近5営業日/その前の20営業日)、"
        "入金の遅れ 0日 → 6日"
    ) in text_of(_digest(desk))


def test_it_reads_in_english_too(desk: Desk, account: Account) -> None:
    _fall(desk, account)
    assert (
        "74 → 62 (7 days) | Logins ×1.0 → ×0.5 (last 5 business days / the 20 before); "
        "Late payment 0 days → 6 days"
    ) in text_of(_digest(desk, Locale.EN))


def test_the_deadline_is_in_the_first_line(desk: Desk, account: Account) -> None:
    desk.add_contract(account, renews_on=date(2027, 1, 4), notice_on=date(2026, 12, 4))
    _fall(desk, account)
    assert "480万円/解約通知期限まで14日(12/4)\n74 → 62" in text_of(_digest(desk))


def test_a_measure_that_no_longer_counts_is_said_to_be_left_out(
    desk: Desk, account: Account
) -> None:
    _fall(desk, account, now=GOOD | {"nps": (9.0, NAN)})
    assert "74 → 62(7日間)|NPS 9.0 → 除外" in text_of(_digest(desk))


def test_a_new_ceiling_is_the_first_reason(desk: Desk, account: Account) -> None:
    late = GOOD | {"late_payment_days": (16.0, 3.5)}
    desk.score(account, WEEK_AGO, 82, Band.GREEN, GOOD)
    # The variant's second cap: fourteen days of late payment.
    desk.score(account, TODAY, 69, Band.YELLOW, late, cap=2)
    assert "82 → 69(7日間)|入金の遅れ 0日 → 16日で上限69点" in text_of(_digest(desk))


def test_a_recovery_says_from_where_and_by_what(desk: Desk, account: Account) -> None:
    desk.score(account, WEEK_AGO, 62, Band.YELLOW, FALLEN)
    desk.score(account, TODAY, 74, Band.GREEN, GOOD)
    assert (
        "🟡 → 🟢 *アクメ商事* 回復  480万円\n"
        "62 → 74(7日間)|ログイン 0.5倍 → 1.0倍(直近5営業日/その前の20営業日)"
    ) in text_of(_digest(desk))


def test_the_earlier_score_is_of_the_band_it_came_from(desk: Desk, account: Account) -> None:
    """Yellow a week ago, green since and red today: told as the fall it is."""
    desk.score(account, WEEK_AGO, 60, Band.YELLOW, FALLEN)
    desk.score(account, date(2026, 11, 16), 80, Band.GREEN, GOOD)
    desk.score(account, date(2026, 11, 18), 80, Band.GREEN, GOOD)
    desk.score(account, TODAY, 44, Band.RED, FALLEN)
    assert "🟢 → 🔴 *アクメ商事*  480万円\n80 → 44(4日間)" in text_of(_digest(desk))


def test_without_an_earlier_model_the_scores_alone_are_told(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    _fall(desk, account)
    assert "*アクメ商事*\n74 → 62(7日間)\n" in text_of(_digest(desk)) + "\n"


def test_a_move_across_new_year_counts_calendar_days(desk: Desk, account: Account) -> None:
    january = date(2027, 1, 4)
    desk.score(account, date(2026, 12, 25), 74, Band.GREEN, GOOD)
    desk.score(account, january, 62, Band.YELLOW, FALLEN)
    assert "74 → 62(10日間)" in text_of(_digest(desk, on=january))


def _runs(desk: Desk, *days: date) -> None:
    """Days on which the workspace scored somebody."""
    other = desk.add_account("他社", desk.hire("鈴木"))
    for day in days:
        desk.score(other, day, 80, Band.GREEN)
    with desk.store.writing(desk.workspace.id) as unit:
        for day in days:
            unit.session.get_one(ScoreRun, (desk.workspace.id, day)).scored = 1


@pytest.mark.parametrize("locale", list(Locale))
def test_a_first_score_is_told_once_and_after_everything_worse(
    desk: Desk, account: Account, locale: Locale
) -> None:
    _runs(desk, WEEK_AGO, date(2026, 11, 19))
    _fall(desk, account)
    theta = desk.add_account("シータ社", arr=1_900_000)
    desk.score(theta, date(2026, 11, 18), None, Band.UNKNOWN)
    desk.score(theta, TODAY, 78.9, Band.GREEN)
    said = _digest(desk, locale)
    shown = text_of(said)
    first = "初めてスコアが出ました:78" if locale is Locale.JA else "first score: 78"
    assert shown.index("アクメ商事") < shown.index("シータ社") < shown.index(first)
    assert f"first.{theta.id}.green" in [block.get("block_id") for block in said.blocks]


def test_a_first_score_is_not_told_again_on_the_next_business_day(
    desk: Desk, account: Account
) -> None:
    _runs(desk, WEEK_AGO, date(2026, 11, 19))
    desk.score(account, TODAY, 78, Band.GREEN)
    [post] = digest(desk.turn(desk.sato, TODAY))
    assert "初めてスコア" in text_of(post.message)
    with desk.store.writing(desk.workspace.id) as unit:
        put_post(unit, post)
    tuesday = TODAY + timedelta(days=4)
    desk.score(account, tuesday, 78, Band.GREEN)
    assert "初めてスコア" not in text_of(_digest(desk, on=tuesday))


def test_the_workspaces_first_scores_are_no_news(desk: Desk) -> None:
    for number in range(12):
        desk.score(desk.add_account(f"{number:02}社"), TODAY, 78, Band.GREEN)
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.get_one(ScoreRun, (desk.workspace.id, TODAY)).scored = 12
    assert len(_digest(desk).blocks) == 1


def test_a_score_that_came_back_after_a_silent_feed_is_not_a_first_one(
    desk: Desk, account: Account
) -> None:
    long_ago = date(2026, 8, 3)
    _runs(desk, long_ago, date(2026, 11, 19))
    desk.score(account, long_ago, 70, Band.GREEN)
    desk.score(account, TODAY, 70, Band.GREEN)
    assert "初めてスコア" not in text_of(_digest(desk))
