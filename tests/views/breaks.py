"""Breaks of everybody's use as ops is told of them, in each state."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.core.breaks import BreakState, MetricBreak
from bot.core.say import Say
from bot.views.breaks import build_break_decided, build_breaks, build_breaks_over
from bot.views.reply import Message

_ON = date(2026, 11, 19)
RUN_ON = date(2026, 11, 20)
DROP = MetricBreak(
    id=2**62,
    metric="logins",
    began_on=_ON,
    found_on=RUN_ON,
    noted_on=RUN_ON,
    ended_on=None,
    factors={_ON: 0.7},
    compared=118,
    moved=111,
    state=BreakState.OPEN,
)


def list_breaks(say: Say, text: str) -> Iterator[tuple[str, Message]]:
    """As found, decided and over; a metric of the source is called as it likes."""
    rise = replace(DROP, metric=text, factors={_ON: 1.6})
    decided = [
        replace(DROP, state=state, decided_by=text)
        for state in (BreakState.CHANGED, BreakState.REAL)
    ]
    over = replace(DROP, ended_on=RUN_ON)
    yield "breaks", build_breaks(say, RUN_ON, [DROP, rise, *decided, over])
    yield "breaks over", build_breaks_over(say, RUN_ON, [over, rise])
    for each in decided:
        yield f"break {each.state}", build_break_decided(say, each)
