"""On a made company the verdicts are the truth that it was made with."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from bot.core.refusal import BadInput
from bot.insight.examine import Asked, Examined, examine
from bot.insight.judging import Judged
from bot.insight.validity import Question, Validity, judge
from bot.insight.verdict import Verdict
from tests.insight.tables import company, happened_in


@pytest.fixture(scope="module")
def found() -> Examined:
    asked = Asked("churned", segment=("segment",), volume="seats", leave_out=("customer_id",))
    return examine(company(), asked)


def verdicts(validity: Validity) -> dict[str, Verdict]:
    judged = {each.figures.name: each.verdict for each in validity.judged}
    return judged | {each.name: each.unfit.verdict for each in validity.refused}


def of(validity: Validity, name: str) -> Judged:
    return next(each for each in validity.judged if each.figures.name == name)


@pytest.mark.row("B31")
def test_what_drives_leaving_is_valid_and_noise_is_not(found: Examined) -> None:
    told = verdicts(found.validity)
    assert told["logins"] is Verdict.VALID
    assert told["segment"] is Verdict.VALID
    assert told["weather"] is told["colour"] is Verdict.NOT_SHOWN
    assert found.validity.valid[0] == "logins"


@pytest.mark.row("B31")
def test_the_same_thing_said_twice_is_redundant_with_the_better_one(found: Examined) -> None:
    days = of(found.validity, "active_days")
    assert (days.verdict, days.with_measure) == (Verdict.REDUNDANT, "logins")
    assert days.params["likeness"] == pytest.approx(0.98, abs=0.02)


@pytest.mark.row("B31")
@pytest.mark.parametrize("name", ["exports", "plan"])
def test_what_follows_from_a_driver_goes_along_with_it(found: Examined, name: str) -> None:
    along = of(found.validity, name)
    assert along.verdict is Verdict.GOES_ALONG
    assert along.held[-1].against == ("logins",)
    assert along.corrected < 0.01
    assert along.held[-1].left < 0.5


@pytest.mark.row("B31")
def test_what_only_tells_the_size_goes_along_with_segment_and_volume(found: Examined) -> None:
    storage = of(found.validity, "storage")
    assert storage.verdict is Verdict.GOES_ALONG
    assert storage.held[0].against == ("segment", "seats")
    assert of(found.validity, "seats").held[0].against == ("segment",)


def test_without_holding_against_the_size_it_would_have_passed_for_a_measure() -> None:
    table = company()[["storage", "weather"]]
    alone = judge(table, happened_in(company()), Question("churned"))
    assert verdicts(alone)["storage"] is Verdict.VALID


def test_direction_and_interval_are_of_high_values_against_the_outcome(found: Examined) -> None:
    area = of(found.validity, "logins").figures.area
    assert 0 < area.low < area.auc < area.high < 0.5


@pytest.mark.row("B31", "B45")
def test_on_shuffled_labels_nothing_is_valid_nothing_proposed_and_no_forecast_better() -> None:
    table = company(300)
    rng = np.random.default_rng(20)
    measures = table.drop(columns=["churned", "customer_id"])
    for _ in range(5):
        shuffled = rng.permutation(happened_in(table))
        found = judge(measures, shuffled, Question("churned", ("segment",), "seats"))
        assert found.valid == []
        assert found.forecast is not None
        assert not found.forecast.quality.is_better


def test_twenty_rows_of_each_are_needed_per_measure() -> None:
    table = company(400)
    rare = table["logins"].where(np.arange(400) < 40)
    found = judge(rare.to_frame(), happened_in(table), Question())
    assert verdicts(found) == {"logins": Verdict.TOO_FEW}


def test_a_measure_that_turned_round_in_time_is_unstable() -> None:
    table = company(900)
    table["month"] = np.repeat(np.arange(9), 100)
    table["fashion"] = table["logins"].where(table["month"] < 6, -table["logins"])
    asked = Asked("churned", by_time="month", leave_out=("customer_id", "logins", "active_days"))
    fashion = of(examine(table, asked).validity, "fashion")
    assert (fashion.verdict, fashion.why) == (Verdict.UNSTABLE, "unstable_periods")
    assert fashion.figures.steadiness.periods[0].high < 0.5
    assert fashion.figures.steadiness.periods[-1].low > 0.5


def test_rows_of_one_customer_count_as_one_and_widen_the_interval() -> None:
    table = company(300)
    again = pd.concat([table] * 4, ignore_index=True)
    own = judge(again[["logins"]], happened_in(again), Question())
    held = np.tile(np.arange(300), 4)
    together = judge(again[["logins"]], happened_in(again), Question(), clusters=held)
    narrow, wide = (of(each, "logins").figures.area for each in (own, together))
    assert wide.se == pytest.approx(2 * narrow.se, rel=0.05)


def test_the_table_may_come_in_any_order_of_columns(found: Examined) -> None:
    table = company()
    asked = found.asked
    turned = examine(table[table.columns[::-1]], asked)
    assert verdicts(turned.validity) == verdicts(found.validity)


def test_a_plain_frame_of_numbers_can_be_judged_without_a_file() -> None:
    table = company(500)
    found = judge(table[["logins", "weather"]], happened_in(table), Question())
    assert verdicts(found)["logins"] is Verdict.VALID
    assert found.tested == 2


Change = Callable[[pd.DataFrame], pd.DataFrame]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Asked("churn"), "insight_no_column"),
        (Asked("churned", segment=("segmnt",)), "insight_no_column"),
        (Asked("churned", word="maybe"), "insight_outcome_no_such"),
        (Asked("segment"), "insight_outcome_many"),
        (Asked("plan"), "insight_outcome_unclear"),
        (Asked("churned", volume="plan"), "insight_volume_is_words"),
        (Asked("churned", cut="5"), "insight_cut_without_time"),
        (Asked("churned", by_time="plan", cut="5"), "insight_time_unordered"),
        (Asked("churned", by_time="seats", cut="2026-01-01"), "insight_cut_unclear"),
        (Asked("churned", by_time="seats", cut="-5"), "insight_cut_outside"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_reason(asked: Asked, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        examine(company(200), asked)
    assert refused.value.code == code


def test_rows_left_out_are_counted_by_reason() -> None:
    table = pd.concat([company(300), company(300).head(7)], ignore_index=True)
    table.loc[[20, 21], "churned"] = None
    found = examine(table, Asked("churned"))
    assert found.left_out == {"blank_outcome": 2, "repeated": 7}
    assert found.base.count == 298
