"""When steps are due: never on a day off, back from a deadline and forward from the opening."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.core.calendar import WorkCalendar
from bot.playbooks.document import load_shipped
from bot.services.watch.due_days import list_due

SHIPPED = {document.key: document for document in load_shipped()}
JAPAN = WorkCalendar("JP")


def due(
    playbook: str, on: date, deadline_on: date | None = None, calendar: WorkCalendar = JAPAN
) -> dict[str, str]:
    found = list_due(SHIPPED[playbook], on, calendar, deadline_on)
    return {step.key: day.isoformat() for step, day in found}


@pytest.mark.row("B38", "E8")
@pytest.mark.parametrize(
    ("on", "first", "second"),
    [
        # Friday before a Monday off.
        (date(2026, 11, 20), "2026-11-24", "2026-12-07"),
        # The last business day of the year.
        (date(2026, 12, 28), "2027-01-04", "2027-01-18"),
        # The day before Golden Week.
        (date(2026, 4, 28), "2026-05-07", "2026-05-20"),
        # A leap day.
        (date(2028, 2, 29), "2028-03-01", "2028-03-14"),
    ],
)
def test_a_step_is_due_in_business_days(on: date, first: str, second: str) -> None:
    assert due("usage_drop", on) == {"reach_out": first, "see_effect": second}


def test_whose_country_works_has_the_day() -> None:
    on = date(2026, 11, 20)
    assert due("usage_drop", on, calendar=WorkCalendar("US"))["reach_out"] == "2026-11-23"


@pytest.mark.row("D32", "D33")
def test_a_renewals_steps_are_counted_back_from_the_deadline_to_a_business_day() -> None:
    deadline_on = date(2027, 3, 31)
    assert due("renewal", deadline_on - timedelta(days=90), deadline_on) == {
        "review_90": "2027-01-07",
        "risk_60": "2027-02-05",
        "value_30": "2027-03-08",
    }
    # 83 days before 4 April 2027 is Monday 11 January, a holiday.
    assert due("renewal", date(2027, 1, 4), date(2027, 4, 4))["review_90"] == "2027-01-08"


def test_steps_whose_day_has_passed_are_left_out_and_the_last_is_done_shortly() -> None:
    deadline_on = date(2027, 3, 31)
    assert list(due("renewal", date(2027, 2, 8), deadline_on)) == ["value_30"]
    assert due("renewal", date(2027, 3, 15), deadline_on) == {"value_30": "2027-03-18"}


@given(
    some.sampled_from(sorted(SHIPPED)),
    some.dates(date(2024, 1, 1), date(2031, 12, 31)),
    some.integers(0, 90),
    some.sampled_from(["JP", "US", "DE"]),
)
def test_nothing_is_ever_due_on_a_day_off_or_in_the_past(
    playbook: str, on: date, left: int, country: str
) -> None:
    calendar = WorkCalendar(country)
    found = list_due(SHIPPED[playbook], on, calendar, on + timedelta(days=left))
    assert found
    for _, day in found:
        assert day >= on
        assert calendar.is_business_day(day)
