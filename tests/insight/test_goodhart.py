"""A measure that is pushed up while nobody stays longer for it is not trusted further."""

import numpy as np
import pytest

from bot.insight.goodhart import Following, Trial, guard


def trial(
    moved: float,
    left: tuple[int, int],
    count: int = 100,
    measure: str = "login_days",
    **more: object,
) -> Trial:
    """`count` treated and as many others; `left` of each; the treated moved by `moved` more."""
    rng = np.random.default_rng(4)
    noise = rng.normal(0, 1, (2, count))
    moves = (noise - noise.mean(axis=1, keepdims=True) + [[moved], [0]]).ravel()
    treated = np.repeat([True, False], count)
    gone = np.zeros(2 * count, dtype=bool)
    gone[: left[0]] = True
    gone[count : count + left[1]] = True
    return Trial("reminder", measure, moves, gone, treated, **more)  # type: ignore[arg-type]


@pytest.mark.row("B32", "B33")
@pytest.mark.parametrize(
    ("given", "following"),
    [
        (trial(1.0, (5, 30)), Following.FOLLOWED),
        (trial(1.0, (30, 28)), Following.NOT_FOLLOWED),
        (trial(1.0, (30, 10)), Following.NOT_FOLLOWED),
        (trial(1.0, (18, 22)), Following.CANNOT_TELL),
        (trial(0.0, (5, 30)), Following.NOT_MOVED),
        (trial(-1.0, (30, 28)), Following.NOT_MOVED),
        (trial(1.0, (9, 10), 19), Following.TOO_FEW),
        (trial(1.0, (4, 5)), Following.TOO_FEW),
    ],
)
def test_what_followed_is_told_from_the_figures(given: Trial, following: Following) -> None:
    found = guard(given)
    assert found.following is following
    assert found.is_flagged is (following in (Following.NOT_FOLLOWED, Following.CANNOT_TELL))


@pytest.mark.row("B32")
def test_the_counts_and_both_intervals_travel_with_the_verdict() -> None:
    found = guard(trial(1.0, (18, 22)))
    assert (found.treated.hits, found.treated.count) == (18, 100)
    assert (found.others.hits, found.others.count) == (22, 100)
    assert found.move is not None
    assert found.leaving is not None
    assert found.move.value == pytest.approx(1.0)
    assert found.leaving.value == pytest.approx(-0.04)
    for one in (found.move, found.leaving):
        assert one.low < one.value < one.high


def test_too_few_come_without_any_difference() -> None:
    found = guard(trial(1.0, (1, 2)))
    assert found.move is None
    assert found.leaving is None
    assert not found.is_flagged


def test_a_measure_whose_low_values_are_good_moves_down_to_the_better() -> None:
    found = guard(trial(-1.0, (30, 28), higher_is_better=False))
    assert found.following is Following.NOT_FOLLOWED
    assert found.move is not None
    assert found.move.value == pytest.approx(1.0)


def test_accounts_whose_move_is_unknown_have_no_part() -> None:
    given = trial(1.0, (30, 28))
    given.moves[:85] = np.nan
    assert guard(given).following is Following.TOO_FEW
    assert guard(given).treated.count == 15


def test_equal_moves_of_everybody_are_no_division_by_nothing() -> None:
    given = trial(0.0, (20, 20))
    given.moves[:] = np.where(given.treated, 2.0, 1.0)
    found = guard(given)
    assert found.move is not None
    assert (found.move.low, found.move.high) == (1.0, 1.0)
    assert found.following is not Following.NOT_MOVED


def test_a_playbook_that_spares_a_third_of_the_leavers_is_seldom_called_without() -> None:
    rng = np.random.default_rng(7)
    drawn = [tuple(rng.binomial(300, [0.2, 0.3])) for _ in range(200)]
    wrong = sum(guard(trial(1.0, pair, 300)).following is Following.NOT_FOLLOWED for pair in drawn)
    assert wrong <= 200 * 0.15
