"""Limits as people type them: per cent for shares, digits of any width, no nonsense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.playbook_draft import DraftLimit

SHARE = DraftLimit("key_feature", "below", 0.4, 0.35)
DAYS = DraftLimit("late_payment", "days", 14.0, 21.0)


def test_a_limit_is_shown_in_the_unit_it_is_typed_in() -> None:
    assert (SHARE.shown, SHARE.field) == ("35", "key_feature.below")
    assert DAYS.shown == "21"
    assert DraftLimit("x", "share", 0.2, 0.125).shown == "12.5"


@pytest.mark.parametrize(
    ("said", "share", "days"),
    [
        ("30", 0.3, 30.0),
        ("３０", 0.3, 30.0),
        (" 30% ", 0.3, 30.0),
        ("12.5", 0.125, 12.5),
        ("100", 1.0, 100.0),
        ("1,000", None, 1000.0),
        ("101", None, 101.0),
        ("0", None, None),
        ("-5", None, None),
        ("1001", None, None),
        ("", None, None),
        (".", None, None),
        ("三十", None, None),
        ("nan", None, None),
        ("1e3", None, None),
    ],
)
def test_what_is_typed_is_read_or_refused(
    said: str, share: float | None, days: float | None
) -> None:
    assert SHARE.read(said) == (None if share is None else pytest.approx(share))
    assert DAYS.read(said) == days


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_limit_above_nothing_or_refused(said: str) -> None:
    for limit in (SHARE, DAYS):
        value = limit.read(said)
        assert value is None or 0 < value <= 1000


@given(st.integers(1, 9999))
def test_what_is_shown_is_read_as_it_was(thousandths: int) -> None:
    limit = DraftLimit("key_feature", "below", 0.4, thousandths / 10_000)
    assert limit.read(limit.shown) == pytest.approx(thousandths / 10_000)
