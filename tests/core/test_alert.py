"""Evidence as it is kept, read for a message and for the review of limits."""

from datetime import date
from typing import Any

from bot.core.alert import list_opening, read_reasons

KEPT: list[dict[str, Any]] = [
    {
        "signal": "login_drop",
        "values": {"logins": 9.0},
        "since_on": "2026-11-16",
        "first": {"logins": 4.0},
        "over_on": "2026-11-19",
    },
    {"signal": "late_payment", "values": {"late_days": 14, "due_on": "2026-10-26"}},
    {"signal": "silence", "values": {"silent_bd": 10}, "since_on": "2026-11-18", "first": None},
]


def test_what_is_over_stands_behind_what_lasts_and_days_are_days() -> None:
    found = read_reasons(KEPT)
    assert [each.signal for each in found] == ["late_payment", "silence", "login_drop"]
    assert found[0].values == {"late_days": 14, "due_on": date(2026, 10, 26)}
    assert (found[0].since_on, found[0].over_on) == (None, None)
    assert (found[2].since_on, found[2].over_on) == (date(2026, 11, 16), date(2026, 11, 19))


def test_limits_are_reviewed_by_what_an_alert_opened_with_and_not_by_what_became_of_it() -> None:
    assert [(each["signal"], each["values"]) for each in list_opening(KEPT)] == [
        ("login_drop", {"logins": 4.0}),
        ("late_payment", {"late_days": 14, "due_on": "2026-10-26"}),
    ]
