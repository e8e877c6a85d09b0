"""What holds for every score, whatever the measures say."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.vocabulary import Band
from bot.frame.build import Frame
from bot.health.details import unpack_details
from bot.health.explain import Absence, explain
from bot.health.model import HealthDocument, load_default, read_document
from bot.health.score import BAND_ORDER, score_frame
from tests.one_account import score_document

MODEL = load_default()
STANDARD = MODEL.variants[-1]
NAMES = [each.measure for each in STANDARD.measures]
RANGES = {each.measure: (each.curve[0][0] - 1, each.curve[-1][0] + 1) for each in STANDARD.measures}


def values_of(draw: st.DrawFn, present: set[str]) -> dict[str, float]:
    return {name: draw(st.floats(*RANGES[name])) for name in NAMES if name in present}


@st.composite
def accounts(draw: st.DrawFn) -> dict[str, float]:
    """Some of the standard measures, with values in and just beyond their curves."""
    return values_of(draw, draw(st.sets(st.sampled_from(NAMES))))


@st.composite
def full_accounts(draw: st.DrawFn) -> dict[str, float]:
    return values_of(draw, set(NAMES))


def frame_of(rows: list[dict[str, float]]) -> Frame:
    table = pd.DataFrame(
        {name: [row.get(name, np.nan) for row in rows] for name in MODEL.columns()}
    ).assign(usage_expected=1.0, touch="high")
    table.index = pd.Index(range(10, 10 + len(rows)), name="account_id")
    return Frame(table, {})


@pytest.mark.row("B19")
@given(full_accounts(), st.sampled_from(NAMES), st.floats(0, 1))
def test_a_healthier_measure_never_lowers_the_score(
    values: dict[str, float], name: str, share: float
) -> None:
    curve = next(each.curve for each in STANDARD.measures if each.measure == name)
    rises = curve[0][1] <= curve[-1][1]
    low, high = RANGES[name]
    better = values[name] + share * ((high if rises else low) - values[name])
    before = score_document(MODEL, values).score[0]
    after = score_document(MODEL, values | {name: better}).score[0]
    assert after >= before - 1e-9


@given(accounts())
def test_scores_stay_between_0_and_100_and_agree_with_their_band(values: dict[str, float]) -> None:
    scores = score_document(MODEL, values)
    score = None if math.isnan(scores.score[0]) else float(scores.score[0])
    assert score is None or 0 <= score <= 100
    assert scores.bands() == [MODEL.bands.band_of(score)]
    assert scores.band_words() == [scores.bands()[0].value]
    assert scores.count_bands() == {scores.bands()[0].value: 1}
    assert BAND_ORDER[-1] is Band.UNKNOWN


@given(st.lists(accounts(), min_size=1, max_size=8))
def test_a_score_knows_neither_row_order_nor_the_other_accounts(
    rows: list[dict[str, float]],
) -> None:
    together = score_frame(MODEL, frame_of(rows))
    backwards = score_frame(MODEL, frame_of(rows[::-1]))
    np.testing.assert_array_equal(together.score, backwards.score[::-1])
    np.testing.assert_array_equal(together.details["pairs"], backwards.details["pairs"][::-1])
    for place, row in enumerate(rows):
        alone = score_frame(MODEL, frame_of([row]))
        np.testing.assert_array_equal(alone.score, together.score[place : place + 1])


@given(full_accounts(), st.sampled_from(NAMES))
def test_a_missing_measure_leaves_what_the_others_say(values: dict[str, float], name: str) -> None:
    rest = {other: value for other, value in values.items() if other != name}
    model = _without_caps()
    scores = score_document(model, rest)
    others = [each for each in STANDARD.measures if each.measure != name]
    told = sum(each.weight * _points(each.curve, rest[each.measure]) for each in others)
    assert scores.score[0] == pytest.approx(told / sum(each.weight for each in others))
    assert scores.coverage[0] < 1


@given(accounts())
def test_points_add_up_to_the_score_and_every_measure_is_accounted_for(
    values: dict[str, float],
) -> None:
    scores = score_document(MODEL, values)
    told = explain(MODEL, scores.details[0].tobytes())
    assert {each.measure for each in told.left_out} == set(NAMES) - set(values)
    assert all(each.why is Absence.MISSING for each in told.left_out)
    assert told.asked == len(NAMES)
    assert len(told.up) <= 3 >= len(told.down)
    if not math.isnan(scores.score[0]):
        details = unpack_details(scores.details[0].tobytes(), MODEL.measures())
        points = sum(each.points for each in details.measures if each.points is not None)
        total = told.neutral + points + told.capped_points
        assert total == pytest.approx(scores.score[0], abs=1e-4)


@pytest.mark.row("C14")
@pytest.mark.parametrize(("days", "most"), [(0, 100.0), (13, 100.0), (14, 69.0), (45, 49.0)])
def test_late_payment_caps_even_the_best(days: float, most: float) -> None:
    best = {each.measure: _best(each.curve) for each in STANDARD.measures}
    scores = score_document(MODEL, best | {"late_payment_days": days})
    assert scores.score[0] <= most
    told = explain(MODEL, scores.details[0].tobytes())
    assert (told.cap is not None) == (most < 100)
    assert (told.capped_points < 0) == (most < 100)


def test_below_half_of_the_weight_there_is_no_score() -> None:
    scores = score_document(MODEL, {"nps": 10.0, "voc": 1.0})
    assert math.isnan(scores.score[0])
    assert scores.bands() == [Band.UNKNOWN]
    assert 0 < scores.coverage[0] < 0.5


def test_an_account_without_a_feed_is_scored_by_what_can_be_known_of_it() -> None:
    values = {"nps": 9.0, "late_payment_days": 0.0, "touch_age_days": 5.0}
    missing = score_document(MODEL, values)
    not_expected = score_document(MODEL, values, usage_expected=False)
    assert math.isnan(missing.score[0])
    assert not_expected.score[0] > 50
    assert explain(MODEL, not_expected.details[0].tobytes()).asked == 6


def test_nobody_calls_on_a_tech_touch_account_so_its_silence_is_no_reason() -> None:
    told = explain(MODEL, score_document(MODEL, {}, touch="tech").details[0].tobytes())
    assert "touch_age_days" not in {each.measure for each in told.left_out}


def test_a_value_that_is_too_old_is_shown_and_not_counted() -> None:
    frame = frame_of([{name: RANGES[name][1] for name in NAMES if name != "nps"}])
    fresh = score_frame(MODEL, frame)
    aged = score_frame(MODEL, Frame(frame.table, {"nps": np.array([2.0])}))
    assert aged.score[0] == fresh.score[0]
    left_out = explain(MODEL, aged.details[0].tobytes()).left_out
    assert [(each.measure, each.why, each.value) for each in left_out] == [
        ("nps", Absence.TOO_OLD, 2.0)
    ]


def test_the_strongest_reasons_come_first() -> None:
    values = dict.fromkeys(NAMES, 0.0) | {"nps": 10.0, "voc": 1.0, "late_payment_days": 0.0}
    told = explain(MODEL, score_document(MODEL, values).details[0].tobytes())
    assert [each.points for each in told.up] == sorted((e.points for e in told.up), reverse=True)
    assert [each.points for each in told.down] == sorted(each.points for each in told.down)
    assert told.down[0].points <= told.down[-1].points < 0 < told.up[0].points


def test_details_of_another_version_are_refused() -> None:
    packed = score_document(MODEL, {}).details[0].tobytes()
    with pytest.raises(ValueError, match="another model version"):
        unpack_details(packed, MODEL.measures()[:-1])


def test_a_changed_threshold_can_be_simulated_before_anybody_feels_it() -> None:
    values = {name: RANGES[name][1] for name in NAMES}
    raw = MODEL.model_dump(mode="json")
    raw["bands"] = {"red_below": 50, "green_from": 99.9}
    stricter = read_document(raw)
    assert score_document(MODEL, values).score[0] == score_document(stricter, values).score[0]
    rows = frame_of([values])
    assert score_frame(stricter, rows).score[0] == score_frame(MODEL, rows).score[0]


def _without_caps() -> HealthDocument:
    variants = tuple(each.model_copy(update={"caps": ()}) for each in MODEL.variants)
    return MODEL.model_copy(update={"variants": variants})


def _points(curve: tuple[tuple[float, float], ...], value: float) -> float:
    return float(np.interp(value, [at for at, _ in curve], [points for _, points in curve]))


def _best(curve: tuple[tuple[float, float], ...]) -> float:
    return max(curve, key=lambda point: point[1])[0]
