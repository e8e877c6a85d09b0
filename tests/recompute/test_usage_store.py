"""Packed usage: what is written is read, the same again changes nothing, corrections overwrite."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sqlalchemy import delete, func, select

from bot.store.bulk import chunks
from bot.store.bulk.usage import write_usage
from bot.store.bulk.usage_read import read_window
from bot.store.metrics import list_metrics, list_packings
from bot.store.tables import TouchedAccount, UsageChunk, UsageDay
from tests.recompute.customers import METRICS, Customers
from tests.usage_rows import export_usage

FIRST = date(2026, 2, 26)
Values = NDArray[np.floating]


def read(customers: Customers, refs: str, metrics: tuple[str, ...], days: int) -> Values:
    ids = np.array(sorted(customers.accounts[ref] for ref in refs), dtype=np.int64)
    with customers.store.reading(customers.workspace_id) as unit:
        packings = list_packings(unit)
        window = (FIRST, FIRST + timedelta(days=days - 1))
        return read_window(
            unit.connection, unit.workspace_id, packings, ids, metrics, window, is_span=False
        )


def touched(customers: Customers) -> list[int]:
    with customers.store.reading(customers.workspace_id) as unit:
        return list(unit.session.scalars(select(TouchedAccount.id)))


def test_values_come_back_across_chunks_and_missing_ones_stay_missing(
    any_customers: Customers,
) -> None:
    any_customers.add_account("A")
    values = np.arange(5 * 200, dtype=np.float64).reshape(5, 200)
    values[2, 60:70] = np.nan
    done = any_customers.write("A", FIRST, values)
    assert (done.new, done.changed, done.unchanged) == (990, 0, 0)
    np.testing.assert_array_equal(read(any_customers, "A", METRICS, 200)[0], values)


@pytest.mark.row("X16")
def test_the_same_values_again_change_nothing_and_touch_nobody(any_customers: Customers) -> None:
    any_customers.add_account("A")
    values = np.array([[0.1, 2.5, 3.0], [1.0, np.nan, 1e9]])
    any_customers.write("A", FIRST, values)
    with any_customers.store.writing(any_customers.workspace_id) as unit:
        unit.session.execute(delete(TouchedAccount))
    again = any_customers.write("A", FIRST, values)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 5)
    assert touched(any_customers) == []


def test_a_correction_overwrites_and_touches_its_account_alone(any_customers: Customers) -> None:
    for ref in "AB":
        any_customers.add_account(ref)
        any_customers.write(ref, FIRST, np.full((2, 90), 3.0))
    correction = np.full((2, 90), 3.0)
    correction[0, 70] = 4.0
    done = any_customers.write("B", FIRST, correction)
    assert (done.new, done.changed, done.unchanged) == (0, 1, 179)
    assert done.account_ids == {any_customers.accounts["B"]}


def test_a_deletion_is_a_nan_the_source_speaks_of(any_customers: Customers) -> None:
    any_customers.add_account("A")
    any_customers.write("A", FIRST, np.full((1, 4), 5.0))
    ids = np.array([any_customers.accounts["A"]])
    values = np.array([[[np.nan, np.nan, 6.0, np.nan]]])
    said = np.array([[[True, False, True, False]]])
    with any_customers.store.writing(any_customers.workspace_id) as unit:
        done = write_usage(unit, ("logins",), ids, FIRST, values, said)
    assert (done.new, done.changed) == (0, 2)
    np.testing.assert_array_equal(
        read(any_customers, "A", ("logins",), 4)[0, 0], [np.nan, 5.0, 6.0, 5.0]
    )


def test_a_new_metric_leaves_older_chunks_readable(any_customers: Customers) -> None:
    for ref in "AB":
        any_customers.add_account(ref)
    any_customers.write("A", FIRST, np.full((1, 3), 1.0))
    any_customers.write("B", FIRST, np.full((3, 3), 2.0))
    found = read(any_customers, "AB", ("logins", "key_actions", "unheard_of"), 3)
    by_ref = dict(zip(sorted("AB", key=any_customers.accounts.__getitem__), found, strict=True))
    assert by_ref["A"][0].tolist() == [1.0, 1.0, 1.0]
    assert np.isnan(by_ref["A"][1:]).all()
    assert by_ref["B"][1].tolist() == [2.0, 2.0, 2.0]
    with any_customers.store.reading(any_customers.workspace_id) as unit:
        kinds = {name: (each.kind, each.is_key) for name, each in list_metrics(unit).items()}
    assert kinds["active_users"] == ("distinct", False)
    assert kinds["key_actions"] == ("additive", True)


def test_large_counts_keep_every_digit(any_customers: Customers) -> None:
    any_customers.add_account("A")
    any_customers.write("A", FIRST, np.full((1, 2), 7.0))
    large = np.array([[2.0**24 + 1, 2.0**40 + 3]])
    any_customers.write("A", FIRST, large)
    with any_customers.store.reading(any_customers.workspace_id) as unit:
        assert unit.session.scalars(select(UsageChunk.width)).all() == [chunks.WIDE]
    np.testing.assert_array_equal(read(any_customers, "A", ("logins",), 2)[0], large)


def widths(customers: Customers) -> list[int]:
    """By the accounts' names."""
    with customers.store.reading(customers.workspace_id) as unit:
        found = {each.account_id: each.width for each in unit.session.scalars(select(UsageChunk))}
    return [found[customers.accounts[ref]] for ref in sorted(customers.accounts)]


