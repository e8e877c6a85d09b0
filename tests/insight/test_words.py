"""Every verdict and every reason has its sentence in both languages, with name and mend."""

import re

import pytest

from bot.cli.insight_words import chance, figure, speak
from bot.core.vocabulary import Locale
from bot.insight.verdict import Verdict
from bot.texts import Texts
from tests.architecture.source import ROOT
from tests.architecture.words import JAPANESE, TEMPLATES, blocks_of

REASONS = sorted(
    block.removeprefix("why_")
    for block in blocks_of(TEMPLATES / "insight.en.j2")
    if block.startswith("why_")
)
FIGURES = {
    **{"name": "R&D <seats>", "outcome": "churned", "auc": "0.700", "p": "0.0001", "tested": 9},
    **{"events": 12, "others": 30, "towards": "low", "with_measure": "logins", "against": "seats"},
    **{"left": 0.2, "held": "0.520", "later": "0.400", "all_held": 2, "likeness": 0.9},
    **{"different": 600, "count": 600, "after": 8, "hits": 40, "level": "closed"},
}


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_its_word(verdict: Verdict, locale: Locale) -> None:
    word = speak(Texts().speak(locale), f"verdict_{verdict}")
    assert bool(JAPANESE.search(word)) is (locale is Locale.JA)


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_names_the_column_as_it_is_written(reason: str, locale: Locale) -> None:
    given = FIGURES | ({"auc": 0.99} if reason == "leak_separates" else {})
    said = speak(Texts().speak(locale), f"why_{reason}", **given)
    assert said.startswith("R&D <seats>:")
    assert len(said) > 30
    if reason.startswith(("leak", "empty", "constant", "identifier", "many")):
        assert '--leave-out "R&D <seats>"' in said


def test_every_reason_that_is_given_has_a_sentence_and_every_sentence_a_reason() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot/insight").glob("*.py"))
    text = text.replace('f"unstable_{turned}"', '"unstable_folds", "unstable_periods"')
    given = set(re.findall(r'"(\w+)"', text))
    assert set(REASONS) <= given
    assert {one for one in given if one.startswith(("leak_", "unstable_"))} <= set(REASONS)


def test_figures_are_fixed_and_what_cannot_be_told_is_a_dash() -> None:
    assert (figure(0.78026, 4), figure(float("nan")), figure(float("inf"))) == ("0.7803", "–", "–")
    assert (chance(0.00004), chance(0.0104), chance(float("nan"))) == ("<0.0001", "0.0104", "–")
