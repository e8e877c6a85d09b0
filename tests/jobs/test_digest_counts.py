"""The head's counts: whenever they move, the digest says why, or what waits."""

from datetime import date

import pytest

from bot.core.vocabulary import Band, Locale
from bot.job_runner import put_post
from bot.jobs.digest import digest
from bot.store.tables import Account, ScoreRun
from bot.views.reply import Message
from tests.commands.desk import TODAY, Desk
from tests.views.shown import problems_of, text_of

THURSDAY, TUESDAY = date(2026, 11, 19), date(2026, 11, 24)

pytestmark = pytest.mark.row("B2", "B22")


def _say(desk: Desk, on: date = TODAY, locale: Locale = Locale.JA) -> Message:
    """Run the job for a day and put what it says into the outbox, as the runner does."""
    desk.sato.locale = locale
    [post] = digest(desk.turn(desk.sato, on))
    with desk.store.writing(desk.workspace.id) as unit:
        put_post(unit, post)
    assert problems_of(post.message) == []
    return post.message


def _band(score: float | None) -> Band:
    if score is None:
        return Band.UNKNOWN
    return Band.RED if score < 50 else Band.YELLOW if score < 70 else Band.GREEN


def _scored(desk: Desk, account: Account, scores: dict[date, float | None]) -> None:
    for on, score in scores.items():
        desk.score(account, on, score, _band(score))


@pytest.mark.parametrize("locale", list(Locale))
def test_a_move_that_may_not_last_is_said_to_wait(desk: Desk, locale: Locale) -> None:
    account = desk.add_account("霞丘人材")
    _scored(desk, account, {date(2026, 11, 18): 71, THURSDAY: 71, TODAY: 69})
    _say(desk, THURSDAY, locale)
    said = _say(desk, TODAY, locale)
    assert len(said.blocks) == 1
    ja = "前回のお知らせでは1社(🔴0 🟡0 🟢1 ⚪0)でした。1社は区分が変わったばかりのため"
    en = "Last time it was 1 (🔴0 🟡0 🟢1 ⚪0). 1 changed band only just"
    assert (ja if locale is Locale.JA else en) in said.text
    assert ("新しい変化" if locale is Locale.JA else "nothing new") not in said.text


def test_a_second_morning_of_it_still_says_that_it_waits(desk: Desk) -> None:
    account = desk.add_account("霞丘人材")
    _scored(desk, account, {date(2026, 11, 18): 71, THURSDAY: 69, TODAY: 69})
    for on in (THURSDAY, TODAY):
        assert "1社は区分が変わったばかり" in _say(desk, on).text


def test_a_move_that_waits_is_said_below_other_news_too(desk: Desk) -> None:
    _scored(desk, desk.add_account("霞丘人材"), {THURSDAY: 71, TODAY: 69})
    desk.add_account("シータ社")
    assert "1社は区分が変わったばかり" in text_of(_say(desk))


