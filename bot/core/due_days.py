"""On which day something is to be done. Refuses days that have passed; days off are moved on."""

from datetime import date, timedelta

from bot.core.calendar import WorkCalendar
from bot.core.refusal import BadInput

# How long a customer is given before they are asked again.
WAITED_BUSINESS_DAYS = 3
# What is further off is a slip of the year, not a plan.
FURTHEST = timedelta(days=730)


def settle_day(wanted_on: date, today: date, calendar: WorkCalendar) -> date:
    """`wanted_on` where it is worked, else the next business day.

    Raises `BadInput` (`day_passed`, `day_too_far`) for a day before today or past two years.
    """
    if wanted_on < today:
        raise BadInput("day_passed", today=today)
    if wanted_on > today + FURTHEST:
        raise BadInput("day_too_far", latest=today + FURTHEST, today=today)
    return calendar.next_business_day(wanted_on)


def ask_again_on(today: date, calendar: WorkCalendar) -> date:
    """The business day on which a customer who was asked today is asked again."""
    return calendar.add_business_days(today, WAITED_BUSINESS_DAYS)