def test_accounts_of_every_width_lie_in_one_block(any_customers: Customers) -> None:
    said = {"A": 65_534.0, "B": 65_535.0, "C": 0.5, "D": -1.0, "E": 2.0**24 + 1, "F": 0.0}
    for ref, value in said.items():
        any_customers.add_account(ref)
        any_customers.write(ref, FIRST, np.array([[value, np.nan, 7.0]]))
    assert widths(any_customers) == [2, 4, 4, 4, 8, 2]
    found = read(any_customers, "ABCDEF", METRICS[:1], 3)
    by_id = sorted(said, key=lambda ref: any_customers.accounts[ref])
    np.testing.assert_array_equal(found[:, 0], [[said[ref], np.nan, 7.0] for ref in by_id])


def test_a_count_corrected_to_a_fraction_keeps_its_neighbours(any_customers: Customers) -> None:
    for ref in "AB":
        any_customers.add_account(ref)
        any_customers.write(ref, FIRST, np.array([[1.0, np.nan, 3.0]]))
    any_customers.write("B", FIRST, np.array([[0.25]]))
    assert widths(any_customers) == [2, 4]
    again = any_customers.write("B", FIRST, np.array([[0.25, np.nan, 3.0]]))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    for ref, value in (("A", 1.0), ("B", 0.25)):
        [[found]] = read(any_customers, ref, METRICS[:1], 3)
        np.testing.assert_array_equal(found, [value, np.nan, 3.0])


def test_days_know_how_many_accounts_they_have(any_customers: Customers) -> None:
    for ref in "ABC":
        any_customers.add_account(ref)
        any_customers.write(ref, FIRST, np.full((1, 2), 1.0))
    ids = np.array([any_customers.accounts["A"]])
    gone = np.full((1, 1, 1), np.nan)
    with any_customers.store.writing(any_customers.workspace_id) as unit:
        write_usage(unit, ("logins",), ids, FIRST, gone, np.ones(gone.shape, dtype=np.bool_))
        counted = select(UsageDay.used_on, UsageDay.account_count).order_by(UsageDay.used_on)
        assert [tuple(row) for row in unit.session.execute(counted)] == [
            (FIRST, 2),
            (FIRST + timedelta(days=1), 3),
        ]


def test_whoever_wants_rows_gets_rows(any_customers: Customers) -> None:
    any_customers.add_account("A")
    any_customers.write("A", FIRST, np.array([[1.0, np.nan], [2.0, 3.0]]))
    ids = np.array([any_customers.accounts["A"]])
    with any_customers.store.reading(any_customers.workspace_id) as unit:
        rows = sorted(export_usage(unit, ids, (FIRST, FIRST + timedelta(days=9))))
    account = int(ids[0])
    assert rows == [
        (account, "active_users", FIRST, 2.0),
        (account, "active_users", FIRST + timedelta(days=1), 3.0),
        (account, "logins", FIRST, 1.0),
    ]


def test_a_strangers_usage_is_neither_read_nor_counted(any_customers: Customers) -> None:
    from bot.store.tables import Workspace

    other = any_customers.store.add_workspace(
        Workspace(team_id="T2", name="Other", created_at=any_customers.clock.at)
    )
    stranger = Customers(any_customers.store, any_customers.clock, other.id)
    stranger.add_account("A")
    stranger.write("A", FIRST, np.full((1, 2), 9.0))
    any_customers.accounts["A"] = stranger.accounts["A"]
    any_customers.add_account("B")
    any_customers.write("B", FIRST, np.full((1, 2), 1.0))
    assert np.isnan(read(any_customers, "A", ("logins",), 2)).all()
    with any_customers.store.reading(any_customers.workspace_id) as unit:
        assert unit.session.scalar(select(func.max(UsageDay.account_count))) == 1


def test_a_matrix_that_does_not_fit_is_refused(customers: Customers) -> None:
    customers.add_account("A")
    ids = np.array([customers.accounts["A"]])
    with (
        pytest.raises(ValueError, match="does not fit 1 × 2"),
        customers.store.writing(customers.workspace_id) as unit,
    ):
        write_usage(unit, ("logins", "exports"), ids, FIRST, np.ones((1, 1, 3)))


@given(st.dates(date(1999, 1, 1), date(2100, 1, 1)), st.integers(1, 400))
def test_chunks_cover_every_day_of_a_window_once(first: date, days: int) -> None:
    last = first + timedelta(days=days - 1)
    covered: list[int] = []
    for start in chunks.list_starts(first, last):
        window, inside = chunks.overlap(start, first, days)
        assert window.stop - window.start == inside.stop - inside.start > 0
        assert first + timedelta(days=window.start) == start + timedelta(days=inside.start)
        covered.extend(range(window.start, window.stop))
    assert covered == list(range(days))


@given(
    st.lists(
        st.lists(
            st.sampled_from([np.nan, 0.0, -0.0, 1.0, 65_534.0, 65_535.0, 65_536.0, -1.0, 0.5])
            | st.floats(width=32, allow_infinity=False),
            min_size=chunks.CHUNK_DAYS,
            max_size=chunks.CHUNK_DAYS,
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=30)
def test_whatever_is_packed_is_unpacked(rows: list[list[float]]) -> None:
    values = np.array(rows, dtype=np.float64).reshape(-1, 1, chunks.CHUNK_DAYS)
    found = chunks.width_of(values)
    for blob, width, row in zip(chunks.pack(values, found), found, values, strict=True):
        kept = chunks.as_numbers(chunks.unpack(blob, int(width), 1))[0]
        np.testing.assert_array_equal(kept, row)
        assert len(blob) == width * chunks.CHUNK_DAYS
