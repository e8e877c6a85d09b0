"""Two models asked of the same accounts: pairs of bands, money, the ten who pay most."""

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.band_flow import Flow
from bot.core.model_simulation import AlertLoad, OwnerLoad, Simulation
from bot.core.vocabulary import Band
from bot.frame.build import Frame
from bot.health.edits import with_bands
from bot.health.model import HealthDocument, read_document
from bot.health.score import score_frame
from bot.health.simulation import BandShifts
from tests.views.samples_of_the_past import build_past

pytestmark = pytest.mark.row("E27", "E29")

LATE = {"measure": "late_payment_days", "curve": [[0, 100], [100, 0]]}
PLAIN = read_document({"name": "p", "variants": [{"name": "all", "measures": [LATE]}]})


def frame(late: list[float]) -> Frame:
    ids = pd.Index(range(1, len(late) + 1), name="account_id")
    return Frame(pd.DataFrame({"late_payment_days": late}, index=ids), {})


def look(shifts: BandShifts, after: HealthDocument, late: list[float], arr: list[float]) -> None:
    block = frame(late)
    money = np.array(arr, dtype=np.float64)
    shifts.look(score_frame(PLAIN, block), score_frame(after, block), money)


def test_who_changes_band_is_counted_with_the_money() -> None:
    shifts = BandShifts(frozenset({2, 9}))
    nan = float("nan")
    look(shifts, with_bands(PLAIN, 60, 80), [10, 25, 45, 45, nan], [5, 7, 11, nan, 3])
    moves = {(each.before, each.after): each.share for each in shifts.list_moves("JPY")}
    assert {pair: share.count for pair, share in moves.items()} == {
        (Band.GREEN, Band.GREEN): 1,
        (Band.GREEN, Band.YELLOW): 1,
        (Band.YELLOW, Band.RED): 2,
        (Band.UNKNOWN, Band.UNKNOWN): 1,
    }
    fell = moves[Band.YELLOW, Band.RED]
    assert (fell.arr.amount, fell.unpriced) == (Decimal(11), 1)
    assert [each.account_id for each in shifts.first] == [3, 2, 4]
    assert (shifts.first[0].score_before, shifts.first[0].after) == (55.0, Band.RED)
    assert shifts.first[-1].arr is None
    assert shifts.unscored == (1, 1)
    assert shifts.coverage == (0.8, 0.8)
    assert shifts.changed_by_hand == 1


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 1e9)), min_size=1, max_size=60),
    st.integers(1, 59),
)
def test_block_by_block_says_the_same_as_at_once(
    accounts: list[tuple[float, float]], cut: int
) -> None:
    late, arr = [each for each, _ in accounts], [round(each, 2) for _, each in accounts]
    after = with_bands(PLAIN, 55, 65)
    whole, parts = BandShifts(), BandShifts()
    look(whole, after, late, arr)
    block = frame(late)
    for part in (slice(0, cut), slice(cut, None)):
        rows = Frame(block.table.iloc[part], {})
        money = np.array(arr[part], dtype=np.float64)
        parts.look(score_frame(PLAIN, rows), score_frame(after, rows), money)
    counts = [
        {(each.before, each.after): (each.share.count, each.share.unpriced) for each in found}
        for found in (whole.list_moves("JPY"), parts.list_moves("JPY"))
    ]
    assert counts[0] == counts[1]
    assert whole.first == parts.first
    assert len(whole.first) <= 10
    assert sum(count for count, _ in counts[0].values()) == len(accounts)


def test_the_same_model_moves_nobody() -> None:
    shifts = BandShifts()
    look(shifts, PLAIN, [10, 45, 70], [1, 2, 3])
    assert shifts.first == []
    assert all(each.before is each.after for each in shifts.list_moves("JPY"))


def test_a_simulation_survives_storing_as_json() -> None:
    shifts = BandShifts()
    look(shifts, with_bands(PLAIN, 60, 80), [10, 25, 45], [5, float("nan"), 1.5])
    on = date(2026, 11, 20)
    load = AlertLoad([date(2026, 10, 24)], [OwnerLoad(None, [1], [2]), OwnerLoad(7, [0], [3])], 3)
    flow = Flow("USD", on, on, shifts.list_moves("USD"))
    found = Simulation(on, 1, 2, 3, flow, shifts.first, (0, 1), (0.5, 0.25), 1, load, build_past(3))
    assert Simulation.from_json(found.to_json()) == found
    assert (load.total(after=False), load.total(after=True)) == (1, 5)
