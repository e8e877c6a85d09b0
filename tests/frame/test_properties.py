"""What holds for every measure of the catalogue, whatever the facts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.frame.build import build_frame
from bot.frame.catalogue import load_catalogue
from bot.frame.measure import Unit
from tests.frame.drawn import KINDS, SINGLE, draw

# Key feature use and seats in use may pass the whole, and so may a limit.
UNITS = {
    Unit.LEVEL: (1, 5),
    Unit.TONE: (-1, 1),
    Unit.IMPACT: (0, 1),
    Unit.CHANGE: (-1, np.inf),
    **dict.fromkeys((Unit.SHARE, Unit.COUNT, Unit.RATIO, Unit.MINUTES), (0, np.inf)),
}
SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=12, deadline=None)


@pytest.mark.row("B34", "B5", "B6")
@FEW
@given(seed=SEEDS, size=st.integers(2, 7))
def test_no_measure_knows_the_order_of_rows_or_the_other_accounts(seed: int, size: int) -> None:
    drawn, order = draw(seed, size), np.random.default_rng(seed).permutation(size)
    expected = build_frame(drawn.block()).table.iloc[order]
    for chosen in (order, order[:1]):
        found = build_frame(drawn.block(chosen)).table
        pd.testing.assert_frame_equal(found, expected.iloc[: len(chosen)], check_exact=True)


@pytest.mark.row("B1")
@FEW
@given(seed=SEEDS, kind=st.sampled_from(sorted(KINDS | SINGLE)))
def test_a_kind_of_facts_that_does_not_come_leaves_what_does_not_read_it(
    seed: int, kind: str
) -> None:
    drawn = draw(seed, 4)
    free = [name for name, each in load_catalogue().items() if kind not in each.needs]
    left = build_frame(drawn.block(without=[kind])).table
    pd.testing.assert_frame_equal(left[free], build_frame(drawn.block()).table[free])


@pytest.mark.row("C10")
@FEW
@given(seed=SEEDS)
def test_every_value_keeps_to_what_its_unit_can_be(seed: int) -> None:
    frame = build_frame(draw(seed, 6).block()).table
    for name, measure in load_catalogue().items():
        if measure.unit in UNITS:
            least, most = UNITS[measure.unit]
            values = frame[name].to_numpy(dtype=float)
            assert np.nanmin(values, initial=least) >= least, name
            assert np.nanmax(values, initial=least) <= most, name
