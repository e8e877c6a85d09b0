"""A past day scored again: what was stored, or what came late; and what no part run may miss."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.health.edits import with_bands
from bot.health.model import load_default
from bot.services.backfill import DayCompared, compare_history
from bot.services.late_facts import KEPT
from bot.services.recompute import RecomputeResult, recompute
from bot.store.tables import HealthModel, ScoreRun
from tests.recompute.customers import Customers
from tests.recompute.edits import bring, pass_time, scores_of, use_all

# A Thursday before a holiday, the holiday, a weekend and the Monday after it.
NIGHTS = [date(2026, 2, 19) + timedelta(days=n) for n in range(6)]
REFS = "ABCD"


def score(customers: Customers, on: date, *, only_touched: bool = False) -> RecomputeResult:
    pass_time(customers)
    done = recompute(customers.store, customers.workspace_id, on, only_touched=only_touched)
    pass_time(customers)
    return done


def look_back(customers: Customers) -> list[DayCompared]:
    return compare_history(customers.store, customers.workspace_id, NIGHTS[0], NIGHTS[-1])


def live(customers: Customers, nights: list[date]) -> None:
    """Every night brings the day before it, and then all are scored."""
    for on in nights:
        pass_time(customers, on)
        use_all(customers, REFS, on - timedelta(days=1), [1.0])
        score(customers, on)


def settle(customers: Customers) -> None:
    pass_time(customers, NIGHTS[0])
    for ref in REFS:
        customers.add_account(ref)
    use_all(customers, REFS, NIGHTS[0] - timedelta(days=150), [1.0] * 149)
    bring(customers, "tickets", ticket("A", NIGHTS[0] - timedelta(days=9)))


def ticket(ref: str, on: date, **facts: Any) -> dict[str, Any]:
    return {"account_ref": ref, "ticket_ref": f"{on}", "opened_on": on, **facts}


def change_model(customers: Customers) -> None:
    """Another version, by which all scores come out otherwise."""
    document = load_default().model_dump(mode="json")
    for variant in document["variants"]:
        for measure in variant["measures"]:
            measure["grade"] = "normal"
    with customers.store.writing(customers.workspace_id) as unit:
        unit.session.execute(update(HealthModel).values(status="retired"))
    made = {"made_by": "ops", "made_at": customers.clock.at}
    customers.add(HealthModel(version=2, status="active", document=document, **made))


@pytest.mark.row("E29", "B19", "C15")
def test_lived_nights_are_as_stored_each_by_its_own_model_version(
    any_customers: Customers,
) -> None:
    settle(any_customers)
    live(any_customers, NIGHTS[:3])
    change_model(any_customers)
    live(any_customers, NIGHTS[3:])
    before = {on: scores_of(any_customers, on) for on in NIGHTS}
    told = look_back(any_customers)
    assert [(day.run_on, day.model_version) for day in told] == [
        (on, 1 if on < NIGHTS[3] else 2) for on in NIGHTS
    ]
    assert {(day.agree, day.late, day.unexplained, day.gone) for day in told} == {(4, 0, 0, 0)}
    assert {on: scores_of(any_customers, on) for on in NIGHTS} == before


def test_days_that_came_late_are_told_and_touch_nobody_else(customers: Customers) -> None:
    settle(customers)
    live(customers, NIGHTS)
    pass_time(customers)
    use_all(customers, "B", NIGHTS[1], [0.0, 0.0, 0.0])
    # A holiday and a weekend say nothing of use: only the night after a worked day is moved.
    moved = [day for day in look_back(customers) if day.late]
    assert {day.run_on for day in moved} <= set(NIGHTS[2:])
    assert all(day.by_kind == {"usage": 1} and day.agree == 3 for day in moved)
    assert all(day.unexplained == 0 for day in look_back(customers))
    bring(customers, "tickets", ticket("C", NIGHTS[2], priority="urgent"))
    late = {day.run_on: day.by_kind["tickets"] for day in look_back(customers)}
    assert late == {on: int(on >= NIGHTS[2]) for on in NIGHTS}


def test_a_feed_that_is_always_a_day_late_is_no_difference(customers: Customers) -> None:
    """What had come whole is kept with the run; a later day does not move its window."""
    settle(customers)
    for on in NIGHTS:
        pass_time(customers, on)
        score(customers, on)
        use_all(customers, REFS, on - timedelta(days=1), [0.4])
        pass_time(customers)
    assert {(day.agree, day.late, day.unexplained) for day in look_back(customers)} == {(4, 0, 0)}


def test_a_customer_who_left_is_counted_apart_and_an_old_run_is_not_judged(
    customers: Customers,
) -> None:
    settle(customers)
    live(customers, NIGHTS[:2])
    pass_time(customers)
    outcome = {"account_ref": "D", "ended_on": NIGHTS[1], "result": "churned"}
    bring(customers, "outcomes", outcome)
    with customers.store.writing(customers.workspace_id) as unit:
        first = update(ScoreRun).where(ScoreRun.run_on == NIGHTS[0])
        unit.session.execute(first.values(common=None))
    old, new = look_back(customers)
    assert (old.is_known, old.agree, old.unexplained) == (False, 0, 0)
    assert (new.agree, new.gone, new.unexplained) == (3, 1, 0)


def test_a_day_whose_late_facts_are_tidied_away_is_not_judged(customers: Customers) -> None:
    settle(customers)
    live(customers, NIGHTS[:2])
    with customers.store.reading(customers.workspace_id) as unit:
        begun = unit.session.scalars(select(ScoreRun.started_at).order_by(ScoreRun.run_on)).all()
    customers.clock.at = begun[1] + KEPT
    old, kept = look_back(customers)
    assert (old.is_known, old.agree, old.unexplained) == (False, 0, 0)
    assert (kept.is_known, kept.agree) == (True, 4)


def _other_stage(customers: Customers) -> None:
    bring(customers, "accounts", {"account_ref": "A", "name": "A", "usage_expected": False})


def _others_bring_the_day(customers: Customers) -> None:
    use_all(customers, "BCD", NIGHTS[0], [1.0])


def _an_outage_ends(customers: Customers) -> None:
    row = {"incident_ref": "x", "title": "Outage", "severity": "critical"}
    began = NIGHTS[0] - timedelta(days=3)
    bring(customers, "incidents", {"account_ref": "A", "started_on": began, **row})
    score(customers, NIGHTS[1], only_touched=True)
    pass_time(customers)
    # The file names another customer now; A's outage has ended all the same.
    ended = {"account_ref": "B", "started_on": began, "ended_on": began, **row}
    bring(customers, "incidents", ended)


@pytest.mark.row("C11", "B1")
@pytest.mark.parametrize("deed", [_other_stage, _others_bring_the_day, _an_outage_ends])
def test_a_part_run_misses_nothing_that_only_seems_to_touch_others(
    customers: Customers, deed: Callable[[Customers], None]
) -> None:
    settle(customers)
    pass_time(customers, NIGHTS[1])
    score(customers, NIGHTS[1])
    deed(customers)
    score(customers, NIGHTS[1], only_touched=True)
    parts = scores_of(customers, NIGHTS[1])
    score(customers, NIGHTS[1])
    assert scores_of(customers, NIGHTS[1]) == parts


def test_bands_alone_do_not_make_a_past_day_differ(customers: Customers) -> None:
    settle(customers)
    live(customers, NIGHTS[:1])
    document = with_bands(load_default(), 55, 75).model_dump(mode="json")
    with customers.store.writing(customers.workspace_id) as unit:
        unit.session.execute(update(HealthModel).values(status="retired"))
    made = {"made_by": "ops", "made_at": customers.clock.at}
    customers.add(HealthModel(version=2, status="active", document=document, **made))
    [day] = look_back(customers)
    assert (day.model_version, day.agree) == (1, 4)
