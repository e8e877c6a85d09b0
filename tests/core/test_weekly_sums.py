"""Figures of a week add up, whatever the order in which they came."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.band_flow import Flow, Move, Share
from bot.core.leaving import Mender, find_mender, read_reason
from bot.core.money import Money, Rate, Rates
from bot.core.playbook_week import Known, PlaybookWeek, Ran, list_last_runs, measure
from bot.core.renewals import KEPT, PENDING, Renewals, Renewed, build_renewals
from bot.core.vocabulary import Band, Hypothesis, Mover
from bot.core.week import Week
from bot.core.weekly import Moved, Responses

MONDAY = date(2026, 11, 9)
DAYS = Week(MONDAY, MONDAY)
BANDS = st.sampled_from(list(Band))
SHARES = st.builds(
    lambda count, arr: Share(count, Money(Decimal(arr), "JPY"), count // 3),
    st.integers(1, 50),
    st.integers(0, 10**8),
)
MOVES = st.lists(
    st.builds(Move, BANDS, BANDS, SHARES), unique_by=lambda each: (each.before, each.after)
)


@given(MOVES)
def test_everybody_stands_somewhere_then_and_now(moves: list[Move]) -> None:
    flow = Flow("JPY", MONDAY, MONDAY, moves)
    for shares in (flow.standing(now=True), flow.standing(now=False)):
        assert sum(each.count for each in shares.values()) == flow.total.count
        assert sum(each.arr.amount for each in shares.values()) == flow.total.arr.amount
        assert sum(each.unpriced for each in shares.values()) == flow.total.unpriced


@given(MOVES, st.randoms())
def test_who_came_and_went_is_the_difference_of_then_and_now(
    moves: list[Move], chance: Any
) -> None:
    flow = Flow("JPY", MONDAY, MONDAY, moves)
    then, now = flow.standing(now=False), flow.standing(now=True)
    for band in Band:
        came = sum(each.share.count for each in flow.changed if each.after is band)
        went = sum(each.share.count for each in flow.changed if each.before is band)
        assert now[band].count - then[band].count == came - went
    chance.shuffle(moves)
    assert Flow("JPY", MONDAY, MONDAY, moves).changed == flow.changed


@given(MOVES)
def test_falls_come_first_and_what_was_unknown_neither_fell_nor_rose(moves: list[Move]) -> None:
    changed = Flow("JPY", MONDAY, MONDAY, moves).changed
    kinds = [0 if each.is_worse else 1 if each.is_better else 2 for each in changed]
    assert kinds == sorted(kinds)
    unknown = [each for each in changed if Band.UNKNOWN in (each.before, each.after)]
    assert all(not each.is_worse and not each.is_better for each in unknown)


AMOUNTS = st.none() | st.builds(
    Money, st.integers(0, 10**7).map(Decimal), st.sampled_from(["JPY", "USD", "EUR"])
)
RENEWED = st.builds(
    Renewed,
    st.integers(1, 9),
    st.just("社"),
    st.just(MONDAY),
    st.sampled_from([*KEPT, "churned", PENDING]),
    AMOUNTS,
)
RATES = Rates([Rate("USD", "JPY", date(2026, 1, 1), Decimal(150))])


def _build(found: list[Renewed]) -> Renewals:
    return build_renewals(found, "JPY", MONDAY, RATES)


@given(st.lists(RENEWED, max_size=12), st.randoms())
def test_kept_lost_and_pending_are_what_was_due(found: list[Renewed], chance: Any) -> None:
    made = _build(found)
    parts = (made.kept, made.lost, made.pending)
    assert sum(each.count for each in parts) == made.due.count == len(found)
    assert sum(each.unpriced for each in parts) == made.due.unpriced
    assert sum(each.money.base_sum.amount for each in parts) == made.due.money.base_sum.amount
    chance.shuffle(found)
    again = _build(found)
    assert (again.due, again.kept, again.lost) == (made.due, made.kept, made.lost)


@given(st.lists(RENEWED, max_size=12))
def test_a_rate_is_said_only_where_all_of_it_is_known_in_one_currency(found: list[Renewed]) -> None:
    made = _build(found)
    decided = [each for each in found if each.kind != PENDING]
    is_known = all(each.amount and each.amount.currency != "EUR" for each in decided)
    if made.kept_share is not None:
        assert 0 <= made.kept_share <= 1
        assert all(each.amount is not None for each in decided)
    if is_known and any(each.amount for each in decided):
        assert made.kept_share is not None


@pytest.mark.row("C8")
@pytest.mark.parametrize(
    ("said", "reason", "mender"),
    [
        ("社内未浸透", Hypothesis.NOT_SPREAD, Mender.CS),
        ("予算の縮小", Hypothesis.BUDGET, Mender.NEITHER),
        ("競合への切り替え", Hypothesis.COMPETITOR, Mender.PRODUCT),
        ("担当者の退職", Hypothesis.OWNER_CHANGE, Mender.CS),
        ("製品の不足", Hypothesis.PRODUCT, Mender.PRODUCT),
        ("導入したことを忘れていた", Hypothesis.FORGOTTEN, Mender.CS),
        ("機能が難しく使い方が分からない", Hypothesis.UNCLEAR_USE, Mender.CS),
        ("Forgot that they use it", Hypothesis.FORGOTTEN, Mender.CS),
        ("Ｓｗｉｔｃｈｅｄ to a competitor", Hypothesis.COMPETITOR, Mender.PRODUCT),
        ("合併", Hypothesis.UNKNOWN, Mender.NEITHER),
        ("", Hypothesis.UNKNOWN, Mender.NEITHER),
    ],
)
def test_reasons_are_read_and_say_who_can_mend_them(
    said: str, reason: Hypothesis, mender: Mender
) -> None:
    assert read_reason(said) is reason
    assert find_mender(reason) is mender


def _ran(number: int, episode_id: int | None, days_ago: int = 0, **more: Any) -> Ran:
    at = datetime(2026, 11, 11, 3, tzinfo=UTC) - timedelta(days=days_ago)
    facts = {"version": 1, "result": "met", "recorded_on": at.date(), "recorded_at": at}
    return Ran(playbook="x", task_id=number, episode_id=episode_id, **{**facts, **more})


BLANK = PlaybookWeek(Known("x", 1, "active", {"ja": "x", "en": "x"}))


@pytest.mark.row("B43")
def test_an_alert_of_several_steps_is_one_run_and_measured_by_its_last() -> None:
    steps = [
        _ran(number, 7, 3 - number, score_then=50.0, score=50.0 + number) for number in range(3)
    ]
    steps = [*steps, _ran(8, None), _ran(9, None)]
    assert [each.task_id for each in list_last_runs(reversed(steps))] == [2, 8, 9]
    week = measure(BLANK, steps, DAYS)
    assert (week.runs, week.measured, week.unmeasured) == (3, 1, 2)


@pytest.mark.row("B47")
@given(
    st.lists(
        st.tuples(
            st.integers(1, 9), st.integers(0, 40), st.none() | st.floats(0, 100), st.integers(0, 30)
        ),
        max_size=40,
    ),
    st.randoms(),
)
def test_measured_and_not_yet_measured_are_all_runs_whatever_the_order(
    made: list[tuple[int, int, float | None, int]], chance: Any
) -> None:
    ran = [
        _ran(number, episode, ago, score=score, score_then=50.0, like_count=count, like_change=1.0)
        for number, (episode, ago, score, count) in enumerate(made)
    ]
    week = measure(BLANK, ran, DAYS)
    assert week.measured + week.unmeasured == len({each.episode_id for each in ran})
    assert sum(week.results.values()) == week.runs <= week.measured + week.unmeasured
    assert week.compared <= week.measured
    assert (week.difference is None) == (week.compared < 10)
    chance.shuffle(ran)
    assert measure(BLANK, ran, DAYS) == week


def test_beside_too_few_like_accounts_nothing_is_compared() -> None:
    measured: dict[str, Any] = {"score_then": 40.0, "score": 50.0, "like_change": 4.0}
    assert _ran(1, None, like_count=9, **measured).difference is None
    assert _ran(1, None, like_count=10, **measured).difference == 6.0
    assert _ran(1, None, like_count=10, **{**measured, "like_change": None}).difference is None


def test_figures_so_far_are_of_the_version_in_use() -> None:
    ran = [_ran(number, None, version=number % 2 + 1) for number in range(6)]
    newer = PlaybookWeek(Known("x", 2, "active", {"ja": "x", "en": "x"}))
    week = measure(newer, ran, DAYS)
    assert (week.runs, week.measured + week.unmeasured) == (6, 3)


@pytest.mark.row("A3")
@given(st.integers(0, 40), st.integers(0, 40))
def test_two_sides_are_the_whole_and_few_have_no_share(us: int, them: int) -> None:
    moved = Moved(us, them)
    shares = [moved.share(mover) for mover in Mover]
    if us + them < 10:
        assert shares == [None, None]
    else:
        assert sum(each or 0 for each in shares) == pytest.approx(1)


@pytest.mark.row("D57")
def test_the_middle_wait_is_told_with_how_many_it_is_of() -> None:
    waits = [timedelta(hours=each) for each in (1, 2, 30)]
    responses = Responses(waits, open_count=2)
    assert (responses.told, responses.median) == (5, timedelta(hours=2))
    assert Responses((), 3).median is None
