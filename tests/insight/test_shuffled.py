"""Outcomes dealt out by lot: what is called valid then is the error rate, seen."""

import pandas as pd
import pytest

from bot.core.refusal import BadInput
from bot.insight.examine import Asked, examine
from bot.insight.shuffled import Shuffled, shuffle
from tests.insight.tables import company

# Enough of either side for verdicts, too few for a forecast.
TABLE = company(90, 9)


@pytest.mark.row("B31")
def test_nothing_is_valid_where_nothing_can_be() -> None:
    table = TABLE.copy()
    found = shuffle(table, Asked("churned"), 4)
    assert found == Shuffled((0, 0, 0, 0), 0)
    assert found.wrong == 0
    # The table itself stays as it was, and tells what it told.
    assert examine(table, Asked("churned")).validity.valid != []


def test_a_row_that_repeats_another_is_no_second_row_when_dealt_anew() -> None:
    twice = pd.concat([TABLE, TABLE.iloc[:60]], ignore_index=True)
    loose = Asked("churned", error_rate=0.9)
    assert shuffle(twice, loose, 3) == shuffle(TABLE, loose, 3)


def test_an_error_rate_far_too_high_shows() -> None:
    found = shuffle(TABLE, Asked("churned", error_rate=1.0), 3)
    assert found.wrong > 0
    assert sum(found.valid) >= found.wrong


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInput, match="insight"):
        shuffle(TABLE, Asked("gone"), 2)
