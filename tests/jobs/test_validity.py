"""The month's message about the measures: once, short, and silent while nothing has changed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.core.slots import due_slots
from bot.core.validity import Validity
from bot.core.vocabulary import Locale, Role
from bot.jobs.validity import validity
from bot.people import build_calendar
from bot.registry import whole
from bot.store.tables import ValidityRun
from bot.store.validity import keep_run
from bot.views.reply import Post
from tests.commands.desk import TODAY, Bench, Desk
from tests.commands.weekly_records import add_result
from tests.views.samples_of_validity import CHASED, COUNTED, TOLD, build_sample
from tests.views.shown import elements_of, problems_of, text_of

pytestmark = pytest.mark.row("B31", "B33")


class Finding(Bench):
    """Its child finds what it is told to."""

    def __init__(self, desk: Desk, found: Validity) -> None:
        super().__init__()
        self.desk, self.found = desk, found

    def run(self, name: str, **arguments: Any) -> dict[str, object]:
        super().run(name, **arguments)
        on = date.fromisoformat(arguments["on"])
        with self.desk.store.writing(self.desk.workspace.id) as unit:
            keep_run(unit, arguments["run_id"], replace(self.found, run_on=on))
        return {"kept": True}


def add_ends(desk: Desk, left: int, stayed: int) -> None:
    with desk.together():
        for number in range(left + stayed):
            account = desk.add_account(f"第{number}社")
            result = "churned" if number < left else "renewed"
            add_result(desk, account, result, date(2026, 1 + number % 10, 28))


def run(desk: Desk, on: date = TODAY, locale: Locale = Locale.JA) -> list[Post]:
    with desk.store.writing(desk.workspace.id) as unit:
        unit.workspace.locale = locale
        unit.workspace.ops_channel = "COPS"
    desk.workspace.locale = locale
    posts = validity(desk.turn(None, on))
    for post in posts:
        assert problems_of(post.message) == []
    return posts


def find(desk: Desk, found: Validity) -> None:
    add_ends(desk, 20, 20)
    desk.bench = Finding(desk, found)


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        (Locale.JA, ["解約と継続を分ける指標", "95%区間", "連れて動いている", "212件のうち"]),
        (Locale.EN, ["tell lost from kept", "95% interval", "go along", "of 212 lost"]),
    ],
)
def test_the_month_says_what_tells_what_goes_along_and_what_lies_ahead(
    desk: Desk, locale: Locale, told: list[str]
) -> None:
    find(desk, build_sample("NPS", 1).validity)
    [post] = run(desk, locale=locale)
    shown = text_of(post.message)
    assert [each for each in told if each not in shown] == []
    assert (post.key, post.audience) == ("validity:2026-11:COPS", "COPS")
    assert not post.holds_customer_data
    assert [each["action_id"] for each in elements_of(post.message.blocks)] == ["validity_open"]


@pytest.mark.parametrize(
    ("locale", "is_of_newest", "told"),
    [
        (Locale.JA, True, "更新の60〜90日前の値から見込み、新しい60件に合わせて補正しています"),
        (Locale.JA, False, "すべての結果60件(新しい結果だけでは足りません)に合わせて"),
        (Locale.EN, True, "known 60 to 90 days before each. Calibrated on the newest 60 results;"),
        (Locale.EN, False, "on all 60 results (too few new ones to calibrate on them alone);"),
    ],
)
def test_the_forecast_says_how_long_before_it_looks_and_what_it_is_calibrated_on(
    desk: Desk, locale: Locale, is_of_newest: bool, told: str
) -> None:
    find(desk, replace(COUNTED, foretold=replace(TOLD, is_of_newest=is_of_newest)))
    [post] = run(desk, locale=locale)
    assert told in text_of(post.message)


@pytest.mark.row("B32")
@pytest.mark.parametrize("locale", list(Locale))
def test_the_month_flags_what_is_chased_with_its_counts(desk: Desk, locale: Locale) -> None:
    find(desk, replace(COUNTED, chased=[CHASED], foretold=TOLD))
    [post] = run(desk, locale=locale)
    shown = text_of(post.message)
    assert "⚠️" in shown
    assert all(number in shown for number in ("40", "12", "200", "58"))
    assert "効果" not in shown
    assert "effect" not in shown


def test_no_forecast_by_account_is_offered_where_it_is_no_better(desk: Desk) -> None:
    find(desk, replace(COUNTED, foretold=replace(TOLD, reason="no_better", risks=[])))
    [post] = run(desk)
    assert "当てはめるより当たる予測はできません" in text_of(post.message)
    assert "160件中20件(12%)" in text_of(post.message)


def test_the_month_before_is_compared_and_not_the_same_month(desk: Desk) -> None:
    was = build_sample("x", 1).validity
    find(desk, was)
    run(desk, date(2026, 10, 1))
    first = replace(was.findings[0], measure="nps", verdict="valid")
    desk.bench = Finding(desk, replace(was, findings=[replace(first, verdict="not_shown")]))
    run(desk, date(2026, 11, 2))
    desk.bench = Finding(desk, replace(was, findings=[first]))
    [post] = run(desk, date(2026, 12, 1))
    assert "前回(11/2)から変わった判定" in text_of(post.message)
    assert "NPS:確認できず → 有効" in text_of(post.message)


def test_without_a_channel_each_ops_person_is_told(desk: Desk) -> None:
    ops = desk.hire("大野", Role.OPS)
    desk.hire("工藤", Role.MANAGER)
    assert [post.audience for post in validity(desk.turn(None))] == [ops.slack_user]


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        (Locale.JA, "解約 3件、継続 25件のため、まだ判断できません。"),
        (Locale.EN, "cannot be told yet from 3 lost and 25 kept contracts"),
    ],
)
def test_too_few_cases_are_one_line_with_what_is_missing_and_no_child(
    desk: Desk, locale: Locale, told: str
) -> None:
    add_ends(desk, 3, 25)
    [post] = run(desk, locale=locale)
    assert told in text_of(post.message)
    assert "17" in text_of(post.message)
    assert desk.bench.asked == []


def test_too_few_are_said_again_only_where_their_number_has_changed(desk: Desk) -> None:
    add_ends(desk, 3, 4)
    assert len(run(desk, date(2026, 10, 1))) == 1
    assert run(desk, date(2026, 11, 2)) == []
    add_ends(desk, 1, 0)
    [post] = run(desk, date(2026, 12, 1))
    assert post.message.text == "*指標の妥当性* まだ判断できません:解約 4/20件、継続 4/20件"
    assert len(post.message.blocks) == 1
    with desk.store.reading(desk.workspace.id) as unit:
        assert unit.session.scalar(select(func.count(ValidityRun.id))) == 3


def test_it_is_due_once_on_the_first_business_day_and_is_caught_up(desk: Desk) -> None:
    job = whole().jobs["validity"]
    calendar = build_calendar(desk.workspace)

    def due(now: str, last: str | None) -> list[tuple[str, str]]:
        at = datetime.fromisoformat(now)
        slots = due_slots(job.rule, "Asia/Tokyo", calendar, last, at, job.grace)
        return [(slot.key, str(slot.state)) for slot in slots]

    # 1 to 3 January and the weekend are off: 4 January 2027 is a Monday.
    assert due("2027-01-03T23:00:00+00:00", "2026-12-01") == []
    assert due("2027-01-04T00:30:00+00:00", "2026-12-01") == [("2027-01-04", "due")]
    assert due("2027-01-04T01:00:00+00:00", "2027-01-04") == []
    # Down for a week: still told; for a month: the newest alone.
    assert due("2027-01-11T03:00:00+00:00", "2026-12-01") == [("2027-01-04", "due")]
    assert due("2027-02-02T03:00:00+00:00", "2026-12-01") == [
        ("2027-01-04", "missed"),
        ("2027-02-01", "due"),
    ]
