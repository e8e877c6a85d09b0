"""Thresholds held against how contracts ended: one case an account, chosen before, judged after."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.back_test import FALL, GREEN, LEAST_LEAD_DAYS, RED, WATCHED_DAYS, BackTest, Trial
from bot.insight.back_test import choose, judge, part_cases, try_levels
from bot.insight.endings import Endings, find_cut, pick_cases
from bot.insight.looks import Looks
from tests.views.samples_of_the_past import TOO_FEW, build_past

pytestmark = pytest.mark.row("B45", "E29")

CUT = 1_000
EARLY, LATE = 900, 1_100


def endings(*rows: tuple[int, int, bool]) -> Endings:
    accounts, ended, lost = zip(*rows, strict=True) if rows else ((), (), ())
    return Endings(
        np.array(accounts, dtype=np.int64),
        np.array(ended, dtype=np.int64),
        np.array(lost, dtype=np.bool_),
    )


def see(of: Endings, *weeks: list[float]) -> Looks:
    """Each week's scores of all cases, the last week first; the first look is in good time."""
    looks = Looks.blank(of)
    for place, scores in enumerate(weeks):
        looks.scores[:, place] = scores
        looks.coverage[:, place] = 1.0
        looks.ahead[:, place] = LEAST_LEAD_DAYS + 7 * place
    return looks


def history(early: list[tuple[float, bool]], late: list[tuple[float, bool]]) -> Looks:
    """Cases with one score each and whether they were lost, before and after the cut."""
    both = [(EARLY, each) for each in early] + [(LATE, each) for each in late]
    rows = [(number, ended, lost) for number, (ended, (_, lost)) in enumerate(both)]
    return see(endings(*rows), [score for _, (score, _) in both])


def part(lost_at: float, kept_at: float, count: int = 20) -> list[tuple[float, bool]]:
    return [(lost_at, True)] * count + [(kept_at, False)] * count


def try_out(looks: Looks, *levels: tuple[str, float]) -> list[Trial]:
    """The cases with a score, parted at a day between the early and the late ones."""
    seen = looks.take(looks.has_score)
    is_late = seen.endings.ended > CUT
    return try_levels(seen.take(~is_late), seen.take(is_late), levels)


def of_red(looks: Looks, level: float = 50.0) -> Trial:
    [red, _] = try_out(looks, (RED, level), (GREEN, 90.0))
    return red


def test_whoever_renews_every_month_is_one_case_on_each_side() -> None:
    monthly = [(1, 30 * month, False) for month in range(1, 13)]
    monthly_of = endings(*monthly)
    picked = monthly_of.take(pick_cases(monthly_of, 180))
    assert picked.ended.tolist() == [180, 360]


def test_the_first_loss_is_the_case_and_not_the_renewal_behind_it() -> None:
    rows = endings((1, 10, False), (1, 20, True), (1, 30, True), (1, 40, False), (2, 15, False))
    picked = rows.take(pick_cases(rows, 100))
    told = zip(
        *(each.tolist() for each in (picked.account_ids, picked.ended, picked.lost)), strict=True
    )
    assert sorted(told) == [(1, 20, True), (2, 15, False)]


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 60), st.booleans()), min_size=1))
def test_an_account_is_once_on_a_side_whatever_its_periods_and_lost_if_it_ever_was(
    rows: list[tuple[int, int, bool]],
) -> None:
    found = endings(*rows)
    cut = find_cut(found)
    picked = found.take(pick_cases(found, cut))
    sides = [(who, on > cut) for who, on, _ in rows]
    kept = list(zip(picked.account_ids.tolist(), (picked.ended > cut).tolist(), strict=True))
    assert sorted(kept) == sorted(set(sides))
    for (who, side), lost in zip(kept, picked.lost.tolist(), strict=True):
        assert lost == any(row[2] for row in rows if (row[0], row[1] > cut) == (who, side))


