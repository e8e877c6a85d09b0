"""Deadlines on their day, and what became of contracts: in the morning's digest and App Home."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from bot.commands.app_home import open_home
from bot.core.vocabulary import Band, Locale
from bot.job_runner import put_post
from bot.jobs.digest import digest
from bot.store.tables import Account, AccountOutcome
from bot.views.reply import Message, UpdateHome
from tests.commands.desk import TODAY, Desk
from tests.views.shown import elements_of, problems_of, text_of

# Saturday, Sunday and 勤労感謝の日 lie between Friday and Tuesday.
THURSDAY, TUESDAY, WEDNESDAY = date(2026, 11, 19), date(2026, 11, 24), date(2026, 11, 25)

pytestmark = pytest.mark.row("B2", "B22")


def _say(desk: Desk, on: date = TODAY, locale: Locale = Locale.JA) -> Message:
    """Run the job for a day and put what it says into the outbox, as the runner does."""
    desk.sato.locale = locale
    [post] = digest(desk.turn(desk.sato, on))
    with desk.store.writing(desk.workspace.id) as unit:
        put_post(unit, post)
    assert problems_of(post.message) == []
    return post.message


def _add(desk: Desk, name: str = "東雲台印刷", scored_on: date = date(2026, 11, 2)) -> Account:
    """A healthy customer, known for long."""
    account = desk.add_account(name, arr=4_800_000)
    desk.score(account, scored_on, 80, Band.GREEN)
    return account


def _end(desk: Desk, account: Account, result: str, ended_on: date, **more: Any) -> None:
    """A result from the file of ops, known on Friday morning unless told."""
    known_at = more.pop("known_at", datetime(2026, 11, 20, 0, 0, tzinfo=UTC))
    ref = f"{ended_on}-{result}"
    outcome = {"ended_on": ended_on, "result": result, "ref": ref, "known_at": known_at, **more}
    with desk.store.writing(desk.workspace.id) as unit:
        unit.add(AccountOutcome(account_id=account.id, **outcome))


def _leave(desk: Desk, account: Account) -> None:
    with desk.store.writing(desk.workspace.id) as unit:
        unit.session.get_one(Account, (desk.workspace.id, account.id)).is_active = False


@pytest.mark.parametrize("locale", list(Locale))
def test_the_day_of_a_deadline_is_said_in_the_digest_and_at_home(
    desk: Desk, locale: Locale
) -> None:
    account = _add(desk)
    desk.add_contract(account, notice_on=TODAY, renews_on=date(2027, 1, 19))
    told = "まで1日(11/20)" if locale is Locale.JA else "in 1 day (20 Nov)"
    today = "解約通知期限は今日です" if locale is Locale.JA else "Notice deadline is today"
    assert told in text_of(_say(desk, THURSDAY, locale))
    assert today in text_of(_say(desk, TODAY, locale))
    home = open_home(desk.ask(locale=locale))
    assert isinstance(home, UpdateHome)
    assert today in text_of(home.view)


def test_a_renewal_day_is_said_too(desk: Desk) -> None:
    desk.add_contract(_add(desk), renews_on=TODAY)
    assert "更新は今日です" in text_of(_say(desk))


def test_a_customer_that_fell_on_the_day_of_its_deadline_says_so(desk: Desk) -> None:
    account = _add(desk, scored_on=THURSDAY)
    desk.score(account, TODAY, 40, Band.RED)
    desk.add_contract(account, notice_on=TODAY, renews_on=date(2027, 1, 19))
    shown = text_of(_say(desk))
    assert "解約通知期限は今日です" in shown
    assert "0日" not in shown


@pytest.mark.parametrize("locale", list(Locale))
def test_a_deadline_on_the_holiday_is_said_before_it_and_closed_after_it(
    desk: Desk, locale: Locale
) -> None:
    account = _add(desk)
    desk.add_contract(account, notice_on=date(2026, 11, 23), renews_on=date(2026, 12, 23))
    before = "まで3日(11/23)" if locale is Locale.JA else "in 3 days (23 Nov)"
    after = "(11/23(月))を過ぎました" if locale is Locale.JA else "(Mon 23 Nov) has passed"
    assert before in text_of(_say(desk, TODAY, locale))
    assert after in text_of(_say(desk, TUESDAY, locale))
    assert after not in text_of(_say(desk, WEDNESDAY, locale))


def test_a_deadline_within_the_new_year_is_closed_on_the_first_morning(desk: Desk) -> None:
    desk.add_contract(_add(desk), notice_on=date(2027, 1, 1), renews_on=date(2027, 1, 31))
    last, first = date(2026, 12, 28), date(2027, 1, 4)
    assert "解約通知期限まで4日(1/1)" in text_of(_say(desk, last))
    assert "解約通知期限(1/1(金))を過ぎました" in text_of(_say(desk, first))


def test_deadlines_within_two_weeks_come_nearest_first_then_by_risk(desk: Desk) -> None:
    names = {"明日社": 1, "今日社": 0, "二週社": 14, "三月社": 90}
    for name, left in names.items():
        account = desk.add_account(name, arr=10_000 + 10**8 * (left == 90))
        desk.score(account, TODAY, 40, Band.RED)
        on = date.fromordinal(TODAY.toordinal() + left)
        desk.add_contract(account, notice_on=on, renews_on=date(2027, 6, 1))
    shown = text_of(_say(desk))
    order = ["今日社", "明日社", "二週社", "三月社"]
    assert sorted(names, key=shown.index) == order


@pytest.mark.parametrize("locale", list(Locale))
def test_a_renewal_is_told_once_with_amount_and_period(desk: Desk, locale: Locale) -> None:
    """It renewed on Sunday 15 November; ops recorded it on Friday."""
    account = _add(desk)
    ends = {"ends_on": date(2026, 11, 14), "renews_on": date(2026, 11, 15)}
    desk.add_contract(account, starts_on=date(2025, 11, 15), **ends)
    desk.add_contract(account, starts_on=date(2026, 11, 15), ends_on=date(2027, 11, 14))
    amount = {"amount": Decimal(5_200_000), "currency": "JPY"}
    _end(desk, account, "renewed", date(2026, 11, 14), **amount)
    said = text_of(_say(desk, TODAY, locale))
    ja = "更新確定 *東雲台印刷*  520万円\n契約期間 11/15〜2027/11/14"
    en = "Renewed *東雲台印刷*  ¥5.2M\nContract 15 Nov to 14 Nov 2027"
    assert (ja if locale is Locale.JA else en) in said
    assert (ja if locale is Locale.JA else en) not in text_of(_say(desk, TUESDAY, locale))


@pytest.mark.parametrize(
    ("result", "reason", "told"),
    [
        ("churned", "社内未浸透", "解約 *東雲台印刷*\n11/14(土)で契約終了/理由:社内未浸透"),
        ("churned", None, "解約 *東雲台印刷*\n11/14(土)で契約終了/理由:記録なし"),
        (
            "contracted",
            "予算",
            "更新確定(縮小) *東雲台印刷*\n11/14(土)に満了した契約の更新/理由:予算",
        ),
        ("expanded", None, "更新確定(拡大) *東雲台印刷*\n11/14(土)に満了した契約の更新"),
    ],
)
def test_each_result_says_what_became_of_the_contract(
    desk: Desk, result: str, reason: str | None, told: str
) -> None:
    _end(desk, _add(desk), result, date(2026, 11, 14), reason=reason)
    said = _say(desk)
    assert told in text_of(said)
    assert "契約の結果1" in said.text


def test_a_customer_that_left_is_told_although_its_book_has_it_no_more(desk: Desk) -> None:
    gone = _add(desk)
    _add(desk, "残る社")
    _end(desk, gone, "churned", date(2026, 11, 14), reason="競合")
    _leave(desk, gone)
    said = _say(desk)
    assert "解約 *東雲台印刷*" in text_of(said)
    assert "担当1社" in text_of(said)
    assert [each for each in elements_of(said.blocks) if each["type"] == "overflow"] == []


def test_old_results_and_those_of_others_are_no_news(desk: Desk) -> None:
    mine = _add(desk)
    other = desk.add_account("他社", desk.hire("鈴木"))
    _end(desk, other, "churned", date(2026, 11, 14))
    _end(desk, mine, "renewed", date(2025, 11, 14))
    _end(desk, mine, "expanded", date(2026, 11, 8), known_at=datetime(2026, 11, 9, tzinfo=UTC))
    assert len(_say(desk).blocks) == 1


def test_a_deadline_that_passed_and_the_renewal_behind_it_are_one_row(desk: Desk) -> None:
    """The notice ended on Saturday; on Monday the renewal is 29 days off."""
    monday = date(2026, 11, 30)
    desk.add_contract(_add(desk), notice_on=date(2026, 11, 28), renews_on=date(2026, 12, 29))
    _say(desk, date(2026, 11, 27))
    shown = text_of(_say(desk, monday))
    assert shown.count("*東雲台印刷*") == 1
    assert "解約通知期限(11/28(土))を過ぎました/更新 12/29(火)" in shown


def test_what_was_on_file_before_the_first_digest_is_history(desk: Desk) -> None:
    """The first delivery came on Saturday with the results of two months."""
    first = datetime(2026, 11, 14, 9, 5, tzinfo=UTC)
    account = _add(desk)
    _end(desk, account, "renewed", date(2026, 10, 14), known_at=first)
    said = [text_of(_say(desk, date(2026, 11, day))) for day in (16, 17, 18)]
    assert not any("更新確定" in each for each in said)
    _end(desk, account, "expanded", date(2026, 10, 20), known_at=datetime(2026, 11, 18, tzinfo=UTC))
    assert "更新確定(拡大)" in text_of(_say(desk, THURSDAY))


@pytest.mark.parametrize("locale", list(Locale))
def test_a_renewal_date_without_a_result_is_asked_about_once(desk: Desk, locale: Locale) -> None:
    desk.add_contract(_add(desk), renews_on=date(2026, 11, 15), auto_renews=True)
    said = text_of(_say(desk, date(2026, 11, 16), locale))
    ja = "更新日(11/15(日))を過ぎましたが、結果の記録がありません"
    en = "The renewal date (Sun 15 Nov) has passed and no result is on record"
    told = ja if locale is Locale.JA else en
    assert told in said
    assert ("運用担当に伝えて" if locale is Locale.JA else "tell ops") in said
    for day in (17, 18, 19, 20, 24, 25):
        assert told not in text_of(_say(desk, date(2026, 11, day), locale))


@pytest.mark.parametrize("known", ["result", "contract"])
def test_nobody_is_asked_where_something_is_on_file(desk: Desk, known: str) -> None:
    account = _add(desk)
    desk.add_contract(account, ends_on=date(2026, 11, 14), renews_on=date(2026, 11, 15))
    if known == "result":
        long_ago = datetime(2026, 10, 5, tzinfo=UTC)
        _end(desk, account, "renewed", date(2026, 10, 1), known_at=long_ago)
    else:
        desk.add_contract(account, starts_on=date(2026, 11, 15), ends_on=date(2027, 11, 14))
    assert "結果の記録がありません" not in text_of(_say(desk, date(2026, 11, 16)))


def test_a_monthly_contract_does_not_follow_itself(desk: Desk) -> None:
    desk.add_contract(_add(desk), starts_on=date(2026, 10, 20), ends_on=THURSDAY)
    assert "結果の記録がありません" in text_of(_say(desk))


def test_a_result_after_the_question_answers_it(desk: Desk) -> None:
    account = _add(desk)
    desk.add_contract(account, renews_on=date(2026, 11, 15))
    assert "結果の記録がありません" in text_of(_say(desk, date(2026, 11, 16)))
    _end(desk, account, "renewed", date(2026, 11, 15))
    assert "更新確定" in text_of(_say(desk, TODAY))


def test_the_statements_stay_the_same_however_many_contracts_end(desk: Desk) -> None:
    counts = [_count_statements(desk, size) for size in (1, 20)]
    assert counts[0] == counts[1]


def _count_statements(desk: Desk, size: int) -> int:
    for number in range(size):
        account = _add(desk, f"{size}-{number}社")
        desk.add_contract(account, notice_on=THURSDAY, renews_on=date(2026, 11, 18))
        _end(desk, account, ("renewed", "churned")[number % 2], date(2026, 11, 17))
    seen: list[str] = []

    def listen(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(desk.engine, "before_cursor_execute", listen)
    digest(desk.turn(desk.sato))
    event.remove(desk.engine, "before_cursor_execute", listen)
    return sum(each.startswith("SELECT") for each in seen)


def _rows_of(message: Message, account: Account) -> list[str]:
    """Marks of the rows that tell of the account."""
    marks = [str(block.get("block_id", "")) for block in message.blocks]
    return [mark.split(".")[0] for mark in marks if f".{account.id}." in mark]


def test_on_the_day_of_a_renewal_its_result_is_the_one_row(desk: Desk) -> None:
    account = _add(desk)
    desk.add_contract(account, renews_on=TODAY)
    _end(desk, account, "renewed", TODAY)
    assert _rows_of(_say(desk), account) == ["result"]


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize(("score", "band"), [(40, Band.RED), (80, Band.GREEN)])
def test_a_move_and_the_passed_deadline_are_one_row(
    desk: Desk, locale: Locale, score: float, band: Band
) -> None:
    account = desk.add_account("東雲台印刷", arr=4_800_000)
    desk.score(account, date(2026, 11, 2), 60, Band.YELLOW)
    desk.add_contract(account, notice_on=date(2026, 11, 23), renews_on=date(2027, 1, 19))
    _say(desk, TODAY, locale)
    desk.score(account, TUESDAY, score, band)
    told = _say(desk, TUESDAY, locale)
    assert _rows_of(told, account) == ["worse" if band is Band.RED else "better"]
    passed = "(11/23(月))を過ぎました" if locale is Locale.JA else "(Mon 23 Nov) has passed"
    assert passed in text_of(told)


@pytest.mark.parametrize("locale", list(Locale))
def test_a_recovery_on_the_day_of_the_deadline_says_both(desk: Desk, locale: Locale) -> None:
    account = desk.add_account("東雲台印刷", arr=4_800_000)
    desk.score(account, date(2026, 11, 2), 60, Band.YELLOW)
    desk.add_contract(account, renews_on=TODAY)
    desk.score(account, TODAY, 80, Band.GREEN)
    told = _say(desk, TODAY, locale)
    assert _rows_of(told, account) == ["better"]
    today = "更新は今日です" if locale is Locale.JA else "renewal is today"
    assert today in text_of(told)
