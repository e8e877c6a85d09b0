"""A week as the store counts it, on both databases, of one workspace alone."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.core.playbook_week import PlaybookWeek
from bot.core.vocabulary import Band
from bot.core.week import Week
from bot.core.weekly import Heard, Moved, Planned
from bot.services.playbooks import ensure_shipped
from bot.store.base import new_id
from bot.store.tables import ExchangeRate, Touch, VocRemark
from bot.store.weekly import read_flow, read_heard, read_planned, read_responses
from bot.store.weekly_deeds import read_moved
from bot.store.weekly_playbooks import list_playbooks
from bot.store.weekly_renewals import read_renewals
from tests.commands.loop_records import add_episode, add_task
from tests.commands.records import FRIDAY, Records
from tests.commands.weekly_records import (
    MONDAY,
    SUNDAY,
    TOLD_ON,
    add_outcome,
    add_result,
    add_review,
    fill_week,
    noon,
)
from tests.store.conftest import Houses

DAYS = Week(MONDAY, MONDAY)
TODAY = date(2026, 11, 16)


def _both(houses: Houses) -> tuple[Records, Records]:
    return Records(houses.store, houses.ours), Records(houses.store, houses.theirs)


def test_moves_between_bands_are_of_the_two_mondays_and_of_ours_alone(houses: Houses) -> None:
    for records in _both(houses):
        fill_week(records)
    with houses.store.reading(houses.ours) as unit:
        flow = read_flow(unit, DAYS, TODAY)
    moved = {(each.before, each.after): each.share.count for each in flow.changed}
    assert moved == {
        (Band.YELLOW, Band.RED): 1,
        (Band.GREEN, Band.YELLOW): 1,
        (Band.RED, Band.GREEN): 1,
    }
    assert (flow.from_on, flow.to_on) == (MONDAY, TOLD_ON)
    assert flow.worse.arr.amount == Decimal(3_000_000)
    # Twelve who were never scored, three renewed without an amount; who left is not among them.
    assert (flow.total.count, flow.total.unpriced) == (19, 3)


def test_without_earlier_scores_everybody_is_where_they_are(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    with houses.store.reading(houses.ours) as unit:
        assert read_flow(unit, DAYS, TODAY).to_on is None
    acme = records.add_account("アクメ商事", arr=1)
    records.score(acme, TOLD_ON, 40, Band.RED)
    with houses.store.reading(houses.ours) as unit:
        flow = read_flow(unit, DAYS, TODAY)
    assert (flow.from_on, flow.to_on, flow.changed) == (None, TOLD_ON, [])
    assert flow.standing(now=True)[Band.RED].count == 1


def test_a_score_by_hand_moves_an_account_as_people_see_it(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    acme = records.add_account("アクメ商事", arr=1)
    for on in (MONDAY, TOLD_ON):
        records.score(acme, on, 80, Band.GREEN)
    records.score_by_hand(acme, Band.RED, "役員交代", given_on=date(2026, 11, 12))
    with houses.store.reading(houses.ours) as unit:
        [move] = read_flow(unit, DAYS, TODAY).changed
    assert (move.before, move.after) == (Band.GREEN, Band.RED)


@pytest.mark.row("B40", "A3")
def test_tasks_and_touches_of_the_week_are_counted_by_who_moved(houses: Houses) -> None:
    for records in _both(houses):
        acme = records.add_account("アクメ商事")
        add_task(records, acme, MONDAY, state="done", ended_on=MONDAY, mover="them")
        add_task(records, acme, SUNDAY)
        add_task(records, acme, SUNDAY, state="dropped")
        add_task(records, acme, TOLD_ON, state="done", ended_on=SUNDAY)
        add_task(records, acme, MONDAY - timedelta(days=1), state="done", ended_on=TOLD_ON)
        for on, mover in ((MONDAY, "us"), (SUNDAY, "them"), (TOLD_ON, "us")):
            records.keep(
                Touch(
                    account_id=acme.id,
                    ref=str(new_id()),
                    touched_on=on,
                    initiated_by=mover,
                    known_at=FRIDAY,
                )
            )
    with houses.store.reading(houses.ours) as unit:
        assert read_planned(unit, DAYS) == Planned(due=2, done=1)
        assert read_moved(unit, DAYS) == Moved(us=2, them=2)


@pytest.mark.row("A32")
def test_a_touch_and_its_task_are_one_deed_of_the_week(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    acme = records.add_account("アクメ商事")
    made = {"made_on": MONDAY - timedelta(days=9), "state": "done", "mover": "them"}
    add_task(records, acme, MONDAY, ended_on=MONDAY, ended_by_id=records.sato.id, **made)
    earlier = MONDAY - timedelta(days=3)
    other = records.add_account("ベータ物流")
    add_task(records, other, MONDAY, ended_on=MONDAY, ended_by_id=records.sato.id, **made)
    for account, on in ((acme, MONDAY), (other, earlier), (other, MONDAY)):
        records.keep(
            Touch(
                account_id=account.id,
                ref=str(new_id()),
                touched_on=on,
                initiated_by="us",
                member_id=records.sato.id,
                known_at=FRIDAY,
            )
        )
    with houses.store.reading(houses.ours) as unit:
        assert read_moved(unit, DAYS) == Moved(us=0, them=2)


@pytest.mark.row("D57")
def test_a_week_begins_and_ends_at_the_workspaces_midnight(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    acme = records.add_account("アクメ商事")
    midnight = datetime(2026, 11, 8, 15, tzinfo=UTC)
    instants = [midnight - timedelta(seconds=1), midnight, midnight + timedelta(days=7)]
    for number, told_at in enumerate(instants):
        add_episode(records, acme, playbook=f"p{number}", told_at=told_at)
    closed = {"state": "closed", "open_as": None, "closed_at": midnight + timedelta(hours=5)}
    add_episode(records, acme, told_at=midnight + timedelta(hours=1), **closed)
    claimed = {"claimed_at": midnight + timedelta(hours=3), "state": "claimed"}
    add_episode(records, acme, playbook="q", told_at=midnight + timedelta(hours=1), **claimed)
    with houses.store.reading(houses.ours) as unit:
        found = read_responses(unit, DAYS)
    assert found.waits == [timedelta(hours=2), timedelta(hours=4)]
    assert (found.open_count, found.told) == (1, 3)


def test_the_most_frequent_topic_is_told_and_a_tie_is_decided_by_the_alphabet(
    houses: Houses,
) -> None:
    records = Records(houses.store, houses.ours)
    acme = records.add_account("アクメ商事")
    topics = [None, "料金", "連携", "連携", "操作", "操作", None, None]
    for number, topic in enumerate(topics):
        on = MONDAY + timedelta(days=number % 7)
        ref = str(number)
        row = VocRemark(account_id=acme.id, ref=ref, said_on=on, text="x", known_at=FRIDAY)
        row.category = topic
        records.keep(row)
    with houses.store.reading(houses.ours) as unit:
        assert read_heard(unit, DAYS) == Heard(8, "操作", 2)
        assert read_heard(unit, Week(TOLD_ON, TOLD_ON)) == Heard()


def test_results_take_the_contracts_amount_and_contracts_without_any_are_pending(
    houses: Houses,
) -> None:
    records, theirs = _both(houses)
    names = ("金額なし", "結果待ち", "後の契約", "前に決定", "ドル", "他社")
    one, two, three, four, five, six = (records.add_account(each) for each in names)
    tuesday = date(2026, 11, 10)
    yen = {"currency": "JPY", "starts_on": date(2025, 11, 10)}
    records.add_contract(one, ends_on=SUNDAY, arr_amount=Decimal(100), **yen)
    add_result(records, one, "renewed", SUNDAY)
    records.add_contract(two, renews_on=tuesday, arr_amount=Decimal(200), **yen)
    records.add_contract(three, renews_on=tuesday, arr_amount=Decimal(300), **yen)
    follows = {"starts_on": tuesday, "ends_on": date(2027, 11, 9), "arr_amount": Decimal(330)}
    records.add_contract(three, currency="JPY", **follows)
    records.add_contract(four, renews_on=tuesday, arr_amount=Decimal(400), **yen)
    add_result(records, four, "churned", date(2026, 10, 1), amount=400)
    add_result(records, five, "contracted", tuesday, amount=10, currency="USD")
    add_result(records, six, "churned", TOLD_ON, amount=999)
    add_result(theirs, theirs.add_account("よそ"), "churned", tuesday, amount=10**9)
    with houses.store.reading(houses.ours) as unit:
        made = read_renewals(unit, DAYS, TODAY)
    assert (made.due.count, made.kept.count, made.lost.count, made.pending.count) == (4, 3, 0, 1)
    assert made.kept.money.base_sum.amount == Decimal(430)
    assert [each.currency for each in made.kept.money.apart] == ["USD"]
    assert made.pending.money.base_sum.amount == Decimal(200)
    assert made.kept_share is None


def test_a_dated_rate_brings_currencies_together(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    acme = records.add_account("アクメ商事")
    add_result(records, acme, "renewed", MONDAY, amount=10, currency="USD")
    add_result(records, acme, "churned", SUNDAY, amount=500)
    for on, rate in ((date(2026, 1, 1), 150), (date(2026, 12, 1), 200)):
        records.keep(ExchangeRate(currency="USD", base="JPY", valid_on=on, rate=Decimal(rate)))
    with houses.store.reading(houses.ours) as unit:
        made = read_renewals(unit, DAYS, TODAY)
    assert made.kept.money.base_sum.amount == Decimal(1500)
    assert made.kept_share == 0.75


def _by_key(houses: Houses, days: Week = DAYS) -> dict[str, PlaybookWeek]:
    with houses.store.reading(houses.ours) as unit:
        return {each.key: each for each in list_playbooks(unit, days)}


@pytest.mark.row("B43", "B47")
def test_a_playbook_tells_runs_results_and_what_was_measured_by_then(houses: Houses) -> None:
    for records in _both(houses):
        fill_week(records)
    found = _by_key(houses)
    drop, late = found["usage_drop"], found["late_payment"]
    assert (drop.runs, drop.measured, drop.unmeasured, drop.compared) == (12, 12, 12, 12)
    assert dict(drop.results) == {"met": 8, "unreachable": 4}
    assert drop.difference is not None
    assert drop.difference.mean == pytest.approx(8.5)
    assert (late.measured, late.difference, found["key_feature"].is_quiet) == (4, None, True)
    assert next(iter(found)) == "usage_drop"


def test_a_check_made_after_the_week_is_not_of_the_week(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    ensure_shipped(records.store, records.workspace_id)
    acme = records.add_account("アクメ商事")
    add_outcome(records, acme, TOLD_ON - timedelta(days=14), change=5.0)
    add_outcome(records, acme, TOLD_ON - timedelta(days=13), change=5.0)
    drop = _by_key(houses)["usage_drop"]
    assert (drop.measured, drop.unmeasured) == (1, 1)


def test_what_waits_for_the_customer_is_no_run(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    ensure_shipped(records.store, records.workspace_id)
    add_outcome(records, records.add_account("アクメ商事"), MONDAY, result="waiting")
    assert _by_key(houses)["usage_drop"].runs == 0


def test_false_alarms_are_of_the_last_eight_weeks(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    ensure_shipped(records.store, records.workspace_id)
    acme = records.add_account("アクメ商事")
    first_on = date(2026, 9, 21)
    for ending, on in (
        ("false_alarm", first_on - timedelta(days=1)),
        ("false_alarm", first_on),
        ("outcome", SUNDAY),
        ("recovered", MONDAY),
        ("false_alarm", TOLD_ON),
    ):
        closed = {"state": "closed", "open_as": None, "ending": ending, "closed_on": on}
        add_episode(records, acme, closed_at=noon(on), **closed)
    drop = _by_key(houses)["usage_drop"]
    assert (drop.closed, drop.false_alarms) == (3, 1)


def test_open_alerts_without_anybody_name_the_most_valuable(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    ensure_shipped(records.store, records.workspace_id)
    opened = {
        name: add_episode(records, records.add_account(name, arr=arr), owner_id=None)
        for name, arr in (("小", 1), ("大", 9), ("不明", None))
    }
    gone = records.add_account("去った社", is_active=False, arr=99)
    add_episode(records, gone, owner_id=None)
    unowned = _by_key(houses)["usage_drop"].unowned
    assert unowned is not None
    assert unowned.arr is not None
    assert (unowned.count, unowned.arr.amount) == (3, Decimal(10))
    assert unowned.episode_id == opened["大"].id


def test_decisions_of_this_week_and_of_the_last_are_told_apart(houses: Houses) -> None:
    records = Records(houses.store, houses.ours)
    ensure_shipped(records.store, records.workspace_id)
    for weeks, verdict in ((0, "keep"), (1, "wait"), (5, "change"), (-1, "retire")):
        add_review(records, MONDAY - timedelta(weeks=weeks), "usage_drop", verdict)
    drop = _by_key(houses)["usage_drop"]
    assert drop.review is not None
    assert drop.last_review is not None
    assert (drop.review.verdict, drop.last_review.verdict) == ("keep", "wait")
    assert drop.review.name == "佐藤"
