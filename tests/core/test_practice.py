"""What repeats outside playbooks: a candidate with all of its interval above none, else no word."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.playbook_week import Ran
from bot.core.practice import FEWEST_RUNS, Tried, list_practices

pytestmark = pytest.mark.row("B4")

ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 3, tzinfo=UTC)


def tried(number: int, title: str = "活用会", gain: float | None = 6.0, *, like: int = 50) -> Tried:
    """Done for account `number`; `gain` is its points beside `like` accounts that moved by none."""
    measured = {"score_then": 50.0, "score": 50.0 + gain, "like_change": 0.0} if gain else {}
    when = AT + timedelta(minutes=number)
    return Tried(
        title, number, Ran("", 1, number, None, "met", ON, when, like_count=like, **measured)
    )


def test_ten_that_did_better_than_like_accounts_are_a_candidate_with_their_range() -> None:
    [found] = list_practices(tried(n, gain=6.0 + n % 3) for n in range(12))
    assert (found.runs, found.accounts, found.compared, found.is_candidate) == (12, 12, 12, True)
    assert found.difference is not None
    assert found.difference.mean == pytest.approx(7.0)
    assert 0 < found.difference.low < 7.0 < found.difference.high


def test_nine_tell_nothing_however_good_they_look() -> None:
    [found] = list_practices(tried(n, gain=30.0 + n) for n in range(9))
    assert (found.runs, found.difference, found.is_candidate) == (9, None, False)


def test_many_without_like_accounts_or_measure_tell_nothing_either() -> None:
    alone = [tried(n, gain=9.0, like=2) for n in range(12)]
    unmeasured = [tried(n, "電話", gain=None) for n in range(15)]
    assert [
        (each.title, each.compared, each.is_candidate)
        for each in list_practices([*alone, *unmeasured])
    ] == [("電話", 0, False), ("活用会", 0, False)]


@pytest.mark.parametrize("gains", [[-6.0] * 6 + [-5.0] * 6, [12.0, -12.0] * 8, [0.5, -3.0] * 6])
def test_what_did_no_better_in_enough_cases_is_no_success(gains: list[float]) -> None:
    assert list_practices(tried(n, gain=gain) for n, gain in enumerate(gains)) == []


def test_titles_that_read_alike_are_one_and_rare_ones_none() -> None:
    spelt = ["ＱＢＲ の案内", "QBR の案内", "qbr  の案内"]
    rare = [tried(9, "役員訪問"), tried(8, "役員訪問")]
    [found] = list_practices([*(tried(n, title) for n, title in enumerate(spelt)), *rare])
    # The newest spelling is shown.
    assert (found.title, found.runs) == ("qbr  の案内", FEWEST_RUNS)


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(-40, 40)), max_size=60))
def test_order_of_rows_means_nothing_and_no_candidate_rests_on_few(
    drawn: list[tuple[int, float]],
) -> None:
    rows = [tried(n, f"t{kind}", gain) for n, (kind, gain) in enumerate(drawn)]
    found = list_practices(rows)
    assert list_practices(reversed(rows)) == found
    assert all(each.runs >= FEWEST_RUNS for each in found)
    assert all(each.compared >= 10 for each in found if each.is_candidate)
