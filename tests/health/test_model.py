"""The model as a document: what it refuses, with field and mend; what ships; how light it is."""

import subprocess
import sys
from typing import Any

import pytest

from bot.core.vocabulary import Band
from bot.frame.catalogue import load_catalogue
from bot.health.model import Bands, InvalidModel, load_default, read_document

CURVE = [[0, 0], [1, 100]]


def document(**changes: Any) -> dict[str, Any]:
    """A small valid document with changes."""
    measures = [{"measure": "nps", "grade": "important", "curve": [[0, 0], [10, 100]]}]
    return {"name": "m", "variants": [{"name": "all", "measures": measures}]} | changes


def with_measure(**changes: Any) -> dict[str, Any]:
    measure = {"measure": "breadth", "curve": CURVE} | changes
    return document(variants=[{"name": "all", "measures": [measure]}])


def with_cap(**cap: Any) -> dict[str, Any]:
    measure = {"measure": "breadth", "curve": CURVE}
    return document(variants=[{"name": "all", "measures": [measure], "caps": [cap]}])


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (with_measure(measure="moon"), "variants.0.measures.0: no measure is called moon"),
        (with_measure(measure="tier"), "tier is no number"),
        (with_measure(curve=[[0, 0], [0, 100]]), "values must rise"),
        (with_measure(curve=[[0, 0], [1, 60], [2, 50]]), "points must only rise or only fall"),
        (with_measure(curve=[[0, 0]]), "variants.0.measures.0.curve"),
        (with_measure(curve=[[0, -1], [1, 50]]), "greater than or equal to 0"),
        (with_measure(grade="huge"), "variants.0.measures.0.grade"),
        (with_measure(weight=7), "variants.0.measures.0.weight"),
        (document(bands={"red_below": 70, "green_from": 70}), "raise green_from"),
        (document(least_coverage=0), "least_coverage"),
        (document(variants=[]), "variants"),
        (with_cap(measure="breadth", score_at_most=40), "at_least or at_most"),
        (with_cap(measure="breadth", at_least=1, at_most=2, score_at_most=40), "one of them"),
        (with_cap(measure="moon", at_least=1, score_at_most=40), "no measure is called moon"),
        (
            document(variants=[document()["variants"][0] | {"when": {"touch": ["tech"]}}]),
            "the last one must have no condition",
        ),
        (
            document(
                variants=[{"name": "v", "measures": document()["variants"][0]["measures"] * 2}]
            ),
            "nps is there twice",
        ),
    ],
)
def test_a_document_that_cannot_be_meant_names_field_and_mend(
    raw: dict[str, Any], says: str
) -> None:
    with pytest.raises(InvalidModel) as refused:
        read_document(raw)
    assert says in str(refused.value)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InvalidModel) as refused:
        read_document(with_measure(measure="moon") | {"neutral": 500, "least_coverage": 2})
    fields = [problem.partition(":")[0] for problem in refused.value.problems]
    assert fields == ["neutral", "least_coverage", "variants.0.measures.0"]


@pytest.mark.row("C10", "C12", "C13", "C14", "C15", "E24", "E25")
def test_the_shipped_model_asks_eleven_measures_of_a_standard_account() -> None:
    standard = load_default().variants[-1]
    assert {each.measure for each in standard.measures} == {
        *("logins_vs_past", "breadth", "key_feature_rate_20bd", "active_user_rate", "usage_trend"),
        *("nps", "voc", "ticket_growth", "late_payment_days", "incident_lag", "touch_age_days"),
    }
    assert standard.measures[0].measure == "logins_vs_past"


@pytest.mark.row("C10")
def test_use_alone_is_enough_for_a_score_and_all_the_rest_without_use_is_not() -> None:
    standard = load_default().variants[-1]
    catalogue = load_catalogue()
    total = sum(each.weight for each in standard.measures)
    use = sum(
        each.weight
        for each in standard.measures
        if any(need.startswith("usage:") for need in catalogue[each.measure].needs)
    )
    assert use / total > load_default().least_coverage > 1 - use / total


@pytest.mark.row("E26")
def test_grades_weigh_three_two_and_one() -> None:
    weights = {each.grade: each.weight for each in load_default().variants[-1].measures}
    assert weights == {"most_important": 3.0, "important": 2.0, "normal": 1.0}


def test_a_document_survives_storing_as_json() -> None:
    default = load_default()
    assert read_document(default.model_dump(mode="json")) == default


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0.0, Band.RED),
        (49.999, Band.RED),
        (50.0, Band.YELLOW),
        (69.999, Band.YELLOW),
        (70.0, Band.GREEN),
        (100.0, Band.GREEN),
        (None, Band.UNKNOWN),
    ],
)
def test_the_edges_of_bands_belong_to_the_better_one(score: float | None, band: Band) -> None:
    assert Bands().band_of(score) is band


def test_every_measure_has_words_in_both_languages_and_a_file_of_its_name() -> None:
    for name, measure in load_catalogue().items():
        for words in (measure.label, measure.meaning):
            assert words.ja.strip()
            assert words.en.strip()
            assert words.ja != words.en or name in ("arr", "nps", "voc")
        assert measure.label.get("en") == measure.label.en
        assert measure.label.get("ja") == measure.label.ja


def test_catalogue_model_and_explanation_load_without_numpy() -> None:
    code = (
        "import sys, bot.health.explain, bot.health.model as m, bot.frame.catalogue as c;"
        "m.load_default(); c.load_catalogue();"
        "sys.exit(bool({'numpy', 'pandas'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
