"""The shipped model by stage and touch: whom each variant is for, and what holds in all of them."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.vocabulary import Stage, Touch
from bot.frame.catalogue import load_catalogue
from bot.health.details import unpack_details
from bot.health.model import Variant, list_shipped, load_default, load_shipped, read_document
from bot.health.score import Scores
from tests.one_account import score_document

MODEL = load_shipped("by_segment")
USED = [each for each in MODEL.variants if each.name != "without_usage"]
SEGMENTS = [
    (stage, touch, next(each for each in MODEL.variants if each.name == f"{stage}_{touch}"))
    for stage, touch in product(Stage, Touch)
]


def score(variant: Variant, values: dict[str, float]) -> Scores:
    when = variant.when
    facts = {name: getattr(when, name)[0].value for name in ("stage", "touch") if when.stage}
    return score_document(MODEL, values, **facts)


@st.composite
def accounts(draw: st.DrawFn) -> tuple[Variant, dict[str, float]]:
    """A variant, and values in and just beyond the curves of all its measures."""
    variant = draw(st.sampled_from(USED))
    ends = {
        each.measure: (each.curve[0][0] - 1, each.curve[-1][0] + 1) for each in variant.measures
    }
    return variant, {name: draw(st.floats(*end)) for name, end in ends.items()}


def test_the_default_is_the_first_of_the_shipped_and_the_others_are_there_to_choose() -> None:
    assert list_shipped() == ["default", "by_segment"]
    assert load_shipped("default") == load_default()
    with pytest.raises(FileNotFoundError):
        load_shipped("moon")


def test_a_shipped_model_survives_storing_as_json() -> None:
    assert read_document(MODEL.model_dump(mode="json")) == MODEL


@pytest.mark.row("A37", "E17", "B34")
@pytest.mark.parametrize(("stage", "touch", "variant"), SEGMENTS)
def test_every_stage_and_touch_has_a_variant_of_its_own(
    stage: Stage, touch: Touch, variant: Variant
) -> None:
    made = score_document(MODEL, {}, stage=stage.value, touch=touch.value)
    chosen = unpack_details(made.details[0].tobytes(), MODEL.measures()).variant
    assert MODEL.variants[chosen] == variant
    assert variant.when.stage == (stage,)
    assert variant.when.touch == (touch,)


def test_who_has_neither_stage_nor_touch_and_who_sends_no_usage_are_served() -> None:
    for facts, name in (({}, "others"), ({"usage_expected": False}, "without_usage")):
        details = score_document(MODEL, {}, **facts).details[0].tobytes()
        chosen = unpack_details(details, MODEL.measures()).variant
        assert MODEL.variants[chosen].name == name


@pytest.mark.row("C10", "E25", "E26")
@pytest.mark.parametrize("variant", USED, ids=lambda each: each.name)
def test_use_alone_is_enough_for_a_score_and_all_the_rest_without_use_is_not(
    variant: Variant,
) -> None:
    catalogue = load_catalogue()
    total = sum(each.weight for each in variant.measures)
    use = sum(
        each.weight
        for each in variant.measures
        if any(need.startswith("usage:") for need in catalogue[each.measure].needs)
    )
    assert use / total > MODEL.least_coverage > 1 - use / total


@pytest.mark.parametrize("variant", USED, ids=lambda each: each.name)
def test_nobody_calls_on_tech_touch_and_the_start_has_no_past(variant: Variant) -> None:
    asked = {each.measure for each in variant.measures}
    if variant.name.endswith("_tech"):
        assert "touch_vs_cadence" not in asked
    if variant.name.startswith("onboarding"):
        assert not asked & {"logins_vs_past", "use_change_4w", "use_change_12w", "team_growth"}


@pytest.mark.row("B19", "B34")
@given(accounts(), st.data())
def test_a_healthier_measure_never_lowers_the_score(
    account: tuple[Variant, dict[str, float]], data: st.DataObject
) -> None:
    variant, values = account
    each = data.draw(st.sampled_from(variant.measures))
    (low, first), (high, last) = each.curve[0], each.curve[-1]
    goal = high + 1 if first <= last else low - 1
    better = values[each.measure] + data.draw(st.floats(0, 1)) * (goal - values[each.measure])
    before = score(variant, values).score[0]
    after = score(variant, values | {each.measure: better}).score[0]
    assert after >= before - 1e-9


@pytest.mark.row("B1")
@given(accounts(), st.data())
def test_missing_data_moves_a_score_no_further_than_what_is_left_says(
    account: tuple[Variant, dict[str, float]], data: st.DataObject
) -> None:
    variant, values = account
    names = data.draw(st.sets(st.sampled_from(sorted(values))))
    left = {name: value for name, value in values.items() if name not in names}
    made = score(variant, left)
    if math.isnan(made.score[0]):
        assert made.coverage[0] < MODEL.least_coverage or not left
        return
    points = [
        np.interp(left[each.measure], *np.array(each.curve).T)
        for each in variant.measures
        if each.measure in left
    ]
    capped = [cap.score_at_most for cap in variant.caps]
    assert min([*points, *capped]) - 1e-9 <= made.score[0] <= max(points) + 1e-9
