"""Nothing after the cut is learnt from; and what would be, is noticed."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.by_time import list_changed, main, spoil
from benchmarks.by_time_table import OUTCOME, build_rows, read_tables
from bot.insight.examine import Asked, examine

MONTHS = [str(each) for each in pd.period_range("2023-06", "2024-08", freq="M")]
CUT = "2024-02"
ACCOUNTS = [f"A{number:03}" for number in range(160)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifteen months over a leap day; who logs in little leaves more often."""
    made, lot = tmp_path_factory.mktemp("company"), np.random.default_rng(8)
    logins = lot.integers(0, 20, len(ACCOUNTS))
    leaves = lot.random(len(ACCOUNTS)) < np.where(logins < 10, 0.7, 0.2)
    ends = [lot.choice(MONTHS) if left else None for left in leaves]
    ids = pd.Series(ACCOUNTS, name="account_id")
    tables = {
        "accounts": pd.DataFrame(
            {"segment": "SMB", "seats": 5, "csm": "x", "start_month": "2023-01"}, ids
        ),
        "contracts": pd.DataFrame({"term": "annual", "renewal_month_of_year": 2}, ids),
        "outcomes": pd.DataFrame({"churned": leaves, "churn_month": ends, "reason": None}, ids),
        "usage_monthly": pd.DataFrame(
            [
                (a, m, n + lot.integers(3))
                for a, n in zip(ACCOUNTS, logins, strict=True)
                for m in MONTHS
            ],
            columns=["account_id", "month", "logins"],
        ).set_index("account_id"),
        "nps": pd.DataFrame(
            {"responded_on": "2024-02-29", "score": lot.integers(0, 11, 160), "role": "user"}, ids
        ),
        "tickets": pd.DataFrame(
            {"ticket_id": ACCOUNTS, "created_at": "2024-03-01T01:00", "solved_at": None}, ids
        ),
        "invoices": pd.DataFrame(
            {"issued_on": "2024-01-01", "due_on": "2024-02-28", "paid_on": "2024-03-01"}, ids
        ),
    }
    for name, table in tables.items():
        table.to_csv(made / f"{name}.csv")
    return made


def test_what_is_learnt_is_the_same_whatever_comes_after_the_cut(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder), "--cut", CUT]) == 0
    told = capsys.readouterr().out
    assert "everything after 2024-02 spoilt; changed by it: nothing" in told
    assert "  logins: valid" in told


def test_a_look_beyond_the_cut_would_be_noticed(folder: Path) -> None:
    asked = Asked(OUTCOME, "yes", by_time="month", cut=CUT, group="account_id")
    tables = read_tables(folder)
    one = examine(build_rows(tables, CUT), asked)
    other = examine(build_rows(spoil(tables, "2023-10"), CUT), asked)
    assert "logins" in list_changed(one, other)


def test_a_row_knows_what_its_month_knew(folder: Path) -> None:
    rows = build_rows(read_tables(folder), "2024-01").set_index("month")
    february, march = rows.loc["2024-02"], rows.loc["2024-03"]
    # Answered on the leap day, billed by the day before, paid and asked on the first of March.
    assert february["nps"].notna().all()
    assert set(february["unpaid"]) == {1}
    assert set(february["tickets"]) == {0}
    assert (set(march["unpaid"]), set(march["tickets"])) == ({0}, {1})
    assert set(february["months_to_renewal"]) == {12}
    assert set(rows.loc[["2023-07"], "months_to_renewal"]) == {7}


def test_the_months_whose_outcome_was_not_over_by_the_cut_are_left_out(folder: Path) -> None:
    months = sorted(build_rows(read_tables(folder), CUT)["month"].unique())
    known = [f"2023-{number:02}" for number in range(6, 12)]
    assert months == [*known, "2024-03", "2024-04", "2024-05"]
