"""The chart of an account's score, as the card and an alert show it."""

from collections.abc import Sequence
from datetime import date
from math import floor

from bot.core.say import Say
from bot.views.charts import line, sparkline
from bot.views.reply import Block

_POINTS = 15


def build_score_chart(
    say: Say, history: Sequence[tuple[date, float]], title: str = ""
) -> list[Block]:
    """Weekly points, so that 90 days fit on a phone; the newest day is always one of them.

    Nothing where there are fewer than two.
    """
    step = max(1, -(-len(history) // _POINTS))
    weekly = list(reversed(history[::-1][::step]))
    if len(weekly) < 2:
        return []
    points = [(say.date(on, with_weekday=False), round(score, 1)) for on, score in weekly]
    series = [(say("card", "chart_series"), points)]
    instead = _instead(say, weekly)
    return [line(title or say("card", "chart_title"), series, say("card", "chart_axis"), instead)]


def _instead(say: Say, weekly: Sequence[tuple[date, float]]) -> str:
    (first_on, first), (last_on, last) = weekly[0], weekly[-1]
    return say(
        "card",
        "chart_text",
        first_on=first_on,
        first=floor(first),
        last_on=last_on,
        last=floor(last),
        bars=sparkline([score for _, score in weekly]),
    )
