"""Shares, differences and the correction for many, against published and worked figures."""

import numpy as np
import pytest

from bot.insight.chance import (
    build_share,
    chance_of_levels,
    correct_by_holm,
    difference,
)


def test_wilson_as_in_newcombes_table() -> None:
    # Newcombe, Statistics in Medicine 1998, p. 861: 81/263, 15/148, 0/20, 1/29.
    known = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605)}
    known |= {(0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}
    for (hits, count), bounds in known.items():
        found = build_share(hits, count)
        assert (found.low, found.high) == pytest.approx(bounds, abs=5e-5)


def test_none_of_none_may_be_anything() -> None:
    found = build_share(0, 0)
    assert np.isnan(found.share)
    assert (found.low, found.high) == (0, 1)


def test_the_difference_as_in_newcombes_second_table() -> None:
    # Newcombe, Statistics in Medicine 1998, p. 877, method 10: 56/70 - 48/80 and 9/10 - 3/10.
    assert difference(build_share(56, 70), build_share(48, 80)) == pytest.approx(
        (0.2, 0.0524, 0.3339), abs=5e-5
    )
    assert difference(build_share(9, 10), build_share(3, 10)) == pytest.approx(
        (0.6, 0.1705, 0.8090), abs=5e-5
    )


def test_holm_steps_down_and_never_below_a_smaller_one() -> None:
    found = correct_by_holm(np.array([0.01, 0.04, 0.03, 0.005]))
    assert found == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_what_was_not_tested_is_not_counted() -> None:
    found = correct_by_holm(np.array([np.nan, 0.02, np.nan]))
    assert np.isnan(found[[0, 2]]).all()
    assert found[1] == pytest.approx(0.02)
    assert correct_by_holm(np.array([])).size == 0


@pytest.mark.row("B31")
def test_among_twenty_worthless_ones_one_is_called_no_oftener_than_stated() -> None:
    rng = np.random.default_rng(11)
    wrong = sum(bool((correct_by_holm(rng.random(20)) <= 0.05).any()) for _ in range(400))
    assert wrong <= 400 * 0.05 + 3 * (400 * 0.05 * 0.95) ** 0.5


def test_levels_that_differ_are_no_chance_and_rare_ones_are_put_together() -> None:
    codes = np.repeat([0.0, 1.0, 2.0, 3.0, np.nan], [50, 50, 4, 5, 10])
    happened = np.zeros(119, dtype=bool)
    happened[:40] = True
    assert chance_of_levels(codes, happened) < 1e-6
    assert np.isnan(chance_of_levels(codes[:50], happened[:50]))
    assert np.isnan(chance_of_levels(codes[50:], happened[50:]))
