"""What holds for every signal: its words in both languages say no more than its values give."""

from datetime import date

import pytest

from bot.signals.catalogue import get_signal, load_signals
from bot.signals.signal import Signal
from bot.texts import Texts


def sample(name: str) -> object:
    return date(2026, 11, 13) if name.endswith("_on") else 0.25


@pytest.mark.row("C11", "C12", "C13", "C14", "D41")
def test_the_signals_of_the_first_playbooks_are_there() -> None:
    assert set(load_signals()) == {
        *("threshold", "sharp_drop", "login_drop", "silence", "key_feature", "slow_decline"),
        *("late_payment", "renewal", "onboarding_stalled", "champion_absent", "incident"),
        *("negative_voc", "detractor", "inquiries"),
    }


@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize("signal", load_signals().values(), ids=lambda each: each.key)
def test_a_signal_is_told_by_its_values_alone(signal: Signal, locale: str) -> None:
    say, name = Texts().speak(locale), f"signal_{signal.key}"
    assert say(name, "name")
    assert say(name, "headline")
    why = say(name, "why", **{value: sample(value) for value in signal.values})
    assert any(letter.isdigit() for letter in why)


@pytest.mark.parametrize("signal", load_signals().values(), ids=lambda each: each.key)
def test_a_headline_stands_behind_a_name_and_a_line_is_short(signal: Signal) -> None:
    for locale, most in (("ja", 24), ("en", 48)):
        headline = Texts().speak(locale)(f"signal_{signal.key}", "headline")
        assert len(headline) <= most
        assert not headline.endswith(("。", "."))


def test_a_signal_nobody_declared_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        get_signal("rain")
