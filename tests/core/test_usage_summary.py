"""Four weeks of use against the four before, and what was never tried."""

from datetime import date, timedelta

import pytest

from bot.core.metrics import MetricKind
from bot.core.usage_summary import ByDay, MetricUse, Traits, build_summary

LAST = date(2028, 3, 1)
KEY = Traits(MetricKind.ADDITIVE, is_key=True, says_zero=True)
QUIET = Traits(MetricKind.ADDITIVE, is_key=True, says_zero=False)
PEOPLE = Traits(MetricKind.DISTINCT, is_key=False, says_zero=True)


def daily(value: float, ages: range) -> ByDay:
    return {LAST - timedelta(days=age): value for age in ages}


@pytest.mark.row("D42")
def test_what_adds_up_is_summed_and_people_are_averaged_over_the_same_days() -> None:
    values = {
        "reports": {**daily(2.0, range(28)), **daily(3.0, range(28, 56))},
        "active_users": {**daily(4.0, range(0, 28, 7)), **daily(8.0, range(28, 56, 7))},
        "exports": daily(1.0, range(60, 70)),
    }
    traits = {"reports": KEY, "active_users": PEOPLE, "exports": KEY}
    told = build_summary(traits, values, LAST)
    assert told.uses == (
        MetricUse("active_users", False, 4.0, 8.0),
        MetricUse("reports", True, 56.0, 84.0),
    )
    assert told.never == ()


@pytest.mark.row("D43")
def test_the_gap_names_key_features_never_tried_and_leaves_out_what_nobody_measured() -> None:
    values = {
        "reports": daily(0.0, range(90)),
        "alerts": daily(1.0, range(89, 90)),
        "exports": daily(1.0, range(90, 100)),
        "logins": daily(0.0, range(90)),
    }
    plain = Traits(MetricKind.ADDITIVE, is_key=False, says_zero=True)
    traits = {
        **{"reports": KEY, "alerts": KEY, "exports": QUIET, "logins": plain},
        **{"silent": QUIET, "unknown": KEY},
    }
    # `exports` was last used 91 days ago; of `unknown` there is no word, not even a zero.
    assert build_summary(traits, values, LAST).never == ("exports", "reports", "silent")