def test_the_cut_is_placed_by_days_alone_and_parts_no_day() -> None:
    rows = [(number, 10 + number // 5, number % 2 == 0) for number in range(20)]
    cut = find_cut(endings(*rows))
    assert cut == 12
    turned = [(who, on, not lost) for who, on, lost in rows]
    assert find_cut(endings(*turned)) == cut
    assert find_cut(endings()) == 0


def test_the_parts_are_on_either_side_of_the_cut_and_nobody_is_lost() -> None:
    rows = [(number, 10 + number, number % 3 == 0) for number in range(20)]
    looks = see(endings(*rows), [float(number) for number in range(20)])
    before, later, cut = part_cases(looks)
    assert (before.endings.ended.max(), later.endings.ended.min()) == (cut, cut + 1)
    assert (len(before.scores), len(later.scores)) == (12, 8)
    assert later.scores[:, 0].tolist() == [float(number) for number in range(12, 20)]


def test_red_for_months_is_one_flag_and_counts_from_its_first_day() -> None:
    red = see(endings((1, LATE, True), (2, LATE, False)), *[[30.0, 80.0]] * 10)
    judged = judge(red, RED, 50)
    assert judged.precision is not None
    assert judged.lead is not None
    assert (judged.precision.hits, judged.precision.count) == (1, 1)
    assert (judged.lead.days, judged.lead.low) == (LEAST_LEAD_DAYS + 63, None)


def test_precision_recall_and_lead_come_with_counts_and_intervals() -> None:
    """Wilson's interval of 12 of 15, 0.548 to 0.930, is from his formula by hand."""
    late = [(30.0, True)] * 12 + [(60.0, True)] * 3 + [(30.0, False)] * 22 + [(60.0, False)] * 40
    judged = of_red(history([], late)).judged
    assert judged.precision is not None
    assert judged.lead is not None
    assert (judged.precision.hits, judged.precision.count) == (12, 34)
    assert (judged.recall.hits, judged.recall.count) == (12, 15)
    assert judged.recall.low == pytest.approx(0.548, abs=5e-4)
    assert judged.recall.high == pytest.approx(0.930, abs=5e-4)
    assert judged.lead.low == judged.lead.high == LEAST_LEAD_DAYS


def test_exactly_on_the_edge_is_not_below_it() -> None:
    judged = of_red(history([], part(50.0, 80.0))).judged
    assert (judged.precision, judged.recall.hits, judged.lead) == (None, 0, None)


def test_a_fall_is_from_one_week_to_the_next_and_rests_on_as_much_data() -> None:
    looks = see(endings((1, LATE, True), (2, LATE, True)), [60.0, 60.0], [75.0, 75.0])
    looks.coverage[1, 0] = 0.6
    assert judge(looks, FALL, 15).recall.hits == 1
    assert judge(looks, FALL, 15.5).recall.hits == 0
    gap = see(endings((1, LATE, True)), [50.0], [float("nan")], [90.0])
    assert judge(gap, FALL, 15).recall.hits == 0


def test_what_parted_the_past_and_still_does_later_is_worth_trying() -> None:
    found = of_red(history(part(62.0, 80.0), part(62.0, 80.0)))
    assert found.judged.recall.hits == 0
    assert found.suggested is not None
    assert found.suggested.judged.level == 63.0
    assert found.suggested.judged.recall.share == 1.0
    assert found.suggested.gain == 1.0
    assert found.suggested.is_better


def test_what_parted_the_past_by_chance_is_not() -> None:
    mixed = [(62.0, True)] * 10 + [(80.0, True)] * 10 + [(62.0, False)] * 10 + [(80.0, False)] * 10
    found = of_red(history(part(62.0, 80.0), mixed)).suggested
    assert found is not None
    assert found.gain == 0.0
    assert found.low < 0 < found.high
    assert not found.is_better


def test_a_stricter_edge_that_spares_the_kept_is_found_as_well() -> None:
    """Everybody is below 50; those who were lost are below 30."""
    found = of_red(history(part(20.0, 40.0), part(20.0, 40.0))).suggested
    assert found is not None
    assert found.judged.level == 40.0
    assert found.gain == 1.0
    assert found.is_better


def test_of_equal_ones_the_nearest_is_proposed_and_none_where_it_is_the_same() -> None:
    assert choose(history(part(20.0, 80.0), []), RED, 50.0) == 50.0
    assert of_red(history(part(20.0, 80.0), part(20.0, 80.0))).suggested is None


def test_the_red_edge_stays_below_the_green_one() -> None:
    [red, green] = try_out(history(part(75.0, 95.0), part(75.0, 95.0)), (RED, 50.0), (GREEN, 76.5))
    assert red.suggested is not None
    assert red.suggested.judged.level == 76.0
    assert green.suggested is None
    [red, _] = try_out(history(part(75.0, 95.0), part(75.0, 95.0)), (RED, 50.0), (GREEN, 75.0))
    assert red.suggested is None


@pytest.mark.parametrize(("lost", "kept"), [(9, 40), (40, 9), (0, 0)])
def test_below_ten_of_either_kind_nothing_is_judged_and_nothing_chosen(
    lost: int, kept: int
) -> None:
    few = [(30.0, True)] * lost + [(80.0, False)] * kept
    assert try_out(history(part(30.0, 80.0), few), (RED, 50.0)) == []
    found = of_red(history(few, part(62.0, 80.0)))
    assert found.suggested is None
    assert found.judged.recall.count == 20


def test_cases_without_any_score_count_nowhere() -> None:
    nan = float("nan")
    late = part(30.0, 80.0) + [(nan, True)] * 5 + [(nan, False)] * 5
    assert of_red(history([], late)).judged.recall.count == 20
    only = [(nan, True)] * 11 + part(30.0, 80.0, 9)
    assert try_out(history([], only), (RED, 50.0)) == []


CASES = st.lists(st.tuples(st.floats(0, 100), st.booleans()), min_size=0, max_size=25)


def spoil(late: list[tuple[float, bool]], seed: int) -> list[tuple[float, bool]]:
    """Other scores, and the results dealt out anew."""
    draw = np.random.default_rng(seed)
    lost = draw.permutation([lost for _, lost in late]).tolist()
    return list(zip(draw.uniform(0, 100, len(late)).tolist(), lost, strict=True))


@settings(max_examples=40)
@given(CASES, CASES, st.integers(0, 99))
def test_no_case_after_the_cut_moves_what_is_chosen(
    early: list[tuple[float, bool]], late: list[tuple[float, bool]], seed: int
) -> None:
    early = early + part(40.0, 60.0, 10)
    late = late + part(40.0, 60.0, 10)
    chosen = [
        each.suggested.judged.level if each.suggested else 50.0
        for each in (of_red(history(early, rows)) for rows in (late, spoil(late, seed)))
    ]
    assert chosen[0] == chosen[1]
    assert chosen[0] == (choose(history(early, []), RED, 50.0, 90.0) or 50.0)


@settings(max_examples=40)
@given(CASES, CASES, st.integers(0, 99))
def test_no_case_before_the_cut_moves_how_the_threshold_in_use_is_judged(
    early: list[tuple[float, bool]], late: list[tuple[float, bool]], seed: int
) -> None:
    late = late + part(40.0, 60.0, 10)
    before = of_red(history(early, late)).judged
    assert of_red(history(spoil(early, seed), late)).judged == before


def test_of_shuffled_results_next_to_nothing_is_worth_trying() -> None:
    """At 95 % one side of the interval lies wrong in one of forty; forty are tried."""
    draw, better = np.random.default_rng(7), 0
    for _ in range(40):
        rows = [(float(each), bool(draw.random() < 0.3)) for each in draw.uniform(20, 90, 400)]
        found = of_red(history(rows[:240], rows[240:])).suggested
        better += found is not None and found.is_better
    assert better <= 3


def test_a_look_too_late_to_act_or_too_early_is_none() -> None:
    of = endings((5, 1_000, True), (7, 1_000, False), (9, 1_200, False))
    looks = Looks.blank(of)
    for ahead in (LEAST_LEAD_DAYS - 1, WATCHED_DAYS + 1):
        assert looks.find_rows(1_000 - ahead).tolist() in ([], [2])
    day = 1_000 - LEAST_LEAD_DAYS
    rows = looks.find_rows(day)
    assert rows.tolist() == [0, 1]
    ids, score = np.array([5, 6], dtype=np.int64), np.array([40.0, 1.0])
    looks.note(day, rows, ids, score, np.ones(2))
    assert looks.has_score.tolist() == [True, False, False]
    assert (looks.scores[0, 0], looks.ahead[0, 0]) == (40.0, LEAST_LEAD_DAYS)
    looks.note(1_000 - WATCHED_DAYS, rows, ids, score, np.ones(2))
    assert looks.ahead[0, -1] == WATCHED_DAYS


@pytest.mark.parametrize(
    "past", [TOO_FEW, build_past(3), replace(build_past(2), left_out=("nps",))]
)
def test_a_back_test_survives_storing_as_json(past: BackTest) -> None:
    assert BackTest.from_json(past.to_json()) == past
