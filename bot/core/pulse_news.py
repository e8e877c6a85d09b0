"""What pulses are worth in a digest: a worry behind a green score, and whom nobody has said of.

Refuses to ask often: worries are told once a week, questions asked once a month.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.account_card import BookRow
from bot.core.calendar import WorkCalendar
from bot.core.pulse import Pulse
from bot.core.vocabulary import Band, Feeling

# So few are asked about at a time.
ASKED_AT_MOST = 3
_ASKED_FROM = 15


@dataclass(frozen=True)
class PulseNews:
    """What a reader's own book says of pulses: worries behind a green score, and who to ask about.

    `wanting` counts all accounts without a pulse that still counts; `asked` are the first of them.
    """

    worried: Sequence[tuple[BookRow, Pulse]] = ()
    asked: Sequence[BookRow] = ()
    wanting: int = 0


def find_news(
    rows: Sequence[BookRow], fresh: Mapping[int, Pulse], unasked: Collection[int] = ()
) -> PulseNews:
    """From a book and each account's newest pulse that is not stale.

    `unasked` are those nobody is to be asked about; the most at risk are asked about first.
    """
    worried = [
        (row, fresh[row.id])
        for row in rows
        if row.id in fresh
        and row.standing.measured is Band.GREEN
        and fresh[row.id].feeling is Feeling.WORRIED
    ]
    # Whoever has no score is asked for one by hand already.
    scored = [row for row in rows if row.standing.band is not Band.UNKNOWN]
    wanting = [row for row in scored if row.id not in fresh and row.id not in unasked]
    wanting.sort(key=lambda row: (-row.at_risk, row.name, row.id))
    return PulseNews(worried, wanting[:ASKED_AT_MOST], len(wanting))


def is_worried_day(today: date, calendar: WorkCalendar) -> bool:
    """Whether worries are told in the morning's digest: the week's first day worked."""
    return calendar.next_business_day(today - timedelta(days=today.weekday())) == today


def is_asking_day(today: date, calendar: WorkCalendar) -> bool:
    """Whether the morning's digest asks for pulses: the first day worked from the 15th on.

    The month begins with the monthly list, which asks enough.
    """
    return calendar.next_business_day(today.replace(day=_ASKED_FROM)) == today
