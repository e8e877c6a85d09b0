"""Caps and curves with their units, and variants by what people call them, in both languages."""

from dataclasses import replace

import pytest

from bot.core.model_change import ModelChange
from bot.core.model_page import Ceiling
from bot.core.vocabulary import Locale
from bot.frame.catalogue import get_measure
from bot.health.model import list_scored, list_shipped, load_default, load_shipped
from bot.services.models.pages import build_model
from bot.texts import Texts
from bot.views.model import render_changes
from bot.views.model_words import (
    render_brief,
    render_ceiling,
    render_curve,
    render_value,
    render_variant,
)

pytestmark = pytest.mark.row("E29")

JA, EN = Texts().speak(Locale.JA), Texts().speak(Locale.EN)
LATE = Ceiling("late_payment_days", "入金の遅れ", "支払期日から", "days", 14.0, None, 69.0)
QUIET = Ceiling("logins_vs_past", "ログイン", "その前の何倍か", "ratio", None, 0.1, 69.0)


def test_a_cap_says_its_unit_and_what_is_measured() -> None:
    assert render_ceiling(JA, LATE) == "入金の遅れが14日以上なら最高69点(支払期日から)"
    assert render_ceiling(JA, QUIET) == "ログインが0.1倍以下なら最高69点(その前の何倍か)"
    late = replace(LATE, label="Late payment", meaning="since the day it was due")
    told = render_ceiling(EN, late)
    assert told == "Late payment at 14 days or more: at most 69 points (since the day it was due)"
    quiet = replace(QUIET, label="Logins", meaning="against before")
    assert "Logins at 0.1 times or less" in render_ceiling(EN, quiet)


def test_a_cap_at_zero_says_zero() -> None:
    assert "0日以下" in render_ceiling(JA, replace(LATE, at_least=None, at_most=0.0))


@pytest.mark.parametrize(
    ("unit", "value", "ja", "en"),
    [
        ("days", 1, "1日", "1 day"),
        ("business_days", 5, "5営業日", "5 business days"),
        ("minutes", 30, "30分", "30 min"),
        ("ratio", 1, "1倍", "1 time"),
        ("ratio", 0.35, "0.35倍", "0.35 times"),
        ("level", 3, "レベル3", "level 3"),
        ("share", 0.07, "7%", "7%"),
        ("change", -0.3, "-30%", "-30%"),
        ("points", 7, "7", "7"),
        ("tone", -0.5, "-0.5", "-0.5"),
    ],
)
def test_a_value_has_its_unit_to_the_last_digit(unit: str, value: float, ja: str, en: str) -> None:
    assert (render_value(JA, unit, value), render_value(EN, unit, value)) == (ja, en)


def test_a_curve_has_its_unit_at_every_corner() -> None:
    assert render_curve(JA, "days", ((7, 85), (30, 65))) == "7日→85, 30日→65"
    assert render_curve(EN, "ratio", ((0.6, 25),)) == "0.6 times→25"


def test_every_measure_that_can_be_weighed_has_a_value_in_both_languages() -> None:
    for name in list_scored():
        unit = get_measure(name).unit.value
        assert all("2" in render_value(say, unit, 2.0) for say in (JA, EN)), name


@pytest.mark.parametrize("name", list_shipped())
def test_no_shipped_variant_is_shown_by_its_key(name: str) -> None:
    document = load_shipped(name)
    for locale, say in (("ja", JA), ("en", EN)):
        model = build_model(document, locale)
        assert len({each.label for each in model.variants}) == len(model.variants)
        for variant in model.variants:
            for told in (render_variant(say, variant), render_brief(say, variant)):
                assert told.startswith(f"*{variant.label}*")
                assert variant.name not in told


def test_the_default_is_told_in_the_readers_words() -> None:
    model = build_model(load_default(), "ja")
    assert [each.label for each in model.variants] == ["利用データなし", "テックタッチ", "標準"]
    told = render_variant(JA, model.variants[-1])
    assert "• 上限:ログインが0.1倍以下なら最高69点(直近5営業日の1日あたりログイン数が" in told
    assert "入金の遅れが14日以上なら最高69点" in told
    english = build_model(load_default(), "en")
    assert english.variants[0].label == "No usage feed"


def test_changes_speak_of_a_variant_as_it_is_called() -> None:
    changes = [
        ModelChange("when", "without_usage", called="利用データなし"),
        ModelChange("label", "standard", before="standard", after="標準", called="標準"),
    ]
    told = render_changes(JA, changes)
    assert "• 利用データなし:対象の条件を変更" in told
    assert "• グループ「standard」の呼び名を「標準」に変更" in told
    assert "without_usage" not in told
