"""When a playbook's steps are due: never on a day off of whoever is to do them."""

from datetime import date, timedelta

from bot.core.calendar import WorkCalendar
from bot.playbooks.document import PlaybookDocument
from bot.playbooks.parts import Step

Due = list[tuple[Step, date]]

# For what should have been done before it could be known.
_LATE_BUSINESS_DAYS = 3


class DueDays:
    """Due days of one day's openings; those of one playbook and calendar are counted out once."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._known: dict[tuple[str, int, date | None], Due] = {}

    def list_due(
        self, document: PlaybookDocument, calendar: WorkCalendar, deadline_on: date | None
    ) -> Due:
        """As `list_due`; equal calendars must be the same one."""
        asked = (document.key, id(calendar), deadline_on)
        if asked not in self._known:
            self._known[asked] = list_due(document, self._on, calendar, deadline_on)
        return self._known[asked]


def list_due(
    document: PlaybookDocument, on: date, calendar: WorkCalendar, deadline_on: date | None
) -> Due:
    """The steps to be done for an episode that opens on `on`, with their days.

    A step counted back from a deadline is due on that day, or on the business day before it. Steps
    whose day has passed are left out, but for the last one, which is then due shortly.
    """
    due = [(step, _due_on(step, on, calendar, deadline_on)) for step in document.steps]
    left = [(step, day) for step, day in due if day >= on]
    if left:
        return left
    return [(document.steps[-1], calendar.add_business_days(on, _LATE_BUSINESS_DAYS))]


def _due_on(step: Step, on: date, calendar: WorkCalendar, deadline_on: date | None) -> date:
    if step.within_business_days is not None:
        return calendar.add_business_days(on, step.within_business_days)
    assert step.days_before_deadline is not None
    if deadline_on is None:
        return calendar.add_business_days(on, _LATE_BUSINESS_DAYS)
    day = deadline_on - timedelta(days=step.days_before_deadline)
    return day if calendar.is_business_day(day) else calendar.add_business_days(day, -1)
