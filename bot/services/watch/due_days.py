"""When a playbook's steps are due: never on a day off of whoever is to do them."""

from datetime import date, timedelta

from bot.core.calendar import WorkCalendar
from bot.playbooks.document import PlaybookDocument
from bot.playbooks.parts import Step

# For what should have been done before it could be known.
_LATE_BUSINESS_DAYS = 3


def list_due(
    document: PlaybookDocument, on: date, calendar: WorkCalendar, deadline_on: date | None
) -> list[tuple[Step, date]]:
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
