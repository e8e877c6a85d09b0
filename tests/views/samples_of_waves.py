"""Alerts held back, as ops is told of them in each state."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.core.say import Say
from bot.core.waves import LateCause, Wave, WaveState
from bot.views.link_ids import build_linked
from bot.views.nightly import build_gap_over
from bot.views.reply import Message
from bot.views.waves import build_wave_decided, build_waves

_ON = date(2026, 11, 19)


def list_waves(say: Say, text: str, size: int) -> Iterator[tuple[str, Message]]:
    """Held, going by and by, decided and over; a playbook is called as its makers like."""
    causes = [
        LateCause("invoices", 31, date(2026, 10, 26), date(2026, 11, 2)),
        LateCause("tickets", 1, _ON, _ON),
        LateCause("usage_daily", 0, _ON, _ON),
    ]
    held = Wave(
        id=2**62,
        playbook="late_payment",
        title={"ja": text, "en": text},
        found_on=_ON,
        ends_on=date(2026, 11, 30),
        held=list(range(max(size, 1))),
        watched=128,
        causes=causes,
        state=WaveState.OPEN,
    )
    going = replace(held, opened=10, opened_on=_ON)
    decided = [
        replace(held, state=state, decided_by=text)
        for state in (WaveState.RELEASED, WaveState.LEFT_OUT)
    ]
    over = replace(held, state=WaveState.OVER)
    yield "waves", build_waves(say, _ON, [held, going, *decided, over])
    for each in decided:
        yield f"wave {each.state}", build_wave_decided(say, each)
    yield "linked ids", build_linked(say, {text: text} if size else {})
    yield "usage again", build_gap_over(say, _ON)
