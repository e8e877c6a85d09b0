"""Outcomes measured again on both databases: as of their day, beside those nobody treated."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from bot.core.vocabulary import Band
from bot.services.outcome_checks import measure_due
from bot.store.tables import Account, OutcomeCheck, TaskOutcome
from tests.commands.desk import TODAY, Desk
from tests.commands.loop_records import add_check, add_episode, add_outcome, add_task

THEN, RECORDED, DUE = date(2026, 11, 9), TODAY, date(2026, 12, 4)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.engine.dispose()


def _treat(desk: Desk, account: Account, **more: object) -> TaskOutcome:
    """An outcome recorded today of a task made on the 9th, with the check of two weeks later."""
    task = add_task(desk, account, TODAY, made_on=THEN)
    given = {"then_on": THEN, "score_then": 48.0} | more
    outcome = add_outcome(desk, task, **given)
    add_check(desk, outcome, 14)
    return outcome


def _score(desk: Desk, account: Account, then: float | None, due: float | None) -> None:
    for on, score in ((THEN, then), (DUE, due)):
        if score is not None:
            desk.score(account, on, score, Band.RED)


def _measure(desk: Desk, today: date = DUE) -> OutcomeCheck:
    measure_due(desk.store, desk.workspace.id, today)
    return _check(desk)


def _check(desk: Desk) -> OutcomeCheck:
    with desk.store.reading(desk.workspace.id) as unit:
        return unit.session.scalars(select(OutcomeCheck)).one()


@pytest.fixture
def acme(desk: Desk) -> Account:
    """Treated: from 48 to 63."""
    account = desk.add_account("アクメ商事")
    _score(desk, account, 48.0, 63.0)
    return account


@pytest.mark.row("D57")
def test_a_check_has_its_score_and_what_became_of_like_accounts(desk: Desk, acme: Account) -> None:
    _treat(desk, acme)
    for number in range(12):
        _score(desk, desk.add_account(f"{number}社"), 41.0 + number, 50.0 + 2 * number)
    check = _measure(desk)
    assert (check.checked_on, check.score, check.like_count) == (DUE, 63.0, 12)
    assert check.like_change == pytest.approx(14.5)
    assert check.like_spread == pytest.approx(3.6056, abs=1e-4)


@pytest.mark.parametrize(("then", "count"), [(40.4, 0), (40.5, 1), (55.5, 1), (55.6, 0), (None, 0)])
def test_like_is_within_seven_and_a_half_points_on_the_same_day(
    desk: Desk, acme: Account, then: float | None, count: int
) -> None:
    _treat(desk, acme)
    _score(desk, desk.add_account("似た社"), then, 60.0)
    check = _measure(desk)
    assert check.like_count == count
    assert (check.like_change is None) == (count == 0)
    assert check.like_spread is None


@pytest.mark.parametrize("what", ["touch", "gone", "unscored", "claimed", "outcome", "done"])
def test_who_was_treated_or_is_another_kind_is_not_compared_with(
    desk: Desk, acme: Account, what: str
) -> None:
    _treat(desk, acme)
    kinds: dict[str, dict[str, Any]] = {"touch": {"touch": "low"}, "gone": {"is_active": False}}
    other = desk.add_account("似た社", **kinds.get(what, {}))
    _score(desk, other, 48.0, None if what == "unscored" else 60.0)
    if what == "claimed":
        add_episode(desk, other, claimed_by_id=desk.sato.id, opened_on=date(2026, 11, 1))
    if what == "outcome":
        add_outcome(desk, add_task(desk, other, TODAY))
    if what == "done":
        add_task(desk, other, TODAY, state="done", ended_on=DUE)
    assert _measure(desk).like_count == 0


def test_an_alert_nobody_took_up_and_work_of_other_days_leave_an_account_untreated(
    desk: Desk, acme: Account
) -> None:
    _treat(desk, acme)
    before, after = THEN - timedelta(days=1), DUE + timedelta(days=1)
    untouched, earlier, later = (desk.add_account(name) for name in ("甲", "乙", "丙"))
    for account in (untouched, earlier, later):
        _score(desk, account, 48.0, 57.0)
    add_episode(desk, untouched)
    ended = {"claimed_by_id": desk.sato.id, "state": "closed", "open_as": None}
    add_episode(desk, earlier, opened_on=date(2026, 10, 1), closed_on=before, **ended)
    add_task(desk, earlier, before, state="done", ended_on=before)
    add_episode(desk, later, opened_on=after, claimed_by_id=desk.sato.id)
    check = _measure(desk)
    assert (check.like_count, check.like_change, check.like_spread) == (3, 9.0, 0.0)


def test_a_day_off_is_measured_as_of_itself_on_the_next_business_day(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    outcome = _treat(desk, account, recorded_on=date(2026, 12, 18))
    # Two weeks after it is New Year's Day; the next business day is Monday the 4th.
    for on, score in ((date(2027, 1, 1), 60.0), (date(2027, 1, 4), 20.0)):
        desk.score(account, on, score, Band.YELLOW)
    check = _measure(desk, date(2027, 1, 4))
    assert check.outcome_id == outcome.id
    assert (check.due_on, check.score) == (date(2027, 1, 1), 60.0)
    assert check.checked_on == date(2027, 1, 4)


def test_a_check_waits_for_the_night_of_its_day_but_not_for_ever(desk: Desk) -> None:
    account = desk.add_account("ベータ物流")
    _treat(desk, account, then_on=date(2026, 11, 20))
    desk.score(account, date(2026, 12, 3), 50.0, Band.YELLOW)
    assert _measure(desk, DUE).checked_on is None
    check = _measure(desk, DUE + timedelta(days=3))
    assert (check.checked_on, check.score) == (date(2026, 12, 7), 50.0)


def test_a_score_of_long_before_says_nothing_of_the_day(desk: Desk) -> None:
    account = desk.add_account("アクメ商事")
    _treat(desk, account)
    desk.score(account, date(2026, 11, 25), 50.0, Band.YELLOW)
    check = _measure(desk, DUE + timedelta(days=3))
    assert (check.checked_on is not None, check.score, check.like_count) == (True, None, 0)


def test_what_is_measured_is_measured_once_and_not_before_its_day(
    desk: Desk, acme: Account
) -> None:
    _treat(desk, acme)
    assert measure_due(desk.store, desk.workspace.id, DUE - timedelta(days=1)) == 0
    assert measure_due(desk.store, desk.workspace.id, DUE) == 1
    assert measure_due(desk.store, desk.workspace.id, DUE) == 0
    _score(desk, acme, None, None)
    assert _check(desk).score == 63.0


def test_the_measure_that_was_to_be_moved_is_read_as_well(desk: Desk) -> None:
    desk.keep_model()
    account = desk.add_account("アクメ商事")
    _treat(desk, account, measure="key_feature_rate_20bd", value_then=0.21)
    desk.score(account, DUE, 63.0, Band.YELLOW, {"key_feature_rate_20bd": (0.52, 1.0)})
    assert _measure(desk).value == pytest.approx(0.52)


def test_forty_checks_of_one_day_cost_as_many_statements_as_one(desk: Desk) -> None:
    accounts = [desk.add_account(f"{number}社") for number in range(40)]
    for account in accounts[:2]:
        _score(desk, account, 48.0, 60.0)
    for account in accounts:
        _treat(desk, account)
    asked: list[str] = []
    event.listen(desk.store.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    assert measure_due(desk.store, desk.workspace.id, DUE) == 40
    assert len([each for each in asked if each.startswith("SELECT")]) <= 8
