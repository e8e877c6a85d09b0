"""Like accounts are counted right however they lie: the sums agree with the plain definition."""

from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.like_accounts import NEAR, Like, Untreated

# In halves, as exactly as a float holds them, so that edges are met.
SCORES = st.integers(0, 200).map(lambda half: half / 2)
CHANGES = st.integers(-200, 200).map(lambda half: half / 2)


@given(st.lists(st.tuples(SCORES, CHANGES), max_size=60), SCORES)
def test_the_sums_agree_with_the_definition(rows: list[tuple[float, float]], score: float) -> None:
    near = [change for each, change in rows if abs(each - score) <= NEAR]
    like = Untreated(rows).around(score)
    assert like.count == len(near)
    if not near:
        assert like == Like()
        return
    assert like.change == pytest.approx(mean(near), abs=1e-9)
    if len(near) == 1:
        assert like.spread is None
    else:
        assert like.spread == pytest.approx(stdev(near), abs=1e-6)
