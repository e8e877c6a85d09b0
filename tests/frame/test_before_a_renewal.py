"""Seventy-five days before a renewal: the four signs of risk, and an account that has none."""

import pytest

from bot.frame.block import Block
from tests.frame.blocks import TODAY, block, rows, usage, values

DAYS = 182


def two_accounts(days_left: float) -> Block:
    """The first uses less, stays away, complains and lost its champion; the second is as ever."""
    falling = [10.0] * (DAYS - 28) + [4.0] * 26 + [0.0] * 2
    people = rows(
        2,
        [0, 0, 1],
        role=["champion", "decision_maker", "champion"],
        is_active=[0, 1, 1],
        first_on=[TODAY - 300, TODAY - 300, TODAY - 300],
        last_on=[TODAY - 40, TODAY - 60, TODAY - 1],
    )
    voc = rows(
        2,
        [0, 0, 1, 1],
        said_on=[TODAY - 3, TODAY - 60, TODAY - 3, TODAY - 60],
        sentiment=["negative", "positive", "positive", "positive"],
        speaker_role=["user"] * 4,
        confidence=["normal"] * 4,
    )
    return block(
        2,
        usage({"logins": [falling, [10.0] * DAYS]}),
        key_people=people,
        deciders=rows(2, [1], active_on=[TODAY - 2], logins=[3]),
        voc=voc,
        contracts=rows(2, [0, 1], renews_on=[TODAY + days_left] * 2, notice_on=[TODAY + 30.0] * 2),
    )


@pytest.mark.row("D45")
@pytest.mark.parametrize("days_left", [60.0, 75.0, 90.0])
def test_each_of_the_four_is_told_beside_the_days_that_are_left(days_left: float) -> None:
    asked = two_accounts(days_left)
    assert values("days_to_renewal", asked).tolist() == [days_left, days_left]
    at_risk, steady = ({name: values(name, asked)[place] for name in SIGNS} for place in range(2))
    # Use declines against the account's own past, by more than half.
    assert at_risk["use_change_4w"] < -0.5
    # Nobody has come for two days, the decision maker for two months.
    assert (at_risk["silent_bd"], at_risk["decision_maker_logins"]) == (2.0, 0.0)
    # Words turn from good to bad.
    assert at_risk["voc_change"] == -2.0
    # Who spoke for the product has left.
    assert at_risk["organisation_change"] == 1.0
    assert steady == {
        "use_change_4w": pytest.approx(0.0),
        "silent_bd": 0.0,
        "decision_maker_logins": pytest.approx(float("nan"), nan_ok=True),
        "voc_change": 0.0,
        "organisation_change": 0.0,
    }


SIGNS = ("use_change_4w", "silent_bd", "decision_maker_logins", "voc_change", "organisation_change")