def test_data_that_came_back_is_no_silent_change(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    _scored(desk, account, {date(2026, 11, 18): 80, THURSDAY: None, TODAY: 80})
    _say(desk, THURSDAY)
    assert "前回のお知らせでは1社(🔴0 🟡0 🟢0 ⚪1)でした" in _say(desk).text
    assert "新しい変化はありません" in _say(desk, TUESDAY).text


def test_a_customer_handed_over_is_no_silent_change(desk: Desk) -> None:
    _scored(desk, desk.add_account("アクメ商事"), {THURSDAY: 80, TODAY: 80})
    _say(desk, THURSDAY)
    _scored(desk, desk.add_account("引継社"), {date(2026, 11, 2): 80, TODAY: 80})
    assert "前回のお知らせでは1社" in _say(desk).text


def test_scores_for_everybody_are_told_to_who_heard_of_none(desk: Desk) -> None:
    """⚪2 yesterday, 🟡2 today, in a workspace that never had a score."""
    for name in ("アクメ商事", "ベータ物流"):
        _scored(desk, desk.add_account(name), {THURSDAY: None, TODAY: 60})
    assert "⚪2" in text_of(_say(desk, THURSDAY))
    assert text_of(_say(desk)).count("初めてスコアが出ました:60") == 2


def _months_of_scores(desk: Desk) -> None:
    """The workspace has had scores for long."""
    _scored(desk, desk.add_account("他社", desk.hire("鈴木")), {date(2026, 8, 3): 80})
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.get_one(ScoreRun, (desk.workspace.id, date(2026, 8, 3))).scored = 1


@pytest.mark.parametrize("locale", list(Locale))
def test_two_hundred_new_customers_are_one_line_below_what_is_worse(
    desk: Desk, locale: Locale
) -> None:
    _months_of_scores(desk)
    for number in range(3):
        fallen = desk.add_account(f"悪化{number}社")
        _scored(desk, fallen, {date(2026, 11, 18): 80, THURSDAY: 80, TODAY: 30})
    for number in range(200):
        new = desk.add_account(f"新規{number:03}社", arr=10**9)
        desk.score(new, TODAY, 30 if number < 4 else 80, Band.RED if number < 4 else Band.GREEN)
    said = text_of(_say(desk, TODAY, locale))
    ja = "200社に初めてスコアが出ました(🔴4 🟡0 🟢196)"
    en = "First scores for 200 accounts (🔴4 🟡0 🟢196)"
    assert (ja if locale is Locale.JA else en) in said
    assert "新規" not in said
    assert all(f"悪化{number}社" in said for number in range(3))
    assert ("お知らせ 203件" if locale is Locale.JA else "203 items") in said
    assert len(_say(desk, TUESDAY, locale).blocks) == 1


def test_five_first_scores_keep_their_rows(desk: Desk) -> None:
    _months_of_scores(desk)
    for number in range(5):
        _scored(desk, desk.add_account(f"新規{number}社"), {TODAY: 80})
    assert text_of(_say(desk)).count("初めてスコアが出ました:80") == 5


def test_a_first_score_that_falls_the_next_morning_is_told_as_a_fall(desk: Desk) -> None:
    _months_of_scores(desk)
    account = desk.add_account("新規社")
    _scored(desk, account, {TODAY: 80, TUESDAY: 40})
    assert "初めてスコアが出ました:80" in text_of(_say(desk))
    later = text_of(_say(desk, TUESDAY))
    assert "🟢 → 🔴 *新規社*" in later
    assert "初めてスコア" not in later


@pytest.mark.parametrize("locale", list(Locale))
def test_a_second_question_says_that_it_is_one(desk: Desk, locale: Locale) -> None:
    desk.score(desk.add_account("シータ社"), date(2026, 11, 4), None, Band.UNKNOWN)
    again = "引き続き判定できません" if locale is Locale.JA else "still no score"
    asked = []
    for on in (5, 6, 9, 10, 11, 12, 13):
        shown = text_of(_say(desk, date(2026, 11, on), locale))
        asked.append(("*シータ社*" in shown, again in shown))
    nothing = (False, False)
    assert asked == [(True, False), *[nothing] * 5, (True, True)]


def test_a_change_during_two_days_away_is_told_on_the_return(desk: Desk) -> None:
    """No digest on Wednesday and Thursday; the fall lasts since Tuesday's evening."""
    account = desk.add_account("アクメ商事")
    fell = {date(2026, 11, day): 60.0 for day in (18, 19, 20)}
    _scored(desk, account, {date(2026, 11, 16): 80, date(2026, 11, 17): 80, **fell})
    _say(desk, date(2026, 11, 17))
    assert "🟢 → 🟡 *アクメ商事*" in text_of(_say(desk))


def test_a_deadline_that_passed_during_a_week_away_is_closed_on_the_return(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    _scored(desk, account, {date(2026, 11, 2): 80})
    desk.add_contract(account, notice_on=date(2026, 11, 18), renews_on=date(2027, 1, 18))
    assert "まで2日" not in _say(desk, date(2026, 11, 16)).text
    assert "解約通知期限(11/18(水))を過ぎました" in text_of(_say(desk))


def test_an_hour_of_the_same_day_is_no_digest_before(desk: Desk) -> None:
    """`/sakidori digest` at noon reads what was told on the mornings before, as the morning did."""
    _scored(desk, desk.add_account("アクメ商事"), {THURSDAY: 80, TODAY: 40})
    _say(desk, THURSDAY)
    assert text_of(_say(desk)) == text_of(digest(desk.turn(desk.sato))[0].message)
