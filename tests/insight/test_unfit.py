"""Columns that can be no measure are refused, each for its own reason; measures are not."""

import numpy as np
import pandas as pd
import pytest

from bot.insight.column import read_column
from bot.insight.leaks import says_afterwards
from bot.insight.unfit import Unfit, find_unfit, is_named_like_an_id
from bot.insight.verdict import Verdict

COUNT = 200
LEFT = np.arange(COUNT) % 5 == 0


def look(cells: object, name: str = "x", **more: object) -> Unfit | None:
    """What is wrong with a column of 200 rows of which every fifth left."""
    column = read_column(name, pd.Series(cells, index=range(COUNT), dtype=object))
    return find_unfit(column, LEFT, "churned", **more)  # type: ignore[arg-type]


def only(rows: object, value: str = "x") -> list[str | None]:
    """`value` in the rows, blank elsewhere."""
    return [value if here else None for here in np.asarray(rows)]


@pytest.mark.parametrize(
    ("cells", "verdict", "why"),
    [
        (None, Verdict.REFUSED_EMPTY, "empty"),
        (" ", Verdict.REFUSED_EMPTY, "empty"),
        ("Tokyo", Verdict.REFUSED_CONSTANT, "constant"),
        (7, Verdict.REFUSED_CONSTANT, "constant"),
        ([f"A{at}" for at in range(COUNT)], Verdict.REFUSED_IDENTIFIER, "identifier"),
        (list(range(1, COUNT + 1)), Verdict.REFUSED_IDENTIFIER, "identifier"),
        ([f"word {at % 91}" for at in range(COUNT)], Verdict.REFUSED_IDENTIFIER, "many_values"),
        (only(LEFT, "price"), Verdict.REFUSED_LEAK, "leak_filled"),
        (only(LEFT & (np.arange(COUNT) % 10 == 0)), Verdict.REFUSED_LEAK, "leak_filled"),
        (only(~LEFT, "2027-01-31"), Verdict.REFUSED_LEAK, "leak_blank"),
        (np.where(LEFT, "closed", "open"), Verdict.REFUSED_LEAK, "leak_level"),
        (np.where(LEFT, 900, 1) + np.arange(COUNT), Verdict.REFUSED_LEAK, "leak_separates"),
    ],
)
def test_each_has_its_reason(cells: object, verdict: Verdict, why: str) -> None:
    found = look(cells)
    assert found is not None
    assert (found.verdict, found.why) == (verdict, why)


@pytest.mark.parametrize(
    "cells",
    [
        np.random.default_rng(1).normal(0, 1, COUNT),
        np.random.default_rng(1).permutation(COUNT) + 100,
        [["SMB", "Mid", "Enterprise"][at % 3] for at in range(COUNT)],
        only(np.arange(COUNT) % 3 == 0, "yes"),
        np.where(np.arange(COUNT) % 7 == 0, "yes", "no"),
        [f"csm{at % 12}" for at in range(COUNT)],
    ],
)
def test_what_may_be_a_measure_is_let_through(cells: object) -> None:
    found = look(cells)
    assert found is None or found.verdict is Verdict.REFUSED_CONSTANT


@pytest.mark.parametrize("name", ["customerID", "account_id", "ID", "顧客番号", "Case No"])
def test_a_number_that_is_named_like_an_id_and_differs_everywhere_is_one(name: str) -> None:
    assert is_named_like_an_id(name)
    found = look(np.random.default_rng(2).permutation(COUNT) + 5000, name)
    assert found is not None
    assert found.verdict is Verdict.REFUSED_IDENTIFIER


@pytest.mark.parametrize("name", ["paid", "Grid", "seats", "monthly_no_shows", "tenure"])
def test_other_names_are_not_taken_for_one(name: str) -> None:
    assert not is_named_like_an_id(name)


@pytest.mark.parametrize(
    "name",
    ["churn_month", "ChurnReason", "Churn Score", "cancelled_on", "Reason", "解約理由", "退会日"],
)
def test_a_name_that_tells_of_the_end_is_refused_unless_somebody_vouches(name: str) -> None:
    usual = [["a", "b", "c"][at % 3] for at in range(COUNT)]
    found = look(usual, name)
    assert found is not None
    assert found.why == "leak_name"
    assert look(usual, name, known_before=True) is None


@pytest.mark.parametrize("name", ["cancellation_notice_days", "解約通知期限", "churn_risk", "plan"])
def test_what_is_said_of_the_end_beforehand_is_let_through(name: str) -> None:
    assert not says_afterwards(name, "result")


def test_the_outcomes_own_name_in_another_column_is_a_leak() -> None:
    assert says_afterwards("renewed_flag", "Renewed")
    assert not says_afterwards("old", "on")


def test_vouching_for_a_name_does_not_vouch_for_figures() -> None:
    found = look(np.where(LEFT, "gone", "here"), "churn_note", known_before=True)
    assert found is not None
    assert found.why == "leak_level"


def test_dates_after_the_rows_own_time_were_not_known_then() -> None:
    own = np.full(COUNT, 20000.0)
    dates = ["2024-10-03" if at % 2 else "2024-11-03" for at in range(COUNT)]
    found = look(dates, later_than=own)
    assert found is not None
    assert (found.why, found.params["after"]) == ("leak_dates", 100)
    assert look(dates, later_than=own + 60) is None


def test_few_filled_rows_that_happen_to_have_left_are_no_leak() -> None:
    rows = np.zeros(COUNT, dtype=bool)
    rows[[0, 5, 10]] = True
    filled = [1.0 if here else None for here in rows]
    found = look(filled)
    assert found is None or found.verdict is not Verdict.REFUSED_LEAK


def test_where_nearly_everybody_leaves_a_level_with_all_of_them_is_no_leak() -> None:
    happened = np.arange(COUNT) % 20 != 0
    level = np.where(happened & (np.arange(COUNT) % 2 == 0), "a", "b")
    column = read_column("x", pd.Series(level, dtype=object))
    assert find_unfit(column, happened, "churned") is None
