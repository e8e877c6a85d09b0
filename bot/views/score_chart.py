"""The chart of an account's score, as the card and an alert show it."""

from collections.abc import Sequence
from datetime import date
from math import floor

from bot.core.hand_score import POINTS
from bot.core.say import Say
from bot.core.vocabulary import Band
from bot.views.blocks import context
from bot.views.charts import line, sparkline
from bot.views.reply import Block

_POINTS = 15

Day = tuple[date, float, Band | None]


def build_score_chart(
    say: Say,
    history: Sequence[tuple[date, float]],
    title: str = "",
    by_hand: Sequence[Band | None] = (),
) -> list[Block]:
    """Weekly points, so that 90 days fit on a phone; the newest day is always one of them.

    `by_hand` are bands by hand of the same days: with any, a second series shows what people went
    by, which is the measured score where nobody gave one. Nothing where there are fewer than two.
    """
    bands = by_hand or [None] * len(history)
    days = [(on, score, band) for (on, score), band in zip(history, bands, strict=True)]
    step = max(1, -(-len(days) // _POINTS))
    weekly = list(reversed(days[::-1][::step]))
    if len(weekly) < 2:
        return []
    labels = [say.date(on, with_weekday=False) for on, _, _ in weekly]
    measured = [round(score, 1) for _, score, _ in weekly]
    series = [(say("card", "chart_series"), list(zip(labels, measured, strict=True)))]
    has_hand = any(band for _, _, band in weekly)
    if has_hand:
        led = list(zip(labels, _led(weekly), strict=True))
        series.append((say("card", "chart_by_hand"), led))
    told = title or say("card", "chart_title")
    made = line(told, series, say("card", "chart_axis"), _instead(say, weekly))
    return [made, *([context(say("card", "chart_note"))] if has_hand else [])]


def _led(weekly: Sequence[Day]) -> list[float]:
    return [POINTS[band] if band else round(score, 1) for _, score, band in weekly]


def _instead(say: Say, weekly: Sequence[Day]) -> str:
    (first_on, first, _), (last_on, last, _) = weekly[0], weekly[-1]
    return say(
        "card",
        "chart_text",
        first_on=first_on,
        first=floor(first),
        last_on=last_on,
        last=floor(last),
        bars=sparkline([score for _, score, _ in weekly]),
        hand_bars=sparkline(_led(weekly)) if any(band for _, _, band in weekly) else "",
    )
