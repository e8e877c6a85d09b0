"""A stricter limit is proposed from what was opened, counted and never guessed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.thresholds import LIMITS, Opened, Proposal, propose
from bot.signals.catalogue import load_signals

pytestmark = pytest.mark.row("B45")

KEY = ("key_feature", "below")
IN_USE = {KEY: 0.4, ("sharp_drop", "points"): 15.0}


def _key(share: float, *, is_false: bool = True, **more: Any) -> Opened:
    seen = [{"signal": "key_feature", "values": {"share": share, "limit": 0.4}}]
    return Opened([*seen, *more.get("beside", ())], is_false)


def _drop(before: float, now: float, *, is_false: bool = True) -> Opened:
    values = {"score": now, "score_before": before, "before_on": "2026-11-02"}
    return Opened([{"signal": "sharp_drop", "values": values}], is_false)


def test_every_limit_is_one_that_a_signal_has_and_reads_values_it_gives() -> None:
    signals = load_signals()
    for limit in LIMITS:
        signal = signals[limit.signal]
        assert limit.name in signal.limits
        assert isinstance(limit.read(dict.fromkeys(signal.values, 1.0)), float)


def test_one_step_stricter_spares_what_lay_between_the_two() -> None:
    opened = [_key(0.36), _key(0.38), _key(0.35), _key(0.349), _key(0.1)]
    found = propose(IN_USE, opened, 4)
    assert found == Proposal(*KEY, 0.4, 0.35, 4, spared=3, spared_false=3)
    assert (found.a_week, found.false_a_week) == (0.75, 0.75)


def test_an_alert_that_another_signal_would_have_opened_is_not_spared() -> None:
    beside = [{"signal": "threshold", "values": {"score": 40.0, "edge": 50.0}}]
    assert propose(IN_USE, [_key(0.36, beside=beside)], 8) is None


def test_nothing_is_proposed_that_spares_mostly_true_alerts_or_none_that_are_false() -> None:
    true = [_key(0.36, is_false=False)] * 2
    assert propose(IN_USE, [*true, _key(0.36)], 8) is None
    assert propose(IN_USE, [*true, _key(0.36), _key(0.37)], 8) is not None
    assert propose(IN_USE, true, 8) is None
    assert propose(IN_USE, [_key(0.1)] * 9, 8) is None
    assert propose({}, [_key(0.36)], 8) is None


def test_of_two_limits_the_one_that_spares_more_false_alarms_is_proposed() -> None:
    opened = [_key(0.36), _drop(80, 64), _drop(80, 61)]
    found = propose(IN_USE, opened, 8)
    assert found is not None
    assert (found.signal, found.after, found.spared) == ("sharp_drop", 20.0, 2)


SEEN = st.builds(_key, st.floats(0, 0.3999), is_false=st.booleans()) | st.builds(
    _drop, st.floats(60, 100), st.floats(0, 45), is_false=st.booleans()
)


@given(st.lists(SEEN, max_size=30), st.integers(1, 8), st.randoms())
def test_what_is_spared_was_there_whatever_the_order(
    opened: list[Opened], weeks: int, chance: Any
) -> None:
    found = propose(IN_USE, opened, weeks)
    chance.shuffle(opened)
    assert propose(IN_USE, opened, weeks) == found
    if found is not None:
        false = sum(each.is_false_alarm for each in opened)
        assert 0 < found.spared_false <= min(false, found.spared)
        assert found.spared <= min(len(opened), 2 * found.spared_false)
