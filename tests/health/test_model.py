"""The model as a document: what it refuses, with field and mend; what ships; how light it is."""

import subprocess
import sys
from typing import Any

import pytest

from bot.core.model_problem import InvalidModel
from bot.core.vocabulary import Band
from bot.frame.catalogue import load_catalogue
from bot.health.model import Bands, list_shipped, load_default, load_shipped, read_document

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


def with_label(label: Any) -> dict[str, Any]:
    measure = {"measure": "breadth", "curve": CURVE}
    return document(variants=[{"name": "all", "label": label, "measures": [measure]}])


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (with_measure(measure="moon"), "all / moon / measure: unknown_measure"),
        (with_measure(measure="tier"), "all / tier / measure: no_number_measure"),
        (
            with_measure(curve=[[0, 0], [0, 100]]),
            "curve: curve_values (value 0, before 0)",
        ),
        (with_measure(curve=[[0, 0], [1, 60], [2, 50]]), "all / breadth / curve: curve_turns"),
        (with_measure(curve=[[0, 0]]), "all / breadth / curve: too_few (value [[0, 0]], limit 2)"),
        (
            with_measure(curve=[[0, -1], [1, 50]]),
            "curve / 1 / 2: at_least (value -1, limit 0)",
        ),
        (
            with_measure(grade="huge"),
            "unknown_word (value huge, known most_important",
        ),
        (with_measure(weight=7), "all / breadth / weight: unknown_field (value weight)"),
        (
            document(bands={"red_below": 70, "green_from": 70}),
            "bands: bands_order (red_below 70,",
        ),
        (document(least_coverage=0), "least_coverage: more_than (value 0, limit 0)"),
        (document(variants=[]), "variants: too_few (value [], limit 1)"),
        (with_cap(measure="breadth", score_at_most=40), "cap_sides"),
        (with_label({"ja": "全員"}), "all / label / en: missing (value en)"),
        (with_label({"ja": " ", "en": "All"}), "all / label / ja: no_text"),
        (with_label({"ja": "全" * 61, "en": "All"}), "all / label / ja: long_text"),
        (with_label({"ja": "全員", "en": "All", "fr": "Tous"}), "all / label / fr: unknown_field"),
        (with_label("All"), "all / label: wrong_shape"),
        (
            with_cap(measure="breadth", at_least=1, at_most=2, score_at_most=40),
            "cap_sides",
        ),
        (with_cap(measure="moon", at_least=1, score_at_most=40), "all / moon / measure: unknown"),
        (with_measure(curve=[[float("nan"), 0], [1, 100]]), "1 / 1: no_number (value nan)"),
        (with_measure(measure="brath"), "unknown_measure (value brath, near ['breadth'"),
        (document(variants=document()["variants"] * 2), "all / name: variant_twice (value all)"),
        (document(variants=document()["variants"] * 2), "all / when: no_condition"),
        (document(name=""), "name: no_text"),
        (document(name="長" * 61), "name: long_text"),
        ([], "document: wrong_shape"),
        (None, "document: wrong_shape (value None)"),
        (
            document(variants=[document()["variants"][0] | {"when": {"touch": ["tech"]}}]),
            "all / when: last_has_condition",
        ),
        (
            document(
                variants=[{"name": "v", "measures": document()["variants"][0]["measures"] * 2}]
            ),
            "v / nps / measure: measure_twice (value nps)",
        ),
    ],
)
def test_a_document_that_cannot_be_meant_names_field_and_mend(raw: Any, says: str) -> None:
    with pytest.raises(InvalidModel) as refused:
        read_document(raw)
    assert says in str(refused.value)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InvalidModel) as refused:
        read_document(with_measure(measure="moon") | {"neutral": 500, "least_coverage": 2})
    places = [problem.where for problem in refused.value.problems]
    assert places == ["neutral", "least_coverage", "all / moon / measure"]


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


@pytest.mark.row("A37")
def test_every_shipped_document_is_a_model() -> None:
    assert list_shipped()[0] == "default"
    for document in map(load_shipped, list_shipped()):
        assert read_document(document.model_dump(mode="json")) == document


def test_one_mistake_hides_no_other() -> None:
    raw = with_measure(measure="moon", curve=[[1, 0], [0, 100]], grade="huge")
    raw["variants"] = [*raw["variants"], *raw["variants"]]
    with pytest.raises(InvalidModel) as refused:
        read_document({**raw, "bands": {"red_below": 80, "green_from": 70}})
    codes = {each.code for each in refused.value.problems}
    assert codes == {
        *("unknown_measure", "curve_values", "unknown_word", "bands_order"),
        *("variant_twice", "no_condition"),
    }


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


@pytest.mark.row("E29")
def test_a_variant_is_called_by_its_label_and_without_one_by_its_name() -> None:
    [labelled] = read_document(with_label({"ja": "全員", "en": "All"})).variants
    assert (labelled.called("ja"), labelled.called("en")) == ("全員", "All")
    [plain] = read_document(document()).variants
    assert (plain.called("ja"), plain.called("en")) == ("all", "all")


def test_every_shipped_variant_has_a_label() -> None:
    for name in list_shipped():
        assert all(variant.label for variant in load_shipped(name).variants)
